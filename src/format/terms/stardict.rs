//! A StarDict dictionary, version 2.4.2, in a ZIP: unpack it where GoldenDict, KOReader or sdcv look for dictionaries.
//!
//! Three files of one name: `.ifo` tells what there is, `.idx` has the headwords with offset and length of their
//! articles, sorted by bytes without regard to the case of ASCII letters, `.dict` the articles. An article is plain
//! text: the translations, a line each, then after an empty line the definitions and the note. Read are other kinds of
//! articles too (markup, pronunciation), parts packed with gzip or dictzip, and further headwords of a `.syn`.

use std::io::{Cursor, Write as _};

use html5gum::Token;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::log::{At, Log};
use super::loss::{LossKind, Losses};
use super::model::{self, Builder};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, pairs};
use crate::check::{Finding, Severity};
use crate::format::container::Container;
use crate::format::markup::tokens;
use crate::termbase::{Concept, LangTag, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "stardict",
    about: "StarDict dictionary (a ZIP of .ifo, .idx, .dict)",
    extensions: &["stardict.zip", "zip"],
    read: Some(read),
    write: Some(write),
    holds: Holds::Pairs(&["definition", "note"], &[]),
    settings: &["title"],
    texts: Texts::Trimmed,
};

/// What an `.ifo` begins with.
const MAGIC: &str = "StarDict's dict ifo file";
/// The most bytes of a headword.
const HEADWORD: usize = 255;

fn read(input: &Input<'_>) -> Reading {
    let mut log = Log::new(input.name);
    match dictionary(input, &mut log) {
        Ok(builder) => {
            Reading { termbase: Some(builder.finish()), findings: log.finish(), text: String::new() }
        }
        Err(why) => {
            let message = format!("`{}` cannot be read as a StarDict dictionary: {why}", input.name);
            let help = "give a ZIP with its .ifo, .idx and .dict; nothing was read";
            Reading::failed(Finding::new(Severity::Error, "format-syntax", message).help(help))
        }
    }
}

fn dictionary(input: &Input<'_>, log: &mut Log<'_>) -> Result<Builder, String> {
    let mut container = Container::open(input.bytes)?;
    let names = container.names();
    let stem = names.iter().find_map(|name| name.strip_suffix(".ifo")).ok_or("it has no .ifo")?.to_owned();
    let info = container.text(&format!("{stem}.ifo"))?;
    if !info.starts_with(MAGIC) {
        return Err("its .ifo does not begin as one does".to_owned());
    }
    let index = part(&mut container, &format!("{stem}.idx"), ".gz")?;
    let articles = part(&mut container, &format!("{stem}.dict"), ".dz")?;
    let synonyms = format!("{stem}.syn");
    let synonyms = if container.has(&synonyms) { container.bytes(&synonyms)? } else { Vec::new() };
    let field = |name: &str| info.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    let wide = field("idxoffsetbits") == Some("64");
    let kinds = field("sametypesequence").map(str::trim);
    let mut builder = Builder::default();
    builder.settings.title =
        field("bookname").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let mut said = Vec::new();
    for (headwords, article) in entries(&index, &synonyms, &articles, wide)? {
        said.push((headwords, Article::of(article, kinds, log)));
    }
    let pair = |(headwords, article): &'_ (Vec<String>, Article)| {
        let translation = article.text.lines().next().unwrap_or_default().to_owned();
        [headwords.first().cloned().unwrap_or_default(), translation]
    };
    let pairs: Vec<[String; 2]> = said.iter().take(pairs::SAMPLE).map(pair).collect();
    let sides = pairs::assumed(input, pairs.iter().map(|pair| pair.each_ref().map(String::as_str)), log);
    for (headwords, article) in said {
        builder.push(concept(&headwords, &article, &sides, log), At::Nowhere, log);
    }
    Ok(builder)
}

/// A part, packed or not.
fn part(container: &mut Container<'_>, name: &str, packed: &str) -> Result<Vec<u8>, String> {
    let packed = format!("{name}{packed}");
    if !container.has(name) && container.has(&packed) {
        container.gunzipped(&packed)
    } else {
        container.bytes(name)
    }
}

/// What an article says.
#[derive(Default)]
struct Article {
    text: String,
    pronunciation: Option<String>,
}

impl Article {
    /// Takes an article apart. The letters of its fields stand in the `.ifo`, and then its last field has no end of its
    /// own; or each before its field. Capital letters are fields with their size, small ones end with a NUL.
    fn of(mut bytes: &[u8], kinds: Option<&str>, log: &mut Log<'_>) -> Article {
        let mut article = Article::default();
        let mut stated = kinds.unwrap_or_default().bytes();
        while !bytes.is_empty() {
            let kind = match kinds {
                Some(_) => stated.next(),
                None => bytes.split_off_first().copied(),
            };
            let Some(kind) = kind else { break };
            let is_last = kinds.is_some() && stated.len() == 0;
            let length = match kind {
                _ if is_last => bytes.len(),
                b'A'..=b'Z' => {
                    let size = bytes.split_off(..bytes.len().min(4)).map_or(0, number);
                    size.min(bytes.len())
                }
                _ => memchr::memchr(0, bytes).unwrap_or(bytes.len()),
            };
            let (field, rest) = bytes.split_at(length);
            bytes =
                if is_last || kind.is_ascii_uppercase() { rest } else { rest.get(1..).unwrap_or_default() };
            article.take(kind, String::from_utf8_lossy(field).trim_end_matches('\0'), log);
        }
        article
    }

    fn take(&mut self, kind: u8, field: &str, log: &mut Log<'_>) {
        let text = match kind {
            b'm' | b'l' => field.to_owned(),
            b'g' | b'h' | b'x' => without_markup(field),
            b't' | b'y' => {
                self.pronunciation = Some(field.trim().to_owned()).filter(|text| !text.is_empty());
                return;
            }
            other => {
                let message =
                    format!("a part of an article, of the kind `{}`, is no text", other.escape_ascii());
                return log.skipped("a part of an article", At::Nowhere, message);
            }
        };
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text += &text;
    }
}

/// The text of HTML, Pango markup or XDXF, a line for what stands apart; XDXF repeats the headword (`<k>`).
fn without_markup(markup: &str) -> String {
    let (mut out, mut in_headword) = (String::new(), false);
    for token in tokens(markup) {
        match token {
            Token::StartTag(tag) if &**tag.name == b"k" => in_headword = true,
            Token::EndTag(tag) if &**tag.name == b"k" => in_headword = false,
            Token::StartTag(tag) if matches!(&**tag.name, b"br" | b"div" | b"p" | b"li" | b"tr") => {
                out.push('\n');
            }
            Token::String(text) if !in_headword => out += &String::from_utf8_lossy(&text),
            _ => {}
        }
    }
    out
}

/// The headwords of an article, and the article.
type Entry<'d> = (Vec<String>, &'d [u8]);

/// The articles in their order, each with its headwords.
fn entries<'d>(
    index: &[u8],
    synonyms: &[u8],
    articles: &'d [u8],
    wide: bool,
) -> Result<Vec<Entry<'d>>, String> {
    let mut found: std::collections::BTreeMap<(usize, usize), Vec<String>> =
        std::collections::BTreeMap::new();
    let offset_size = if wide { 8 } else { 4 };
    let mut places = Vec::new();
    let mut rest = index;
    while !rest.is_empty() {
        let cut = "its .idx is cut off";
        let end = memchr::memchr(0, rest).ok_or(cut)?;
        let numbers = rest.get(end + 1..end + 5 + offset_size).ok_or(cut)?;
        let (offset, size) = (number(&numbers[..offset_size]), number(&numbers[offset_size..]));
        let headword = String::from_utf8_lossy(&rest[..end]).into_owned();
        found.entry((offset, size)).or_default().push(headword);
        places.push((offset, size));
        rest = &rest[end + 5 + offset_size..];
    }
    let mut rest = synonyms;
    while let Some(end) = memchr::memchr(0, rest) {
        let at = rest.get(end + 1..end + 5).ok_or("its .syn is cut off")?;
        let place = places.get(number(at)).ok_or("its .syn names headwords that it has not")?;
        found.entry(*place).or_default().push(String::from_utf8_lossy(&rest[..end]).into_owned());
        rest = &rest[end + 5..];
    }
    let article = |((offset, size), words): ((usize, usize), Vec<String>)| {
        let article = offset.checked_add(size).and_then(|end| articles.get(offset..end));
        article
            .map(|article| (words, article))
            .ok_or_else(|| "its .idx names articles beyond its .dict".to_owned())
    };
    found.into_iter().map(article).collect()
}

/// A number, the greatest byte first.
fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number: usize, byte| (number << 8) | usize::from(*byte))
}

fn concept(headwords: &[String], article: &Article, sides: &[LangTag; 2], log: &mut Log<'_>) -> Concept {
    let mut concept = Concept::default();
    let (translations, rest) = article.text.split_once("\n\n").unwrap_or((article.text.as_str(), ""));
    let lines: Vec<&str> = translations.lines().collect();
    for (tag, terms) in sides.iter().zip([headwords.iter().map(String::as_str).collect(), lines]) {
        for term in terms.into_iter().filter(|term| !term.trim().is_empty()) {
            if let Some(entry) = model::term(term, At::Nowhere, log) {
                model::push_term(&mut concept, tag, entry);
            }
        }
    }
    let first = concept.sections.first_mut().and_then(|section| section.terms.first_mut());
    first.into_iter().for_each(|entry| entry.pronunciation.clone_from(&article.pronunciation));
    let mut note = Vec::new();
    for paragraph in rest.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let labelled = paragraph.strip_prefix('[').and_then(|text| text.split_once("] "));
        match labelled.and_then(|(tag, text)| Some((super::tags::of_heading(tag)?, text))) {
            Some((tag, text)) => {
                let definition = crate::termbase::Definition { text: model::prose(text), source: None };
                concept.definition.entry(tag).or_insert(definition);
            }
            None => note.push(paragraph),
        }
    }
    concept.note = Some(model::prose(&note.join("\n\n"))).filter(|note| !note.is_empty());
    concept
}

fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let mut broken = Vec::new();
    let mut index: Vec<(String, usize, usize)> = Vec::new();
    let mut articles = Vec::new();
    for concept in termbase.concepts.iter() {
        let sides = pairs::equivalents(concept, [&languages[0], &languages[1]], &mut losses);
        let Some([sources, targets]) = sides else { continue };
        let offset = articles.len();
        articles.extend_from_slice(article(concept, &targets, &mut losses).as_bytes());
        for entry in sources {
            if entry.term.len() > HEADWORD {
                let what = format!("“{}” has {} bytes, {HEADWORD} are allowed", entry.term, entry.term.len());
                broken.push(pairs::limit("a StarDict dictionary", concept, &what, "shorten the term"));
            }
            index.push((entry.term.clone(), offset, articles.len() - offset));
        }
    }
    match (broken.is_empty(), index.is_empty()) {
        (false, _) => Err(broken),
        (true, true) => Ok(Written { bytes: Vec::new(), losses: losses.finish() }),
        (true, false) => {
            let bytes = pack(termbase, index, &articles);
            bytes.map(|bytes| Written { bytes, losses: losses.finish() }).map_err(|finding| vec![finding])
        }
    }
}

/// Translations, then definitions and note, with empty lines between them alone.
fn article(concept: &Concept, targets: &[&crate::termbase::TermEntry], losses: &mut Losses) -> String {
    let translations: Vec<&str> = targets.iter().map(|entry| entry.term.as_str()).collect();
    let mut paragraphs = vec![translations.join("\n")];
    for (tag, definition) in &concept.definition {
        if definition.source.is_some() {
            losses.add(LossKind::Changed, "definition", "a dictionary has no source of it", concept);
        }
        paragraphs.push(format!("[{tag}] {}", one_paragraph(&definition.text)));
    }
    paragraphs.extend(concept.note.as_deref().map(one_paragraph));
    paragraphs.join("\n\n")
}

fn one_paragraph(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn pack(
    termbase: &Termbase,
    mut index: Vec<(String, usize, usize)>,
    articles: &[u8],
) -> Result<Vec<u8>, Finding> {
    let failed = |why: &str| {
        let message = format!("the dictionary cannot be written: {why}");
        Finding::new(Severity::Error, "export-limit", message)
            .help("divide the termbase, by subject for example")
    };
    index
        .sort_by_cached_key(|(word, ..)| (word.to_ascii_lowercase().into_bytes(), word.clone().into_bytes()));
    let mut bytes = Vec::new();
    for (word, offset, size) in &index {
        bytes.extend_from_slice(word.as_bytes());
        bytes.push(0);
        for number in [offset, size] {
            let number = u32::try_from(*number).map_err(|_| failed("it has more than 4 GB"))?;
            bytes.extend_from_slice(&number.to_be_bytes());
        }
    }
    let title = termbase.settings.title.as_deref().unwrap_or("Glossary");
    let title = title.replace(['\t', '\n'], " ");
    let info = format!(
        "{MAGIC}\nversion=2.4.2\nwordcount={}\nidxfilesize={}\nbookname={title}\nsametypesequence=m\n",
        index.len(),
        bytes.len()
    );
    archive(&[("glossary.ifo", info.as_bytes()), ("glossary.idx", &bytes), ("glossary.dict", articles)])
        .map_err(|error| failed(&error.to_string()))
}

fn archive(files: &[(&str, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default())?;
        writer.write_all(content)?;
    }
    Ok(writer.finish()?.into_inner())
}
