//! PO (gettext): each message with its translation.
//!
//! The source is English unless the messages are in Spanish; the header states the language of the translations and the
//! encoding. Fuzzy translations do not count, obsolete entries (`#~`) are passed over.

use super::Read;
use super::bilingual::{Bilingual, Tags};
use super::build::{Flow, source_of};
use crate::format::decode::decode_labelled;
use crate::text::{BlockKind, Span};

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    let mut decoded = match decode_labelled(name, bytes, stated_charset(bytes)) {
        Ok(decoded) => decoded,
        Err(error) => return Read::failed(error),
    };
    let mut reader = Reader::new(&decoded.text);
    reader.run();
    let Reader { out, tags, .. } = reader;
    let warning = decoded.warning.take();
    let mut read = out.finish(name, source_of(decoded).as_ref(), &tags);
    read.findings.extend(warning);
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
    out: Bilingual,
    tags: Tags,
    entry: Entry,
    entries: usize,
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
        let (out, entry) = (Bilingual::new(), Entry::default());
        let tags = Tags { directed: true, ..Tags::default() };
        Reader { source, out, tags, entry, entries: 0 }
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
        let body = line.trim();
        if body.starts_with('#') || body.is_empty() {
            if !self.entry.translations.is_empty() {
                self.finish_entry();
            }
            self.entry.fuzzy |= body.starts_with("#,") && body.contains("fuzzy");
            return;
        }
        let keyword = body.split(|c: char| c.is_whitespace() || matches!(c, '"' | '[')).next().unwrap_or("");
        if let Some(field) = field_of(keyword.trim_start_matches('\u{feff}')) {
            self.begin(field);
        }
        if let Some(quote) = line.find('"') {
            self.string(&line[quote + 1..], at + quote + 1);
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
        let mut at = 0;
        while let Some(c) = rest[at..].chars().next().filter(|c| *c != '"') {
            let plain = rest[at..].find(['"', '\\']).unwrap_or(rest.len() - at);
            if plain > 0 {
                flow.verbatim(Span::new(start + at, start + at + plain));
                at += plain;
                continue;
            }
            let escaped = rest[at + c.len_utf8()..].chars().next();
            let length = 1 + escaped.map_or(0, char::len_utf8);
            let span = Span::new(start + at, start + at + length);
            match escaped {
                Some('n') => flow.replaced('\n', span),
                Some('t') => flow.replaced('\t', span),
                Some(c @ ('"' | '\\')) => flow.replaced(c, span),
                _ => {}
            }
            at += length;
        }
    }

    fn finish_entry(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        let Some(message) = entry.messages.first() else { return };
        if message.is_blank(self.source) {
            return self.header(&entry);
        }
        self.entries += 1;
        let context = entry.context.text(self.source);
        self.out.unit(&if context.is_empty() { format!("entry {}", self.entries) } else { context });
        for flow in &entry.messages {
            flow.write(self.source, Some(BlockKind::Paragraph), &mut self.out.source);
        }
        for flow in entry.translations.iter().filter(|_| !entry.fuzzy) {
            flow.write(self.source, Some(BlockKind::Paragraph), &mut self.out.target);
        }
    }

    /// The first entry, whose message is empty: `Language: es_MX` and the like.
    fn header(&mut self, entry: &Entry) {
        let Some(header) = entry.translations.first().filter(|_| self.entries == 0) else { return };
        let header = header.text(self.source);
        let value = |key: &str| {
            let mut lines = header.lines().filter_map(|line| line.split_once(':'));
            let value = lines.find(|(name, _)| name.trim().eq_ignore_ascii_case(key))?.1.trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        self.tags.source = value("X-Source-Language");
        self.tags.target = value("Language");
    }
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
    fn the_header_states_the_encoding() {
        let latin: Vec<u8> = PO.replace("UTF-8", "ISO-8859-1").chars().map(|c| c as u8).collect();
        assert!(read("x.po", &latin).documents[1].text.contains("está cerrada"));
    }
}
