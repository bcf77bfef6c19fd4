//! The only place with threads: the same work on many items, the results in the items' order.
//!
//! ```
//! use glosa::project::{Jobs, map_in_order};
//!
//! assert_eq!(map_in_order(&["uno", "tres"], Jobs::AllCores, |word| word.len()), [3, 4]);
//! ```

use std::num::NonZeroUsize;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// How many threads to work on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Jobs {
    /// As many as the machine has cores.
    #[default]
    AllCores,
    /// So many.
    Exactly(NonZeroUsize),
}

/// Applies `work` to each item, on several threads, and gives the results in the order of the items: nothing
/// depends on how many threads there are.
pub fn map_in_order<T, R>(
    items: impl IntoIterator<Item = T>,
    jobs: Jobs,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R>
where
    T: Send,
    R: Send,
{
    let items: Vec<T> = items.into_iter().collect();
    let threads = match jobs {
        Jobs::AllCores => 0,
        Jobs::Exactly(n) => n.get(),
    };
    let several = threads != 1 && items.len() > 1;
    let pool = several.then(|| ThreadPoolBuilder::new().num_threads(threads).build());
    match pool {
        Some(Ok(pool)) => pool.install(|| items.into_par_iter().map(work).collect()),
        // One thread is wanted, or the system has no more to give; the work can do without.
        None | Some(Err(_)) => items.into_iter().map(work).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_on_any_number_of_threads() {
        let items: Vec<u32> = (0..500).collect();
        let expected: Vec<u32> = items.iter().map(|n| n * 2).collect();
        for jobs in [
            Jobs::AllCores,
            Jobs::Exactly(NonZeroUsize::MIN),
            Jobs::Exactly(NonZeroUsize::MIN.saturating_add(6)),
        ] {
            assert_eq!(map_in_order(&items, jobs, |n| n * 2), expected, "{jobs:?}");
        }
    }
}
