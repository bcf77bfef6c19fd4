//! PO (gettext): each message with its translation.
//!
//! The source is English unless the messages are in Spanish; the header states the language of the translations and the
//! encoding. Fuzzy translations do not count, obsolete entries (`#~`) are passed over. Where the messages are keys
//! (`menu.open`), the file is the translations alone, each a unit named by its key, as in files of messages in JSON.

use super::Read;
use super::bilingual::{Bilingual, Tags};
use super::build::{Flow, Source};
use crate::check::{Finding, Severity};
use crate::format::decode::decode_labelled;
use crate::format::po::{are_keys, unescaped};
use crate::text::{BlockKind, LineIndex, Span};

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    let mut decoded = match decode_labelled(name, bytes, stated_charset(bytes)) {
        Ok(decoded) => decoded,
        Err(error) => return Read::failed(error),
    };
    let mut reader = Reader::new(&decoded.text);
    reader.run();
    let broken = reader.broken(name);
    let (out, tags) = reader.write();
    let warning = decoded.warning.take();
    let mut read = out.finish(name, Some(&Source::from(decoded)), &tags);
    read.findings.extend(warning.into_iter().chain(broken));
    read
}

/// `charset=…` in the header, which stands early.
fn stated_charset(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(8192)];
    let rest = &head[memchr::memmem::find(head, b"charset=")? + "charset=".len()..];
    let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    Some(&rest[..length])
}

struct Reader<'a> {
    source: &'a str,
    entry: Entry,
    entries: Vec<Entry>,
    /// Where lines break the format, and how.
    broken: Vec<(usize, Broken)>,
}

#[derive(Clone, Copy)]
enum Broken {
    Unclosed,
    BehindString,
    NoLine,
}

impl Broken {
    fn told(self) -> &'static str {
        match self {
            Broken::Unclosed => "the string is never closed; it was read up to the end of its line",
            Broken::BehindString => "something stands behind the string, and was passed over",
            Broken::NoLine => "this is no line of a PO file, and was passed over",
        }
    }
}

/// An entry as far as it has been read.
#[derive(Default)]
struct Entry {
    context: Flow,
    messages: Vec<Flow>,
    translations: Vec<Flow>,
    fuzzy: bool,
    /// What a line that begins with a quotation mark continues.
    open: Option<Field>,
}

#[derive(Clone, Copy, PartialEq)]
enum Field {
    Context,
    Message,
    Translation,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        Reader { source, entry: Entry::default(), entries: Vec::new(), broken: Vec::new() }
    }

    fn run(&mut self) {
        let mut at = 0;
        for line in self.source.split_inclusive('\n') {
            self.line(line, at);
            at += line.len();
        }
        self.finish_entry();
    }

    fn line(&mut self, line: &str, at: usize) {
        let body = line.trim_start_matches('\u{feff}').trim();
        if body.starts_with('#') || body.is_empty() {
            if !self.entry.translations.is_empty() {
                self.finish_entry();
            }
            self.entry.fuzzy |= body.starts_with("#,") && body.contains("fuzzy");
            return;
        }
        let keyword = body.split(|c: char| c.is_whitespace() || matches!(c, '"' | '[')).next().unwrap_or("");
        match field_of(keyword) {
            Some(field) => self.begin(field),
            None if keyword.is_empty() && self.entry.open.is_some() => {}
            None => return self.broken.push((at + line.len() - line.trim_start().len(), Broken::NoLine)),
        }
        match line.find('"') {
            Some(quote) => self.string(&line[quote + 1..], at + quote + 1),
            None => self.broken.push((at + line.trim_end().len(), Broken::Unclosed)),
        }
    }

    /// Begins a string; a message after a translation begins an entry.
    fn begin(&mut self, field: Field) {
        if field != Field::Translation && !self.entry.translations.is_empty() {
            self.finish_entry();
        }
        self.entry.open = Some(field);
        match field {
            Field::Context => {}
            Field::Message => self.entry.messages.push(Flow::default()),
            Field::Translation => self.entry.translations.push(Flow::default()),
        }
    }

    /// Adds the content of a string in quotation marks, given what follows the first of them.
    fn string(&mut self, rest: &str, start: usize) {
        let flow = match self.entry.open {
            Some(Field::Context) => Some(&mut self.entry.context),
            Some(Field::Message) => self.entry.messages.last_mut(),
            Some(Field::Translation) => self.entry.translations.last_mut(),
            None => None,
        };
        let Some(flow) = flow else { return };
        let text = rest.trim_end_matches(['\r', '\n']);
        let mut at = 0;
        while let Some(c) = text[at..].chars().next().filter(|c| *c != '"') {
            if c == '\\' {
                let (stands_for, length) = unescaped(&text[at..]);
                flow.replaced(stands_for, Span::new(start + at, start + at + length));
                at += length;
            } else {
                let plain = text[at..].find(['"', '\\']).unwrap_or(text.len() - at);
                flow.verbatim(Span::new(start + at, start + at + plain));
                at += plain;
            }
        }
        match text[at..].strip_prefix('"') {
            None => self.broken.push((start - 1, Broken::Unclosed)),
            Some(behind) if !behind.trim().is_empty() => {
                self.broken.push((start + at + 1, Broken::BehindString));
            }
            Some(_) => {}
        }
    }

    fn finish_entry(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        if !entry.messages.is_empty() {
            self.entries.push(entry);
        }
    }

    /// What there is to say of lines that break the format.
    fn broken(&self, name: &str) -> Option<Finding> {
        let (at, how) = self.broken.first()?;
        let place = LineIndex::new(self.source).position(self.source, *at);
        let more = match self.broken.len() - 1 {
            0 => String::new(),
            more => format!("; {more} more of its lines are broken"),
        };
        let message = format!("`{name}`, line {}, column {}: {}{more}", place.line, place.column, how.told());
        Some(
            Finding::new(Severity::Warning, "broken-line", message)
                .help("mend the line; `msgfmt --check` lists all of them"),
        )
    }

    /// The two sides, and their languages.
    fn write(self) -> (Bilingual, Tags) {
        let mut out = Bilingual::new();
        let mut tags = Tags { directed: true, ..Tags::default() };
        let is_header = |entry: &Entry| entry.messages[0].is_blank(self.source);
        if let Some(header) = self.entries.first().filter(|entry| is_header(entry)) {
            state(&mut tags, header, self.source);
        }
        let entries: Vec<&Entry> = self.entries.iter().filter(|entry| !is_header(entry)).collect();
        let messages: Vec<String> = entries.iter().map(|entry| entry.messages[0].text(self.source)).collect();
        let keyed = are_keys(messages.iter().map(String::as_str));
        for (number, (entry, message)) in entries.iter().zip(&messages).enumerate() {
            let context = entry.context.text(self.source);
            out.unit(&match (keyed, context.as_str()) {
                (true, "") => message.clone(),
                (true, context) => format!("{context}, {message}"),
                (false, "") => format!("entry {}", number + 1),
                (false, _) => context,
            });
            for flow in entry.messages.iter().filter(|_| !keyed) {
                flow.write(self.source, Some(BlockKind::Paragraph), &mut out.source);
            }
            for flow in entry.translations.iter().filter(|_| !entry.fuzzy) {
                flow.write(self.source, Some(BlockKind::Paragraph), &mut out.target);
            }
        }
        (out, tags)
    }
}

/// What the first entry states, whose message is empty: `Language: es_MX` and the like.
fn state(tags: &mut Tags, header: &Entry, source: &str) {
    let header = header.translations.first().map(|flow| flow.text(source)).unwrap_or_default();
    let value = |key: &str| {
        let mut lines = header.lines().filter_map(|line| line.split_once(':'));
        let value = lines.find(|(name, _)| name.trim().eq_ignore_ascii_case(key))?.1.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    tags.source = value("X-Source-Language");
    tags.target = value("Language");
}

fn field_of(keyword: &str) -> Option<Field> {
    match keyword {
        "msgctxt" => Some(Field::Context),
        "msgid" | "msgid_plural" => Some(Field::Message),
        "msgstr" => Some(Field::Translation),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::units;
    use super::*;
    use crate::lang::Lang;

    const PO: &str = r#"# A translator's word
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: es_MX\n"

#: src/a.c:1
msgid "The border is closed"
msgstr "La frontera está cerrada"

#, fuzzy
msgctxt "menu"
msgid "Open \"now\"\n"
msgstr "Abrir"
msgid "%d wall"
msgid_plural "%d walls"
msgstr[0] "%d "
"muro"
msgstr[1] "%d muros"

#~ msgid "old"
#~ msgstr "viejo"
"#;

    #[test]
    fn entries_are_paired_as_they_stand() {
        let read = read("x.po", PO.as_bytes());
        let wanted = [
            ["entry 1", "The border is closed", "La frontera está cerrada"],
            ["menu", "Open \"now\"", ""],
            ["entry 3", "%d wall %d walls", "%d muro %d muros"],
        ];
        assert_eq!(units(&read), wanted);
        assert_eq!(
            read.documents.iter().map(|d| d.lang).collect::<Vec<_>>(),
            [Some(Lang::En), Some(Lang::Es)]
        );
        let spanish = &read.documents[1];
        let at = spanish.text.find("%d muro").expect("the words");
        assert_eq!(spanish.source_text(Span::new(at, at + 7)), "%d \"\n\"muro");
    }

    #[test]
    fn keys_name_the_units_and_are_no_text() {
        let keyed = "msgid \"\"\nmsgstr \"Language: es\\n\"\n\nmsgid \"menu.file.open\"\nmsgstr \"Abrir\"\n\n\
                     msgctxt \"tip\"\nmsgid \"menu.file.save_as\"\nmsgstr \"Guardar \\\"todo\\\"\\tcomo\\303\\263\"\n";
        let read = read("x.po", keyed.as_bytes());
        assert_eq!(
            (read.documents.len(), read.documents[0].lang),
            (1, Some(Lang::Es)),
            "{:?}",
            read.findings
        );
        let wanted =
            [["menu.file.open", "Abrir", ""], ["tip, menu.file.save_as", "Guardar \"todo\" comoó", ""]];
        assert_eq!(units(&read), wanted);
    }

    #[test]
    fn broken_lines_are_told_and_read_as_far_as_they_go() {
        let broken = "msgid \"The wall\"\nmsgstr \"El muro\n\nmsgid \"A \"tax\"\nmsgstr \"Un impuesto\"\ngarbage\n\
                      msgid \"B\"\nmsgstr\n";
        let read = read("x.po", broken.as_bytes());
        let wanted =
            [["entry 1", "The wall", "El muro"], ["entry 2", "A", "Un impuesto"], ["entry 3", "B", ""]];
        assert_eq!(units(&read), wanted);
        let told = "`x.po`, line 2, column 8: the string is never closed; it was read up to the end of its line; \
                    3 more of its lines are broken";
        assert_eq!(read.findings.iter().map(|f| f.message.as_str()).collect::<Vec<_>>(), [told]);
    }

    #[test]
    fn the_header_states_the_encoding() {
        let latin: Vec<u8> = PO.replace("UTF-8", "ISO-8859-1").chars().map(|c| c as u8).collect();
        assert!(read("x.po", &latin).documents[1].text.contains("está cerrada"));
    }
}
