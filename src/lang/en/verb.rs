//! English verbs: *stop, stops, stopped, stopping*; *find, found*; *travel, travelled, traveled*.

use super::{irregular_verbs, noun};
use crate::lang::forms::Forms;
use crate::lang::word_set::WordSet;

/// The third person, past, participle and -ing form of a verb or of the first word of a verb phrase.
pub(super) fn inflect(term: &str, forms: &mut Forms<'_>) {
    let (head, tail) = match term.split_once(' ') {
        Some((head, _)) => (head, term.get(head.len()..).unwrap_or("")),
        None => (term, ""),
    };
    if !head.chars().all(|c| c.is_lowercase() || c == '-') || head.is_empty() {
        return;
    }
    for form in third_person(head) {
        forms.push(form + tail, "third person");
    }
    for form in past(head) {
        forms.push(form + tail, "past");
    }
    for form in present_participle(head) {
        forms.push(form + tail, "-ing form");
    }
    forms.extend(contracted(head).iter().map(|form| format!("{form}{tail}")), "irregular verb form");
}

fn third_person(verb: &str) -> Vec<String> {
    match verb {
        "be" => vec!["is".to_owned()],
        "have" => vec!["has".to_owned()],
        "quiz" => vec!["quizzes".to_owned()],
        _ => noun::with_s(verb),
    }
}

/// Forms of the verbs that have more than five.
fn contracted(verb: &str) -> &'static [&'static str] {
    match verb {
        "be" => &["am", "are", "was", "were", "been"],
        _ => &[],
    }
}

fn past(verb: &str) -> Vec<String> {
    if let Some(forms) = irregular_verbs::past_forms(verb) {
        return forms;
    }
    stems(verb)
        .into_iter()
        .map(|stem| match (stem.strip_suffix('y'), stem.ends_with('e')) {
            (_, true) => format!("{stem}d"),
            (Some(base), _) if ends_in_consonant(base) => format!("{base}ied"),
            _ => format!("{stem}ed"),
        })
        .collect()
}

fn present_participle(verb: &str) -> Vec<String> {
    if let Some(base) = verb.strip_suffix("ie") {
        return vec![format!("{base}ying")];
    }
    match verb {
        "age" | "cue" | "queue" | "route" | "blue" => {
            let base = verb.trim_end_matches('e');
            return vec![format!("{base}ing"), format!("{verb}ing")];
        }
        "singe" | "tinge" | "dye" | "be" | "binge" | "swinge" => return vec![format!("{verb}ing")],
        _ => {}
    }
    let keeps_e = ["ee", "ye", "oe"].iter().any(|ending| verb.ends_with(ending));
    match verb.strip_suffix('e').filter(|base| !keeps_e && !base.is_empty()) {
        Some(base) => vec![format!("{base}ing")],
        None => stems(verb).into_iter().map(|stem| format!("{stem}ing")).collect(),
    }
}

/// What stands before -ed and -ing: the last consonant doubled or not, or both (*travel*, *travell*).
fn stems(verb: &str) -> Vec<String> {
    let same = verb.to_owned();
    if verb.ends_with('c') && !verb.ends_with("sc") && !verb.ends_with("nc") {
        return vec![format!("{verb}k")];
    }
    let Some(last) = doubling_consonant(verb) else { return vec![same] };
    let doubled = format!("{verb}{last}");
    if is_monosyllable(verb) || DOUBLED.has(verb) || ends_in_doubled_compound(verb) {
        vec![doubled]
    } else if last == 'l' || BOTH.has(verb) {
        vec![same, doubled]
    } else {
        vec![same]
    }
}

/// The last letter of a verb that ends in consonant, single vowel, consonant.
fn doubling_consonant(verb: &str) -> Option<char> {
    let mut back = verb.chars().rev();
    let (last, vowel, before) = (back.next()?, back.next()?, back.next());
    let single = match before {
        None => true,
        Some('u') => back.next() == Some('q'),
        Some(c) => !is_vowel(c),
    };
    let doubles = !is_vowel(last) && !matches!(last, 'w' | 'x' | 'y' | 'h' | '-');
    (doubles && single && is_vowel(vowel)).then_some(last)
}

fn ends_in_doubled_compound(verb: &str) -> bool {
    ["put", "set", "cut", "run", "ship", "step", "stop", "drop", "map", "plan", "pin", "top", "tag", "log"]
        .iter()
        .filter_map(|end| verb.strip_suffix(end))
        .any(|first| {
            matches!(first, "out" | "in" | "over" | "under" | "re" | "up" | "off" | "un" | "trans" | "mis")
        })
}

pub(super) fn is_monosyllable(word: &str) -> bool {
    vowel_groups(word) == 1
}

/// Groups of vowels, a final silent e left out; qu counts as a consonant.
pub(super) fn vowel_groups(word: &str) -> usize {
    let body = word.strip_suffix('e').filter(|body| !body.ends_with('l')).unwrap_or(word);
    let mut groups = 0;
    let mut before = ' ';
    for (at, letter) in body.char_indices() {
        let vowel = is_vowel(letter) || (letter == 'y' && at > 0);
        let quiet = letter == 'u' && before == 'q';
        if vowel && !quiet && !(is_vowel(before) || before == 'y') {
            groups += 1;
        }
        before = if quiet { 'q' } else { letter };
    }
    groups.max(1)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn ends_in_consonant(base: &str) -> bool {
    base.chars().next_back().is_some_and(|c| !is_vowel(c))
}

/// Stressed on the last syllable, so that the consonant doubles.
static DOUBLED: WordSet = WordSet::new(
    "abet abhor abut acquit admit allot annul appal beget begin befit befog bedim commit compel concur confer \
     control corral debar debug deter defer demur dispel disbar distil embed emit enrol enthral entrap equip excel \
     expel extol fulfil forget forbid handicap impel incur infer inter intermit instil kidnap \
     occur omit outwit patrol permit prefer propel rebel rebut recap recur refer regret remit repel \
     resubmit submit transfer transmit unclog unplug unzip unwrap readmit recommit reoccur overlap zigzag humbug \
     eavesdrop format program nonplus outfit hobnob sandbag backpedal babysit airdrop",
);

/// Doubled by some.
static BOTH: WordSet = WordSet::new(
    "worship kidnap program focus benefit bias bus gas input combat handicap catalog leapfrog bayonet \
     hiccup diagram kidnap monogram chirrup canvas refocus",
);
