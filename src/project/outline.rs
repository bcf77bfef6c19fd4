//! A large corpus in bounded memory: of its documents only what they say of themselves is held, and their texts are read
//! again when their turn comes.
//!
//! Records of a file of many, and standard input, are held whole: to read such a file for each of its records would take
//! a time that grows with the square of their number, and a stream is read once.

use std::path::{Path, PathBuf};

use super::corpus::{Corpus, ListedFile, read_document};
use super::files;
use super::pairs::Pair;
use crate::check::Finding;
use crate::format::doc::{Fields, Read};
use crate::text::{Document, SourceMap};

/// The documents of a corpus without their texts.
#[derive(Debug)]
pub struct Outline {
    /// The documents, their pairs and the findings; [`Outline::with_texts`] gives the documents their texts.
    pub corpus: Corpus,
    /// Where the text of each is read again; `None` for those that are held whole.
    again: Vec<Option<Again>>,
    reader: Reader,
}

/// Where a text is read again.
#[derive(Clone, Debug)]
pub(super) struct Again {
    file: ListedFile,
    /// Which of the documents of its file it is.
    nth: usize,
    /// Its length in bytes.
    length: usize,
}

/// What a file is read with.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    pub(super) root: PathBuf,
    pub(super) fields: Fields,
    /// The most that a file may hold, in bytes.
    pub(super) limit: u64,
}

/// A bilingual file has so many documents, which are wanted together. Files of more are held whole.
const MOST_OF_A_FILE: usize = 2;

/// Takes the texts out of the documents of a file, where they can be read again.
pub(super) fn let_go(file: &ListedFile, documents: &mut [Document]) -> Vec<Option<Again>> {
    if documents.len() > MOST_OF_A_FILE || file.path == Path::new(files::STDIN) {
        return vec![None; documents.len()];
    }
    let again = |(nth, document): (usize, &mut Document)| {
        let again = Again { file: file.clone(), nth, length: document.text.len() };
        *document = without_text(std::mem::take(document));
        Some(again)
    };
    documents.iter_mut().enumerate().map(again).collect()
}

fn without_text(document: Document) -> Document {
    Document {
        name: document.name,
        lang: document.lang,
        about: document.about,
        translated_from: document.translated_from,
        record: document.record,
        confidential: document.confidential,
        map: SourceMap::identity(document.map.space),
        ..Document::default()
    }
}

impl Outline {
    pub(super) fn new(corpus: Corpus, again: Vec<Option<Again>>, reader: Reader) -> Self {
        Outline { corpus, again, reader }
    }

    /// A corpus whose texts are held whole.
    pub fn whole(corpus: Corpus) -> Self {
        let again = vec![None; corpus.documents.len()];
        let reader = Reader { root: PathBuf::new(), fields: Fields::usual(), limit: files::SIZE_LIMIT };
        Outline { corpus, again, reader }
    }

    /// Leaves some of the documents, and the pairs of which both are left.
    pub fn retain(&mut self, is_kept: &[bool]) {
        let number = |next: &mut usize, kept: &bool| {
            let number = *next;
            *next += usize::from(*kept);
            Some(number)
        };
        let numbers: Vec<usize> = is_kept.iter().scan(0, number).collect();
        let Corpus { documents, pairs, .. } = &mut self.corpus;
        pairs.retain(|pair| is_kept[pair.es] && is_kept[pair.en]);
        for pair in pairs {
            *pair = Pair { es: numbers[pair.es], en: numbers[pair.en] };
        }
        retain(documents, is_kept);
        retain(&mut self.again, is_kept);
    }

    /// The length of a document's text, in bytes.
    pub fn length(&self, number: usize) -> usize {
        match &self.again[number] {
            Some(again) => again.length,
            None => self.corpus.documents[number].text.len(),
        }
    }

    /// Some documents of the corpus with their texts, and what went wrong: a file that cannot be read any more, or not
    /// as before, leaves its documents empty.
    pub fn with_texts(&self, numbers: &[usize]) -> (Vec<Document>, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut last: Option<(&Path, Read)> = None;
        let document = |&number: &usize| {
            let known = &self.corpus.documents[number];
            let Some(again) = &self.again[number] else { return known.clone() };
            let path = again.file.path.as_path();
            let read = match last.take() {
                Some((of, read)) if of == path => read,
                _ => read_document(&again.file, &self.reader),
            };
            let found = read.documents.get(again.nth).filter(|found| found.name == known.name);
            let document = found.map(|found| Document { lang: known.lang, ..found.clone() });
            if document.is_none() {
                findings.push(changed(path, &read));
            }
            last = Some((path, read));
            document.unwrap_or_else(|| known.clone())
        };
        (numbers.iter().map(document).collect(), findings)
    }
}

fn retain<T>(items: &mut Vec<T>, is_kept: &[bool]) {
    let mut kept = is_kept.iter();
    items.retain(|_| kept.next().is_none_or(|kept| *kept));
}

/// What is said of a file that was read, and could not be read again.
fn changed(path: &Path, read: &Read) -> Finding {
    let unreadable = read.findings.iter().find(|finding| finding.severity == crate::check::Severity::Error);
    unreadable.cloned().unwrap_or_else(|| {
        files::error(path, "changed while it was read")
            .help("run the command again when nothing writes to it")
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::project::corpus::{CorpusRequest, Place, outline, read_corpus};

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("its folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    const TMX: &str = r#"<tmx version="1.4"><header srclang="es"/><body><tu>
        <tuv xml:lang="es"><seg>El muro.</seg></tuv><tuv xml:lang="en"><seg>The wall.</seg></tuv></tu></body></tmx>"#;

    #[test]
    fn documents_come_back_as_they_were_read() {
        let lines = "{\"id\":\"1\",\"text\":\"The border.\"}\n{\"id\":\"2\",\"text\":\"The wall.\"}\n\
                     {\"id\":\"3\",\"text\":\"The river.\"}\n";
        let folder = folder(&[
            ("c/es/nota.md", "---\ndate: 2026-01-02\n---\nEl *arancel* subió.\n"),
            ("c/en/nota.md", "The *tariff* rose.\n"),
            ("c/m.tmx", TMX),
            ("c/many.jsonl", lines),
        ]);
        let places = [Place::open("c")];
        let request = CorpusRequest::new(folder.path(), &places);
        let (whole, outline) = (read_corpus(&request), outline(&request));
        assert_eq!(whole.pairs, outline.corpus.pairs);
        assert_eq!(outline.corpus.documents.iter().filter(|document| document.text.is_empty()).count(), 4);
        let all: Vec<usize> = (0..whole.documents.len()).collect();
        let (documents, findings) = outline.with_texts(&all);
        assert_eq!((documents.len(), findings.len()), (7, 0), "{findings:?}");
        for (number, document) in documents.iter().enumerate() {
            assert_eq!(format!("{document:?}"), format!("{:?}", whole.documents[number]));
            assert_eq!(outline.length(number), document.text.len());
        }
    }

    #[test]
    fn a_file_that_changes_in_between_is_told() {
        let folder = folder(&[("a.txt", "El muro."), ("b.txt", "La frontera.")]);
        let places = [Place::open("a.txt"), Place::open("b.txt")];
        let outline = outline(&CorpusRequest::new(folder.path(), &places));
        fs::remove_file(folder.path().join("a.txt")).expect("it was there");
        let (documents, findings) = outline.with_texts(&[0, 1]);
        assert_eq!(
            documents.iter().map(|document| document.text.as_str()).collect::<Vec<_>>(),
            ["", "La frontera."]
        );
        assert!(findings.len() == 1 && findings[0].message.contains("a.txt"), "{findings:?}");
    }
}
