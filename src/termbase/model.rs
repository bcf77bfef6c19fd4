use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::concepts::Concepts;
use super::rare::{Rare, rare};
use crate::check::Place;
use crate::format::doc::Fields;
use crate::lang::Lang;

/// A set of concepts with the project's settings, its layers merged.
#[derive(Clone, Debug, Default)]
pub struct Termbase {
    /// What `[glossary]` says.
    pub settings: Settings,
    /// The concepts, in the order of the files.
    pub concepts: Concepts,
}

impl Termbase {
    /// The entry that a reference names.
    ///
    /// # Panics
    /// When the reference was made for another termbase.
    pub fn term(&self, at: TermRef) -> &TermEntry {
        &self.concepts[at.concept as usize].sections[at.section as usize].terms[at.term as usize]
    }

    /// The language section that a reference names.
    ///
    /// # Panics
    /// When the reference was made for another termbase.
    pub fn section(&self, at: TermRef) -> &LangSection {
        &self.concepts[at.concept as usize].sections[at.section as usize]
    }

    /// All terms with their references, in order.
    pub fn terms(&self) -> impl Iterator<Item = (TermRef, &TermEntry)> {
        self.concepts.iter().enumerate().flat_map(|(concept, c)| {
            c.sections.iter().enumerate().flat_map(move |(section, s)| {
                s.terms.iter().enumerate().map(move |(term, entry)| {
                    let at = TermRef { concept: concept as u32, section: section as u32, term: term as u32 };
                    (at, entry)
                })
            })
        })
    }

    /// The index of the concept with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.concepts.find(id)
    }
}

/// Names a term in a [`Termbase`] by its indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TermRef {
    /// Index in [`Termbase::concepts`].
    pub concept: u32,
    /// Index in [`Concept::sections`].
    pub section: u32,
    /// Index in [`LangSection::terms`].
    pub term: u32,
}

/// The `[glossary]` table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The title of pages and reports.
    pub title: Option<String>,
    /// The working languages in the order they are shown; `es-MX`, `en-US` where nothing is stated.
    pub languages: Vec<LangTag>,
    /// Files and folders of the corpus, relative to the file that names them.
    pub corpus: Vec<CorpusPath>,
    /// Patterns of further term files.
    pub include: Vec<String>,
    /// Documents that belong together though their names do not say so.
    pub pairs: Vec<PairPath>,
    /// What the fields of records in the corpus mean (`fields = { text = "body" }`), where their names do not say so.
    pub fields: Fields,
    /// The language of labels on pages (`ui`); the first working language where nothing is stated.
    pub ui: Option<Lang>,
    /// What `[check]` says.
    pub check: CheckSettings,
    /// What files of other programs say of all of their entries (`[glossary.x]`): licence, description, tools.
    #[serde(with = "as_toml")]
    pub x: toml::Table,
}

/// The `[check]` table: how `glosa check` takes its rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckSettings {
    /// The level of rules by their ids (`[check.rules]`); a rule that is not named has its own.
    pub rules: BTreeMap<String, Level>,
    /// Findings that are not to be shown (`ignore`).
    pub ignore: Vec<Ignored>,
}

/// Findings that are not to be shown: those that are as all the keys say which are stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignored {
    /// The rule's id.
    pub rule: Option<String>,
    /// The text's name, its folder, or a pattern with `*`.
    pub path: Option<String>,
    /// What is marked, capitals or not.
    pub text: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Where that is said.
    pub place: Option<Place>,
}

impl CheckSettings {
    /// Lays the settings of a later layer over these.
    pub(super) fn overlay(&mut self, mut later: CheckSettings) {
        self.rules.append(&mut later.rules);
        self.ignore.append(&mut later.ignore);
    }
}

impl Settings {
    /// The language of labels: the one stated, else that of the first working language.
    pub fn labels(&self) -> Lang {
        self.ui.or_else(|| self.languages.first().and_then(LangTag::lang)).unwrap_or(Lang::Es)
    }
}

/// A file or folder of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorpusPath {
    /// As written, relative to the glossary file.
    pub path: String,
    /// Its text stays out of pages and exports.
    pub confidential: bool,
    /// The glossary file that names it, as shown: what the path is relative to.
    pub base: Option<String>,
}

impl CorpusPath {
    /// A file or folder that nothing else is said of.
    pub fn new(path: impl Into<String>) -> Self {
        CorpusPath { path: path.into(), confidential: false, base: None }
    }
}

/// Two documents that translate one another (`pairs = [{ es = "…", en = "…" }]`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairPath {
    /// The Spanish document.
    pub es: String,
    /// The English document.
    pub en: String,
    /// The glossary file that names them, as shown: what the paths are relative to.
    pub base: Option<String>,
}

/// The id of a concept, unique in a termbase.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConceptId(pub String);

impl ConceptId {
    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConceptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A BCP 47 tag as written, such as `es-MX`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LangTag(pub String);

impl LangTag {
    /// The tag as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language that the tool matches in, by the primary subtag.
    pub fn lang(&self) -> Option<Lang> {
        Lang::from_tag(&self.0)
    }

    /// What follows the primary subtag (`MX`), if anything.
    pub fn region(&self) -> Option<&str> {
        self.0.split_once(['-', '_']).map(|(_, region)| region)
    }
}

impl fmt::Display for LangTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A concept: one meaning, with its terms in each language.
///
/// What few concepts state stands apart ([`ConceptDetails`]) and is read and written as if it were here:
/// `concept.url = Some(…)`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Concept {
    /// Unique in the termbase; as written, or derived from the first term.
    pub id: ConceptId,
    /// Whether the file writes the id.
    pub id_written: bool,
    /// Subject field.
    pub subject: Option<String>,
    /// What kind of thing it is.
    pub kind: Option<ConceptKind>,
    /// By language tag.
    pub definition: BTreeMap<LangTag, Definition>,
    /// A note for readers.
    pub note: Option<String>,
    /// Workflow; `None` means approved by hand.
    pub review: Option<Review>,
    /// 1 (guess) to 5 (proved).
    pub reliability: Option<u8>,
    /// Sections in file order; a language may have several (`es`, `es-ES`).
    pub sections: Vec<LangSection>,
    /// Where the entry stands: the file and the span of its table (or row).
    pub place: Option<Place>,
    /// The other keys.
    pub details: Rare<ConceptDetails>,
}

/// The keys of a [`Concept`] that few have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConceptDetails {
    /// MX, US, INT …
    pub jurisdiction: Option<String>,
    /// A note that enters no page or export.
    pub private_note: Option<String>,
    /// Where the entry comes from.
    pub source: Option<String>,
    /// An address to read more at.
    pub url: Option<String>,
    /// The date on which the entry was known to be right (`2026-11-22`, `2026-11` or `2026`).
    pub as_of: Option<String>,
    /// First day on which the concept (an office, a law) exists.
    pub valid_from: Option<String>,
    /// Last day on which it exists.
    pub valid_until: Option<String>,
    /// The concept that took its place.
    pub replaced_by: Option<ConceptId>,
    /// Concepts that are related (`skos:related`).
    pub related: Vec<ConceptId>,
    /// Wider concepts (`skos:broader`).
    pub broader: Vec<ConceptId>,
    /// Concepts that look or sound alike and are another thing.
    pub not_to_confuse: Vec<ConceptId>,
    /// For a person: the office held.
    pub holder_of: Option<ConceptId>,
    /// Who reviewed it.
    pub reviewed_by: Option<String>,
    /// When.
    pub reviewed_on: Option<String>,
    /// The client it is for.
    pub client: Option<String>,
    /// The project it is for.
    pub project: Option<String>,
    /// A picture.
    pub image: Option<String>,
    /// Identifiers in other databases.
    pub external_refs: Vec<String>,
    /// Who changed what, when.
    pub history: Vec<History>,
    /// Pinned contexts, always shown.
    pub contexts: Vec<Context>,
    /// Imported categories without a key of their own (`[concept.x]`).
    #[serde(with = "as_toml")]
    pub x: toml::Table,
}

rare!(Concept: ConceptDetails);

impl Concept {
    /// The sections of a language, in order.
    pub fn sections_of(&self, lang: Lang) -> impl Iterator<Item = &LangSection> {
        self.sections.iter().filter(move |section| section.tag.lang() == Some(lang))
    }

    /// The terms of a language, in order, over all its sections.
    pub fn terms_of(&self, lang: Lang) -> impl Iterator<Item = &TermEntry> {
        self.sections_of(lang).flat_map(|section| &section.terms)
    }

    /// The places of the concept and of its terms.
    pub(super) fn places_mut(&mut self) -> impl Iterator<Item = &mut Place> {
        let terms = self.sections.iter_mut().flat_map(|section| &mut section.terms);
        self.place.iter_mut().chain(terms.filter_map(|term| term.place.as_mut()))
    }

    /// The preferred term of a language: the first stated as preferred, else the first usable one, else any.
    pub fn preferred(&self, lang: Lang) -> Option<&TermEntry> {
        self.terms_of(lang)
            .find(|term| term.status == Some(Status::Preferred))
            .or_else(|| self.terms_of(lang).find(|term| term.is_usable()))
            .or_else(|| self.terms_of(lang).next())
    }
}

/// The terms of a concept in one language or region.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LangSection {
    /// The tag as written (`es`, `es-ES`).
    pub tag: LangTag,
    /// The terms; without a stated status the first is preferred.
    pub terms: Vec<TermEntry>,
}

/// Free TOML within a format that does not describe itself.
mod as_toml {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

    pub(super) fn serialize<S: Serializer>(table: &toml::Table, serializer: S) -> Result<S::Ok, S::Error> {
        let text = match table.is_empty() {
            true => String::new(),
            false => toml::to_string(table).map_err(ser::Error::custom)?,
        };
        text.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<toml::Table, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        if text.is_empty() { Ok(toml::Table::new()) } else { text.parse().map_err(de::Error::custom) }
    }
}

impl Status {
    /// The status of a term as a reader sees it: as stated; else deprecated for a forbidden one, preferred for the one
    /// that `leads` (the first of a section where no other is stated as preferred), and admitted for the rest.
    pub fn effective(stated: Option<Status>, is_forbidden: bool, leads: impl FnOnce() -> bool) -> Status {
        match stated {
            Some(status) => status,
            None if is_forbidden => Status::Deprecated,
            None if leads() => Status::Preferred,
            None => Status::Admitted,
        }
    }
}

impl LangSection {
    /// The status of a term as a reader sees it ([`Status::effective`]).
    pub fn effective_status(&self, term: usize) -> Status {
        let entry = &self.terms[term];
        let is_preferred = |entry: &TermEntry| entry.status == Some(Status::Preferred);
        let leads = || term == 0 && !self.terms.iter().any(is_preferred);
        Status::effective(entry.status, entry.forbidden, leads)
    }
}

/// A term with all that is known of it.
///
/// What few terms state stands apart ([`TermDetails`]) and is read and written as if it were here:
/// `entry.usage = Some(…)`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TermEntry {
    /// The term.
    pub term: String,
    /// Usage, where stated.
    pub status: Option<Status>,
    /// Acronym, short form …
    pub term_type: Option<TermType>,
    /// Part of speech.
    pub pos: Option<PartOfSpeech>,
    /// Grammatical gender.
    pub gender: Option<Gender>,
    /// Grammatical number.
    pub number: Option<Number>,
    /// Register.
    pub register: Option<Register>,
    /// How its case is matched.
    pub case: CaseMode,
    /// How its accents are matched.
    pub accents: AccentMode,
    /// `false` makes the term literal: no inflection, no part-of-speech veto, no language test.
    pub inflect: Option<bool>,
    /// Must not be used.
    pub forbidden: bool,
    /// Stays as it is in translations.
    pub do_not_translate: bool,
    /// `false`: accepted as a rendering, never demanded.
    pub expect: Option<bool>,
    /// The direction of translation in which it is an equivalent.
    pub direction: Option<Direction>,
    /// How near it is to the concept.
    pub equivalence: Option<Equivalence>,
    /// Where in a text it belongs.
    pub role: Option<Role>,
    /// A note.
    pub note: Option<String>,
    /// Where it stands: the span of the string in its file.
    pub place: Option<Place>,
    /// The other keys.
    pub details: Rare<TermDetails>,
}

/// The keys of a [`TermEntry`] that few have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TermDetails {
    /// The feminine of a noun for persons.
    pub feminine: Option<String>,
    /// Where it is used (`es-MX`).
    pub region: Option<LangTag>,
    /// Further forms that match.
    pub forms: Vec<String>,
    /// Forms that never match.
    pub exclude: Vec<String>,
    /// Why it is deprecated or forbidden.
    pub reason: Option<String>,
    /// What to write instead.
    pub replace_with: Option<String>,
    /// How it is said.
    pub pronunciation: Option<String>,
    /// The client who wants it.
    pub client: Option<String>,
    /// The project that wants it.
    pub project: Option<String>,
    /// First day of its use.
    pub valid_from: Option<String>,
    /// Last day of its use.
    pub valid_until: Option<String>,
    /// A definition of its own.
    pub definition: Option<String>,
    /// An example of use.
    pub context: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// A word on usage.
    pub usage: Option<String>,
    /// Imported categories without a key of their own.
    #[serde(with = "as_toml")]
    pub x: toml::Table,
}

rare!(TermEntry: TermDetails);

impl TermEntry {
    /// A term with nothing but its text.
    pub fn new(term: impl Into<String>) -> Self {
        TermEntry { term: term.into(), ..TermEntry::default() }
    }

    /// Whether a translator may use it: not deprecated, superseded or forbidden.
    pub fn is_usable(&self) -> bool {
        !self.forbidden && !matches!(self.status, Some(Status::Deprecated | Status::Superseded))
    }

    /// Whether it is matched literally (`inflect = false`).
    pub fn is_literal(&self) -> bool {
        self.inflect == Some(false)
    }
}

/// A definition with its source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The definition.
    pub text: String,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A pinned pair of sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// The Spanish sentence.
    pub es: Option<String>,
    /// The English sentence.
    pub en: Option<String>,
    /// Where it comes from.
    pub source: Option<String>,
    /// Its date.
    pub date: Option<String>,
}

/// A line of an entry's history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// Who.
    pub who: Option<String>,
    /// When.
    pub when: Option<String>,
    /// What.
    pub what: Option<String>,
}

/// A closed set of words, so that one function of the reader serves all of them.
pub(super) trait Word: Sized {
    /// The words that are written, in order.
    const WORDS: &'static [&'static str];

    /// Reads a word.
    fn from_word(word: &str) -> Option<Self>;
}

/// Declares an enum whose values are words in glossary.toml, the first spelling being the one written.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $first:literal $(| $more:literal)*),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// The words that are written, in order.
            pub const WORDS: &'static [&'static str] = &[$($first),+];

            /// The word as glossary.toml writes it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $first),+ }
            }

            /// Reads a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($first $(| $more)* => Some($name::$variant),)+ _ => None }
            }
        }

        impl Word for $name {
            const WORDS: &'static [&'static str] = $name::WORDS;

            fn from_word(word: &str) -> Option<Self> { $name::from_word(word) }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <&str>::deserialize(deserializer)?;
                $name::from_word(word).ok_or_else(|| serde::de::Error::unknown_variant(word, $name::WORDS))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

words! {
    /// How grave the findings of a rule are.
    Level {
        /// There are none.
        Off = "off",
        /// Good to know.
        Note = "note",
        /// Probably wrong.
        Warning = "warning",
        /// Wrong.
        Error = "error",
    }
}

words! {
    /// Usage of a term (TBX administrative status).
    Status {
        /// To be used.
        Preferred = "preferred",
        /// May be used.
        Admitted = "admitted",
        /// Not to be used.
        Deprecated = "deprecated",
        /// Was right once.
        Superseded = "superseded",
    }
}

words! {
    /// Where an entry stands in the workflow, apart from its usage.
    Review {
        /// Put forward, looked at by nobody.
        Proposed = "proposed",
        /// Looked at.
        Reviewed = "reviewed",
        /// Accepted.
        Approved = "approved",
    }
}

words! {
    /// Kind of term (TBX term type).
    TermType {
        /// The full form.
        FullForm = "full form",
        /// Initials read as a word or letter by letter.
        Acronym = "acronym",
        /// A shortened written form.
        Abbreviation = "abbreviation",
        /// A shorter way to say it.
        ShortForm = "short form",
        /// A spelling variant.
        Variant = "variant",
        /// A fixed phrase.
        Phrase = "phrase",
        /// A word of the other language in use.
        Loan = "loan",
    }
}

words! {
    /// Part of speech.
    PartOfSpeech {
        /// Common noun or noun phrase.
        Noun = "noun",
        /// Verb.
        Verb = "verb",
        /// Adjective.
        Adjective = "adjective" | "adj",
        /// Adverb.
        Adverb = "adverb" | "adv",
        /// Proper noun.
        Name = "name" | "proper noun",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// Grammatical gender.
    Gender {
        /// Masculine.
        Masculine = "masculine" | "m",
        /// Feminine.
        Feminine = "feminine" | "f",
        /// One form for both (el/la migrante).
        Common = "common" | "mf",
    }
}

words! {
    /// Grammatical number.
    Number {
        /// Singular.
        Singular = "singular" | "sg",
        /// Plural.
        Plural = "plural" | "pl",
        /// The same in both.
        Invariable = "invariable",
    }
}

words! {
    /// Kind of thing a concept is.
    ConceptKind {
        /// A term in the strict sense.
        Term = "term",
        /// A body or agency.
        Institution = "institution",
        /// A post.
        Office = "office",
        /// A human being.
        Person = "person",
        /// A law or treaty.
        Law = "law",
        /// A programme or policy.
        Programme = "programme" | "program",
        /// An event.
        Event = "event",
    }
}

words! {
    /// How the case of a term is matched.
    #[derive(Default)]
    CaseMode {
        /// Any case.
        Any = "any",
        /// Exactly as written.
        Exact = "exact",
        /// By what the term is: common noun, name, acronym.
        #[default]
        Smart = "smart",
    }
}

words! {
    /// How the accents of a term are matched.
    #[derive(Default)]
    AccentMode {
        /// The text may leave accents out.
        #[default]
        Lenient = "lenient",
        /// As written.
        Exact = "exact",
    }
}

words! {
    /// The direction in which a term is an equivalent.
    Direction {
        /// From English into Spanish.
        EnEs = "en>es",
        /// From Spanish into English.
        EsEn = "es>en",
    }
}

impl Direction {
    /// The language translated into.
    pub fn target(self) -> Lang {
        match self {
            Direction::EnEs => Lang::Es,
            Direction::EsEn => Lang::En,
        }
    }
}

words! {
    /// How near a term is to the concept.
    Equivalence {
        /// The same thing.
        Exact = "exact",
        /// Part of it.
        Partial = "partial",
        /// Plays the same part in another system.
        Functional = "functional",
        /// Explains rather than names.
        Explanation = "explanation",
    }
}

words! {
    /// Where in a text a term belongs.
    Role {
        /// At first mention.
        FirstMention = "first-mention",
        /// After the first mention.
        Later = "later",
        /// In headlines.
        Headline = "headline",
    }
}

words! {
    /// Register (TBX).
    Register {
        /// Neutral.
        Neutral = "neutral",
        /// Formal or technical.
        Formal = "formal" | "technical",
        /// In house.
        InHouse = "in-house",
        /// Informal.
        Colloquial = "colloquial" | "informal",
        /// Slang.
        Slang = "slang",
        /// Vulgar.
        Vulgar = "vulgar",
        /// Legal language.
        Legal = "legal",
        /// Press language.
        Press = "press",
    }
}
