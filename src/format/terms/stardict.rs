//! A StarDict dictionary, version 2.4.2, in a ZIP: unpack it where GoldenDict, KOReader or sdcv look for dictionaries.
//!
//! Three files of one name: `.ifo` tells what there is, `.idx` has the headwords with offset and length of their
//! articles, sorted by bytes without regard to the case of ASCII letters, `.dict` the articles. An article is plain
//! text: the translations, a line each, then after an empty line the definitions and the note.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::log::{At, Log};
use super::loss::{LossKind, Losses};
use super::model::{self, Builder};
use super::{Format, Holds, Input, Reading, Target, Texts, Written, pairs};
use crate::check::{Finding, Severity};
use crate::format::container::Container;
use crate::termbase::{Concept, Termbase};

/// The format.
pub(super) const FORMAT: Format = Format {
    name: "stardict",
    about: "StarDict dictionary (a ZIP of .ifo, .idx, .dict)",
    extensions: &["stardict.zip", "zip"],
    read: Some(read),
    write: Some(write),
    holds: Holds::Pairs(&["definition", "note"], &[]),
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
            let help =
                "give a ZIP with its .ifo, .idx and .dict, the last two not packed within; nothing was read";
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
    let (index, articles) =
        (container.bytes(&format!("{stem}.idx"))?, container.bytes(&format!("{stem}.dict"))?);
    let field = |name: &str| info.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    let wide = field("idxoffsetbits") == Some("64");
    let typed = field("sametypesequence").is_none();
    let mut builder = Builder::default();
    builder.settings.title =
        field("bookname").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    for (headwords, article) in entries(&index, &articles, wide)? {
        let article = if typed {
            article.strip_prefix(b"m").ok_or("its articles are not plain text")?
        } else {
            article
        };
        let text = String::from_utf8_lossy(article);
        builder.push(concept(&headwords, text.trim_end_matches('\0'), input, log), At::Nowhere, log);
    }
    Ok(builder)
}

/// The headwords of an article, and the article.
type Entry<'d> = (Vec<String>, &'d [u8]);

/// The articles in their order, each with its headwords.
fn entries<'d>(index: &[u8], articles: &'d [u8], wide: bool) -> Result<Vec<Entry<'d>>, String> {
    let mut found: std::collections::BTreeMap<(usize, usize), Vec<String>> =
        std::collections::BTreeMap::new();
    let offset_size = if wide { 8 } else { 4 };
    let mut rest = index;
    while !rest.is_empty() {
        let cut = "its .idx is cut off";
        let end = memchr::memchr(0, rest).ok_or(cut)?;
        let numbers = rest.get(end + 1..end + 5 + offset_size).ok_or(cut)?;
        let (offset, size) = (number(&numbers[..offset_size]), number(&numbers[offset_size..]));
        let headword = String::from_utf8_lossy(&rest[..end]).into_owned();
        found.entry((offset, size)).or_default().push(headword);
        rest = &rest[end + 5 + offset_size..];
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

fn concept(headwords: &[String], article: &str, input: &Input<'_>, log: &mut Log<'_>) -> Concept {
    let sides = pairs::languages_of(input);
    let mut concept = Concept::default();
    let (translations, rest) = article.split_once("\n\n").unwrap_or((article, ""));
    let lines: Vec<&str> = translations.lines().collect();
    for (tag, terms) in sides.iter().zip([headwords.iter().map(String::as_str).collect(), lines]) {
        for term in terms.into_iter().filter(|term| !term.trim().is_empty()) {
            if let Some(entry) = model::term(term, At::Nowhere, log) {
                model::push_term(&mut concept, tag, entry);
            }
        }
    }
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
        let [sources, targets] = pairs::sides(concept, [&languages[0], &languages[1]]);
        if sources.is_empty() || targets.is_empty() {
            losses.add(LossKind::Dropped, "concept", "it has no terms in one of the two languages", concept);
            continue;
        }
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
        (true, true) => Err(pairs::nothing("a StarDict dictionary")),
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
            losses.add(LossKind::Dropped, "definition", "a dictionary has no source of it", concept);
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
