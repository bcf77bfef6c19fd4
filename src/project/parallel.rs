//! The only place with threads: the same work on many items, the results in the items' order.
//!
//! ```
//! use glosa::project::{Jobs, Workers};
//!
//! let workers = Workers::new(Jobs::AllCores);
//! assert_eq!(workers.map_in_order(&["uno", "tres"], |word| word.len()), [3, 4]);
//! ```

use std::num::NonZeroUsize;
use std::sync::OnceLock;
use std::thread;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// How many threads to work on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Jobs {
    /// As many as the machine has cores.
    #[default]
    AllCores,
    /// So many.
    Exactly(NonZeroUsize),
}

impl Jobs {
    /// How many threads that is.
    pub fn threads(self) -> usize {
        match self {
            Jobs::AllCores => thread::available_parallelism().map_or(1, NonZeroUsize::get),
            Jobs::Exactly(threads) => threads.get(),
        }
    }
}

/// Threads, started when there is work for them.
#[derive(Debug)]
pub struct Workers {
    jobs: Jobs,
    pool: OnceLock<Option<ThreadPool>>,
}

impl Workers {
    /// So many threads.
    pub fn new(jobs: Jobs) -> Self {
        Workers { jobs, pool: OnceLock::new() }
    }

    /// Applies `work` to each item, on several threads, and gives the results in the order of the items: nothing
    /// depends on how many threads there are.
    pub fn map_in_order<T: Send, R: Send>(
        &self,
        items: impl IntoIterator<Item = T>,
        work: impl Fn(T) -> R + Sync + Send,
    ) -> Vec<R> {
        let items: Vec<T> = items.into_iter().collect();
        let pool = if items.len() > 1 { self.pool() } else { None };
        match pool {
            Some(pool) => pool.install(|| items.into_par_iter().map(work).collect()),
            None => items.into_iter().map(work).collect(),
        }
    }

    /// Does both, the second on another thread if there is one.
    pub fn both<A: Send, B: Send>(
        &self,
        a: impl FnOnce() -> A + Send,
        b: impl FnOnce() -> B + Send,
    ) -> (A, B) {
        match self.pool() {
            Some(pool) => pool.join(a, b),
            None => (a(), b()),
        }
    }

    /// `None` where one thread is wanted, or the system has no more to give; the work can do without.
    fn pool(&self) -> Option<&ThreadPool> {
        let threads = self.jobs.threads();
        let build =
            || (threads != 1).then(|| ThreadPoolBuilder::new().num_threads(threads).build().ok()).flatten();
        self.pool.get_or_init(build).as_ref()
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
            assert_eq!(Workers::new(jobs).map_in_order(&items, |n| n * 2), expected, "{jobs:?}");
        }
    }
}
