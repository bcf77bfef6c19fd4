//! Comparatives: *big, bigger, biggest*; *early, earlier*; *good, better, best*.

use super::verb::vowel_groups;
use crate::lang::forms::Forms;
use crate::lang::word_set::WordSet;

/// The comparative and superlative of a short adjective; longer ones have *more* and *most*.
pub(super) fn inflect(word: &str, forms: &mut Forms<'_>) {
    if let Some((_, degrees)) = IRREGULAR.iter().find(|(base, _)| *base == word) {
        forms.extend(degrees.split(' ').map(str::to_owned), "comparative");
    } else if compares(word) {
        let stem = stem(word);
        forms.push(format!("{stem}er"), "comparative");
        forms.push(format!("{stem}est"), "superlative");
    }
}

/// Whether a word is an everyday adjective with degrees, so that it compares though its part of speech is unknown.
pub(super) fn is_gradable(word: &str) -> bool {
    GRADABLE.has(word) || IRREGULAR.iter().any(|(base, _)| *base == word)
}

fn compares(word: &str) -> bool {
    if !word.chars().all(char::is_lowercase) || word.chars().count() < 3 {
        return false;
    }
    match vowel_groups(word) {
        1 => !["ed", "ing"].iter().any(|ending| word.ends_with(ending) && word.len() > 4),
        2 => ["y", "le", "ow"].iter().any(|ending| word.ends_with(ending)) || TWO_SYLLABLES.has(word),
        _ => word.starts_with("un") && word.ends_with('y'),
    }
}

fn stem(word: &str) -> String {
    let letters: Vec<char> = word.chars().rev().take(3).collect();
    let vowel = |c: &char| "aeiou".contains(*c);
    if let Some(stem) = word.strip_suffix('e') {
        return stem.to_owned();
    }
    match letters.as_slice() {
        ['y', before, ..] if !vowel(before) => format!("{}i", &word[..word.len() - 1]),
        [last, middle, first] if !vowel(last) && vowel(middle) && !vowel(first) && !"wxy".contains(*last) => {
            if vowel_groups(word) == 1 {
                format!("{word}{last}")
            } else {
                word.to_owned()
            }
        }
        _ => word.to_owned(),
    }
}

const IRREGULAR: &[(&str, &str)] = &[
    ("good", "better best"),
    ("bad", "worse worst"),
    ("far", "farther farthest further furthest"),
    ("old", "older oldest elder eldest"),
    ("little", "lesser littler littlest"),
    ("late", "later latest latter"),
    ("many", "more most"),
    ("much", "more most"),
    ("ill", "worse worst"),
    ("well", "better best"),
];

static TWO_SYLLABLES: WordSet = WordSet::new(
    "quiet clever polite common cruel stupid handsome pleasant remote severe sincere mature obscure secure profound \
     extreme austere tender bitter sober solid robust compact unfair unkind",
);

static GRADABLE: WordSet = WordSet::new(
    "big bold brave brief bright broad busy calm cheap clean clear clever close cold cool dark deadly dear deep dense dirty \
     dry early easy fair fast fat few fierce fine firm fit flat fresh full funny grave great green guilty happy hard harsh \
     healthy heavy high hot huge hungry keen kind large lazy light likely long loose loud lovely low lucky mild narrow near \
     neat new nice noisy odd poor pretty proud pure quick quiet rare rich ripe rough rude sad safe sharp short shy \
     sick simple slight slim slow small smart smooth soft soon steady steep strange strict strong sweet swift tall thick \
     thin tight tiny tough true ugly vague warm weak wealthy wet wide wild wise young",
);
