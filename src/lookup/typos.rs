//! Typing errors: how many part two keys.

/// The number of typing errors between two keys (a letter too many, too few, another, two exchanged), where it is
/// `most` at most: the optimal string alignment distance, given up as soon as it must be more.
pub(super) fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let far = most + 1;
    let [mut before, mut last, mut row] =
        [vec![far; b.len() + 1], (0..=b.len()).collect(), vec![far; b.len() + 1]];
    for (i, &x) in a.iter().enumerate() {
        // Farther from the diagonal every place is more than `most` away.
        let (from, to) = (i.saturating_sub(most), (i + far).min(b.len()));
        row.fill(far);
        row[0] = i + 1;
        for j in from..to {
            let y = b[j];
            let mut least = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && y == a[i - 1] {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        if row.iter().min() > Some(&most) {
            return None;
        }
        (before, last, row) = (last, row, before);
    }
    last.pop().filter(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn distances_are_those_of_the_textbook(a in "[a-cñ]{0,8}", b in "[a-cñ]{0,8}", most in 0..4usize) {
            let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            let expected = strsim::osa_distance(&a, &b);
            prop_assert_eq!(distance(&x, &y, most), (expected <= most).then_some(expected));
        }
    }
}
