//! The report as a table: a row for each concept, document, subject, language, date and desk, told apart by `kind`.

use super::{ConceptCoverage, Counts, Coverage, DocumentCoverage, GroupCoverage, Options, RenderingCount};
use crate::report::TablesFor;
use crate::report::csv::push_row;

/// The columns.
const COLUMNS: [&str; 17] = [
    "kind",
    "key",
    "label",
    "subject",
    "lang",
    "date",
    "desk",
    "documents",
    "words",
    "count_es",
    "count_en",
    "hits",
    "asked",
    "approved",
    "otherwise",
    "left_out",
    "renderings",
];

/// Renders all rows.
pub(super) fn render(report: &Coverage, options: &Options) -> String {
    let mut out = String::new();
    if options.tables == TablesFor::Spreadsheet {
        out.push('\u{feff}');
    }
    push_row(&mut out, COLUMNS.iter().map(|name| (*name).to_owned()));
    let mut push = |row: Row| push_row(&mut out, row.cells().into_iter());
    report.concepts.iter().for_each(|concept| push(of_concept(concept)));
    report.documents.iter().for_each(|document| push(of_document(document)));
    let groups = [
        ("subject", &report.subjects),
        ("language", &report.languages),
        ("date", &report.dates),
        ("desk", &report.desks),
    ];
    for (kind, groups) in groups {
        groups.iter().for_each(|group| push(of_group(kind, group)));
    }
    out
}

/// A row; what has no meaning for its kind stays empty.
#[derive(Default)]
struct Row {
    kind: &'static str,
    key: String,
    label: String,
    subject: String,
    lang: String,
    date: String,
    desk: String,
    documents: String,
    words: String,
    hits: [String; 3],
    counts: Counts,
    renderings: String,
}

impl Row {
    fn cells(self) -> Vec<String> {
        let counts = self.counts;
        let numbers = [counts.asked(), counts.approved, counts.otherwise, counts.left_out];
        let texts = [
            self.kind.to_owned(),
            self.key,
            self.label,
            self.subject,
            self.lang,
            self.date,
            self.desk,
            self.documents,
            self.words,
        ];
        let cells = texts.into_iter().chain(self.hits).chain(numbers.map(|number| number.to_string()));
        cells.chain([self.renderings]).collect()
    }
}

fn of_concept(concept: &ConceptCoverage) -> Row {
    let (es, en) = (concept.count_es, concept.count_en);
    Row {
        kind: "concept",
        key: concept.concept.clone(),
        label: concept.label.clone(),
        subject: concept.subject.clone().unwrap_or_default(),
        documents: concept.documents.len().to_string(),
        hits: [es, en, es + en].map(|count| count.to_string()),
        counts: concept.counts(),
        renderings: concept.renderings.iter().map(rendering).collect::<Vec<_>>().join("; "),
        ..Row::default()
    }
}

fn rendering(rendering: &RenderingCount) -> String {
    format!("{} {}", rendering.term.as_deref().unwrap_or("left out"), rendering.count)
}

fn of_document(document: &DocumentCoverage) -> Row {
    let stated = |text: &Option<String>| text.clone().unwrap_or_default();
    Row {
        kind: "document",
        key: document.document.clone(),
        label: stated(&document.about.title),
        lang: document.lang.map_or("", |lang| lang.code()).to_owned(),
        date: stated(&document.about.date),
        desk: stated(&document.about.desk),
        words: document.words.to_string(),
        hits: [String::new(), String::new(), document.hits.to_string()],
        counts: document.counts,
        ..Row::default()
    }
}

fn of_group(kind: &'static str, group: &GroupCoverage) -> Row {
    Row {
        kind,
        key: group.key.clone(),
        documents: group.documents.to_string(),
        hits: [String::new(), String::new(), group.hits.to_string()],
        counts: group.counts,
        ..Row::default()
    }
}
