//! The veto of context: a one-word hit whose form belongs to words of several classes is judged in its sentence.
//!
//! *la casa* is a hit of the noun, *se casa* is none; "the trade deal" is a hit of the noun *trade*, "they trade" of
//! the verb. What a form claims to be is decided when the glossary is compiled ([`claim`]); a [`Context`] says how
//! likely that is where the form stands. Only what is unlikely is refused; the rest lowers the score of the hit.
//!
//! ```
//! use glosa::termbase::{Source, read};
//! use glosa::{Document, Engine, Overlaps};
//!
//! let glossary = "[[concept]]\nterms.es = [{ term = \"casa\", pos = \"noun\" }]\n";
//! let engine = Engine::new(read(&[Source::toml("glossary.toml", glossary)]).termbase);
//! let document = Document::plain("nota.txt", "El juez los casa mañana en su casa.");
//! let hits = engine.scan(&document, Overlaps::Longest);
//! assert_eq!(hits.len(), 1);
//! assert_eq!(hits[0].span.start, 31);
//! ```

use super::Refusal;
use super::store::PatternView;
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
const LEAST: f32 = 0.25;

/// How sure the class of a hit is, 0 to 1, or that it is the wrong one.
pub(super) fn judge(pattern: PatternView<'_>, span: Span, context: &dyn Context) -> Result<f32, Refusal> {
    let claim = pattern.claim();
    if claim.is_empty() {
        return Ok(1.0);
    }
    match context.chance(span, pattern.lang(), claim) {
        Some(chance) if chance < LEAST => Err(Refusal::Class),
        Some(chance) => Ok(chance),
        None => Ok(1.0),
    }
}

/// What is known of a form when its claim is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claimed<'a> {
    /// The form in lower case.
    pub(super) form: &'a str,
    /// The part of speech of its term.
    pub(super) pos: Option<PartOfSpeech>,
    /// The rule that made the form.
    pub(super) rule: &'a str,
    /// Its language.
    pub(super) lang: Lang,
}

/// The classes of which a one-word form must be in its sentence; none where nothing is to be judged, since the form
/// can be of no other class.
pub(super) fn claim(claimed: &Claimed<'_>) -> Classes {
    let known = Tagger::of(claimed.lang).entry(claimed.form).classes;
    if known.within(CLOSED) {
        return Classes::NONE;
    }
    let allowed = match claimed.pos {
        Some(PartOfSpeech::Noun) => NOUN,
        Some(PartOfSpeech::Verb) => return verb_claim(claimed, known),
        Some(PartOfSpeech::Adjective) => ADJECTIVE,
        Some(PartOfSpeech::Name) => NAME,
        Some(PartOfSpeech::Adverb | PartOfSpeech::Other) | None => return Classes::NONE,
    };
    if known.within(allowed) { Classes::NONE } else { allowed }
}

/// Where the dictionary knows function words only, an entry that is something else knows better (the name *Él*).
const CLOSED: Classes = Classes::of(&[Class::Determiner, Class::Function, Class::Adverb, Class::Other]);
const NOUN: Classes = Classes::of(&[Class::Noun, Class::Name, Class::Adjective]);
const NAME: Classes = Classes::of(&[Class::Noun, Class::Name, Class::Adjective, Class::Other]);
const ADJECTIVE: Classes =
    Classes::of(&[Class::Adjective, Class::Noun, Class::Name, Class::Determiner, Class::Verb]);
const VERB: Classes = Classes::of(&[Class::Verb]);
const PARTICIPLE: Classes = Classes::of(&[Class::Verb, Class::Adjective]);

/// Participles may stand as adjectives; infinitives, gerunds and forms with pronouns are no other word unless the
/// dictionary knows one.
fn verb_claim(claimed: &Claimed<'_>, known: Classes) -> Classes {
    let nonfinite =
        matches!(claimed.rule, "gerund" | "verb with pronoun" | "as entered") && claimed.lang == Lang::Es;
    let participle =
        claimed.rule.contains("participle") || (claimed.rule == "past" || claimed.rule == "-ing form");
    let allowed = if participle { PARTICIPLE } else { VERB };
    let unique = known.within(allowed) && (nonfinite || !known.is_empty());
    if unique { Classes::NONE } else { allowed }
}
