//! The model of the main job's result: every concept with its terms, how often and where each occurs, and
//! aligned contexts. The renderers beside this file turn it into a page, Markdown, JSON, CSV, TOML or text.

use serde::Serialize;

use crate::concord::AlignedContext;
use crate::lang::Lang;
use crate::text::About;

/// The aligned glossary with context snippets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AlignedGlossary {
    /// The title of the project.
    pub title: String,
    /// The working languages as written, in the order they are shown.
    pub languages: Vec<String>,
    /// The language of labels.
    pub ui: Lang,
    /// The sums.
    pub totals: Totals,
    /// The documents, in corpus order.
    pub documents: Vec<DocumentLine>,
    /// All concepts, in the alphabetical order of the first working language's preferred terms.
    pub entries: Vec<Entry>,
}

/// The sums of an aligned glossary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Concepts in the termbase.
    pub concepts: usize,
    /// Concepts with at least one hit.
    pub found: usize,
    /// Concepts with hits, but none of a Spanish term.
    pub without_es: usize,
    /// Concepts with hits, but none of an English term.
    pub without_en: usize,
    /// Documents read.
    pub documents: usize,
    /// Pairs of documents.
    pub pairs: usize,
    /// Documents without a partner.
    pub single: usize,
    /// Hits in all documents.
    pub hits: usize,
    /// Running words in all documents.
    pub words: usize,
}

/// A document of the corpus.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentLine {
    /// Its name, relative to the project.
    pub name: String,
    /// Its language.
    pub lang: Option<Lang>,
    /// The index of its partner in [`AlignedGlossary::documents`].
    pub partner: Option<usize>,
    /// Hits in it.
    pub hits: usize,
    /// Running words in it.
    pub words: usize,
    /// What it says of itself.
    #[serde(flatten)]
    pub about: About,
}

/// A concept in an aligned glossary.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Entry {
    /// The concept's id.
    pub id: String,
    /// Subject field.
    pub subject: Option<String>,
    /// Kind of thing: institution, office …
    pub kind: Option<String>,
    /// MX, US, INT …
    pub jurisdiction: Option<String>,
    /// Definitions, in the order of the working languages.
    pub definitions: Vec<EntryDefinition>,
    /// A note.
    pub note: Option<String>,
    /// Where the entry comes from.
    pub source: Option<String>,
    /// An address to read more at.
    pub url: Option<String>,
    /// The date on which it was known to be right.
    pub as_of: Option<String>,
    /// First day of validity.
    pub valid_from: Option<String>,
    /// Last day of validity.
    pub valid_until: Option<String>,
    /// The concept that took its place.
    pub replaced_by: Option<ConceptLink>,
    /// Related concepts.
    pub related: Vec<ConceptLink>,
    /// Wider concepts.
    pub broader: Vec<ConceptLink>,
    /// Concepts not to be confused with it.
    pub not_to_confuse: Vec<ConceptLink>,
    /// proposed, reviewed or approved, where stated.
    pub review: Option<String>,
    /// Terms, Spanish and English in the order of the working languages, regional sections after.
    pub terms: Vec<EntryTerm>,
    /// Hits of Spanish terms.
    pub count_es: usize,
    /// Hits of English terms.
    pub count_en: usize,
    /// Where it occurs.
    pub places: Vec<PlaceCount>,
    /// How Spanish occurrences are rendered in English, most frequent first.
    pub rendered_en: Vec<Rendering>,
    /// How English occurrences are rendered in Spanish, most frequent first.
    pub rendered_es: Vec<Rendering>,
    /// The best contexts, best first; pinned ones always.
    pub contexts: Vec<AlignedContext>,
}

/// A definition in one language.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntryDefinition {
    /// Language tag as written.
    pub lang: String,
    /// The definition.
    pub text: String,
    /// Where it comes from.
    pub source: Option<String>,
}

/// A link to another concept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConceptLink {
    /// Its id.
    pub id: String,
    /// Its preferred terms, "aduana / customs".
    pub label: String,
}

/// A term in an entry.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EntryTerm {
    /// Language tag as written.
    pub lang: String,
    /// The term.
    pub term: String,
    /// The status as a reader sees it: preferred, admitted, deprecated, superseded.
    pub status: String,
    /// Must not be used.
    pub forbidden: bool,
    /// acronym, short form …
    pub term_type: Option<String>,
    /// Part of speech.
    pub pos: Option<String>,
    /// masculine, feminine or common.
    pub gender: Option<String>,
    /// The definite article to show before it (el, la, los, las, el/la), Spanish nouns only.
    pub article: Option<String>,
    /// The feminine of a noun for persons.
    pub feminine: Option<String>,
    /// Where it is used.
    pub region: Option<String>,
    /// Register.
    pub register: Option<String>,
    /// Why it is deprecated or forbidden.
    pub reason: Option<String>,
    /// What to write instead.
    pub replace_with: Option<String>,
    /// How near it is to the concept.
    pub equivalence: Option<String>,
    /// A note or a word on usage.
    pub note: Option<String>,
    /// Hits of it.
    pub count: usize,
}

/// How often a concept occurs in a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceCount {
    /// Index in [`AlignedGlossary::documents`].
    pub document: usize,
    /// Line of the first hit.
    pub line: usize,
    /// Hits.
    pub count: usize,
}

/// How often a concept is rendered by a term, and where.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Rendering {
    /// The term, or `None` where the bead has none of the concept's terms on that side.
    pub term: Option<String>,
    /// Beads in which it is so.
    pub count: usize,
    /// Where: the term's places, or, without one, those of what ought to be rendered.
    pub places: Vec<PlaceCount>,
    /// Without a term: renderings that the glossary lacks, found by counting, most frequent first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unlisted: Vec<UnlistedRendering>,
}

/// What seems to render a concept where none of its terms does.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UnlistedRendering {
    /// Its most frequent form.
    pub text: String,
    /// Beads with it.
    pub count: usize,
    /// Where it stands.
    pub places: Vec<PlaceCount>,
}
