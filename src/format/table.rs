//! Tables as people keep them: CSV, TSV, or pasted from a spreadsheet, with or without a heading row.
//!
//! ```
//! use glosa::format::table::{self, Column};
//! use glosa::Lang;
//!
//! let table = table::read("Español;English\narancel;tariff\n");
//! assert_eq!(table.columns, [Column::Lang(Lang::Es), Column::Lang(Lang::En)]);
//! assert_eq!(table.rows[0].cells, ["arancel", "tariff"]);
//! assert_eq!(table.rows[0].line, 2);
//! ```

use csv::{ReaderBuilder, StringRecord};
use unicode_normalization::UnicodeNormalization;

use crate::lang::Lang;
use crate::text::Span;

/// A table as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the columns hold, as many as the widest row has.
    pub columns: Vec<Column>,
    /// The heading row, where there is one.
    pub heading: Option<Row>,
    /// The rows below the heading; rows without any text are left out.
    pub rows: Vec<Row>,
    /// The character between cells.
    pub separator: char,
    /// The lines, from 1, on which a quotation mark opens a cell and is never closed; they are read as they stand.
    pub unclosed: Vec<usize>,
}

impl Table {
    /// The first column of a language.
    pub fn column(&self, lang: Lang) -> Option<usize> {
        self.columns.iter().position(|column| *column == Column::Lang(lang))
    }
}

/// What a column holds, by its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// Terms of a language.
    Lang(Lang),
    /// Something else, under this heading.
    Named(String),
    /// There is no heading, or an empty one.
    Unknown,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The cells, without the white space around them.
    pub cells: Vec<String>,
    /// Its line in the text, from 1.
    pub line: usize,
    /// Its bytes in the text, without the line's end.
    pub span: Span,
}

/// Reads a table, finding out what separates its cells and whether its first row is a heading.
pub fn read(text: &str) -> Table {
    let start = body_start(text);
    let stated = stated_separator(&text[start..]);
    let (start, separator) = match stated {
        Some((separator, length)) => (start + length, separator),
        None => (start, sniff_separator(&text[start..])),
    };
    let (mut rows, unclosed) = rows(text, start, separator);
    let heading = rows.first().is_some_and(is_heading).then(|| rows.remove(0));
    let width = rows.iter().chain(&heading).map(|row| row.cells.len()).max().unwrap_or(0);
    let cell = |i: usize| heading.as_ref().and_then(|row| row.cells.get(i)).map_or("", String::as_str);
    let columns = (0..width).map(|i| column(cell(i))).collect();
    Table { columns, heading, rows, separator: char::from(separator), unclosed }
}

/// Separators, the likeliest to be meant first: a comma is also found within terms.
const SEPARATORS: [u8; 4] = [b'\t', b';', b',', b'|'];

/// How many lines are looked at to find the separator.
const SAMPLE: usize = 100;

/// A cell with more lines than this was opened by a quotation mark that is part of its text.
const CELL_LINES: usize = 20;

fn body_start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Excel's own line `sep=;` with its length.
pub(super) fn stated_separator(text: &str) -> Option<(u8, usize)> {
    let line = text.split_inclusive('\n').next()?;
    let separator = line.trim_end().strip_prefix("sep=")?;
    match separator.as_bytes() {
        [separator] => Some((*separator, line.len())),
        [] => Some((b'\t', line.len())),
        _ => None,
    }
}

/// The separator that stands in the first line, and in most of them; among equals, the one that stands there equally often, then the
/// likeliest.
pub(super) fn sniff_separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
    let score = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| count_outside_quotes(line, separator)).collect();
        let present = counts.iter().filter(|count| **count > 0).count();
        let even = counts.iter().filter(|count| counts.first() == Some(*count)).count();
        (counts.first() > Some(&0), present, even)
    };
    let likeliest_last = SEPARATORS.into_iter().rev();
    likeliest_last.max_by_key(|separator| score(*separator)).unwrap_or(b'\t')
}

fn count_outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|b| {
            quoted ^= *b == b'"';
            !quoted && *b == separator
        })
        .count()
}

/// In a text that has so many marks that are not closed, or was read so many times over for the sake of them, the rest
/// has none but as text.
const MOST_UNCLOSED: usize = 1000;
const MOST_READ: usize = 4;

#[derive(Clone, Copy, PartialEq)]
enum Quotes {
    /// A quotation mark at a cell's start encloses the cell.
    Obeyed,
    /// Quotation marks are text.
    Ordinary,
}

/// The rows of a table, and the lines whose quotation marks are not closed: of these the marks are text, and the others
/// are read as they are meant.
fn rows(text: &str, start: usize, separator: u8) -> (Vec<Row>, Vec<usize>) {
    let mut rows = Rows { text, separator, lines: LineCounter { text, at: 0, line: 1 }, found: Vec::new() };
    let mut unclosed = Vec::new();
    let (mut at, mut read) = (start, 0);
    while let Some(Span { start: broken, end }) = rows.read(at, text.len(), Quotes::Obeyed) {
        unclosed.push(rows.lines.line_of(broken));
        read += end - broken;
        let line_end = memchr::memchr(b'\n', &text.as_bytes()[broken..]).map(|end| broken + end + 1);
        at = line_end
            .filter(|_| unclosed.len() < MOST_UNCLOSED && read <= MOST_READ * text.len())
            .unwrap_or(text.len());
        rows.read(broken, at, Quotes::Ordinary);
    }
    (rows.found, unclosed)
}

struct Rows<'a> {
    text: &'a str,
    separator: u8,
    lines: LineCounter<'a>,
    found: Vec<Row>,
}

impl Rows<'_> {
    /// Reads the rows between two places, up to one with a quotation mark that is not closed, which is given.
    fn read(&mut self, start: usize, end: usize, quotes: Quotes) -> Option<Span> {
        let mut reader = ReaderBuilder::new()
            .delimiter(self.separator)
            .has_headers(false)
            .flexible(true)
            .quoting(quotes == Quotes::Obeyed)
            .from_reader(&self.text.as_bytes()[start..end]);
        let mut record = StringRecord::new();
        // The text is UTF-8 and rows may be of any length, so reading ends only with the text.
        while reader.read_record(&mut record).unwrap_or(false) {
            let from = record.position().map_or(start, |position| start + position.byte() as usize);
            let span = trimmed(self.text, from, start + reader.position().byte() as usize);
            if quotes == Quotes::Obeyed && self.is_unclosed(span, &record) {
                return Some(span);
            }
            let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                self.found.push(Row { cells, line: self.lines.line_of(span.start), span });
            }
        }
        None
    }

    /// Whether a quotation mark opens a cell and is not closed where people close them: it ends with the text, goes over
    /// more lines than anybody encloses, or over some of them up to a mark that opens another cell.
    fn is_unclosed(&self, span: Span, record: &StringRecord) -> bool {
        let row = span.of(self.text);
        if !row.contains('"') {
            return false;
        }
        let is_last = self.text[span.end..].trim_matches(['\r', '\n']).is_empty();
        let runs_away = || record.iter().any(|cell| cell.lines().count() > CELL_LINES);
        match ends(row, self.separator) {
            Ends::Astray => true,
            Ends::InQuotes if is_last => true,
            _ => runs_away(),
        }
    }
}

/// How a row ends, as a reader of CSV sees it.
#[derive(Clone, Copy, PartialEq)]
enum Ends {
    Well,
    InQuotes,
    /// Quotation marks that enclose the end of a line are followed by text.
    Astray,
}

fn ends(row: &str, separator: u8) -> Ends {
    /// Where the reader is.
    #[derive(Clone, Copy, PartialEq)]
    enum Within {
        CellStart,
        Cell,
        Quotes,
        /// Behind a quotation mark within quotation marks: the last one, or the first of two that are text.
        Mark,
    }
    let (mut within, mut over_lines) = (Within::CellStart, false);
    for byte in row.bytes() {
        within = match (within, byte) {
            (Within::CellStart, b'"') => {
                over_lines = false;
                Within::Quotes
            }
            (Within::Mark, b'"') => Within::Quotes,
            (Within::Quotes, b'"') => Within::Mark,
            (Within::Quotes, byte) => {
                over_lines |= byte == b'\n';
                Within::Quotes
            }
            (_, b'\n' | b'\r') => Within::CellStart,
            (_, byte) if byte == separator => Within::CellStart,
            (Within::Mark, _) if over_lines => return Ends::Astray,
            _ => Within::Cell,
        };
    }
    if within == Within::Quotes { Ends::InQuotes } else { Ends::Well }
}

/// The span without line ends around it.
fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let row = text.get(start..end).unwrap_or("");
    let is_line_end = |c| matches!(c, '\n' | '\r');
    let left = row.len() - row.trim_start_matches(is_line_end).len();
    let right = row.trim_matches(is_line_end).len();
    Span::new(start + left, start + left + right)
}

/// Counts lines up to positions that only grow.
struct LineCounter<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl LineCounter<'_> {
    fn line_of(&mut self, at: usize) -> usize {
        let passed = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count();
        self.at = at;
        self.line
    }
}

/// Whether a row names columns: one by a language, or two by other usual headings.
fn is_heading(row: &Row) -> bool {
    let named = row.cells.iter().filter(|cell| HEADINGS.contains(&folded(cell).as_str())).count();
    named >= 2 || row.cells.iter().any(|cell| matches!(column(cell), Column::Lang(_)))
}

/// Headings of columns other than those of a language.
const HEADINGS: &[&str] = &[
    "termino",
    "term",
    "terminos",
    "terms",
    "source",
    "target",
    "origen",
    "destino",
    "traduccion",
    "translation",
    "definicion",
    "definition",
    "nota",
    "notas",
    "note",
    "notes",
    "comentario",
    "comment",
    "tema",
    "subject",
    "id",
    "fuente",
    "contexto",
    "context",
    "estado",
    "status",
    "categoria gramatical",
    "pos",
    "equivalente",
    "equivalent",
];

fn column(heading: &str) -> Column {
    if heading.is_empty() {
        return Column::Unknown;
    }
    match lang_of_heading(heading) {
        Some(lang) => Column::Lang(lang),
        None => Column::Named(heading.to_owned()),
    }
}

/// The language that a heading names alone, as a tag, with a country, or beside a word for “term” or “source”: `ES`,
/// `es-MX`, `Español (México)`, `English (United States)`, `Término en inglés`, `term_en`, `Source (es)`.
pub(crate) fn lang_of_heading(heading: &str) -> Option<Lang> {
    let folded = folded(heading);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let named = |word: &&str| lang_of_word(word);
    let is_place = |words: &[&str]| words.iter().all(|word| PLACES.contains(word));
    match words.as_slice() {
        [word, rest @ ..] if named(word).is_some() && (rest.len() <= 1 || is_place(rest)) => named(word),
        ["term" | "termino" | "terminos" | "terms" | "text" | "texto", rest @ ..] if rest.len() <= 2 => {
            rest.last().and_then(named)
        }
        [side, rest @ ..] if side_of_word(side).is_some() => {
            let rest = rest.strip_prefix(&["segment"]).or(rest.strip_prefix(&["segmento"])).unwrap_or(rest);
            rest.split_first().filter(|(_, rest)| is_place(rest)).and_then(|(word, _)| named(word))
        }
        _ => None,
    }
}

/// What a heading calls the columns of a text and its translation that names no language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The text.
    Source,
    /// Its translation.
    Target,
}

/// The side that a heading names alone: `Source`, `Target segment`, `Texto de origen`.
pub(crate) fn side_of_heading(heading: &str) -> Option<Side> {
    let folded = folded(heading);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [side]
        | [side, "text" | "segment"]
        | ["texto" | "segmento", side]
        | ["texto" | "segmento", "de", side] => side_of_word(side),
        _ => None,
    }
}

fn side_of_word(word: &str) -> Option<Side> {
    match word {
        "source" | "origen" | "original" => Some(Side::Source),
        "target" | "destino" | "translation" | "traduccion" => Some(Side::Target),
        _ => None,
    }
}

/// The words by which programs tell a country's Spanish or English.
const PLACES: &[&str] = &[
    "us",
    "usa",
    "uk",
    "gb",
    "mx",
    "es",
    "united",
    "states",
    "kingdom",
    "estados",
    "unidos",
    "reino",
    "unido",
    "mexico",
    "spain",
    "espana",
    "latin",
    "latina",
    "latino",
    "latinoamerica",
    "latam",
    "america",
    "the",
    "americas",
    "caribbean",
    "caribe",
    "and",
    "y",
    "international",
    "internacional",
    "modern",
    "traditional",
    "sort",
    "canada",
    "australia",
    "ireland",
    "irlanda",
    "new",
    "zealand",
    "south",
    "africa",
    "india",
    "argentina",
    "bolivia",
    "chile",
    "colombia",
    "costa",
    "rica",
    "cuba",
    "dominican",
    "republic",
    "republica",
    "dominicana",
    "ecuador",
    "el",
    "salvador",
    "guatemala",
    "honduras",
    "nicaragua",
    "panama",
    "paraguay",
    "peru",
    "puerto",
    "rico",
    "uruguay",
    "venezuela",
    "419",
];

fn lang_of_word(word: &str) -> Option<Lang> {
    match word {
        "es" | "esp" | "spa" | "espanol" | "spanish" | "castellano" => Some(Lang::Es),
        "en" | "eng" | "ing" | "ingles" | "english" => Some(Lang::En),
        _ => None,
    }
}

/// In lower case without accents.
fn folded(cell: &str) -> String {
    let bare = cell.trim().nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    bare.collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text).rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn separators_are_found_out() {
        let cases = [
            ("muro, valla\twall, fence\ncal\tlime\n", '\t'),
            ("arancel;tariff\ncuota, tasa;duty\n", ';'),
            ("arancel,tariff\ncuota,duty", ','),
            ("arancel|tariff\n", '|'),
            ("\"a;b;c\",uno\n\"d;e\",dos\n", ','),
            ("sep=;\narancel,x;tariff,y\n", ';'),
            ("", '\t'),
        ];
        for (text, separator) in cases {
            let table = read(text);
            assert_eq!(table.separator, separator, "{text:?}");
            assert!(table.rows.iter().all(|row| row.cells.len() == 2), "{table:?}");
        }
    }

    #[test]
    fn headings_name_languages() {
        let es_en = [Some(0), Some(1)];
        let cases = [
            ("es,en\na,b", es_en),
            ("Español,Inglés\na,b", es_en),
            ("English,Spanish\na,b", [Some(1), Some(0)]),
            ("es-MX,en_US,nota\na,b,c", es_en),
            ("Término en español,Término en inglés\na,b", es_en),
            ("id,term_es,term_en\n1,a,b", [Some(1), Some(2)]),
            ("Español (México),English term\na,b", es_en),
            ("Spanish (Mexico),English (United States)\na,b", es_en),
            ("id,Source (es),Target (en),note\n1,a,b,c", [Some(1), Some(2)]),
            ("Source segment (en-US);Target segment (es-MX)\na;b", [Some(1), Some(0)]),
            ("Español (América Latina y el Caribe);English - United Kingdom\na;b", es_en),
            ("término,traducción\na,b", [None, None]),
            ("es la hora,it is time\na,b", [None, None]),
        ];
        for (text, wanted) in cases {
            let table = read(text);
            assert_eq!([table.column(Lang::Es), table.column(Lang::En)], wanted, "{text}");
            assert_eq!(table.rows.len(), if text.starts_with("es la") { 2 } else { 1 }, "{text}");
        }
    }

    #[test]
    fn rows_know_their_place() {
        let text = "\u{feff}es;en\r\n\r\n\"uno\nmás\";one\r\n;\r\ndos;two";
        let table = read(text);
        let places: Vec<_> = table.rows.iter().map(|row| (row.line, row.span.of(text))).collect();
        assert_eq!(places, [(3, "\"uno\nmás\";one"), (6, "dos;two")]);
        assert_eq!(table.rows[0].cells, ["uno\nmás", "one"]);
    }

    #[test]
    fn a_stray_quotation_mark_costs_no_rows() {
        let text = format!("\"tubo de 5 pulgadas\t5-inch pipe\n{}", "cal\tlime\n".repeat(30));
        assert_eq!(cells(&text).len(), 31);
        assert_eq!(cells("5\" tubo\t5\" pipe\n"), [["5\" tubo", "5\" pipe"]]);
        assert_eq!(cells("\"di \"\"no\"\"\",x\n"), [["di \"no\"", "x"]]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_costs_its_line_only() {
        type Case<'a> = (&'a str, &'a [&'a [&'a str]], &'a [usize]);
        let cases: &[Case<'_>] = &[
            ("es,en\n\"uno,one\n\"dos, y\",two\n", &[&["\"uno", "one"], &["dos, y", "two"]], &[2]),
            ("es,en\nuno,one\n\"dos,two", &[&["uno", "one"], &["\"dos", "two"]], &[3]),
            (
                "es,en\n\"uno\n\nmás\",one\nx,\"two\n\"a\"\"b\",c\r\n",
                &[&["uno\n\nmás", "one"], &["x", "\"two"], &["a\"b", "c"]],
                &[5],
            ),
            ("es,en\n\"uno\"\"\",one\n", &[&["uno\"", "one"]], &[]),
        ];
        for (text, rows, unclosed) in cases {
            let table = read(text);
            assert_eq!(table.rows.iter().map(|row| &row.cells).collect::<Vec<_>>(), *rows, "{text}");
            assert_eq!(table.unclosed, *unclosed, "{text}");
        }
    }

    #[test]
    fn many_quotation_marks_take_little_time() {
        // Each line opens one, whether or not one is open before it.
        for line in ["\"a\",\"b\n", "\"a,b\n"] {
            let table = read(&("es,en\n".to_owned() + &line.repeat(100_000)));
            assert_eq!(table.rows.len(), 100_000, "{line}");
        }
    }
}
