//! Rich text (RTF): its paragraphs, with tables and headings as far as the format tells.
//!
//! Bytes are in the code page of the file or of their font; `\u` gives characters by number. Groups that begin with `\*`
//! and those known to hold no text (fonts, styles, pictures, headers) are passed over, and so is hidden and deleted text.
//! Footnotes and boxes of text are text.

use encoding_rs::Encoding;

use super::Read;
use super::fields::{Field, note};
use super::paragraphs::{self, Cell, Paragraph};
use crate::check::{Finding, Severity};
use crate::text::BlockKind;

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        let message = format!("`{name}` cannot be read as rich text: it does not begin with {{\\rtf");
        let help = "give the file the extension of what it is, or save it anew as .rtf";
        return Read::failed(Finding::new(Severity::Error, "broken-document", message).help(help));
    }
    let mut reader = Reader::new();
    reader.run(bytes);
    let mut read = paragraphs::finish(name, &reader.done, &[]);
    for document in &mut read.documents {
        for (field, value) in &reader.noted {
            note(document, *field, value);
        }
    }
    if !reader.groups.is_empty() {
        let message = format!("`{name}` ends before its groups do; its text was read up to there");
        let finding = Finding::new(Severity::Warning, "broken-document", message);
        read.findings.push(finding.help("see whether the file was cut off on its way"));
    }
    read
}

/// What holds within a group and is restored at its end.
#[derive(Clone, Copy)]
struct Group {
    destination: Destination,
    /// How many bytes stand for a `\u` character in old programs.
    fallback: usize,
    encoding: &'static Encoding,
    hidden: bool,
    /// How many paragraphs were open when the group began.
    paragraphs: usize,
}

/// Where text goes.
#[derive(Clone, Copy, PartialEq)]
enum Destination {
    Body,
    Nowhere,
    /// A drawing, in which there may be boxes of text.
    Drawing,
    /// The table of fonts.
    Fonts,
    Note(Field),
    /// A date in parts.
    Date,
}

struct Reader {
    done: Vec<Paragraph>,
    noted: Vec<(Field, String)>,
    groups: Vec<Group>,
    now: Group,
    /// Bytes not yet decoded: a character may take two.
    bytes: Vec<u8>,
    /// Characters still to be passed over after `\u`.
    to_skip: usize,
    /// High half of a pair of UTF-16 units.
    high: Option<u32>,
    /// The paragraphs begun and not ended: a footnote stands within a paragraph.
    open: Vec<Paragraph>,
    in_table: bool,
    /// Whether the paragraphs stand in tables that others stand within.
    outer_in_table: Vec<bool>,
    cell: Cell,
    tables: usize,
    default_encoding: &'static Encoding,
    /// The encoding of each font, where it has one of its own.
    fonts: Vec<(i32, &'static Encoding)>,
    font: i32,
    text: String,
    date: [i32; 3],
}

impl Reader {
    fn new() -> Self {
        let encoding = encoding_rs::WINDOWS_1252;
        let now =
            Group { destination: Destination::Body, fallback: 1, encoding, hidden: false, paragraphs: 1 };
        Reader {
            done: Vec::new(),
            noted: Vec::new(),
            groups: Vec::new(),
            now,
            bytes: Vec::new(),
            to_skip: 0,
            high: None,
            open: vec![Paragraph::default()],
            in_table: false,
            outer_in_table: Vec::new(),
            cell: Cell { table: 0, row: 0, column: 0 },
            tables: 0,
            default_encoding: encoding,
            fonts: Vec::new(),
            font: 0,
            text: String::new(),
            date: [0; 3],
        }
    }

    fn run(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            at += match byte {
                b'{' => self.open_group(),
                b'}' => self.close_group(),
                b'\\' => self.control(&bytes[at..]),
                b'\r' | b'\n' => 1,
                _ => {
                    self.byte(byte);
                    1
                }
            };
        }
        self.flush();
        while !self.open.is_empty() {
            self.end_inner();
        }
    }

    fn open_group(&mut self) -> usize {
        self.flush();
        self.to_skip = 0;
        self.groups.push(self.now);
        1
    }

    fn close_group(&mut self) -> usize {
        self.flush();
        self.to_skip = 0;
        let inner = self.now;
        let Some(outer) = self.groups.pop() else { return 1 };
        while self.open.len() > outer.paragraphs {
            self.end_inner();
        }
        self.now = outer;
        if inner.destination != outer.destination {
            self.end_destination(inner.destination);
        }
        1
    }

    fn end_destination(&mut self, destination: Destination) {
        let text = std::mem::take(&mut self.text);
        match destination {
            Destination::Note(field) => self.noted.push((field, text)),
            Destination::Date => {
                let [year, month, day] = std::mem::take(&mut self.date);
                self.noted.push((Field::Date, format!("{year}-{month:02}-{day:02}")));
            }
            _ => {}
        }
    }

    /// Reads a control word or symbol; the bytes it takes.
    fn control(&mut self, bytes: &[u8]) -> usize {
        let Some(&next) = bytes.get(1) else { return 1 };
        if !next.is_ascii_alphabetic() {
            return self.symbol(next, bytes);
        }
        let letters = bytes[1..].iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(&bytes[1..=letters]).unwrap_or("");
        let mut end = 1 + letters;
        let minus = usize::from(bytes.get(end) == Some(&b'-'));
        let digits = bytes[end + minus..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let number = std::str::from_utf8(&bytes[end..end + minus + digits]).unwrap_or("");
        let parameter = number.parse::<i32>().ok();
        if digits > 0 {
            end += minus + digits;
        }
        end += usize::from(bytes.get(end) == Some(&b' '));
        if word == "bin" {
            let length = parameter.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
            return end.saturating_add(length);
        }
        self.word(word, parameter);
        end
    }

    fn symbol(&mut self, symbol: u8, bytes: &[u8]) -> usize {
        match symbol {
            b'\'' => {
                let hex = bytes.get(2..4).and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.byte(byte);
                    return 4;
                }
            }
            b'*' => self.begin(Destination::Nowhere),
            b'~' => self.char('\u{a0}'),
            b'_' => self.char('\u{2011}'),
            b'-' => self.char('\u{ad}'),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\\' | b'{' | b'}' => self.byte(symbol),
            _ => {}
        }
        2
    }

    fn word(&mut self, word: &str, parameter: Option<i32>) {
        let on = parameter != Some(0);
        match word {
            "u" => self.unicode(parameter),
            "uc" => self.now.fallback = usize::try_from(parameter.unwrap_or(1)).unwrap_or(1),
            "ansicpg" => self.set_default(parameter),
            "mac" => self.set_encoding_of_file(encoding_rs::MACINTOSH),
            "f" => self.font(parameter.unwrap_or(0)),
            "fcharset" => self.font_charset(parameter.unwrap_or(0)),
            "v" | "deleted" => self.set_hidden(on),
            "plain" => self.set_hidden(false),
            "pard" => self.reset_paragraph(),
            // The end of a paragraph that is hidden or deleted ends none: the next goes on with it.
            "par" if self.now.hidden => {}
            "par" | "sect" | "page" | "column" => self.end_paragraph(),
            "line" | "softline" => self.char('\n'),
            "tab" => self.char('\t'),
            "trowd" => self.begin_row(),
            "intbl" => self.in_table = true,
            "cell" | "nestcell" => self.end_cell(),
            "row" | "nestrow" => self.end_row(),
            "outlinelevel" if parameter.is_some_and(|level| level < 9) => self.set_kind(BlockKind::Heading),
            "ls" | "listtext" | "pntext" => {
                self.set_kind(BlockKind::ListItem);
                if word != "ls" {
                    self.begin(Destination::Nowhere);
                }
            }
            "yr" | "mo" | "dy" if self.now.destination == Destination::Date => {
                self.date[usize::from(word == "mo") + 2 * usize::from(word == "dy")] = parameter.unwrap_or(0);
            }
            _ => self.character_or_destination(word),
        }
    }

    fn character_or_destination(&mut self, word: &str) {
        match word {
            "emdash" => self.char('—'),
            "endash" => self.char('–'),
            "bullet" => self.char('•'),
            "lquote" => self.char('‘'),
            "rquote" => self.char('’'),
            "ldblquote" => self.char('“'),
            "rdblquote" => self.char('”'),
            "enspace" | "emspace" | "qmspace" => self.char(' '),
            "footnote" if self.is_within(Destination::Body) => self.begin_inner(),
            "shpinst" if self.is_within(Destination::Body) => self.now.destination = Destination::Drawing,
            "shptxt" if self.now.destination == Destination::Drawing => self.begin_inner(),
            "fonttbl" => self.begin(Destination::Fonts),
            "title" => self.begin(Destination::Note(Field::Title)),
            "author" => self.begin(Destination::Note(Field::Author)),
            "creatim" => self.begin(Destination::Date),
            "info" => self.begin(Destination::Nowhere),
            _ if NO_TEXT.contains(&word) => self.begin(Destination::Nowhere),
            _ => {}
        }
    }

    /// Begins a destination. What lies in one that is passed over is so too, but for what tells about the file.
    fn begin(&mut self, destination: Destination) {
        self.flush();
        self.text.clear();
        let is_noted = matches!(destination, Destination::Note(_) | Destination::Date);
        if self.now.destination == Destination::Body || is_noted {
            self.now.destination = destination;
        }
    }

    /// Whether the group stands in this destination, whatever a `\*` says of the group itself.
    fn is_within(&self, destination: Destination) -> bool {
        self.groups.last().is_some_and(|outer| outer.destination == destination)
    }

    /// Begins text within a paragraph that has paragraphs of its own: a note, a box of text.
    fn begin_inner(&mut self) {
        self.flush();
        self.now.destination = Destination::Body;
        self.open.push(Paragraph::default());
        self.now.paragraphs = self.open.len();
        self.outer_in_table.push(std::mem::take(&mut self.in_table));
    }

    /// Ends text within a paragraph, which then goes on.
    fn end_inner(&mut self) {
        self.finish_paragraph();
        self.open.pop();
        self.in_table = self.outer_in_table.pop().unwrap_or(false);
    }

    fn set_default(&mut self, code_page: Option<i32>) {
        if let Some(encoding) = code_page.and_then(of_code_page) {
            self.set_encoding_of_file(encoding);
        }
    }

    fn set_encoding_of_file(&mut self, encoding: &'static Encoding) {
        self.default_encoding = encoding;
        self.now.encoding = encoding;
    }

    fn font(&mut self, font: i32) {
        self.flush();
        self.font = font;
        let own = self.fonts.iter().find(|(number, _)| *number == font);
        self.now.encoding = own.map_or(self.default_encoding, |(_, encoding)| encoding);
    }

    fn font_charset(&mut self, charset: i32) {
        let known = self.now.destination == Destination::Fonts && self.fonts.len() < 1 << 12;
        if let Some(encoding) = of_charset(charset).filter(|_| known) {
            self.fonts.push((self.font, encoding));
        }
    }

    fn set_hidden(&mut self, hidden: bool) {
        self.flush();
        self.now.hidden = hidden;
    }

    fn unicode(&mut self, code: Option<i32>) {
        self.flush();
        let Some(code) = code else { return };
        // Negative numbers stand for those above 32767.
        let code = if code < 0 { code.wrapping_add(0x1_0000) as u32 } else { code as u32 };
        match (self.high.take(), code) {
            (_, high @ 0xd800..0xdc00) => self.high = Some(high),
            (Some(high), low @ 0xdc00..0xe000) => {
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                self.push(char::from_u32(code).unwrap_or('\u{fffd}'));
            }
            (_, 0) => {}
            (_, code) => self.push(char::from_u32(code).unwrap_or('\u{fffd}')),
        }
        self.to_skip = self.now.fallback;
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    /// A character written as a control word.
    fn char(&mut self, c: char) {
        self.flush();
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else {
            self.push(c);
        }
    }

    /// Decodes the bytes at hand.
    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            let (text, _) = self.now.encoding.decode_without_bom_handling(&bytes);
            text.chars().for_each(|c| self.push(c));
        }
    }

    fn push(&mut self, c: char) {
        match self.now.destination {
            Destination::Body if !self.now.hidden => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.text.push(c);
                }
            }
            Destination::Note(_) => self.text.push(c),
            _ => {}
        }
    }

    fn set_kind(&mut self, kind: BlockKind) {
        if let Some(paragraph) = self.open.last_mut().filter(|_| self.now.destination == Destination::Body) {
            paragraph.kind = kind;
        }
    }

    fn reset_paragraph(&mut self) {
        self.flush();
        self.set_kind(BlockKind::Paragraph);
        self.in_table = false;
    }

    fn end_paragraph(&mut self) {
        self.flush();
        if self.now.destination == Destination::Body || self.groups.is_empty() {
            self.finish_paragraph();
        }
    }

    fn finish_paragraph(&mut self) {
        let Some(open) = self.open.last_mut() else { return };
        let kind = open.kind;
        let mut paragraph = std::mem::take(open);
        open.kind = kind;
        if self.in_table {
            paragraph.cell = Some(self.cell);
            paragraph.kind = BlockKind::TableCell;
        }
        self.done.extend(Some(paragraph).filter(|paragraph| !paragraph.text.trim().is_empty()));
    }

    /// A row that follows other text begins a table.
    fn begin_row(&mut self) {
        self.flush();
        let follows = self.done.last().is_none_or(|paragraph| paragraph.cell.is_none());
        if follows && self.cell.column == 0 {
            self.cell = Cell { table: self.tables, row: 0, column: 0 };
            self.tables += 1;
        }
    }

    fn end_cell(&mut self) {
        self.in_table = true;
        self.end_paragraph();
        self.cell.next_column();
    }

    fn end_row(&mut self) {
        self.flush();
        self.cell.row += 1;
        self.cell.column = 0;
    }
}

/// Groups that hold no text of the document.
const NO_TEXT: &[&str] = &[
    "colortbl",
    "stylesheet",
    "pict",
    "objdata",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "filetbl",
    "revtbl",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "themedata",
    "datastore",
    "xmlnstbl",
    "latentstyles",
    "annotation",
    "atnid",
    "atnauthor",
    "bkmkstart",
    "bkmkend",
    "template",
    "operator",
    "comment",
    "doccomm",
    "keywords",
    "subject",
    "company",
    "manager",
    "category",
    "revtim",
    "printim",
    "buptim",
    "xe",
    "tc",
    "txe",
    "rxe",
    "nonshppict",
    "shprslt",
    "ftnsep",
    "ftnsepc",
    "aftnsep",
    "aftnsepc",
];

fn of_code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        866 => "ibm866".to_owned(),
        874 | 1250..=1258 => format!("windows-{number}"),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding of a font's character set (RTF 1.9.1, `\fcharset`).
fn of_charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    of_code_page(page)
}

#[cfg(test)]
mod tests {
    use super::super::tests::units;
    use super::*;

    fn blocks(source: &str) -> Vec<(BlockKind, String)> {
        let document = read("x.rtf", source.as_bytes()).documents.remove(0);
        document.blocks.iter().map(|b| (b.kind, b.span.of(&document.text).to_owned())).collect()
    }

    #[test]
    fn text_without_its_dress() {
        use BlockKind::{Heading, ListItem, Paragraph};
        let source = r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Arial;}}{\colortbl;\red0;}
{\stylesheet{\s1 heading 1;}}{\info{\title Acuerdo}{\author Ana}{\creatim\yr2025\mo3\dy1\hr9}}{\header P\'e1gina}
\pard\outlinelevel0\b T\'edtulo\par
\pard La {\b Guar}dia\~Nacional \u8212?\u-10179?\u-8704? {\*\bkmkstart x}a\f1\'e0\f0\'e1{\v oculto}{\deleted no}
 fin{\footnote\pard Nota al pie.}.\par
\pard{\listtext\bullet\tab}\ls1 uno\line dos\par
{\field{\*\fldinst HYPERLINK x}{\fldrslt enlace}}{\pict\bin3 }}}\par}";
        let wanted = [
            (Heading, "Título"),
            (Paragraph, "Nota al pie."),
            (Paragraph, "La Guardia\u{a0}Nacional —😀 aаá fin."),
            (ListItem, "uno\ndos"),
            (ListItem, "enlace"),
        ];
        assert_eq!(blocks(source), wanted.map(|(kind, text)| (kind, text.to_owned())));
        let about = read("x.rtf", source.as_bytes()).documents.remove(0).about;
        assert_eq!((about.title.as_deref(), about.date.as_deref()), (Some("Acuerdo"), Some("2025-03-01")));
        assert_eq!(about.author.as_deref(), Some("Ana"));
    }

    #[test]
    fn what_stands_within_a_paragraph_is_apart_from_it() {
        let cases: [(&str, &[&str]); 8] = [
            (r"Uno{\super \chftn{\*\footnote \pard\chftn Nota.}} dos\par", &["Nota.", "Uno dos"]),
            (r"{\header {\*\footnote no}no\par}Uno\par", &["Uno"]),
            (
                r"Uno{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt \pard Caja.\par Dos.\par}}{\shprslt{\*\do{\dptxbxtext\pard Caja.\par}}\pard Caja.\par}} fin\par",
                &["Caja.", "Dos.", "Uno fin"],
            ),
            (r"{\header{\shp{\*\shpinst{\shptxt no\par}}}}Uno\par", &["Uno"]),
            (r"a\u b\u0?c\par", &["abc"]),
            (r"Uno {\deleted La \par }\pard dos\par tres{\v no\par}\par", &["Uno dos", "tres"]),
            (
                r"\trowd\pard\intbl uno{\footnote\pard nota} dos\cell\row\pard fin\par",
                &["nota", "uno dos", "fin"],
            ),
            (r"{\*\generator no\par}Uno\par", &["Uno"]),
        ];
        for (source, wanted) in cases {
            let shown: Vec<String> =
                blocks(&format!("{{\\rtf1 {source}}}")).into_iter().map(|(_, text)| text).collect();
            assert_eq!(shown, wanted, "{source}");
        }
    }

    #[test]
    fn a_table_of_a_text_and_its_translation_is_bilingual() {
        let row = |es: &str, en: &str| format!(r"\trowd\pard\intbl {es}\cell {en}\cell\row");
        let source =
            format!("{{\\rtf1\n{}{}\\pard\\par}}", row("Spanish", "English"), row("El muro", "The wall"));
        assert_eq!(units(&read("x.rtf", source.as_bytes())), [["table 1, row 2", "El muro", "The wall"]]);
    }

    #[test]
    fn what_is_broken_is_told() {
        assert!(read("x.rtf", b"Hola").findings[0].message.contains("does not begin with"));
        let cut = read("x.rtf", b"{\\rtf1 {Hola \\'e");
        assert_eq!((cut.documents[0].text.as_str(), cut.findings.len()), ("Hola e", 1));
    }

    proptest::proptest! {
        /// Whatever the input, there is no panic, and no control word becomes text.
        #[test]
        fn any_input_is_read(source in "(\\{|\\}|\\\\par|\\\\u[-0-9]{1,7}|\\\\'[0-9a-f]{1,2}|\\\\cell|\\\\row|\\\\trowd|\\\\footnote|\\\\\\*|\\\\bin9999999999|\\\\f-?[0-9]|ñ| ){0,40}") {
            for document in read("x.rtf", format!("{{\\rtf1 {source}").as_bytes()).documents {
                proptest::prop_assert!(!document.text.contains("par"));
            }
        }
    }
}
