//! From TOML values with positions to the values of the model: each wrong one leaves a finding and is skipped.

use std::ops::Range;
use std::sync::Arc;

use serde_json::json;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::is_calendar_date;
use super::keys::{CONCEPT_KEYS, TERM_KEYS};
use crate::check::{Finding, Place, Severity, nearest};
use crate::lang::Lang;
use crate::termbase::model::{LangTag, Word};
use crate::text::Span;
use crate::text::fold::nfc;

/// Where keys belong that stand elsewhere as often, with how they are written there.
const PLACES: &[(&str, &[&str], &str)] = &[
    ("a term", TERM_KEYS, "terms.es = { term = \"…\", KEY = … }"),
    ("a concept", CONCEPT_KEYS, "a line of its own under [[concept]]"),
];

/// A key with its value, or an item of an array under the array's key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'t> {
    /// The key as written.
    pub(super) name: &'t str,
    /// Where the key stands.
    pub(super) name_span: Span,
    /// The value.
    pub(super) value: &'t DeValue<'t>,
    /// Where the value stands.
    pub(super) span: Span,
}

impl<'t> Field<'t> {
    fn item(self, value: &'t Spanned<DeValue<'t>>) -> Field<'t> {
        Field { value: value.get_ref(), span: span(value.span()), ..self }
    }
}

/// The fields of a table in the order of the file (the TOML library sorts them by name).
pub(super) fn fields_of<'t>(table: &'t DeTable<'t>) -> Vec<Field<'t>> {
    let field = |(key, value): (&'t Spanned<DeString<'t>>, &'t Spanned<DeValue<'t>>)| Field {
        name: key.get_ref(),
        name_span: span(key.span()),
        value: value.get_ref(),
        span: span(value.span()),
    };
    let mut fields: Vec<Field<'t>> = table.iter().map(field).collect();
    fields.sort_by_key(|field| field.name_span.start);
    fields
}

/// Reads the values of one file and gathers what is wrong with them.
#[derive(Debug)]
pub(super) struct Reader<'s> {
    file: &'s str,
    /// The same, shared by the places of all that is read.
    shared: Arc<str>,
    findings: Vec<Finding>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(file: &'s str) -> Self {
        Reader { file, shared: file.into(), findings: Vec::new() }
    }

    /// Hands over the findings in the order of the text, their spans moved onto characters of it.
    pub(super) fn finish(mut self, text: &str, findings: &mut Vec<Finding>) {
        self.findings.sort_by_key(|finding| finding.place.as_ref().map(|place| place.span.start));
        for place in self.findings.iter_mut().filter_map(|finding| finding.place.as_mut()) {
            place.span = fit(place.span, text);
        }
        findings.append(&mut self.findings);
    }

    pub(super) fn file(&self) -> &'s str {
        self.file
    }

    /// A place in the file.
    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(Arc::clone(&self.shared), span)
    }

    /// Forgets all findings but the first ones.
    pub(super) fn forget(&mut self, behind: usize) {
        self.findings.truncate(behind);
    }

    /// Moves the places of all findings but the first ones.
    pub(super) fn shift(&mut self, behind: usize, by: usize) {
        for finding in self.findings.iter_mut().skip(behind) {
            let related = finding.related.iter_mut().map(|(place, _)| place);
            let fix = finding.fix.iter_mut().map(|fix| &mut fix.place);
            let places = finding.place.iter_mut().chain(related).chain(fix);
            places.for_each(|place| place.span = place.span.shifted(by));
        }
    }

    /// How many findings there are so far.
    pub(super) fn count(&self) -> usize {
        self.findings.len()
    }

    pub(super) fn error(
        &mut self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.findings.push(Finding::new(Severity::Error, rule, message).at(self.file, span).help(help));
    }

    pub(super) fn warning(
        &mut self,
        rule: &'static str,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.findings.push(Finding::new(Severity::Warning, rule, message).at(self.file, span).help(help));
    }

    pub(super) fn syntax_error(&mut self, message: &str, span: Span) {
        let help = "texts stand in quotes, arrays in brackets: terms.es = [\"arancel\", \"tarifa\"]";
        self.error("toml-syntax", span, format!("not valid TOML: {message}"), help);
    }

    pub(super) fn unsettled(&mut self, span: Span) {
        let help = "keep one of them, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>";
        self.error(
            "merge-conflict",
            span,
            "two versions stand side by side here: a merge is not settled",
            help,
        );
    }

    pub(super) fn duplicate_key(&mut self, span: Span) {
        let help = "keep one of them; several values go into an array: [\"…\", \"…\"]";
        self.error("duplicate-key", span, "this key is written twice", help);
    }

    pub(super) fn single_brackets(&mut self, span: Span) {
        let message = "each concept needs a table of its own in an array of tables";
        self.error(
            "single-brackets",
            span,
            message,
            "write [[concept]], with two brackets, before each of them",
        );
    }

    pub(super) fn unknown_key(&mut self, field: Field<'_>, what: &str, keys: &[&str]) {
        let elsewhere = PLACES.iter().find(|(_, keys, _)| keys.contains(&field.name));
        let help = match (elsewhere, nearest(field.name, keys.iter().copied())) {
            (Some((place, _, example)), _) => {
                format!("it is a key of {place}: {}", example.replace("KEY", field.name))
            }
            (None, Some(key)) => format!("did you mean `{key}`?"),
            (None, None) => format!("the keys of {what} are {}", listed(keys)),
        };
        let message = format!("`{}` is not a key of {what}", field.name);
        self.error("unknown-key", field.name_span, message, help);
    }

    pub(super) fn wrong_type(&mut self, field: Field<'_>, wanted: &str, example: &str) {
        let message = format!("`{}` must be {wanted}, not {}", field.name, type_name(field.value));
        self.error("wrong-type", field.span, message, format!("write {example}"));
    }

    /// A string in NFC, without the white space around; an empty one is told and counts as unstated.
    pub(super) fn text(&mut self, field: Field<'_>) -> Option<String> {
        let text = self.verbatim(field)?;
        if text.trim().is_empty() {
            let message = format!("`{}` is empty", field.name);
            self.warning("empty-value", field.span, message, "write something or leave the key out");
            return None;
        }
        Some(nfc(text.trim()).into_owned())
    }

    /// A string exactly as written.
    pub(super) fn verbatim<'t>(&mut self, field: Field<'t>) -> Option<&'t str> {
        if let DeValue::String(text) = field.value {
            return Some(text);
        }
        self.wrong_type(field, "a string", &format!("{} = \"…\"", field.name));
        None
    }

    /// A string, or an array of strings.
    pub(super) fn texts(&mut self, field: Field<'_>) -> Vec<String> {
        self.items(field).into_iter().filter_map(|item| self.text(item)).collect()
    }

    /// The items of an array, or the value itself where it is none.
    pub(super) fn items<'t>(&mut self, field: Field<'t>) -> Vec<Field<'t>> {
        match field.value {
            DeValue::Array(array) => array.iter().map(|value| field.item(value)).collect(),
            _ => vec![field],
        }
    }

    /// The tables of an array of tables, or a single table.
    pub(super) fn tables<'t>(&mut self, field: Field<'t>) -> Vec<Field<'t>> {
        let items = self.items(field);
        items.into_iter().filter(|item| self.table(*item).is_some()).collect()
    }

    /// The fields of a table.
    pub(super) fn table<'t>(&mut self, field: Field<'t>) -> Option<Vec<Field<'t>>> {
        if let DeValue::Table(table) = field.value {
            return Some(fields_of(table));
        }
        self.wrong_type(field, "a table", &format!("{} = {{ … }}", field.name));
        None
    }

    pub(super) fn boolean(&mut self, field: Field<'_>) -> Option<bool> {
        if let DeValue::Boolean(value) = field.value {
            return Some(*value);
        }
        self.wrong_type(field, "true or false", &format!("{} = true", field.name));
        None
    }

    /// A whole number from 1 to `most`.
    pub(super) fn scale(&mut self, field: Field<'_>, most: u8) -> Option<u8> {
        let DeValue::Integer(number) = field.value else {
            self.wrong_type(field, "a whole number", &format!("{} = {most}", field.name));
            return None;
        };
        let value = u8::from_str_radix(number.as_str(), number.radix()).ok();
        let value = value.filter(|value| (1..=most).contains(value));
        if value.is_none() {
            let message = format!("`{}` must lie between 1 and {most}", field.name);
            self.error("out-of-range", field.span, message, format!("write a number from 1 to {most}"));
        }
        value
    }

    /// A word of a closed set.
    pub(super) fn word<W: Word>(&mut self, field: Field<'_>) -> Option<W> {
        let written = self.verbatim(field)?;
        let word = W::from_word(&written.to_lowercase());
        if word.is_none() {
            let mut help = format!("the words are {}", listed(W::WORDS));
            if let Some(meant) = nearest(written, W::WORDS.iter().copied()) {
                help = format!("did you mean {}? {help}", json!(meant));
            }
            let message = format!("{} is not a word that `{}` knows", json!(written), field.name);
            self.error("unknown-word", field.span, message, help);
        }
        word
    }

    /// A date as TOML date, string, or bare year.
    pub(super) fn date(&mut self, field: Field<'_>) -> Option<String> {
        let written = match field.value {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Integer(year) if year.radix() == 10 => year.as_str().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                self.wrong_type(field, "a date", &format!("{} = 2026-11-22", field.name));
                return None;
            }
        };
        if is_calendar_date(&written) {
            return Some(written);
        }
        let message = format!("{} is not a calendar date", json!(written));
        self.error("bad-date", field.span, message, "write 2026-11-22, \"2026-11\" or \"2026\"");
        None
    }

    /// Checks that a language tag is well formed.
    pub(super) fn tag(&mut self, written: &str, span: Span) -> Option<LangTag> {
        let help = match tag_problem(written) {
            None => return Some(LangTag(written.to_owned())),
            Some(better) => better,
        };
        self.error("bad-language-tag", span, format!("{} is not a language tag", json!(written)), help);
        None
    }
}

/// Whether this is a language tag that a glossary can have.
pub(crate) fn is_tag(written: &str) -> bool {
    tag_problem(written).is_none()
}

/// What to write instead of a tag that is not well formed (BCP 47); `None` where it is.
fn tag_problem(tag: &str) -> Option<String> {
    let mut subtags = tag.split('-');
    let primary = subtags.next().unwrap_or("");
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    // Private (`x-desk`) and grandfathered (`i-klingon`) tags are well formed too, where something follows.
    let special = matches!(primary, "x" | "i") && tag.len() > 2;
    let well_formed = (special || (2..=3).contains(&primary.len()))
        && letters(primary)
        && subtags
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    let known_wrong = long_name(primary);
    match known_wrong {
        None if well_formed => None,
        Some(lang) => Some(format!("write `{lang}`, or with a region `{}`", example(lang))),
        None if tag.contains('_') => Some(format!("write `{}`, with a hyphen", tag.replace('_', "-"))),
        None => Some("write `es`, `es-MX`, `en` or `en-US`".to_owned()),
    }
}

fn long_name(primary: &str) -> Option<Lang> {
    match primary.to_lowercase().as_str() {
        "spa" | "esp" | "spanish" | "español" | "espanol" => Some(Lang::Es),
        "eng" | "ing" | "english" | "inglés" | "ingles" => Some(Lang::En),
        _ => None,
    }
}

fn example(lang: Lang) -> &'static str {
    match lang {
        Lang::Es => "es-MX",
        Lang::En => "en-US",
    }
}

pub(super) fn span(range: Range<usize>) -> Span {
    Span { start: range.start, end: range.end.max(range.start) }
}

/// Moves a span into the text and onto its characters: the TOML library may point past a line's end.
fn fit(span: Span, text: &str) -> Span {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    Span { start: floor(span.start), end: floor(span.end) }
}

fn listed(words: &[&str]) -> String {
    words.join(", ")
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
