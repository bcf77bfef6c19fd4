//! Words that look like those of the source and mean something else: *actualmente* for “actually”.

use super::scope::CONFIDENT;
use super::shipped::{FALSE_FRIENDS, FalseFriends, has_any, is_technical};
use super::words::telling;
use super::{About, Issue, Rule, Scope, Side};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::TermEntry;
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "false-friend",
        summary: "a word that looks like that of the source and means something else",
        what: "The source has one of two words of the table of false friends that the program carries, its translation the other, nothing that the first one rightly is, and the source nothing that the second one rightly is. Some words are asked about only where a third one makes them wrong, some not in prose about programs. What the glossary gives as a rendering is right.",
        why: "The sentence is fluent and says the wrong thing, so nobody notices.",
        example: "«Actualmente, el camión venía vacío» for “The truck was actually empty”",
        fix: "Write what the finding offers.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let pairs = scope.translations().filter_map(|(target, side)| Pair::new(scope, target, side));
    pairs.flat_map(|pair| pair.issues()).collect()
}

/// Whether the source says by a longer phrase of the table that a word is no false friend there, whatever a glossary has
/// against it in general: *evidencia científica*, the German chancellor.
pub(super) fn is_right_by_context(scope: &Scope<'_>, target: Lang, span: Span) -> bool {
    let Some(pair) = scope.side(target).and_then(|side| Pair::new(scope, target, side)) else { return false };
    let friends = FALSE_FRIENDS.hits(pair.side, target);
    let opposite = scope.opposite(target, span);
    friends.iter().filter(|friend| friend.span == span).any(|friend| {
        let mut words = pair.words.iter().filter(|word| word.term.concept == friend.term.concept);
        let row = FALSE_FRIENDS.row(friend);
        words.any(|word| {
            let phrases = apart_from(word, row.right(target)).into_iter();
            // A word alone may stand there for another reason, where it says what the friend is: accident, casualidad.
            let phrases: Vec<&str> =
                phrases.filter(|phrase| phrase.contains(' ') || row.is_one_way()).collect();
            opposite.iter().any(|stretch| stretch.contains(word.span))
                && has_any(pair.source, target.other(), &opposite, &phrases)
        })
    })
}

/// A translation with its source, and the words of the table that the source has.
struct Pair<'s> {
    scope: &'s Scope<'s>,
    /// The language of the translation.
    target: Lang,
    side: &'s Side<'s>,
    source: &'s Side<'s>,
    words: Vec<Hit>,
    /// Whether the texts speak of programs.
    is_technical: bool,
}

impl<'s> Pair<'s> {
    fn new(scope: &'s Scope<'s>, target: Lang, side: &'s Side<'s>) -> Option<Self> {
        let source = scope.side(target.other())?;
        let words = FALSE_FRIENDS.hits(source, target.other());
        let is_technical = is_technical(source, target.other()) || is_technical(side, target);
        Some(Pair { scope, target, side, source, words, is_technical })
    }

    fn issues(&self) -> Vec<Issue> {
        let friends = FALSE_FRIENDS.hits(self.side, self.target);
        // A noun may be right where the verb of the same form is wrong: colapso, collapse.
        let is_innocent = |friend: &Hit| {
            let same = friends.iter().filter(|other| other.span == friend.span);
            let mut innocent = same.filter(|other| FALSE_FRIENDS.row(other).is_innocent());
            innocent.any(|other| self.words.iter().any(|word| word.term.concept == other.term.concept))
        };
        let asked = friends.iter().filter(|friend| {
            self.is_asked(FALSE_FRIENDS.row(friend))
                && is_in_number(friend, self.side)
                && !is_innocent(friend)
        });
        asked.filter_map(|friend| Some(self.issue(friend, self.meant(friend)?))).collect()
    }

    fn is_asked(&self, row: &FalseFriends) -> bool {
        row.is_wrong_in(self.target) && !(row.is_of_programs && self.is_technical)
    }

    /// The word of the source that a friend seems to render.
    fn meant(&self, friend: &Hit) -> Option<&Hit> {
        let Pair { scope, target, side, source, .. } = *self;
        let bead = scope.bead_at(target, friend.span);
        let bead = bead.filter(|bead| scope.beads[*bead].score >= CONFIDENT)?;
        let opposite = scope.stretches(bead, target.other(), 0);
        let here = scope.stretches(bead, target, scope.reach(bead));
        let is_there = |word: &&Hit| {
            word.term.concept == friend.term.concept
                && opposite.iter().any(|span| span.contains(word.span))
                && is_in_number(word, source)
                && !(is_name(word, source) && is_name(friend, side))
                && !(has_number(word, source) && has_number(friend, side))
        };
        let word = self.words.iter().find(is_there)?;
        let row = FALSE_FRIENDS.row(friend);
        let is_right = has_any(source, target.other(), &opposite, &apart_from(word, row.right(target)))
            || has_any(side, target, &here, &apart_from(friend, row.right(target.other())))
            || self.is_listed(friend.span, &opposite);
        let cues = apart_from(word, &row.cues);
        let is_cued = row.cues.is_empty() || has_any(source, target.other(), &opposite, &cues);
        (!is_right && is_cued).then_some(word)
    }

    /// Whether the glossary gives the word, or a phrase with it, for something that the source has.
    fn is_listed(&self, span: Span, opposite: &[Span]) -> bool {
        let Pair { scope, target, side, .. } = *self;
        let source = scope.hits_in(target.other(), opposite, target.other());
        let around = side.analysis.hits.iter().filter(|hit| hit.lang == target && hit.span.contains(span));
        around.filter(|hit| scope.entry(hit).is_usable()).any(|hit| {
            let same = source.iter().filter(|other| other.term.concept == hit.term.concept);
            // What the glossary has against the word of the other side is told there, where that side is looked at.
            let is_told = |entry: &TermEntry| scope.source.is_none() && entry.direction.is_none();
            same.into_iter().map(|other| scope.entry(other)).any(|entry| entry.is_usable() || is_told(entry))
        })
    }

    fn issue(&self, friend: &Hit, word: &Hit) -> Issue {
        let Pair { scope, target, .. } = *self;
        let (written, meant) = (friend.span.of(self.side.text()), word.span.of(self.source.text()));
        let row = FALSE_FRIENDS.row(friend);
        let [right, other] = [target.other(), target].map(|lang| row.right(lang));
        let (right, other) = (&right[..right.len().min(3)], &other[..other.len().min(2)]);
        let message = match other.is_empty() {
            true => scope.say(
                format!("“{written}” copies “{meant}” word by word"),
                format!("«{written}» es calco de «{meant}»"),
            ),
            false => scope.say(
                format!("“{written}” is a false friend of “{meant}”: it means “{}”", other.join("”, “")),
                format!("«{written}» es falso amigo de «{meant}»: significa «{}»", other.join("», «")),
            ),
        };
        let label = scope.say("the source has this", "el original dice esto");
        let mut issue = Issue::new(target, friend.span, message).related(target.other(), word.span, label);
        // Where it is not known which text is the translation, the word may be the one that was rightly rendered.
        let is_doubtful = scope.source.is_none() && !row.is_wrong_in(target.other());
        issue.severity = is_doubtful.then_some(Severity::Note);
        issue.help = (!right.is_empty()).then(|| {
            scope.say(
                format!("write “{}” or the like", right.join("”, “")),
                format!("escriba «{}» o algo semejante", right.join("», «")),
            )
        });
        issue
    }
}

/// The phrases that are not taken for the word itself by their stem: minuto, minuta.
fn apart_from(word: &Hit, phrases: &[&'static str]) -> Vec<&'static str> {
    let written = FALSE_FRIENDS.term(word);
    let stem = telling(written, word.lang);
    let is_apart = |phrase: &&str| *phrase == written || telling(phrase, word.lang) != stem;
    phrases.iter().copied().filter(is_apart).collect()
}

/// Whether a hit has the number of the table's word: officials are *funcionarios*, official is *oficial*.
fn is_in_number(hit: &Hit, side: &Side<'_>) -> bool {
    !FALSE_FRIENDS.term(hit).ends_with('s') || hit.span.of(side.text()).ends_with(['s', 'S'])
}

/// Whether a word has a capital within its sentence, as names have.
fn is_name(hit: &Hit, side: &Side<'_>) -> bool {
    let segment = side.analysis.segments.get(side.analysis.segment_at(hit.span));
    let begins = segment.is_some_and(|segment| segment.span.start == hit.span.start);
    !begins && hit.span.of(side.text()).starts_with(char::is_uppercase)
}

/// Whether a word has its number behind it: Table 1.
fn has_number(hit: &Hit, side: &Side<'_>) -> bool {
    let after = side.text()[hit.span.end..].trim_start_matches(|c: char| !c.is_alphanumeric() && c != '.');
    after.starts_with(|c: char| c.is_ascii_digit())
}
