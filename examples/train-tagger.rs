//! Trains the tagger of a language and writes `data/tagger/LANG.bin`; see docs/data.md.
//!
//! ```text
//! cargo run --release --example train-tagger -- es --raw TEXT.es
//! cargo run --release --example train-tagger -- es --raw TEXT.es --folds 6    # measures instead
//! ```
//!
//! Hand-tagged text is read from `tests/gold/pos/LANG` and `data/tagger/text/LANG` (or each `--text DIR`), the classes
//! of common words from `data/words/lemmas.LANG.txt` and `data/tagger/classes.LANG.txt`. `--raw` names untagged text:
//! a first tagger counts in it as what the words are used; figures only come of it. `--wrong` lists errors.
//!
//! `--fill FILE` helps with tagging: it prints plain text in which only the doubtful words are marked (`They
//! trade_V.`) as tagged text, the rest by the tagger at hand, and the unsure ones among those to standard error.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "an example program reads files and prints"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use glosa::Lang;
use glosa::lang::Inflectable;
use glosa::tagger::train::{self, Sentence, Settings};
use glosa::tagger::{Class, Classes, Entry, Tagger, tokens};
use glosa::termbase::PartOfSpeech;

/// The share that a class must have in a word's uses to be one of its main ones.
const MAIN_SHARE: f32 = 0.15;
/// A word seen less often tells nothing of its main classes.
const LEAST_SEEN: f32 = 10.0;
/// What one use in hand-tagged text counts against one in untagged text.
const HAND: f32 = 10.0;

/// What the tables of a language may take, in bytes: what the dictionary leaves is for weights, 8 bytes and a
/// fingerprint each and a third more for empty slots.
const TABLES: usize = 197_000;

/// Documents kept from training, on which `tests/it/tagger.rs` measures.
const HELD_OUT: [&str; 4] = ["007", "014", "court-summary", "press-conference"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let values = |name: &str| -> Vec<&String> {
        args.iter().zip(args.iter().skip(1)).filter(|(a, _)| *a == name).map(|(_, b)| b).collect()
    };
    let lang = args.first().and_then(|tag| Lang::from_tag(tag)).ok_or("say es or en")?;
    let mut folders: Vec<PathBuf> = values("--text").into_iter().map(PathBuf::from).collect();
    if folders.is_empty() {
        folders = vec![format!("tests/gold/pos/{lang}").into(), format!("data/tagger/text/{lang}").into()];
    }
    if let Some(file) = values("--fill").first() {
        std::fs::read_to_string(file)?.lines().for_each(|line| println!("{}", filled(lang, line)));
        return Ok(());
    }
    let files = training_files(&folders)?;
    let documents = documents(&files)?;
    let raw: Vec<String> =
        values("--raw").into_iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?;
    let trainer = Trainer { typed: typed(lang)?, raw: raw.concat() };
    if let Some(folds) = values("--folds").first() {
        measure(&trainer, &documents, folds.parse()?, args.iter().any(|arg| arg == "--wrong"));
        return Ok(());
    }
    let bytes = trainer.train(&documents.concat());
    let out = values("-o").first().map_or_else(|| format!("data/tagger/{lang}.bin").into(), PathBuf::from);
    println!("{}: {} bytes", out.display(), bytes.len());
    std::fs::write(&out, bytes)?;
    let made_of = files.into_iter().chain(word_lists(lang)).chain([out.clone()]);
    Ok(std::fs::write(out.with_extension("b3"), sums(made_of)?)?)
}

/// The sums of files, as `b3sum --check` reads them: what the tables were made from, and the tables themselves.
fn sums(files: impl Iterator<Item = PathBuf>) -> std::io::Result<String> {
    let line = |file: PathBuf| -> std::io::Result<String> {
        Ok(format!("{}  {}\n", blake3::hash(&std::fs::read(&file)?).to_hex(), file.display()))
    };
    files.map(line).collect()
}

/// The files of tagged text in the folders.
fn training_files(folders: &[PathBuf]) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in folders.iter().filter(|folder| folder.exists()) {
        for entry in std::fs::read_dir(folder)? {
            files.push(entry?.path());
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.retain(|file| file.file_stem().is_none_or(|stem| !HELD_OUT.iter().any(|held| stem == *held)));
    files.sort();
    Ok(files)
}

/// The sentences of all files, file by file.
fn documents(files: &[PathBuf]) -> std::io::Result<Vec<Vec<Sentence>>> {
    let sentences = |file: &PathBuf| -> std::io::Result<Vec<Sentence>> {
        Ok(std::fs::read_to_string(file)?.lines().map(Sentence::parse).collect())
    };
    files.iter().map(sentences).collect()
}

/// A filled-in word less likely than this is to be looked at.
const SURE: f32 = 0.9;

/// A line of plain text with some words marked, as tagged text.
fn filled(lang: Lang, marked: &str) -> String {
    let (text, marks) = unmarked(marked);
    let tokens = tokens(&text);
    let words: Vec<(&str, bool)> = tokens.iter().map(|token| (token.span.of(&text), token.is_word)).collect();
    let mut line = Vec::new();
    for ((token, (word, is_word)), chances) in tokens.iter().zip(&words).zip(Tagger::of(lang).chances(&words))
    {
        if !is_word {
            line.push((*word).to_owned());
            continue;
        }
        let best =
            Class::ALL.into_iter().max_by(|&a, &b| chances[a as usize].total_cmp(&chances[b as usize]));
        let class = marks.get(&token.span.end).copied().or(best).unwrap_or(Class::Other);
        if !marks.contains_key(&token.span.end) && chances[class as usize] < SURE {
            eprintln!("{word}_{} {:.2}: {text}", class.letter(), chances[class as usize]);
        }
        line.push(format!("{word}_{}", class.letter()));
    }
    line.join(" ")
}

/// The text without its marks, and the class marked at the end of a word.
fn unmarked(marked: &str) -> (String, BTreeMap<usize, Class>) {
    let (mut text, mut marks) = (String::new(), BTreeMap::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('_') {
        text.push_str(before);
        if let Some(class) = after.chars().next().and_then(Class::from_letter) {
            marks.insert(text.len(), class);
        }
        rest = after.get(1..).unwrap_or_default();
    }
    (text + rest, marks)
}

/// The lists of typed words.
fn word_lists(lang: Lang) -> [PathBuf; 2] {
    [format!("data/words/lemmas.{lang}.txt"), format!("data/tagger/classes.{lang}.txt")].map(PathBuf::from)
}

/// The classes of the typed words in all their forms.
fn typed(lang: Lang) -> std::io::Result<BTreeMap<String, Classes>> {
    let mut classes = BTreeMap::new();
    for path in word_lists(lang) {
        for line in std::fs::read_to_string(path)?.lines().filter(|line| !line.starts_with('#')) {
            let Some((kinds, words)) = line.split_once(':') else { continue };
            for kind in kinds.split('+') {
                words.split_whitespace().for_each(|word| add_forms(lang, kind, word, &mut classes));
            }
        }
    }
    Ok(classes)
}

fn add_forms(lang: Lang, kind: &str, word: &str, classes: &mut BTreeMap<String, Classes>) {
    let (pos, class) = match kind {
        "noun" => (Some(PartOfSpeech::Noun), Class::Noun),
        "verb" => (Some(PartOfSpeech::Verb), Class::Verb),
        "adj" => (Some(PartOfSpeech::Adjective), Class::Adjective),
        letter => match letter.chars().next().filter(|_| letter.len() == 1).and_then(Class::from_letter) {
            Some(class) => (None, class),
            None => return,
        },
    };
    let mut add = |form: &str, class: Class| {
        let entry = classes.entry(form.to_lowercase()).or_default();
        *entry = *entry | Classes::of(&[class]);
    };
    add(word, class);
    let forms = pos.map(|_| lang.inflect(&Inflectable { term: word, pos, gender: None, feminine: None }));
    for form in forms.into_iter().flatten().filter(|form| !form.form.contains(' ')) {
        if lang == Lang::En || class != Class::Verb || is_telling(&form.form, form.rule) {
            add(&form.form, class);
        }
        if lang == Lang::Es && form.rule.contains("participle") && is_telling(&form.form, form.rule) {
            add(&form.form, Class::Adjective);
        }
    }
}

/// Whether a Spanish verb form could be a word of another class by its ending; the others need no dictionary.
fn is_telling(form: &str, rule: &str) -> bool {
    const PLAIN: [&str; 12] =
        ["ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "ando", "iendo", "aba", "aban"];
    const RARE: [&str; 5] =
        ["imperfect subjunctive", "future subjunctive", "imperfect", "conditional", "future"];
    let ends = |endings: &[&str]| endings.iter().any(|ending| form.ends_with(ending));
    rule != "verb with pronoun"
        && !RARE.contains(&rule)
        && ends(&["o", "a", "e", "as", "es", "an", "en", "é", "ó"])
        && !(form.chars().count() > 6 && ends(&PLAIN))
}

struct Trainer {
    typed: BTreeMap<String, Classes>,
    raw: String,
}

impl Trainer {
    fn train(&self, sentences: &[Sentence]) -> Vec<u8> {
        let all_main =
            |(word, &classes): (&String, &Classes)| (word.clone(), Entry { classes, main: classes });
        let first = train::dictionary(&self.typed.iter().map(all_main).collect::<Vec<_>>());
        if self.raw.is_empty() {
            return trained(&first, sentences);
        }
        let first = trained(&first, sentences);
        let uses = self.uses(sentences, &Tagger::read(&first).expect("just made"));
        trained(&train::dictionary(&with_uses(&self.typed, &uses)), sentences)
    }

    /// How often each word (lower case) is used as each class.
    fn uses(&self, sentences: &[Sentence], tagger: &Tagger<'_>) -> BTreeMap<String, [f32; Class::ALL.len()]> {
        let mut uses: BTreeMap<String, [f32; Class::ALL.len()]> = BTreeMap::new();
        for (word, class) in sentences.iter().flat_map(|sentence| &sentence.tokens) {
            if let Some(class) = class {
                uses.entry(word.to_lowercase()).or_default()[*class as usize] += HAND;
            }
        }
        for line in self.raw.lines() {
            let tokens = tokens(line);
            let words: Vec<(&str, bool)> =
                tokens.iter().map(|token| (token.span.of(line), token.is_word)).collect();
            for ((word, _), chances) in
                words.iter().zip(tagger.chances(&words)).filter(|((_, word), _)| *word)
            {
                let counts = uses.entry(word.to_lowercase()).or_default();
                counts.iter_mut().zip(chances).for_each(|(count, chance)| *count += chance);
            }
        }
        uses
    }
}

fn trained(dictionary: &[u8], sentences: &[Sentence]) -> Vec<u8> {
    let most = TABLES.saturating_sub(dictionary.len()) * 3 / (4 * 10);
    train::train(dictionary, sentences, &Settings { most, ..Settings::default() })
}

/// The typed words with their main classes, and the words that are often used.
fn with_uses(
    typed: &BTreeMap<String, Classes>,
    uses: &BTreeMap<String, [f32; Class::ALL.len()]>,
) -> Vec<(String, Entry)> {
    let mut entries: BTreeMap<String, Entry> =
        typed.iter().map(|(word, &classes)| (word.clone(), Entry { classes, main: classes })).collect();
    for (word, counts) in uses {
        let total: f32 = counts.iter().sum();
        let letters = word.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '’');
        if total < LEAST_SEEN || !letters {
            continue;
        }
        let often = Class::ALL.into_iter().filter(|&class| counts[class as usize] >= MAIN_SHARE * total);
        let used = often.fold(Classes::NONE, |all, class| all | Classes::of(&[class]));
        if let Some(entry) = entries.get_mut(word) {
            entry.main = used;
        }
    }
    entries.into_iter().collect()
}

/// Cross-validation over documents.
fn measure(trainer: &Trainer, documents: &[Vec<Sentence>], folds: usize, list_wrong: bool) {
    let mut tally = Tally::default();
    for fold in 0..folds {
        let part = |test: bool| -> Vec<Sentence> {
            let chosen = documents.iter().enumerate().filter(|(at, _)| (at % folds == fold) == test);
            chosen.flat_map(|(_, document)| document.clone()).collect()
        };
        let bytes = trainer.train(&part(false));
        let tagger = Tagger::read(&bytes).expect("just made");
        part(true).iter().for_each(|sentence| tally.add(sentence, &tagger));
    }
    tally.print(list_wrong);
}

#[derive(Default)]
struct Tally {
    words: usize,
    right: usize,
    roughly: usize,
    loss: f64,
    confusions: BTreeMap<String, usize>,
    wrong: BTreeMap<String, usize>,
}

impl Tally {
    fn add(&mut self, sentence: &Sentence, tagger: &Tagger<'_>) {
        for ((word, class), chances) in sentence.tokens.iter().zip(tagger.chances(&sentence.words())) {
            let Some(class) = *class else { continue };
            let chance = |class: Class| chances[class as usize];
            let best =
                Class::ALL.into_iter().max_by(|&a, &b| chance(a).total_cmp(&chance(b))).unwrap_or(class);
            self.words += 1;
            self.right += usize::from(best == class);
            self.roughly += usize::from(group(best) == group(class));
            self.loss -= f64::from(chance(class).max(1e-9)).ln();
            if best != class {
                let confusion = format!("{}>{}", class.letter(), best.letter());
                *self.wrong.entry(format!("{word}_{confusion}")).or_default() += 1;
                *self.confusions.entry(confusion).or_default() += 1;
            }
        }
    }

    fn print(&self, list_wrong: bool) {
        let share = |count: usize| count as f64 / self.words as f64;
        println!(
            "{} words: {:.4} right, {:.4} noun-like, verb or other; loss {:.4}",
            self.words,
            share(self.right),
            share(self.roughly),
            self.loss / self.words as f64
        );
        println!("{}", commonest(&self.confusions, 20));
        if list_wrong {
            println!("{}", commonest(&self.wrong, 100));
        }
    }
}

fn commonest(counts: &BTreeMap<String, usize>, most: usize) -> String {
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    sorted.iter().take(most).map(|(what, count)| format!("{what} {count}")).collect::<Vec<_>>().join("  ")
}

fn group(class: Class) -> u8 {
    match class {
        Class::Noun | Class::Name => 0,
        Class::Verb => 1,
        _ => 2,
    }
}
