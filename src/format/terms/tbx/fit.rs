//! Which data categories a dialect allows at which level: the rules of ISO 30042:2019 for TBX-Basic and TBX-Min, and
//! of TBX-Basic 2008.

use std::collections::HashSet;

use crate::format::terms::category::Category;
use crate::termbase::read::is_calendar_date;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    BasicDca,
    BasicDct,
    Min,
    Linguist,
    V2,
}

/// Where a category stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Concept,
    Language,
    Term,
}

const STATUS: &[&str] = &[
    "preferredTerm-admn-sts",
    "admittedTerm-admn-sts",
    "deprecatedTerm-admn-sts",
    "supersededTerm-admn-sts",
];
const POS: &[&str] = &["noun", "verb", "adjective", "adverb", "other"];
const GENDER: &[&str] = &["masculine", "feminine", "neuter", "other"];
const TERM_TYPE: &[&str] = &["fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"];
const NUMBER: &[&str] = &["singular", "plural", "dual", "mass", "otherNumber"];
const REGISTER: &[&str] = &[
    "colloquialRegister",
    "neutralRegister",
    "technicalRegister",
    "in-houseRegister",
    "bench-levelRegister",
    "slangRegister",
    "vulgarRegister",
];
const LOCATION: &[&str] = &[
    "checkBox",
    "comboBox",
    "comboBoxElement",
    "dialogBox",
    "groupBox",
    "informativeMessage",
    "interactiveMessage",
    "menuItem",
    "progressBar",
    "pushButton",
    "radioButton",
    "slider",
    "spinBox",
    "tab",
    "tableText",
    "textBox",
    "toolTip",
    "user-definedType",
];

/// The categories of TBX-Min.
const MIN: &[&str] =
    &["subjectField", "customerSubset", "externalCrossReference", "administrativeStatus", "partOfSpeech"];

/// Checks categories against a dialect.
pub(super) struct Rules<'a> {
    pub(super) dialect: Dialect,
    /// The ids that references may name.
    pub(super) ids: &'a HashSet<&'a str>,
}

impl Rules<'_> {
    /// Whether a category may stand at a level as it is.
    pub(super) fn fits(&self, category: &Category, level: Level) -> bool {
        match category.element.as_str() {
            "descripGrp" => self.group(category, level, "descrip", |rules, child| rules.link(child)),
            "adminGrp" => self.group(category, level, "admin", |_, child| is_note(child)),
            "transacGrp" => self.transaction(category),
            _ => self.single(category, level),
        }
    }

    fn min(&self) -> bool {
        self.dialect == Dialect::Min
    }

    fn linguist(&self) -> bool {
        self.dialect == Dialect::Linguist
    }

    /// A group: what it is about first, then what goes with it.
    fn group(
        &self,
        group: &Category,
        level: Level,
        head: &str,
        goes_with: fn(&Self, &Category) -> bool,
    ) -> bool {
        let [first, rest @ ..] = group.children.as_slice() else { return false };
        let bare = group.attributes.is_empty() && group.text.is_empty();
        let old = self.dialect == Dialect::V2 && head == "admin" && first.kind() != "source";
        bare && !old
            && first.element == head
            && self.single(first, level)
            && rest.iter().all(|child| goes_with(self, child))
    }

    /// What may stand beside a description in its group.
    fn link(&self, category: &Category) -> bool {
        let kind = (category.element.as_str(), category.kind());
        match kind {
            ("note", _) => is_note(category),
            ("xref", "externalCrossReference") => self.single(category, Level::Term),
            _ if self.min() => false,
            ("admin", "source") => self.single(category, Level::Term),
            ("xref", "xGraphic") => self.single(category, Level::Concept),
            ("ref", "crossReference") => self.single(category, Level::Term),
            ("transacGrp", _) => self.transaction(category),
            _ => false,
        }
    }

    fn transaction(&self, group: &Category) -> bool {
        let [first, rest @ ..] = group.children.as_slice() else { return false };
        let head = first.element == "transac"
            && first.kind() == "transactionType"
            && first.is_plain()
            && matches!(first.text.as_str(), "origination" | "modification");
        let with = |child: &Category| match (child.element.as_str(), child.kind()) {
            ("date", _) => child.attributes.is_empty() && self.is_date(&child.text),
            ("transacNote", "responsibility") => child.is_plain(),
            _ => is_note(child),
        };
        !self.min() && group.attributes.is_empty() && group.text.is_empty() && head && rest.iter().all(with)
    }

    fn is_date(&self, text: &str) -> bool {
        let day = |text: &str| text.len() == 10 && is_calendar_date(text);
        match text.split_once('T') {
            None => day(text),
            Some((date, time)) => self.dialect != Dialect::V2 && day(date) && is_time(time),
        }
    }

    /// A category that is no group.
    fn single(&self, category: &Category, level: Level) -> bool {
        use Level::{Concept, Language, Term};
        let kind = category.kind();
        if !category.children.is_empty() || (self.min() && category.element != "note" && !MIN.contains(&kind))
        {
            return false;
        }
        let value = category.text.as_str();
        // libxml2 takes neither in an entry of the old standard, though its grammar (and jing) does.
        let unsafe_there = matches!(kind, "customerSubset" | "projectSubset") && level == Concept;
        if self.dialect == Dialect::V2 && unsafe_there {
            return false;
        }
        match (category.element.as_str(), kind, level) {
            ("note", ..) => is_note(category),
            ("descrip", "subjectField", Concept)
            | ("descrip", "definition", Concept | Language)
            | ("descrip", "context", Term)
            | ("admin", "customerSubset" | "projectSubset", Concept | Term)
            | ("admin", "source", _)
            | ("termNote", "geographicalUsage", Term) => self.is_labelled(category),
            ("admin", "reading", Term) | ("termNote", "transferComment", Term) => {
                self.linguist() && category.is_plain()
            }
            ("termNote", kind, Term) => category.is_plain() && self.picklist(kind).contains(&value),
            ("ref", "crossReference", Concept | Term) => self.is_reference(category),
            ("xref", "externalCrossReference", _) | ("xref", "xGraphic", Concept | Language) => {
                is_link(category)
            }
            _ => false,
        }
    }

    fn picklist(&self, kind: &str) -> &'static [&'static str] {
        match kind {
            "administrativeStatus" => STATUS,
            "partOfSpeech" => POS,
            "grammaticalGender" => GENDER,
            "termType" => TERM_TYPE,
            "termLocation" => LOCATION,
            "grammaticalNumber" if self.linguist() => NUMBER,
            "register" if self.linguist() => REGISTER,
            _ => &[],
        }
    }

    /// Text with nothing but a type, or, where the dialect has it, a language.
    fn is_labelled(&self, category: &Category) -> bool {
        let lang = matches!(self.dialect, Dialect::BasicDca | Dialect::Linguist);
        category
            .attributes
            .iter()
            .all(|(key, value)| key == "type" || (lang && key == "xml:lang" && !value.is_empty()))
    }

    fn is_reference(&self, category: &Category) -> bool {
        let known = category.attribute("target").is_some_and(|target| self.ids.contains(target));
        known && category.attributes.iter().all(|(key, _)| matches!(key.as_str(), "type" | "target"))
    }
}

fn is_note(category: &Category) -> bool {
    category.element == "note" && category.children.is_empty() && category.attributes.is_empty()
}

fn is_link(category: &Category) -> bool {
    let target = category.attribute("target").unwrap_or_default();
    is_url(target) && category.attributes.iter().all(|(key, _)| matches!(key.as_str(), "type" | "target"))
}

/// A web address that xsd:anyURI and the dialects take.
pub(super) fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"{}|\\^`[]%".contains(&b))
    })
}

/// `10:20:30`, with a fraction and a zone perhaps.
fn is_time(text: &str) -> bool {
    let (clock, rest) = text.split_at_checked(8).unwrap_or(("", ""));
    let parts: Vec<&str> = clock.split(':').collect();
    let below = |part: &str, limit: u32| part.len() == 2 && part.parse::<u32>().is_ok_and(|n| n < limit);
    let is_clock = matches!(parts.as_slice(), [h, m, s] if below(h, 24) && below(m, 60) && below(s, 60));
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let offset = |zone: &str| {
        let hours = zone.strip_prefix(['+', '-']).and_then(|zone| zone.split_once(':'));
        hours.is_some_and(|(h, m)| below(h, 14) && below(m, 60))
    };
    is_clock && (zone.is_empty() || zone == "Z" || offset(zone)) && !rest.starts_with(".Z") && rest != "."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_addresses() {
        for (text, right) in [
            ("10:20:30", true),
            ("10:20:30Z", true),
            ("10:20:30.5+02:00", true),
            ("24:00:00", false),
            ("1:2:3", false),
            ("10:20:30X", false),
        ] {
            assert_eq!(is_time(text), right, "{text}");
        }
        assert!(is_url("https://example.org/a?b=1&c=2") && !is_url("example.org") && !is_url("http://a b"));
    }
}
