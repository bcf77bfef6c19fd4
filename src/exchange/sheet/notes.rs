//! Comments of the spreadsheet program at the cells of a workbook: notes, and threads, which Excel keeps beside a note
//! for programs that know none.

use std::collections::{BTreeMap, HashMap};

use crate::format::container::{Container, Links};
use crate::format::xml::{Event, Xml, XmlError};

/// The part that names the sheets.
const WORKBOOK: &str = "xl/workbook.xml";
/// How the author of a note is called that stands for a thread.
const OF_THREAD: &str = "tc=";

/// What is said of cells, by row from 0.
pub(super) type Notes = BTreeMap<usize, Vec<String>>;

/// What is said of the cells of the first visible sheet, each behind the name of who said it.
///
/// # Errors
/// Where a part cannot be read.
pub(super) fn read(bytes: &[u8]) -> Result<Notes, String> {
    let mut container = Container::open(bytes)?;
    let mut notes = Notes::new();
    let book = Links::of(&mut container, WORKBOOK);
    let first = parsed(&mut container, WORKBOOK, first_sheet)?;
    let Some(sheet) = first.and_then(|id| book.part(&id)) else { return Ok(notes) };
    let links = Links::of(&mut container, &sheet);
    let mut persons = HashMap::new();
    for part in book.to("person") {
        persons.extend(parsed(&mut container, &part, persons_in)?);
    }
    let threads = links.to("threadedComment");
    for part in &threads {
        for (row, person, text) in parsed(&mut container, part, threads_in)? {
            note(&mut notes, row, persons.get(&person).map_or("", String::as_str), &text);
        }
    }
    for part in links.to("comments") {
        for (row, author, text) in parsed(&mut container, &part, notes_in)? {
            match author.starts_with(OF_THREAD) {
                true if !threads.is_empty() => {}
                true => note(&mut notes, row, "", &text),
                false => note(&mut notes, row, &author, &text),
            }
        }
    }
    Ok(notes)
}

/// Adds what somebody says. Excel begins a note with the name of its author.
fn note(notes: &mut Notes, row: usize, author: &str, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let author = author.trim();
    let is_named = author.is_empty() || text.strip_prefix(author).is_some_and(|rest| rest.starts_with(':'));
    if !text.is_empty() {
        notes.entry(row).or_default().push(if is_named { text } else { format!("{author}: {text}") });
    }
}

fn parsed<T>(
    container: &mut Container<'_>,
    part: &str,
    parse: impl Fn(&mut Xml<'_>) -> Result<T, XmlError>,
) -> Result<T, String> {
    let text = container.text(part)?;
    parse(&mut Xml::new(&text)).map_err(|error| format!("`{part}`: {}", error.cause))
}

/// The id of the link to the first sheet that is not hidden.
fn first_sheet(xml: &mut Xml<'_>) -> Result<Option<String>, XmlError> {
    loop {
        match xml.next()? {
            Event::Start(tag)
                if tag.name() == "sheet" && tag.get("state").is_none_or(|state| state == "visible") =>
            {
                return Ok(tag.get("r:id"));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

/// The names of persons by their ids.
fn persons_in(xml: &mut Xml<'_>) -> Result<HashMap<String, String>, XmlError> {
    let mut persons = HashMap::new();
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name() == "person" => {
                persons.extend(tag.get("id").zip(tag.get("displayName")));
            }
            Event::Eof => return Ok(persons),
            _ => {}
        }
    }
}

/// The comments of threads: row, person, text.
fn threads_in(xml: &mut Xml<'_>) -> Result<Vec<(usize, String, String)>, XmlError> {
    let mut found = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(tag) if tag.name() == "threadedComment" => {
                let row = row_of(&tag.get("ref").unwrap_or_default());
                found.push((row, tag.get("personId").unwrap_or_default(), String::new()));
            }
            Event::Start(tag) if tag.name() == "text" => {
                let text = xml.text()?;
                found.last_mut().into_iter().for_each(|(.., said)| *said += &text);
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The notes: row, author, text.
fn notes_in(xml: &mut Xml<'_>) -> Result<Vec<(usize, String, String)>, XmlError> {
    let (mut authors, mut found) = (Vec::new(), Vec::new());
    loop {
        match xml.next()? {
            Event::Start(tag) => match tag.name() {
                "author" => authors.push(xml.text()?),
                "comment" => {
                    let author = tag.get("authorId").and_then(|id| authors.get(id.parse::<usize>().ok()?));
                    let row = row_of(&tag.get("ref").unwrap_or_default());
                    found.push((row, author.cloned().unwrap_or_default(), String::new()));
                }
                "t" => {
                    let text = xml.text()?;
                    found.last_mut().into_iter().for_each(|(.., said)| *said += &text);
                }
                // Aids for reading Japanese.
                "rPh" => xml.skip()?,
                _ => {}
            },
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The row of a cell, from 0: 6 for `AB7`.
fn row_of(reference: &str) -> usize {
    let number = reference.trim_start_matches(|c: char| !c.is_ascii_digit());
    number.parse::<usize>().map_or(0, |number| number.saturating_sub(1))
}
