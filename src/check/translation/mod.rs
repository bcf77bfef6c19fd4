//! Terminology QA: what is wrong with the words of a translation, or of a text alone.
//!
//! A *rule* ([`Rule`]) is a file of this module with its explanation, its usual severity and a pure function from a
//! [`Scope`] (the termbase, the analysed texts with their beads, the date, the regions) to [`Issue`]s. What all rules
//! have in common is done here once: levels of the settings, quotations, places in the source, one finding a place.
//!
//! ```
//! use glosa::check::translation::{Options, check};
//! use glosa::engine::{Bitext, Collection};
//! use glosa::termbase::{Source, read};
//! use glosa::{Document, Engine, Lang};
//!
//! let glossary = "[[concept]]\nterms.es = \"arancel\"\nterms.en = \"tariff\"\n";
//! let engine = Engine::new(read(&[Source::toml("glossary.toml", glossary)]).termbase);
//! let text = |name: &str, lang, text: &str| {
//!     engine.analyse(Document { lang: Some(lang), ..Document::plain(name, text) })
//! };
//! let es = text("es.txt", Lang::Es, "Los productores pagarán un peaje.");
//! let en = text("en.txt", Lang::En, "Producers will pay a tariff.");
//! let beads = engine.align(&es, &en);
//! let collection = Collection { documents: vec![es, en], bitexts: vec![Bitext { es: 0, en: 1, beads }] };
//! let report = check(&engine, &collection, &Options::default());
//! assert_eq!(report.findings[0].rule, "term-not-rendered");
//! ```

mod acronyms;
mod advised_against;
mod agreement;
mod confusion;
mod counts;
mod covered;
mod dictionary;
mod do_not_translate;
mod exchanged;
mod false_friend;
mod first_mention;
mod inconsistent;
mod index;
mod introduced;
mod lost_mention;
mod negation;
mod not_rendered;
mod numbers;
mod omission;
mod opposite;
mod outdated_name;
mod quoted;
mod regional_marks;
mod regional_mix;
mod rendering;
mod scope;
mod shipped;
mod subordinate;
#[cfg(test)]
mod testing;
mod two_names;
mod untranslated;
mod words;
mod wrong_concept;

use index::Index;

pub use agreement::{TargetForm, agreeing, target_form};
pub(crate) use not_rendered::missing;
pub(crate) use outdated_name::outdated;
pub use rendering::Rendering;
pub use scope::{Scope, Side};
pub(crate) use untranslated::left;
pub use words::Word;
pub(crate) use words::{is_cognate, is_everyday, is_rendered_otherwise};

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::fix::in_sentence;
use super::{Finding, Fix, Place, RuleDoc, Severity, SourceFile};
use crate::engine::{Collection, Engine};
use crate::lang::Lang;
use crate::termbase::{Level, Review};
use crate::text::{Document, Space, Span};
use agreement::Instead;

/// A rule about translations.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its id and explanation.
    pub doc: RuleDoc,
    /// How grave its findings are where the settings say nothing.
    pub severity: Severity,
    /// What it is about.
    pub about: About,
    /// Finds what is wrong.
    pub check: fn(&Scope<'_>) -> Vec<Issue>,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What the text says. It is as grave within a quotation.
    Meaning,
    /// How it says it: within a direct quotation or a title a note, and never fixed.
    Style,
}

/// What a rule finds, by its place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The text.
    pub lang: Lang,
    /// Bytes in its [`Document::text`].
    pub span: Span,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// A word on the place.
    pub label: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What may stand there instead without asking.
    pub replacement: Option<String>,
    /// Further places with a word each.
    pub related: Vec<(Lang, Span, String)>,
    /// A graver or milder case than is usual for the rule.
    pub severity: Option<Severity>,
}

impl Issue {
    /// An issue with a message and nothing else.
    pub fn new(lang: Lang, span: Span, message: impl Into<String>) -> Self {
        Issue {
            lang,
            span,
            message: message.into(),
            label: String::new(),
            help: None,
            replacement: None,
            related: Vec::new(),
            severity: None,
        }
    }

    /// Sets the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to write instead; where it surely agrees, it may stand there without asking.
    #[must_use]
    fn instead(mut self, scope: &Scope<'_>, instead: Option<Instead>) -> Self {
        let Some(Instead { form, is_sure }) = instead else { return self };
        self.help = Some(scope.say(format!("write “{form}”"), format!("escriba «{form}»")));
        self.replacement = Some(form).filter(|_| is_sure);
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn related(mut self, lang: Lang, span: Span, label: impl Into<String>) -> Self {
        self.related.push((lang, span, label.into()));
        self
    }
}

/// All rules. Where several find something at one place, the first one has it.
pub static RULES: &[&Rule] = &[
    &numbers::SCALE,
    &numbers::MISMATCH,
    &numbers::MISSING,
    &advised_against::FORBIDDEN,
    &do_not_translate::RULE,
    &outdated_name::RULE,
    &advised_against::DEPRECATED,
    &false_friend::RULE,
    &wrong_concept::RULE,
    &opposite::RULE,
    &regional_mix::RULE,
    &untranslated::RULE,
    &inconsistent::RULE,
    &introduced::RULE,
    &first_mention::RULE,
    &omission::RULE,
    &negation::RULE,
    &not_rendered::RULE,
    &counts::RULE,
];

/// The ids of the rules, as `[check.rules]` names them.
pub fn rule_ids() -> impl Iterator<Item = &'static str> + Clone {
    RULES.iter().map(|rule| rule.doc.id)
}

/// How a collection is checked.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language translated from; `None` where each pair says so itself ([`Collection::source_of`]), or it is not
    /// known: then both sides are looked at.
    pub source: Option<Lang>,
    /// The date of texts that do not state theirs, as ISO 8601 writes it.
    pub date: Option<String>,
    /// The language of messages.
    pub ui: Lang,
}

impl Default for Options {
    fn default() -> Self {
        Options { source: None, date: None, ui: Lang::En }
    }
}

/// What a check gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The findings by document and place.
    pub findings: Vec<Finding>,
    /// The texts that they point into.
    pub sources: Vec<SourceFile>,
    /// Pairs that were looked at.
    pub pairs: usize,
    /// Texts without a counterpart that were looked at.
    pub singles: usize,
}

/// What is looked at by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A text and its translation, by the number of the pair.
    Pair(usize),
    /// A text alone, by its number.
    Text(usize),
}

/// What is found in a unit, each with the number of its document.
pub type Found = Vec<(usize, Finding)>;

/// Checks the pairs of a collection, and its other texts by the rules that need no counterpart.
pub fn check(engine: &Engine, collection: &Collection, options: &Options) -> Report {
    let checker = Checker::new(engine, options);
    let found = units(collection).into_iter().map(|unit| checker.findings(collection, unit));
    report(collection, found.collect())
}

/// What there is to look at in a collection; the order changes nothing.
pub fn units(collection: &Collection) -> Vec<Unit> {
    let pairs = (0..collection.bitexts.len()).map(Unit::Pair);
    let partners = collection.partners().into_iter().enumerate();
    let singles = partners.filter(|(_, partner)| partner.is_none()).map(|(at, _)| Unit::Text(at));
    pairs.chain(singles).collect()
}

/// Finds what is wrong in one unit after the other, on as many threads as there are.
#[derive(Debug)]
pub struct Checker<'a> {
    engine: &'a Engine,
    options: &'a Options,
    index: Index,
}

impl<'a> Checker<'a> {
    /// With an engine, by some options.
    pub fn new(engine: &'a Engine, options: &'a Options) -> Self {
        Checker { engine, options, index: Index::default() }
    }

    /// The engine.
    pub fn engine(&self) -> &'a Engine {
        self.engine
    }

    /// The findings of a unit.
    pub fn findings(&self, collection: &Collection, unit: Unit) -> Found {
        match unit {
            Unit::Pair(pair) => {
                let bitext = &collection.bitexts[pair];
                let scope = Scope::of_pair(self, collection, bitext);
                let document = |lang| if lang == Lang::Es { bitext.es } else { bitext.en };
                findings(&scope).into_iter().map(|(lang, finding)| (document(lang), finding)).collect()
            }
            Unit::Text(at) => Scope::of_text(self, &collection.documents[at])
                .map_or_else(Vec::new, |scope| {
                    findings(&scope).into_iter().map(|(_, finding)| (at, finding)).collect()
                }),
        }
    }
}

/// The report of what was found in all [`units`] of a collection.
pub fn report(collection: &Collection, found: Vec<Found>) -> Report {
    let findings = sorted(found.into_iter().flatten().collect());
    let singles = collection.partners().iter().filter(|partner| partner.is_none()).count();
    Report { sources: sources(collection, &findings), findings, pairs: collection.bitexts.len(), singles }
}

/// Findings by document and place.
pub fn sorted(mut found: Found) -> Vec<Finding> {
    found.sort_by_key(|(document, finding)| {
        (*document, finding.place.as_ref().map(|place| (place.span.start, place.span.end)))
    });
    found.into_iter().map(|(_, finding)| finding).collect()
}

/// The files that findings point into.
pub fn files_named<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> FxHashSet<&'a str> {
    let related = |finding: &'a Finding| finding.related.iter().map(|(place, _)| place);
    let places = findings.into_iter().flat_map(|finding| finding.place.iter().chain(related(finding)));
    places.map(|place| &*place.file).collect()
}

/// The places that are told of, in either text: where each begins and ends, none overlapping another.
#[derive(Default)]
struct Taken([BTreeMap<usize, usize>; 2]);

impl Taken {
    fn has(&self, lang: Lang, span: Span) -> bool {
        let before = self.0[lang as usize].range(..span.end).next_back();
        before.is_some_and(|(_, end)| *end > span.start)
    }

    fn add(&mut self, lang: Lang, span: Span) {
        let places = &mut self.0[lang as usize];
        let (mut start, mut end) = (span.start, span.end);
        while let Some((&from, &to)) = places.range(..end).next_back()
            && to > start
        {
            places.remove(&from);
            (start, end) = (start.min(from), end.max(to));
        }
        places.insert(start, end);
    }
}

/// The findings of all rules that are on, one a place.
fn findings(scope: &Scope<'_>) -> Vec<(Lang, Finding)> {
    let mut taken = Taken::default();
    let mut found = Vec::new();
    for rule in RULES {
        let Some(severity) = severity(rule, scope) else { continue };
        for issue in (rule.check)(scope) {
            if taken.has(issue.lang, issue.span) {
                continue;
            }
            taken.add(issue.lang, issue.span);
            // Of two words that do not fit one is wrong, and told of once.
            let opposite = issue.related.iter().filter(|(lang, ..)| *lang != issue.lang);
            opposite.for_each(|(lang, span, _)| taken.add(*lang, *span));
            found.push((issue.lang, finding(rule, severity, issue, scope)));
        }
    }
    found
}

/// The severity of a rule: as the settings say, else its own; `None` where it is off.
fn severity(rule: &Rule, scope: &Scope<'_>) -> Option<Severity> {
    match scope.termbase.settings.check.rules.get(rule.doc.id) {
        None => Some(rule.severity),
        Some(Level::Off) => None,
        Some(Level::Note) => Some(Severity::Note),
        Some(Level::Warning) => Some(Severity::Warning),
        Some(Level::Error) => Some(Severity::Error),
    }
}

fn finding(rule: &Rule, severity: Severity, issue: Issue, scope: &Scope<'_>) -> Finding {
    let is_stated = scope.termbase.settings.check.rules.contains_key(rule.doc.id);
    let severity = issue.severity.filter(|_| !is_stated).unwrap_or(severity);
    let proposed = !OF_NO_ENTRY.contains(&rule.doc.id) && is_proposed(scope, &issue);
    let is_quoted = rule.about == About::Style && scope.is_mentioned(issue.lang, issue.span);
    let place = |lang, span| scope.side(lang).map(|side| Place::of(&side.analysis.document, span));
    let fix = issue.replacement.filter(|_| !is_quoted).and_then(|replacement| {
        let document = &scope.side(issue.lang)?.analysis.document;
        let (span, replacement) = in_sentence(&document.text, issue.span, &replacement, issue.lang)?;
        is_verbatim(document, span).then(|| Fix { place: Place::of(document, span), replacement })
    });
    let related = issue.related.into_iter();
    Finding {
        severity: if is_quoted { Severity::Note } else { severity },
        rule: rule.doc.id,
        message: issue.message,
        place: place(issue.lang, issue.span),
        label: issue.label,
        related: related.filter_map(|(lang, span, label)| Some((place(lang, span)?, label))).collect(),
        help: if proposed { Some(help_of_proposed(scope, issue.help)) } else { issue.help },
        fix,
        proposed,
    }
}

/// The rules that go by no entry of the glossary, though one may stand at their places.
const OF_NO_ENTRY: &[&str] =
    &["number-scale", "number-mismatch", "number-missing", "omission", "negation-lost", "opposite-meaning"];

/// Whether an issue rests on an entry that is only proposed: whether all terms at one of its places are.
fn is_proposed(scope: &Scope<'_>, issue: &Issue) -> bool {
    let related = issue.related.iter().map(|(lang, span, _)| (*lang, *span));
    std::iter::once((issue.lang, issue.span)).chain(related).any(|(lang, span)| {
        let hits = scope.side(lang).map_or(&[][..], |side| side.analysis.hits_in(span));
        let mut here = hits.iter().filter(|hit| hit.span == span).peekable();
        here.peek().is_some() && here.all(|hit| scope.concept(hit).review == Some(Review::Proposed))
    })
}

fn help_of_proposed(scope: &Scope<'_>, help: Option<String>) -> String {
    let told = scope.say("the entry is only proposed", "la entrada es sólo una propuesta");
    help.map_or_else(|| told.clone(), |help| format!("{help} ({told})"))
}

/// Whether what a reader sees is what stands in the file.
fn is_verbatim(document: &Document, span: Span) -> bool {
    document.map.space == Space::Disk && document.source_text(span) == span.of(&document.text)
}

/// The texts that findings point into, each file once.
fn sources(collection: &Collection, findings: &[Finding]) -> Vec<SourceFile> {
    let named = files_named(findings);
    let documents = collection.documents.iter().map(|analysis| &analysis.document);
    files(documents.filter(|document| named.contains(document.file_name())))
}

/// The files of some documents, each once. Those of records are as far as the records tell: blank in between, so that
/// places count as in the file.
pub fn files<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Vec<SourceFile> {
    let mut files: Vec<SourceFile> = Vec::new();
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    for document in documents {
        let name = document.file_name();
        let number = *numbers.entry(name).or_insert_with(|| {
            files.push(SourceFile { name: name.to_owned(), text: String::new() });
            files.len() - 1
        });
        let text = &mut files[number].text;
        if text.is_empty() || text.len() <= document.before.bytes && document.before.bytes > 0 {
            document.before.pad(text);
            text.push_str(document.source_str());
        }
    }
    files
}
