//! Proposals as text, JSON, a table, TOML.

use serde_json::json;

use super::super::context::{Context, Failure};
use super::super::style::{self, counted, paint, printable};
use super::new_concept;
use crate::extract::proposals::{Example, Proposal};
use crate::lang::Lang;
use crate::report::csv::push_row;
use crate::termbase::Termbase;
use crate::termbase::edit::add_several;

/// A form in which proposals are written.
pub(super) struct Format {
    name: &'static str,
    extension: &'static str,
    /// Makes the text, in colour or not.
    pub(super) render: fn(&[Proposal], bool) -> String,
}

/// All forms, the usual one first.
const FORMATS: &[Format] = &[
    Format { name: "text", extension: "txt", render: text },
    Format { name: "json", extension: "json", render: json },
    Format { name: "csv", extension: "csv", render: csv },
    Format { name: "toml", extension: "toml", render: toml },
];

impl Format {
    /// Whether it is the one for people.
    pub(super) fn is_text(&self) -> bool {
        self.name == FORMATS[0].name
    }

    /// The form that is named, else that of the output file, else text or JSON.
    pub(super) fn choose(name: Option<&str>, context: &Context) -> Result<&'static Format, Failure> {
        let by_name =
            |name: &str| FORMATS.iter().find(|format| format.name == name || format.extension == name);
        let extension =
            context.globals.output.as_ref().and_then(|path| path.extension()).and_then(|end| end.to_str());
        match name {
            Some(name) => by_name(name).ok_or_else(|| {
                let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
                Failure::usage(format!(
                    "unknown format “{}”; there are {}",
                    printable(name),
                    names.join(", ")
                ))
            }),
            None if context.globals.json => Ok(&FORMATS[1]),
            None => Ok(extension.and_then(by_name).unwrap_or(&FORMATS[0])),
        }
    }
}

fn text(found: &[Proposal], colour: bool) -> String {
    let mut out = String::new();
    for proposal in found {
        let term = printable(&proposal.term);
        let mut line =
            format!("{:>5}  {}  {}", proposal.count, proposal.lang, paint(&term, style::HEAD, colour));
        if let Some(form) = &proposal.long_form {
            line += &format!(" ({})", printable(form));
        }
        if !proposal.equivalents.is_empty() {
            let best: Vec<_> =
                proposal.equivalents.iter().take(3).map(|best| printable(&best.term)).collect();
            line += &format!(" = {}", best.join("; "));
        }
        out += &line;
        out.push('\n');
    }
    out
}

fn json(found: &[Proposal], _: bool) -> String {
    found.iter().map(|proposal| format!("{}\n", object(proposal))).collect()
}

fn object(proposal: &Proposal) -> serde_json::Value {
    let example = |example: &Example| json!({ "document": example.document, "line": example.line, "text": example.text });
    let mut object = json!({
        "type": "candidate", "lang": proposal.lang, "term": proposal.term, "score": rounded(proposal.score),
        "count": proposal.count, "documents": proposal.documents, "long_form": proposal.long_form,
        "examples": proposal.examples.iter().map(example).collect::<Vec<_>>(),
    });
    if !proposal.equivalents.is_empty() {
        object[proposal.lang.code()] = json!(proposal.term);
        object[proposal.lang.other().code()] =
            proposal.equivalents.iter().map(|best| json!(best.term)).collect();
        object["glosses"] = proposal.equivalents.iter().map(|best| json!(best.glosses)).collect();
        object["scores"] = proposal.equivalents.iter().map(|best| json!(rounded(best.score))).collect();
    }
    object
}

/// A score with four places.
pub(super) fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}

const COLUMNS: [&str; 9] =
    ["es", "en", "also", "long_form", "score", "count", "documents", "source", "example"];

fn csv(found: &[Proposal], _: bool) -> String {
    let mut out = String::from('\u{feff}');
    push_row(&mut out, COLUMNS.iter().map(|&column| column.to_owned()));
    found.iter().for_each(|proposal| push_row(&mut out, row(proposal).into_iter()));
    out
}

fn row(proposal: &Proposal) -> [String; COLUMNS.len()] {
    let equivalents: Vec<&str> = proposal.equivalents.iter().map(|best| best.term.as_str()).collect();
    let best = equivalents.first().copied().unwrap_or_default();
    let (es, en) = if proposal.lang == Lang::Es { (&*proposal.term, best) } else { (best, &*proposal.term) };
    let example = proposal.examples.first();
    [
        es.to_owned(),
        en.to_owned(),
        equivalents.get(1..).unwrap_or_default().join("; "),
        proposal.long_form.clone().unwrap_or_default(),
        rounded(proposal.score).to_string(),
        proposal.count.to_string(),
        proposal.documents.to_string(),
        example.map(|example| format!("{}:{}", example.document, example.line)).unwrap_or_default(),
        example.map(|example| example.text.clone()).unwrap_or_default(),
    ]
}

/// As entries of a glossary file.
fn toml(found: &[Proposal], _: bool) -> String {
    let concepts: Vec<_> = found.iter().map(new_concept).collect();
    add_several("", &Termbase::default(), &concepts).map_or_else(|_| String::new(), |(text, _)| text)
}

/// What speaks for a proposal, in a line.
pub(super) fn evidence(proposal: &Proposal) -> String {
    let (count, documents) = (counted(proposal.count, "occurrence"), counted(proposal.documents, "document"));
    let best = proposal.equivalents.first();
    let pairs =
        best.map(|best| format!(", translated so in {}", counted(best.count, "pair"))).unwrap_or_default();
    let glosses = best.filter(|best| best.glosses > 0);
    let glosses = glosses.map(|best| format!(", glossed so in {}", counted(best.glosses, "place")));
    let place = proposal.examples.first().map(|example| format!("; {}:{}", example.document, example.line));
    format!("{count} in {documents}{pairs}{}{}", glosses.unwrap_or_default(), place.unwrap_or_default())
}
