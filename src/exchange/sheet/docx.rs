//! The sheet for review as a Word document: a table with a column for each of two languages, a row a concept, a
//! paragraph a term, and a column for what the colleague has to say. Comments of the word processor count as said of
//! the row that they are at.
//!
//! A row is known by a bookmark, which word processors keep; the exported state travels in a custom XML part. What is
//! struck out by tracked changes counts as gone, what is added by them as there.

use std::collections::{BTreeMap, HashMap, HashSet};

use quick_xml::escape::escape;
use serde::{Deserialize, Serialize};

use super::{Returned, ReturnedEntry, broken, dedup, homeless};
use crate::check::{Finding, Severity};
use crate::exchange::Facts;
use crate::format::container::Container;
use crate::format::terms::is_same_heading;
use crate::format::word::{self, MAIN, XML};
use crate::format::xml::{Event, Xml, XmlError};
use crate::lang::Lang;
use crate::termbase::{Concept, ConceptId, LangSection, LangTag, TermEntry, Termbase};

/// The part with the exported state.
const STATE: &str = "customXml/item1.xml";
/// The part with comments, which most documents have not.
const COMMENTS: &str = "word/comments.xml";
/// What its root element is of.
const NAMESPACE: &str = "urn:glosa:review:1";

/// The exported state: the languages of the columns, and what stood in each row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    languages: [LangTag; 2],
    rows: Vec<(ConceptId, [Vec<String>; 2])>,
}

/// Writes the terms of two languages as a document for review.
///
/// # Errors
/// Where the container cannot be written.
pub fn write(termbase: &Termbase) -> Result<Vec<u8>, Finding> {
    let state = state_of(termbase);
    let json = serde_json::to_string(&state).unwrap_or_default();
    let custom = format!("{XML}<glosa xmlns=\"{NAMESPACE}\">{}</glosa>", escape(json));
    let document = document(&state);
    let parts = [
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        (MAIN, document.as_str()),
        (STATE, custom.as_str()),
        ("customXml/_rels/item1.xml.rels", STATE_RELATIONS),
        ("customXml/itemProps1.xml", STATE_PROPERTIES),
    ];
    word::package(STATE_TYPE, &parts).map_err(|error| {
        let message = format!("the document cannot be written: {error}");
        Finding::new(Severity::Error, "export-limit", message)
            .help("export a part of the glossary, as with --subject")
    })
}

/// Whether a file is a document for review.
pub fn is_review(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
        && Container::open(bytes).is_ok_and(|mut container| state_in(&mut container).is_some())
}

/// Reads what came back of a document for review.
///
/// # Errors
/// Where it cannot be read, or a row stands twice.
pub fn read(name: &str, bytes: &[u8]) -> Result<Returned, Finding> {
    let wrong =
        |why: String| broken(format!("`{name}` cannot be read: {why}")).help("save it as .docx again");
    let mut container = Container::open(bytes).map_err(wrong)?;
    let state =
        state_in(&mut container).ok_or_else(|| wrong("it does not tell what was exported".to_owned()))?;
    let text = container.text(MAIN).map_err(wrong)?;
    let rows = rows(&text).map_err(|error| wrong(error.cause))?;
    let comments = if container.has(COMMENTS) {
        comments_in(&container.text(COMMENTS).map_err(wrong)?).map_err(|error| wrong(error.cause))?
    } else {
        BTreeMap::new()
    };
    returned(name, &state, rows, comments)
}

fn state_of(termbase: &Termbase) -> State {
    let mut tags: Vec<LangTag> = Vec::new();
    for concept in termbase.concepts.iter() {
        tags.extend(concept.sections.iter().map(|section| section.tag.clone()));
        dedup(&mut tags);
    }
    tags.sort_by_key(|tag| (tag.lang().is_none(), tag.lang(), tag.region().is_some()));
    let mut languages = Lang::ALL.map(|lang| LangTag(lang.code().to_owned()));
    for language in &mut languages {
        let own = tags.iter().find(|tag| tag.lang() == language.lang());
        own.into_iter().for_each(|tag| language.clone_from(tag));
    }
    let terms = |concept: &Concept, tag: &LangTag| {
        let section = concept.sections.iter().find(|section| section.tag == *tag);
        section
            .map(|section| section.terms.iter().map(|entry| word::line(&entry.term)).collect())
            .unwrap_or_default()
    };
    let rows = termbase
        .concepts
        .iter()
        .map(|concept| (concept.id.clone(), [0, 1].map(|at| terms(concept, &languages[at]))));
    let rows = rows.collect();
    State { languages, rows }
}

fn state_in(container: &mut Container<'_>) -> Option<State> {
    // Word and others number the custom parts anew.
    let is_custom = |name: &String| {
        name.starts_with("customXml/item") && name.ends_with(".xml") && !name.contains("Props")
    };
    container.names().into_iter().filter(is_custom).find_map(|name| {
        let text = container.text(&name).ok()?;
        if !text.contains(NAMESPACE) {
            return None;
        }
        let (mut xml, mut json) = (Xml::new(&text), String::new());
        loop {
            match xml.next().ok()? {
                Event::Text(text, _) => json += text,
                Event::Reference(c, _) => json.push(c),
                Event::Eof => return serde_json::from_str(json.trim()).ok(),
                _ => {}
            }
        }
    })
}

/// A row of the table as it stands in the document.
#[derive(Clone, Debug, Default)]
struct Row {
    /// The number in its bookmark.
    number: Option<usize>,
    is_heading: bool,
    /// The paragraphs of its cells.
    cells: Vec<Vec<String>>,
    /// The ids of the comments at it.
    comments: Vec<String>,
}

impl Row {
    /// What the colleague has to say: in the column for it, and in comments, each once, which are taken out of these.
    fn remarks(&self, comments: &mut BTreeMap<String, String>) -> Option<String> {
        let column = self.cells.get(2).into_iter().flatten().map(|line| line.trim().to_owned());
        let mut said: Vec<String> = column.filter(|line| !line.is_empty()).collect();
        said.extend(self.comments.iter().filter_map(|id| comments.remove(id)));
        (!said.is_empty()).then(|| said.join("\n"))
    }
}

/// The comments by their ids, each behind the name of who made it.
fn comments_in(text: &str) -> Result<BTreeMap<String, String>, XmlError> {
    let mut comments: BTreeMap<String, String> = BTreeMap::new();
    let mut xml = Xml::new(text);
    let mut open: Option<(String, String, String)> = None;
    let mut in_text = false;
    loop {
        let mut push = |text: &str| open.iter_mut().for_each(|(.., said)| said.push_str(text));
        match xml.next()? {
            Event::Start(tag) => match tag.name() {
                "comment" => {
                    let named = |name| tag.get_local(name).unwrap_or_default();
                    open = Some((named("id"), named("author"), String::new()));
                }
                "p" | "tab" | "br" => push(" "),
                "t" => in_text = true,
                _ => {}
            },
            Event::End(name) if name == "t" => in_text = false,
            Event::End(name) if name == "comment" => {
                let Some((id, author, said)) = open.take() else { continue };
                let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
                let author = author.trim();
                let said = if author.is_empty() { said } else { format!("{author}: {said}") };
                comments.insert(id, said);
            }
            Event::Text(text, _) if in_text => push(text),
            Event::Reference(c, _) if in_text => push(c.encode_utf8(&mut [0; 4])),
            Event::Eof => return Ok(comments),
            _ => {}
        }
    }
}

/// The rows of all tables.
fn rows(text: &str) -> Result<Vec<Row>, XmlError> {
    let mut xml = Xml::new(text);
    let mut rows: Vec<Row> = Vec::new();
    let (mut in_row, mut in_text, mut gone) = (false, false, 0);
    loop {
        let mut push = |text: &str| {
            let cell = rows.last_mut().and_then(|row| row.cells.last_mut());
            cell.and_then(|cell| cell.last_mut()).into_iter().for_each(|paragraph| *paragraph += text);
        };
        match xml.next()? {
            Event::Start(tag) => match tag.name() {
                "del" | "moveFrom" => gone += 1,
                "tab" | "br" | "cr" if in_row && gone == 0 => push(" "),
                "noBreakHyphen" if in_row && gone == 0 => push("\u{2011}"),
                "t" => in_text = true,
                "tr" => {
                    in_row = true;
                    rows.push(Row::default());
                }
                "tc" => rows.last_mut().into_iter().for_each(|row| row.cells.push(Vec::new())),
                "p" if in_row => {
                    let cell = rows.last_mut().and_then(|row| row.cells.last_mut());
                    cell.into_iter().for_each(|cell| cell.push(String::new()));
                }
                "bookmarkStart" if in_row => {
                    mark(rows.last_mut(), &tag.get_local("name").unwrap_or_default());
                }
                "commentRangeStart" | "commentReference" if in_row => {
                    let id = tag.get_local("id").unwrap_or_default();
                    rows.last_mut().into_iter().for_each(|row| row.comments.push(id.clone()));
                }
                _ => {}
            },
            Event::End(name) => match name.as_str() {
                "del" | "moveFrom" => gone -= 1,
                "t" => in_text = false,
                "tr" => in_row = false,
                _ => {}
            },
            Event::Text(text, _) if in_row && in_text && gone == 0 => push(text),
            Event::Reference(c, _) if in_row && in_text && gone == 0 => push(c.encode_utf8(&mut [0; 4])),
            Event::Eof => return Ok(rows),
            _ => {}
        }
    }
}

fn mark(row: Option<&mut Row>, name: &str) {
    let (Some(row), Some(name)) = (row, name.strip_prefix("glosa_")) else { return };
    row.is_heading |= name == "head";
    row.number = row.number.or(name.parse().ok());
}

fn returned(
    name: &str,
    state: &State,
    rows: Vec<Row>,
    mut comments: BTreeMap<String, String>,
) -> Result<Returned, Finding> {
    let mut returned = Returned::default();
    let mut seen: HashMap<usize, Row> = HashMap::new();
    let mut new: Vec<Concept> = Vec::new();
    let is_turned = rows.iter().any(|row| row.is_heading && is_turned(&row.cells, &state.languages));
    for mut row in rows.into_iter().filter(|row| !row.is_heading) {
        if is_turned && row.cells.len() > 1 {
            row.cells.swap(0, 1);
        }
        match row.number.filter(|number| *number < state.rows.len()) {
            Some(number) => {
                if seen.insert(number, row).is_some() {
                    let message = format!("`{name}` has the row of `{}` twice", state.rows[number].0);
                    return Err(broken(message).help("take one of them out"));
                }
            }
            None => {
                let private_note = row.remarks(&mut comments);
                let mut concept = concept_of(&ConceptId::default(), &state.languages, row.cells);
                concept.private_note = private_note;
                new.push(concept);
            }
        }
    }
    for (number, (id, before)) in state.rows.iter().enumerate() {
        let Some(row) = seen.remove(&number) else { continue };
        let comment = row.remarks(&mut comments);
        let base = Facts::of(&concept_of(id, &state.languages, before.to_vec()));
        let theirs = Facts::since(&concept_of(id, &state.languages, row.cells), &base);
        returned.entries.push(ReturnedEntry { id: id.clone(), base, theirs, comment });
    }
    let missing = state.rows.len() - returned.entries.len();
    if missing > 0 {
        let message =
            format!("`{name}`: {missing} of the exported concepts are not in it; they stay as they are");
        returned.findings.push(Finding::new(Severity::Note, "import-skipped", message));
    }
    for said in comments.into_values() {
        returned.findings.push(homeless(name, &said));
    }
    new.retain(|concept| !concept.sections.is_empty());
    returned.new = Termbase { concepts: new.into(), ..Termbase::default() };
    Ok(returned)
}

/// Whether the headings stand above each other's languages.
fn is_turned(headings: &[Vec<String>], languages: &[LangTag; 2]) -> bool {
    let names = |at: usize, language: &LangTag| {
        headings.get(at).is_some_and(|cell| is_same_heading(&cell.concat(), language.as_str()))
    };
    names(0, &languages[1]) && names(1, &languages[0]) && !names(0, &languages[0])
}

fn concept_of(id: &ConceptId, languages: &[LangTag; 2], cells: Vec<Vec<String>>) -> Concept {
    let mut concept = Concept { id: id.clone(), id_written: !id.0.is_empty(), ..Concept::default() };
    for (tag, cell) in languages.iter().zip(cells) {
        let mut seen = HashSet::new();
        let texts = cell.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let texts = texts.filter(|text| !text.is_empty() && seen.insert(text.clone()));
        let nfc = |text: String| {
            unicode_normalization::UnicodeNormalization::nfc(text.as_str()).collect::<String>()
        };
        let terms: Vec<TermEntry> = texts.map(|text| TermEntry::new(nfc(text))).collect();
        if !terms.is_empty() {
            concept.sections.push(LangSection { tag: tag.clone(), terms });
        }
    }
    concept
}

/// The content type of the part that describes the state.
const STATE_TYPE: &str = "<Override PartName=\"/customXml/itemProps1.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.customXmlProperties+xml\"/>";

/// Without these two LibreOffice drops the part.
const STATE_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps\" Target=\"itemProps1.xml\"/>\
    </Relationships>";

const STATE_PROPERTIES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n\
    <ds:datastoreItem ds:itemID=\"{6B1F5A0E-3C7D-4E52-9A41-8D2B70C6E915}\" \
    xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\">\
    <ds:schemaRefs><ds:schemaRef ds:uri=\"urn:glosa:review:1\"/></ds:schemaRefs></ds:datastoreItem>";

const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml\" Target=\"../customXml/item1.xml\"/>\
    </Relationships>";

/// The widths of the columns, in twentieths of a point.
const COLUMNS: [usize; 3] = [3_600, 3_600, 2_400];

fn document(state: &State) -> String {
    let mut out = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>{}</w:tblBorders>\
        <w:tblLayout w:type=\"fixed\"/></w:tblPr>\
        <w:tblGrid>{}</w:tblGrid>",
        COLUMNS.iter().sum::<usize>(),
        word::borders(&["top", "left", "bottom", "right", "insideH", "insideV"]),
        COLUMNS.map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).concat()
    );
    let [first, second] = state.languages.clone().map(|tag| vec![tag.0]);
    push_row(&mut out, state.rows.len(), "head", &[first, second, vec!["comment".to_owned()]], state);
    for (number, (_, cells)) in state.rows.iter().enumerate() {
        let [first, second] = cells.clone();
        push_row(&mut out, number, &number.to_string(), &[first, second, Vec::new()], state);
    }
    word::document(&(out + "</w:tbl><w:p/>"), word::LETTER)
}

/// A row whose first paragraph bears the bookmark.
fn push_row(out: &mut String, id: usize, name: &str, cells: &[Vec<String>; 3], state: &State) {
    let is_heading = name == "head";
    let repeat = if is_heading {
        "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    } else {
        "<w:trPr><w:cantSplit/></w:trPr>"
    };
    *out += &format!("<w:tr>{repeat}");
    for (at, (cell, width)) in cells.iter().zip(COLUMNS).enumerate() {
        *out += &format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
        // A colleague may say what there is to say in any language.
        let language = state
            .languages
            .get(at)
            .map_or_else(String::new, |tag| format!("<w:lang w:val=\"{}\"/>", escape(tag.as_str())));
        let empty = [String::new()];
        let terms = if cell.is_empty() { &empty[..] } else { cell };
        for (number, term) in terms.iter().enumerate() {
            let mark = match (at, number) {
                (0, 0) => format!(
                    "<w:bookmarkStart w:id=\"{id}\" w:name=\"glosa_{name}\"/><w:bookmarkEnd w:id=\"{id}\"/>"
                ),
                _ => String::new(),
            };
            let bold = if is_heading { "<w:b/>" } else { "" };
            *out += &format!(
                "<w:p>{mark}<w:r><w:rPr>{bold}{language}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
                word::text(term)
            );
        }
        *out += "</w:tc>";
    }
    *out += "</w:tr>";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headings_say_which_language_stands_where() {
        let cells = |cells: [&str; 2]| cells.map(|cell| vec![cell.to_owned()]);
        let state = State {
            languages: ["es-MX", "en-US"].map(|tag| LangTag(tag.to_owned())),
            rows: vec![(ConceptId("arancel".to_owned()), cells(["arancel", "tariff"]))],
        };
        let terms = |heading: [&str; 2], row: [&str; 2]| {
            let head = Row { is_heading: true, cells: cells(heading).to_vec(), ..Row::default() };
            let row = Row { number: Some(0), cells: cells(row).to_vec(), ..Row::default() };
            let back = returned("r.docx", &state, vec![head, row], BTreeMap::new()).expect("what came back");
            let sections = back.entries[0].theirs.sections.iter();
            sections
                .map(|section| (section.tag.0.clone(), section.terms[0].text().to_owned()))
                .collect::<Vec<_>>()
        };
        let wanted = [("es-MX", "arancel"), ("en-US", "duty")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        for heading in [["es-MX", "en-US"], ["Nuestro", "Suyo"], ["Español", "Inglés"]] {
            assert_eq!(terms(heading, ["arancel", "duty"]), wanted, "{heading:?}");
        }
        for heading in [["en-US", "es-MX"], ["Inglés", "Español"]] {
            assert_eq!(terms(heading, ["duty", "arancel"]), wanted, "{heading:?}");
        }
    }
}
