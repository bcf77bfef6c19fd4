//! The veto of context: a one-word hit whose form belongs to words of several classes is judged in its sentence.
//!
//! *la casa* is a hit of the noun, *se casa* is none; "the trade deal" is a hit of the noun *trade*, "they trade" of
//! the verb. What a form claims to be is decided when the glossary is compiled (`claim`); a [`Context`] says how
//! likely that is where the form stands. Only what is unlikely is refused; the rest lowers the score of the hit.
//!
//! ```
//! use glosa::termbase::{Source, read};
//! use glosa::{Document, Engine, Overlaps};
//!
//! let glossary = "[[concept]]\nterms.es = [{ term = \"casa\", pos = \"noun\" }]\n";
//! let engine = Engine::new(read(&[Source::toml("glossary.toml", glossary)]).termbase);
//! let document = Document::plain("nota.txt", "El juez se casa mañana en su casa.");
//! let hits = engine.scan(&document, Overlaps::Longest);
//! assert_eq!(hits.len(), 1);
//! assert_eq!(hits[0].span.start, 30);
//! ```

use serde::{Deserialize, Serialize};

use super::store::PatternView;
use super::{MatchKind, Refusal};
use crate::lang::Lang;
use crate::tagger::{Class, Classes, Tagger};
use crate::termbase::PartOfSpeech;
use crate::text::Span;

/// What the text around a hit tells.
pub trait Context {
    /// The language of the segment that a span lies in, where it is known with confidence.
    fn language(&self, span: Span) -> Option<Lang>;

    /// The probability that the word at a span, read as a word of `lang`, is of one of the classes; `None` where
    /// nothing tells.
    fn chance(&self, span: Span, lang: Lang, classes: Classes) -> Option<f32>;
}

/// A context that knows languages only.
impl<F: Fn(Span) -> Option<Lang>> Context for F {
    fn language(&self, span: Span) -> Option<Lang> {
        self(span)
    }

    fn chance(&self, _: Span, _: Lang, _: Classes) -> Option<f32> {
        None
    }
}

/// A hit less likely than this to be of its term's class is refused. Look-up and scanning favour recall; what must be
/// sure asks the score.
const LEAST: f32 = 0.3;

/// Where a hit is less likely than this to be of its term's class, it may be that the sentence is of another language,
/// of which the classes tell nothing: there it stands.
const DOUBTFUL: f32 = 0.5;

/// What a one-word form must be in its sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Claim {
    /// The classes that are right.
    pub classes: Classes,
    /// When the sentence is asked.
    pub asked: Asked,
}

/// When the class of a form is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Asked {
    /// Never: the form can be of no other class.
    #[default]
    Never,
    /// Where it begins with a capital, and may be part of a name.
    InCapitals,
    /// Always.
    Always,
}

impl Claim {
    /// The claim of a form (lower case) that is of two readings of its term: it may be what either allows.
    pub(super) fn or(self, other: Claim, form: &str, lang: Lang) -> Claim {
        if self.classes.is_empty() || other.classes.is_empty() {
            return Claim::default();
        }
        let classes = self.classes | other.classes;
        let known = known(form, lang);
        let asked = match known.is_empty() {
            true => self.asked.min(other.asked),
            false if !known.within(classes) => Asked::Always,
            false if classes.meets(STANDS_IN_NAMES) => Asked::Never,
            false => Asked::InCapitals,
        };
        Claim { classes, asked }
    }
}

/// Verbs are no part of names, and what may be a name needs no asking either.
const STANDS_IN_NAMES: Classes = Classes::of(&[Class::Name, Class::Verb]);

/// What a form is, by the tagger's dictionary. What it is used as counts too, though not listed.
fn known(form: &str, lang: Lang) -> Classes {
    let entry = Tagger::of(lang).entry(form);
    entry.classes | entry.main
}

/// How sure the class of a hit is, 0 to 1, or that it is the wrong one.
pub(super) fn judge(
    pattern: PatternView<'_>,
    text: &str,
    span: Span,
    context: &dyn Context,
) -> Result<f32, Refusal> {
    let claim = pattern.claim();
    let asked = match claim.asked {
        Asked::Never => false,
        Asked::InCapitals => span.of(text).starts_with(char::is_uppercase),
        Asked::Always => true,
    };
    let chance = asked.then(|| context.chance(span, pattern.lang(), claim.classes)).flatten();
    let Some(chance) = chance else { return Ok(1.0) };
    // The language is asked for only where the answer may change what comes of the hit.
    if chance < DOUBTFUL && context.language(span).is_some_and(|lang| lang != pattern.lang()) {
        return Ok(1.0);
    }
    if chance < LEAST { Err(Refusal::Class) } else { Ok(chance.min(1.0)) }
}

/// What is known of a form when its claim is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claimed<'a> {
    /// The form in lower case.
    pub(super) form: &'a str,
    /// The part of speech of its term.
    pub(super) pos: Option<PartOfSpeech>,
    /// How it differs from the term.
    pub(super) kind: MatchKind,
    /// The rule that made it.
    pub(super) rule: &'a str,
    /// Its language.
    pub(super) lang: Lang,
}

/// The claim of a one-word form.
pub(super) fn claim(claimed: &Claimed<'_>) -> Claim {
    if knows_less(claimed, Tagger::of(claimed.lang).entry(claimed.form).classes) {
        return Claim::default();
    }
    let known = known(claimed.form, claimed.lang);
    let classes = match claimed.pos {
        Some(PartOfSpeech::Noun) if names_action(claimed, known) => ACTION,
        Some(PartOfSpeech::Noun) => NOUN,
        Some(PartOfSpeech::Verb) if is_participle(claimed) => PARTICIPLE,
        Some(PartOfSpeech::Verb) => VERB,
        Some(PartOfSpeech::Adjective) => ADJECTIVE,
        Some(PartOfSpeech::Name) => NAME,
        Some(PartOfSpeech::Adverb | PartOfSpeech::Other) | None => return Claim::default(),
    };
    let classes = if inflects_no_name(claimed) { classes.without(Class::Name) } else { classes };
    let always = !known.within(classes) || (known.is_empty() && may_be_another(claimed));
    let asked = match (always, classes.has(Class::Name) || claimed.pos == Some(PartOfSpeech::Verb)) {
        (true, _) => Asked::Always,
        (false, false) => Asked::InCapitals,
        (false, true) => Asked::Never,
    };
    Claim { classes, asked }
}

const CLOSED: Classes = Classes::of(&[Class::Determiner, Class::Function, Class::Adverb, Class::Other]);
/// Numbers are nouns too: *billion*, *docena*.
const NOUN: Classes = Classes::of(&[Class::Noun, Class::Name, Class::Adjective, Class::Other]);
/// An English noun in -ing names what the verb does (*smuggling*); those that are nouns of their own (*meeting*,
/// *hearing*) are told from the verb.
const ACTION: Classes = Classes::of(&[Class::Noun, Class::Name, Class::Adjective, Class::Other, Class::Verb]);
const NAME: Classes = Classes::of(&[Class::Noun, Class::Name, Class::Adjective, Class::Other]);
const ADJECTIVE: Classes =
    Classes::of(&[Class::Adjective, Class::Noun, Class::Name, Class::Determiner, Class::Verb]);
const VERB: Classes = Classes::of(&[Class::Verb]);
/// Participles may stand as adjectives.
const PARTICIPLE: Classes = Classes::of(&[Class::Verb, Class::Adjective]);

/// Whether the dictionary lacks the word of which the entry knows: a name among function words (*Él*), a noun that
/// looks like a first person (*decomiso*).
fn knows_less(claimed: &Claimed<'_>, known: Classes) -> bool {
    let noun = claimed.lang == Lang::Es && claimed.pos == Some(PartOfSpeech::Noun);
    !known.is_empty() && (known.within(CLOSED) || (noun && known == VERB))
}

fn names_action(claimed: &Claimed<'_>, known: Classes) -> bool {
    claimed.lang == Lang::En && claimed.form.ends_with("ing") && !known.has(Class::Noun)
}

fn is_participle(claimed: &Claimed<'_>) -> bool {
    match claimed.lang {
        Lang::Es => claimed.rule.contains("participle"),
        Lang::En => matches!(claimed.rule, "past" | "-ing form"),
    }
}

/// Spanish adjectives other than as entered, and plurals of nouns, are no part of a name (*Buenos Aires* is not *aire*,
/// *India* not *indio*); an office has a feminine there (*la Presidenta*).
fn inflects_no_name(claimed: &Claimed<'_>) -> bool {
    let inflected = claimed.lang == Lang::Es && claimed.kind == MatchKind::Inflected;
    inflected
        && match claimed.pos {
            Some(PartOfSpeech::Adjective) => true,
            Some(PartOfSpeech::Noun) => claimed.rule.starts_with("plural"),
            _ => false,
        }
}

/// Whether a form that the dictionary does not know may be a word of another class: of verbs only, and in Spanish not
/// the infinitive, the gerund and the forms with pronouns.
fn may_be_another(claimed: &Claimed<'_>) -> bool {
    let nonfinite = matches!(claimed.rule, "gerund" | "verb with pronoun" | "as entered");
    claimed.pos == Some(PartOfSpeech::Verb) && !(claimed.lang == Lang::Es && nonfinite)
}
