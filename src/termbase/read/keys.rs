//! The keys of glossary.toml, in the order in which `glosa fmt` writes them.

pub(super) const TOP_KEYS: &[&str] = &["glossary", "check", "concept"];

pub(super) const GLOSSARY_KEYS: &[&str] =
    &["title", "languages", "ui", "corpus", "include", "pairs", "fields", "x"];

pub(super) const CHECK_KEYS: &[&str] = &["rules", "ignore"];

/// The keys of what `ignore` lists.
pub(super) const IGNORE_KEYS: &[&str] = &["rule", "path", "text", "reason"];

/// The keys of `fields`, each a meaning: [`crate::format::doc::Field::ALL`].
pub(super) const FIELD_KEYS: &[&str] =
    &["text", "title", "lang", "id", "date", "desk", "author", "translation-of"];

pub(crate) const CONCEPT_KEYS: &[&str] = &[
    "id",
    "subject",
    "kind",
    "jurisdiction",
    "definition",
    "note",
    "private-note",
    "source",
    "url",
    "terms",
    "as-of",
    "valid-from",
    "valid-until",
    "replaced-by",
    "related",
    "broader",
    "not-to-confuse",
    "holder-of",
    "review",
    "reviewed-by",
    "reviewed-on",
    "reliability",
    "client",
    "project",
    "image",
    "external-refs",
    "history",
    "contexts",
    "x",
];

pub(crate) const TERM_KEYS: &[&str] = &[
    "term",
    "status",
    "type",
    "pos",
    "gender",
    "number",
    "feminine",
    "region",
    "register",
    "case",
    "accents",
    "inflect",
    "forms",
    "exclude",
    "forbidden",
    "reason",
    "replace-with",
    "do-not-translate",
    "expect",
    "direction",
    "equivalence",
    "role",
    "pronunciation",
    "client",
    "project",
    "valid-from",
    "valid-until",
    "definition",
    "context",
    "source",
    "note",
    "usage",
    "x",
];

pub(super) const DEFINITION_KEYS: &[&str] = &["text", "source"];

pub(super) const CONTEXT_KEYS: &[&str] = &["es", "en", "source", "date"];

pub(super) const HISTORY_KEYS: &[&str] = &["who", "when", "what"];

pub(super) const CORPUS_KEYS: &[&str] = &["path", "confidential"];

pub(super) const PAIR_KEYS: &[&str] = &["es", "en"];
