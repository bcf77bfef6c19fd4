//! Another word for what the same text has named already: *demandantes de asilo* after *solicitantes de asilo*.

use super::agreement::agreeing;
use super::covered::{LITERAL, LITERAL_FOR_LONG, covered, literalness};
use super::first_mention::is_title;
use super::rendering::{Rendering, rendering};
use super::scope::CONFIDENT;
use super::shipped;
use super::two_names::{TwoNames, two_names};
use super::words::{LIKELY, Word, are_kin, telling, translate, within};
use super::{About, Issue, Rule, Scope, Side};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::matcher::expand::is_acronym;
use crate::tagger::{Class, Classes, Tagger};
use crate::termbase::{PartOfSpeech, Role, TermEntry, TermRef};
use crate::text::{Span, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "inconsistent-rendering",
        summary: "another word for what the same text has named already",
        what: "A term of the source is rendered by one of the glossary's terms in one place, and in another by words that the glossary does not give, or by another full name that it gives. Or a phrase that the glossary does not have stands in two literally translated sentences, under two names. Shorter later mentions (“the brokers”, «la empresa») are no finding.",
        why: "Readers take two names for two things.",
        example: "«red de suministro» where the text has «cadena de suministro» before",
        fix: "Write the same term throughout, or add the other one to the glossary.",
    },
    severity: Severity::Warning,
    about: About::Style,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let of = |(target, side): (Lang, &Side<'_>)| -> Vec<Issue> {
        let unlisted =
            two_names(scope, target).into_iter().map(|names| unlisted(scope, target, side, &names));
        drifts(scope, target, side).into_iter().chain(unlisted).collect()
    };
    scope.translations().flat_map(of).collect()
}

fn drifts(scope: &Scope<'_>, target: Lang, side: &Side<'_>) -> Vec<Issue> {
    let Some(source) = scope.side(target.other()) else { return Vec::new() };
    // What the glossary advises against may be another word there: «la tarifa del autobús».
    let is_asked = |hit: &&Hit| {
        let entry = scope.entry(hit);
        !hit.ambiguous && entry.is_usable() && entry.expect != Some(false)
    };
    let mentions = source.sure(target.other()).filter(is_asked);
    let mentions = mentions.filter_map(|hit| Mention::new(scope, side, source, hit));
    let mentions: Vec<Mention<'_>> = mentions.collect();
    let is_named = |mention: &&Mention<'_>| mention.rendering == Rendering::Term;
    let named: FxHashSet<TermRef> =
        mentions.iter().filter(is_named).map(|mention| mention.hit.term).collect();
    // One thing has one name where the source has one: a loan may be a credit where the source has two words.
    let again = mentions.iter().filter(|mention| named.contains(&mention.hit.term));
    let drifts = again.filter_map(|mention| Some(issue(mention, mention.drift()?)));
    drifts.chain(mixed(&mentions)).collect()
}

/// The mentions of one term of the source that are rendered by another of the glossary's full names than the first one:
/// *cláusula de caducidad* after *cláusula de extinción*. Both are right; together they look like two things.
fn mixed(mentions: &[Mention<'_>]) -> Vec<Issue> {
    let mut first: FxHashMap<TermRef, &TermEntry> = FxHashMap::default();
    let mut issues = Vec::new();
    for (mention, hit) in mentions.iter().filter_map(|mention| Some((mention, mention.full_name()?))) {
        let entry = mention.scope.entry(hit);
        let before = *first.entry(mention.hit.term).or_insert(entry);
        if are_two_names(before, entry, mention.target) {
            // Where it is not known which text is the translation, the other one may have varied first.
            let severity = mention.scope.source.is_none().then_some(Severity::Note);
            issues.push(Issue { severity, ..issue(mention, hit.span) });
        }
    }
    issues
}

/// Whether two terms are names that share no more than a part, and neither is for a purpose of its own.
fn are_two_names(one: &TermEntry, other: &TermEntry, lang: Lang) -> bool {
    let [a, b] = [one, other].map(|entry| telling(&entry.term, lang));
    let has_all = |a: &[String], b: &[String]| a.iter().all(|a| b.iter().any(|b| are_kin(a, b)));
    // The same words in another order are another name: precursor chemicals, chemical precursors.
    let is_turned = || a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| !are_kin(a, b));
    let is_free =
        |entry: &TermEntry| entry.role.is_none_or(|role| role == Role::Headline) && entry.region.is_none();
    let are_apart = !has_all(&a, &b) && !has_all(&b, &a) || is_turned();
    !a.is_empty() && !b.is_empty() && are_apart && is_free(one) && is_free(other)
}

/// A term of the source with what stands opposite.
struct Mention<'s> {
    scope: &'s Scope<'s>,
    /// The language of the translation.
    target: Lang,
    side: &'s Side<'s>,
    source: &'s Side<'s>,
    hit: &'s Hit,
    bead: usize,
    /// The bead's stretches of the translation.
    stretches: Vec<Span>,
    /// How much of the hit's concept stands there.
    rendering: Rendering,
}

impl<'s> Mention<'s> {
    /// `None` where the pairing is in doubt.
    fn new(scope: &'s Scope<'s>, side: &'s Side<'s>, source: &'s Side<'s>, hit: &'s Hit) -> Option<Self> {
        let bead = scope.bead_at(hit.lang, hit.span).filter(|bead| scope.beads[*bead].score >= CONFIDENT)?;
        let target = hit.lang.other();
        let stretches = scope.stretches(bead, target, 0);
        let rendering = rendering(scope, hit, target, &stretches);
        Some(Mention { scope, target, side, source, hit, bead, stretches, rendering })
    }

    /// The name of the concept that stands opposite as often as the source mentions it there, and in no title; no acronym.
    fn full_name(&self) -> Option<&'s Hit> {
        let Mention { scope, side, hit, .. } = *self;
        let of_concept = |hits: Vec<&'s Hit>| -> Vec<&'s Hit> {
            hits.into_iter().filter(|other| other.term.concept == hit.term.concept).collect()
        };
        let own = of_concept(scope.hits_in(hit.lang, &scope.stretches(self.bead, hit.lang, 0), hit.lang));
        let there = of_concept(scope.hits_in(self.target, &self.stretches, self.target));
        let found = *there.first()?;
        let same = |hits: &[&Hit]| hits.iter().all(|hit| hit.term == hits[0].term);
        if own.len() != there.len() || !same(&own) || !same(&there) {
            return None;
        }
        let entry = scope.entry(found);
        let is_full =
            entry.is_usable() && found.is_sure() && !is_acronym(entry) && entry.expect != Some(false);
        (is_full && !is_title(side, found.span)).then_some(found)
    }

    /// What stands for the hit where none of its terms does.
    fn drift(&self) -> Option<Span> {
        match self.rendering {
            Rendering::Part => self.other_head().or_else(|| self.new_name(false)),
            Rendering::Nothing => self.synonym().or_else(|| self.new_name(false)),
            Rendering::Head => self.new_name(true),
            _ => None,
        }
    }

    /// The words opposite.
    fn words(&self) -> impl Iterator<Item = &'s Word> {
        let side = self.side;
        self.stretches.iter().flat_map(|span| within(&side.words, *span))
    }

    /// The telling words of the term.
    fn term(&self) -> Vec<&'s Word> {
        within(&self.source.words, self.hit.span).iter().filter(|word| !word.is_function).collect()
    }

    /// The phrase that has the rest of the term under another head: *demandantes* de asilo, customs *agents*.
    fn other_head(&self) -> Option<Span> {
        if is_modifier(self.source, self.hit) {
            return None;
        }
        let terms = self.scope.concept(self.hit).terms_of(self.target);
        let modifiers: Vec<Modifier> = terms.flat_map(|term| modifiers(&term.term, self.target)).collect();
        let words: Vec<&Word> = self.words().collect();
        (0..words.len()).find_map(|i| {
            let is_part =
                |modifier: &&Modifier| !words[i].is_function && are_kin(&modifier.stem, &words[i].stem);
            let span = self.joined(&words, i, modifiers.iter().find(is_part)?)?;
            (self.is_free(span) && !span.of(self.side.text()).contains([',', '.', ';', ':', '\n']))
                .then_some(span)
        })
    }

    /// A modifier, by its place among the words, with the head that it is joined to.
    fn joined(&self, words: &[&Word], at: usize, modifier: &Modifier) -> Option<Span> {
        if self.target == Lang::En {
            let head = words.get(at + 1).filter(|word| !word.is_function)?;
            return Some(Span::new(words[at].span.start, head.span.end));
        }
        let head = words[..at].iter().rposition(|word| !word.is_function)?;
        // Joined as in the term: a noun with its complement, no verb with its object.
        let is_joined = match modifier.with_of {
            true => at == head + 2 && is_of(self.side, words[head + 1]),
            false => at == head + 1,
        };
        is_joined.then(|| Span::new(words[head].span.start, words[at].span.end))
    }

    /// Whether no term of the glossary has a place, but for parts of it: customs agents.
    fn is_free(&self, span: Span) -> bool {
        let is_within = |other: &Hit| span.contains(other.span) && other.span.len() < span.len();
        let mut hits = self.side.analysis.hits.iter().filter(|other| other.is_sure());
        hits.all(|other| !other.span.overlaps(span) || is_within(other))
    }

    /// A word of no term that the word table knows as a translation of the term's head.
    fn synonym(&self) -> Option<Span> {
        let term = self.term();
        let [head] = term.as_slice() else { return None };
        let likely = |word: &Word| translate(self.target, word, head);
        let free = |word: &&Word| !word.is_function && self.side.analysis.hits_in(word.span).is_empty();
        let best = self.words().filter(free).max_by(|a, b| likely(a).total_cmp(&likely(b)))?;
        (likely(best) >= LIKELY).then_some(best.span)
    }

    /// The one noun phrase of a literal translation that has something nothing in the source accounts for, as nothing in
    /// the translation accounts for the term. `with_head` asks for a word of the term in it: *el jurado superior*.
    fn new_name(&self, with_head: bool) -> Option<Span> {
        if !is_noun(self.source, self.hit.lang, self.hit.span) {
            return None;
        }
        let opposite = self.scope.stretches(self.bead, self.hit.lang, 0);
        let covered =
            self.stretches.iter().flat_map(|span| covered(self.scope, self.target, *span, &opposite));
        let named = self.named(if with_head { NOUNS_AND_ADJECTIVES } else { NOUNS });
        // A word of the name alone is a shorter mention: “the ministry” for the Energy Ministry.
        let own: Vec<Span> =
            self.words().filter(|word| self.is_of_term(word)).map(|word| word.span).collect();
        let left: Vec<Span> = covered
            .filter(|word| word.is_telling && !word.is_found && named.contains(&word.span))
            .map(|word| word.span)
            .filter(|span| !own.contains(span))
            .collect();
        let span = self.phrase(&left, with_head)?;
        let share = literalness(self.scope, self.bead, self.hit, left.len() as u32);
        let is_literal = share >= if left.len() > 1 { LITERAL_FOR_LONG } else { LITERAL };
        let is_whole = is_literal && left.iter().all(|word| span.contains(*word));
        // «la empresa» may be anything, «el punto de ingreso» for the port of entry is a name of its own.
        let is_name = within(&self.side.words, span).iter().filter(|word| !word.is_function).count() > 1;
        // Names have periphrases: «la parte estadounidense».
        let is_proper = self.scope.entry(self.hit).pos == Some(PartOfSpeech::Name);
        let says_something = is_name && self.term().len() > 1 && !is_proper
            || left.iter().any(|word| !is_generic(self.side, self.target, *word));
        (is_whole && says_something && is_noun(self.side, self.target, span) && self.is_free(span))
            .then_some(span)
    }

    /// The words of the translation that are of some classes, as the tagger sees them.
    fn named(&self, classes: Classes) -> Vec<Span> {
        let tagger = Tagger::of(self.target);
        let of_stretch = |span: &Span| {
            let tagged = tagger.tag(span.of(self.side.text()));
            let is_noun = |word: &&Word| {
                tagged.chance(word.span.start - span.start, classes).is_some_and(|chance| chance >= NOUN)
            };
            within(&self.side.words, *span).iter().filter(is_noun).map(|word| word.span).collect::<Vec<_>>()
        };
        self.stretches.iter().flat_map(of_stretch).collect()
    }

    /// Whether a word of the translation is one of the concept's terms there, or a translation of a word of the hit.
    fn is_of_term(&self, word: &Word) -> bool {
        let scope = self.scope;
        let terms = scope.index.stems(scope.termbase, self.hit.term.concept, self.target);
        terms.iter().flatten().any(|stem| are_kin(stem, &word.stem))
            || self.term().iter().any(|own| translate(self.target, word, own) >= LIKELY)
    }

    /// The phrase around the first of some words: with those beside it that are among them or of the term.
    fn phrase(&self, left: &[Span], with_head: bool) -> Option<Span> {
        let belongs = |word: &Word| !word.is_function && (left.contains(&word.span) || self.is_of_term(word));
        let words: Vec<&Word> = self.words().collect();
        let at = words.iter().position(|word| left.contains(&word.span))?;
        let text = self.side.text();
        let is_joint = |word: &Word| matches!(word.span.of(text), "de" | "of");
        let is_next = |a: usize, b: usize| text[words[a].span.end..words[b].span.start].trim().is_empty();
        let (mut first, mut last) = (at, at);
        loop {
            let before = [1, 2].into_iter().filter_map(|by| first.checked_sub(by));
            let before = before.into_iter().find(|to| {
                belongs(words[*to])
                    && (*to + 1 == first || is_joint(words[first - 1]))
                    && is_next(*to, first.min(*to + 1))
            });
            let after = [1, 2].into_iter().map(|by| last + by).find(|to| {
                *to < words.len()
                    && belongs(words[*to])
                    && (*to == last + 1 || is_joint(words[last + 1]))
                    && is_next(last, last + 1)
            });
            match (before, after) {
                (None, None) => break,
                (before, after) => {
                    first = before.unwrap_or(first);
                    last = after.unwrap_or(last);
                }
            }
        }
        let has_head = words[first..=last].iter().any(|word| self.is_of_term(word));
        let span = Span::new(words[first].span.start, words[last].span.end);
        (last - first < LONGEST && (!with_head || has_head)).then_some(span)
    }
}

const NOUNS: Classes = Classes::of(&[Class::Noun]);
const NOUNS_AND_ADJECTIVES: Classes = Classes::of(&[Class::Noun, Class::Adjective]);

/// What is of a class with this probability is taken for one of it.
const NOUN: f32 = 0.6;

/// A name has so many words at most, function words included.
const LONGEST: usize = 5;

/// A word of a term behind its head.
struct Modifier {
    stem: String,
    /// It is joined by *de*.
    with_of: bool,
}

fn modifiers(term: &str, lang: Lang) -> Vec<Modifier> {
    let stems = telling(term, lang);
    let with_of = term.contains(" de ");
    let behind = match lang {
        Lang::Es => stems.get(1..),
        Lang::En => stems.split_last().map(|(_, before)| before),
    };
    behind.into_iter().flatten().map(|stem| Modifier { stem: stem.clone(), with_of }).collect()
}

/// Whether a term stands within a larger one: *funcionario de casilla*.
fn is_modifier(source: &Side<'_>, hit: &Hit) -> bool {
    let before = source.text()[..hit.span.start].trim_end();
    hit.lang == Lang::Es
        && [" de", " del", " de la", " de los", " de las"].iter().any(|of| before.ends_with(of))
}

fn is_of(side: &Side<'_>, word: &Word) -> bool {
    word.span.of(side.text()) == "de"
}

/// Whether a place stands behind an article or the like.
fn is_noun(side: &Side<'_>, lang: Lang, span: Span) -> bool {
    let before = within(&side.words, Span::new(span.start.saturating_sub(12), span.start));
    let articles: &[&str] = match lang {
        Lang::Es => &[
            "el",
            "la",
            "los",
            "las",
            "un",
            "una",
            "del",
            "al",
            "su",
            "sus",
            "este",
            "esta",
            "ese",
            "esa",
            "cada",
            "dicho",
            "dicha",
            "dichos",
            "dichas",
            "todo",
            "toda",
            "todos",
            "todas",
            "cualquier",
            "ningún",
            "ninguna",
            "otro",
            "otra",
            "estos",
            "estas",
        ],
        Lang::En => &[
            "the", "a", "an", "its", "their", "his", "her", "this", "that", "each", "every", "any", "no",
            "such", "all", "another", "these", "those", "your", "our",
        ],
    };
    before.last().is_some_and(|word| {
        side.text()[word.span.end..span.start].trim().is_empty()
            && articles.contains(&fold::lower(word.span.of(side.text())).as_str())
    })
}

/// Whether a word says little of what it names, so that a later mention may have it for many a thing: *la empresa*, “the
/// measure”; a name says more, but for another reason.
fn is_generic(side: &Side<'_>, lang: Lang, span: Span) -> bool {
    let written = span.of(side.text());
    let words = within(&side.words, span);
    written.starts_with(char::is_uppercase) || words.iter().all(|word| shipped::is_generic(&word.stem, lang))
}

/// The issue of a second name for what the glossary does not have.
fn unlisted(scope: &Scope<'_>, target: Lang, side: &Side<'_>, names: &TwoNames) -> Issue {
    let (written, first) = (names.second.of(side.text()), names.first.of(side.text()));
    let message = scope.say(
        format!("“{written}” for what the text has called “{first}”"),
        format!("«{written}» por lo que el texto ha llamado «{first}»"),
    );
    // Where it is not known which text is the translation, the other one may have varied first.
    let severity = scope.source.is_none().then_some(Severity::Note);
    Issue { severity, ..Issue::new(target, names.second, message) }
        .related(target, names.first, scope.say("so it is called here", "aquí se llama así"))
        .related(target.other(), names.source, scope.say("the source has this", "el original dice esto"))
}

fn issue(mention: &Mention<'_>, span: Span) -> Issue {
    let Mention { scope, target, side, hit, .. } = *mention;
    let written = span.of(side.text());
    let before = side.sure(target).find(|other| other.term.concept == hit.term.concept);
    let message = scope.say(
        format!("“{written}” for what the text calls otherwise elsewhere"),
        format!("«{written}» por lo que el texto llama de otro modo"),
    );
    let mut issue = Issue::new(target, span, message);
    if let Some(before) = before {
        issue = issue.related(target, before.span, scope.say("so it is called here", "aquí se llama así"));
        let form = agreeing(scope.entry(before), target, scope.matcher.rule(hit.pattern));
        issue.help = Some(scope.say(format!("write “{form}”"), format!("escriba «{form}»")));
    }
    issue
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    const GLOSSARY: &str = "
[[concept]]
terms.es = [\"decomiso\", \"incautación\"]
terms.en = \"seizure\"
[[concept]]
terms.es = [\"préstamo\", \"crédito\"]
terms.en = \"loan\"
";

    #[test]
    fn one_term_of_the_source_has_one_name() {
        for (source, es, en, wanted) in [
            (
                Lang::En,
                "El decomiso fue en Nogales. La incautación duró dos horas.",
                "The seizure was in Nogales. The seizure took two hours.",
                "incautación",
            ),
            (
                Lang::En,
                "El decomiso fue en Nogales. El decomiso duró dos horas.",
                "The seizure was in Nogales. The seizure took two hours.",
                "",
            ),
            (
                Lang::Es,
                "El crédito es de tres autores. El banco dio un préstamo.",
                "The credit belongs to three authors. The bank made a loan.",
                "",
            ),
        ] {
            assert_eq!(found("inconsistent-rendering", GLOSSARY, source, es, en).join(" "), wanted, "{es}");
        }
    }
}
