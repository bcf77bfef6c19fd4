use std::ops::Range;

use tempfile::TempDir;

use super::*;
use crate::matcher::Overlaps;
use crate::text::Document;

const TEXT: &str =
    "Los aranceles de 7 suben; the North American Free Trade Agreement 12 was cut. Cuota 30.\n";

/// A glossary large enough to be kept, its cache, and what it answers when nothing is kept.
struct Kept {
    folder: TempDir,
    cache: Cache,
    glossaries: Vec<PathBuf>,
    right: String,
}

impl Kept {
    fn new(first: &str) -> Kept {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("glossary.toml");
        let many = |n: usize| {
            format!(
                "[[concept]]\nterms.es = \"cuota {n}\"\nterms.en = \"North American Free Trade Agreement {n}\"\n"
            )
        };
        let text = format!("[[concept]]\nterms.es = \"{first}\"\n") + &(0..220).map(many).collect::<String>();
        fs::write(&path, text).expect("a glossary");
        let cache = Cache::new(folder.path().join("cache")).expect("a cache");
        let mut kept = Kept { folder, cache, glossaries: vec![path], right: String::new() };
        kept.right = kept.compile();
        kept
    }

    /// Compiles the glossary anew, keeps it and gives the answers.
    fn compile(&self) -> String {
        let mut project = Project::open(&self.glossaries).expect("a project");
        let engine = Engine::new(std::mem::take(&mut project.termbase));
        self.cache.store(&project, &engine).expect("kept");
        answers(&engine)
    }

    /// The answers of what is kept, if it is believed.
    fn open(&self) -> Option<String> {
        self.cache.open(&self.glossaries).map(|(_, engine)| answers(&engine))
    }

    fn file(&self, extension: &str) -> PathBuf {
        let files = self.cache.files(|name| name.ends_with(extension));
        files.into_iter().map(|(path, ..)| path).next().expect(extension)
    }

    /// Whatever is in a file: what is kept answers rightly, or not at all.
    fn bears(&self, extension: &str, damaged: &[u8]) {
        let path = self.file(extension);
        let sound = fs::read(&path).expect("a file");
        fs::write(&path, damaged).expect("damage");
        let answers = self.open();
        assert!(answers.is_none_or(|answers| answers == self.right), "{extension}: {} bytes", damaged.len());
        fs::write(&path, sound).expect("repair");
    }
}

/// What an engine finds in a short text, a long one, and for queries.
fn answers(engine: &Engine) -> String {
    let hits = |engine: &Engine, text: &str| {
        let hits = engine.scan(&Document::plain("a.txt", text), Overlaps::All);
        let told = hits.iter().map(|hit| (hit.span, hit.term, hit.kind, engine.matcher().rule(hit.pattern)));
        format!("{:?}\n", told.collect::<Vec<_>>())
    };
    let short = hits(&engine.for_texts([TEXT].into_iter()), TEXT);
    let queries = ["arancel", "arancles", "North Amercan Free Trade Agreement 7", "cuotas 9"];
    let found = queries.map(|query| format!("{:?}\n", engine.lookup(query, 5))).concat();
    short + &hits(engine, &TEXT.repeat(500)) + &found
}

const EXTENSIONS: [&str; 3] = [INDEX, SHORT, WHOLE];

#[test]
fn what_is_kept_answers_as_what_was_compiled() {
    let kept = Kept::new("arancel");
    assert!(kept.right.contains("Inflected") && kept.right.contains("Typo"));
    assert_eq!(kept.open().as_deref(), Some(&*kept.right));
}

#[test]
fn files_cut_short_or_gone_are_not_believed() {
    let kept = Kept::new("arancel");
    for extension in EXTENSIONS {
        let sound = fs::read(kept.file(extension)).expect("a file");
        let near = |at: usize| at.saturating_sub(2)..at + 2;
        let lengths: [Range<usize>; 4] =
            [0..70, near(sound.len() / 3), near(sound.len() / 2), near(sound.len() - 2)];
        for length in lengths.into_iter().flatten().filter(|&length| length < sound.len()) {
            kept.bears(extension, &sound[..length]);
        }
        kept.bears(extension, &[&sound[..], b"more"].concat());
    }
    fs::remove_file(kept.file(WHOLE)).expect("it is there");
    assert_eq!(kept.open().as_deref(), Some(&*kept.right), "the short file has all patterns too");
    fs::remove_file(kept.file(SHORT)).expect("it is there");
    assert_eq!(kept.open(), None);
}

#[test]
fn flipped_bits_are_seen() {
    let kept = Kept::new("arancel");
    for extension in EXTENSIONS {
        let sound = fs::read(kept.file(extension)).expect("a file");
        for at in (0..sound.len().min(64)).chain((64..sound.len()).step_by(sound.len() / 23 + 1)) {
            let mut damaged = sound.clone();
            damaged[at] ^= 1 << (at % 8);
            kept.bears(extension, &damaged);
        }
    }
}

#[test]
fn what_another_program_or_glossary_left_is_not_believed() {
    let (kept, other) = (Kept::new("arancel"), Kept::new("tributo"));
    for extension in EXTENSIONS {
        kept.bears(extension, &fs::read(other.file(extension)).expect("a file"));
        kept.bears(
            extension,
            &fs::read(kept.file(if extension == WHOLE { SHORT } else { WHOLE })).expect("a file"),
        );
    }
    let newer = Cache { program: [1; 32], ..kept.cache.clone() };
    assert!(newer.open(&kept.glossaries).is_none(), "another version of the program");
    assert_ne!(kept.right, other.right);
    drop(kept.folder);
}
