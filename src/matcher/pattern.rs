//! From a surface form to patterns: sequences of word keys with what may stand between the words, and the
//! conditions of case, accents and language under which a match stands.

use std::borrow::Cow;
use std::hash::{BuildHasher, Hash};

use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

use super::MatchKind;
use super::expand::{SurfaceForm, expand, has_digit, is_acronym, is_name};
use super::gap::{Gap, GapRule};
use super::shape::{Shape, variants, without_tilde};
use super::veto::{Claim, Claimed, claim};
use crate::lang::Lang;
use crate::termbase::{AccentMode, CaseMode, TermEntry, TermRef};
use crate::text::fold;

/// A way in which a term may stand in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The term.
    pub term: TermRef,
    /// Its language.
    pub lang: Lang,
    /// Its words, at least one.
    pub words: Box<[PatternWord]>,
    /// What may stand between them; one less than words.
    pub gaps: Box<[GapRule]>,
    /// What the form itself has between them.
    pub written_gaps: Box<[Gap]>,
    /// Characters that must follow the last word at once (`+` in C++).
    pub tail: Box<str>,
    /// Whether a full stop right behind the last word belongs to the match.
    pub dot: TailDot,
    /// How the form differs from the term as entered.
    pub kind: MatchKind,
    /// The rule that made the form.
    pub rule: Cow<'static, str>,
    /// The condition on case.
    pub case: CaseRule,
    /// The condition on accents.
    pub accents: AccentRule,
    /// The language in whose segments the form does not count: there it is an everyday word.
    pub refused_in: Option<Lang>,
    /// The only language in whose segments the form counts.
    pub only_in: Option<Lang>,
    /// What a one-word form must be in its sentence.
    pub claim: Claim,
}

/// A word of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PatternWord {
    /// Folded to its key: what is searched.
    pub key: Box<str>,
    /// NFC with case and accents.
    pub written: Box<str>,
    /// Lower case, accents kept.
    pub lower: Box<str>,
}

/// A full stop at the end of an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TailDot {
    /// The term has none: a full stop behind it ends the sentence.
    No,
    /// Part of the match where the text has it.
    Optional,
    /// The text must have it (`núm.`, `No.`).
    Required,
}

/// The condition on case (rule 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CaseRule {
    /// Any case.
    Any,
    /// Initial capitals where the term has them.
    Initials,
    /// All letters capital; a plural s may be small.
    Capitals,
    /// All capitals, or an initial capital (Nafta).
    InitialOrCapitals,
    /// As written.
    Exact,
}

/// The condition on accents (rule 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AccentRule {
    /// As written.
    Exact,
    /// The text may leave accents out (in one-word terms only where the bare form is no other word).
    MayLack,
    /// It may add them too: names of English terms.
    MayDiffer,
}

/// The patterns of a term.
#[derive(Clone, Debug, PartialEq)]
pub struct TermPatterns {
    /// Each form in its typographic variants, duplicates left out.
    pub patterns: Vec<Pattern>,
    /// Whether the term has more forms than are kept.
    pub cut: bool,
}

/// All patterns of a term that may be read in one way or several. Where a form is of several readings, its word may be
/// what any of them asks for.
pub fn patterns(readings: &[Cow<'_, TermEntry>], at: TermRef, lang: Lang) -> TermPatterns {
    let mut made = TermPatterns { patterns: Vec::new(), cut: false };
    let mut known: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for entry in readings {
        let of_others = made.patterns.len();
        let traits = Traits::of(entry, lang);
        let expansion = expand(entry, lang);
        made.cut |= expansion.cut;
        for pattern in expansion.forms.iter().flat_map(|form| typographic(form, entry, at, lang, &traits)) {
            let alike = known.entry(FxBuildHasher.hash_one(pattern.what_matches())).or_default();
            match alike.iter().find(|&&i| made.patterns[i].what_matches() == pattern.what_matches()) {
                Some(&i) if i < of_others => made.patterns[i].may_also_be(pattern.claim),
                Some(_) => {}
                None => {
                    alike.push(made.patterns.len());
                    made.patterns.push(pattern);
                }
            }
        }
    }
    made
}

/// Phrases of more words are found as they are written, without typographic variants.
const MOST_VARIED: usize = 100;

impl Pattern {
    /// What tells patterns of one term apart; how they came about does not.
    fn what_matches(&self) -> impl Hash + PartialEq + '_ {
        (&self.words, &self.gaps, &self.tail, self.dot, self.only_in)
    }

    /// The form is of another reading of the term too.
    fn may_also_be(&mut self, claim: Claim) {
        if let [word] = &*self.words {
            self.claim = self.claim.or(claim, &word.lower, self.lang);
        }
    }
}

/// What the conditions depend on, found once for an entry.
struct Traits {
    acronym: bool,
    name: bool,
    case: CaseRule,
    accents: AccentRule,
}

impl Traits {
    fn of(entry: &TermEntry, lang: Lang) -> Self {
        let (acronym, name) = (is_acronym(entry), is_name(entry));
        let accents = match entry.accents {
            AccentMode::Exact => AccentRule::Exact,
            AccentMode::Lenient if lang == Lang::En && (name || acronym) => AccentRule::MayDiffer,
            AccentMode::Lenient => AccentRule::MayLack,
        };
        Traits { acronym, name, case: case_rule(entry, acronym, name), accents }
    }

    fn is_spanish_name(&self, lang: Lang) -> bool {
        self.name && !self.acronym && lang == Lang::Es && self.accents != AccentRule::Exact
    }
}

fn case_rule(entry: &TermEntry, acronym: bool, name: bool) -> CaseRule {
    match entry.case {
        CaseMode::Any => CaseRule::Any,
        CaseMode::Exact => CaseRule::Exact,
        CaseMode::Smart if acronym => acronym_case(&entry.term),
        CaseMode::Smart if name => CaseRule::Initials,
        CaseMode::Smart => CaseRule::Any,
    }
}

fn acronym_case(term: &str) -> CaseRule {
    if has_digit(term) || term.contains(fold::is_hyphen) {
        return CaseRule::Any;
    }
    let bare: String = fold::lower(term).chars().filter(|c| c.is_alphanumeric()).collect();
    let ordinary = Lang::ALL.iter().any(|lang| lang.is_ordinary(&bare));
    if ordinary || bare.chars().count() < 5 { CaseRule::Capitals } else { CaseRule::InitialOrCapitals }
}

fn typographic(
    form: &SurfaceForm,
    entry: &TermEntry,
    at: TermRef,
    lang: Lang,
    traits: &Traits,
) -> Vec<Pattern> {
    let Some(shape) = Shape::of(&form.text) else { return Vec::new() };
    let make = |shape: Shape, rule: Option<&'static str>, only_in: Option<Lang>| Pattern {
        term: at,
        lang,
        refused_in: refused_in(&shape, entry, traits, lang),
        claim: claimed(&shape, form, entry, traits, lang),
        words: shape.words.into(),
        gaps: shape.gaps.into(),
        written_gaps: shape.written_gaps.into(),
        tail: shape.tail.into(),
        dot: shape.dot,
        kind: if rule.is_some() { form.kind.max(MatchKind::Variant) } else { form.kind },
        rule: if form.kind == MatchKind::Exact { rule.unwrap_or(form.rule) } else { form.rule }.into(),
        case: traits.case,
        accents: traits.accents,
        only_in,
    };
    let acronym = traits.acronym && form.kind != MatchKind::Inflected;
    let varied = shape.words.len() <= MOST_VARIED;
    let further = if varied { variants(&shape, acronym, lang) } else { Vec::new() };
    let tilde = without_tilde(&shape).filter(|_| traits.is_spanish_name(lang));
    let mut all = vec![make(shape, None, None)];
    all.extend(further.into_iter().map(|(shape, rule)| make(shape, Some(rule), None)));
    all.extend(tilde.map(|shape| make(shape, Some("n for ñ in a name"), Some(Lang::En))));
    all
}

/// A one-word common term that is an everyday word of the other language (rule 6).
fn refused_in(shape: &Shape, entry: &TermEntry, traits: &Traits, lang: Lang) -> Option<Lang> {
    let [only] = shape.words.as_slice() else { return None };
    let common = !traits.name && !traits.acronym && !entry.is_literal();
    let other = lang.other();
    (common && (other.is_ordinary(&only.lower) || other.is_ordinary(&only.key))).then_some(other)
}

/// What a one-word form claims to be.
fn claimed(shape: &Shape, form: &SurfaceForm, entry: &TermEntry, traits: &Traits, lang: Lang) -> Claim {
    let [only] = shape.words.as_slice() else { return Claim::default() };
    let dotted = shape.dot != TailDot::No;
    if dotted || traits.acronym || entry.is_literal() || entry.case == CaseMode::Exact {
        return Claim::default();
    }
    claim(&Claimed { form: &only.lower, pos: entry.pos, kind: form.kind, rule: form.rule, lang })
}
