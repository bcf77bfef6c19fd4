//! Trains the tagger of a language: reads tagged text and word lists, writes `data/tagger/LANG.bin`.
//!
//! ```text
//! cargo run --release --example train-tagger -- es
//! cargo run --release --example train-tagger -- es --folds 5    # measures instead
//! ```
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "an example program reads files and prints"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use glosa::Lang;
use glosa::lang::Inflectable;
use glosa::tagger::train::{self, Sentence, Settings};
use glosa::tagger::{Class, Classes, Entry, Tagger};
use glosa::termbase::PartOfSpeech;

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let lang = Lang::from_tag(args.first().map_or("", String::as_str)).expect("es or en");
    let option = |name: &str| args.iter().position(|a| a == name).and_then(|at| args.get(at + 1));
    let mut settings = Settings::default();
    let number = |name: &str| option(name).and_then(|v| v.parse::<f32>().ok());
    if let Some(v) = number("--rate") {
        settings.rate = v;
    }
    if let Some(v) = number("--decay") {
        settings.decay = v;
    }
    if let Some(v) = number("--epochs") {
        settings.epochs = v as usize;
    }
    if let Some(v) = number("--least") {
        settings.least = v as u32;
    }
    if let Some(v) = number("--most") {
        settings.most = v as usize;
    }
    let dirs: Vec<PathBuf> =
        args.iter().zip(args.iter().skip(1)).filter(|(a, _)| *a == "--text").map(|(_, b)| b.into()).collect();
    let documents = documents(&dirs)?;
    let words: usize = documents.iter().flatten().flat_map(|s| &s.tokens).filter(|t| t.1.is_some()).count();
    let entries = if option("--nolex").is_some() { Vec::new() } else { entries(lang)? };
    let dictionary = train::dictionary(&entries);
    eprintln!(
        "{} documents, {words} words, {} dictionary forms, {} bytes",
        documents.len(),
        entries.len(),
        dictionary.len()
    );
    if let Some(folds) = number("--folds") {
        measure(&dictionary, &documents, folds as usize, &settings);
        return Ok(());
    }
    let all: Vec<Sentence> = documents.concat();
    let bytes = train::train(&dictionary, &all, &settings);
    eprintln!("{} bytes", bytes.len());
    let out = option("-o").map_or_else(|| PathBuf::from(format!("data/tagger/{lang}.bin")), PathBuf::from);
    std::fs::write(out, bytes)
}

fn documents(dirs: &[PathBuf]) -> std::io::Result<Vec<Vec<Sentence>>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for dir in dirs {
        for entry in std::fs::read_dir(dir)? {
            files.push(entry?.path());
        }
    }
    files.sort();
    files
        .iter()
        .map(|file| Ok(std::fs::read_to_string(file)?.lines().map(Sentence::parse).collect()))
        .collect()
}

fn entries(lang: Lang) -> std::io::Result<Vec<(String, Entry)>> {
    let mut classes: BTreeMap<String, Classes> = BTreeMap::new();
    let mut add = |word: String, class: Class| {
        let entry = classes.entry(word.to_lowercase()).or_default();
        *entry = *entry | Classes::of(&[class]);
    };
    for path in [format!("data/words/lemmas.{lang}.txt"), format!("data/tagger/classes.{lang}.txt")] {
        if !Path::new(&path).exists() {
            continue;
        }
        for line in std::fs::read_to_string(&path)?.lines().filter(|line| !line.starts_with('#')) {
            let Some((kind, words)) = line.split_once(':') else { continue };
            for kind in kind.split('+') {
                for word in words.split_whitespace() {
                    expand(lang, kind, word, &mut add);
                }
            }
        }
    }
    Ok(classes.into_iter().map(|(word, classes)| (word, Entry { classes, cluster: 0 })).collect())
}

fn expand(lang: Lang, kind: &str, word: &str, add: &mut dyn FnMut(String, Class)) {
    let (pos, class) = match kind {
        "noun" => (Some(PartOfSpeech::Noun), Class::Noun),
        "verb" => (Some(PartOfSpeech::Verb), Class::Verb),
        "adj" => (Some(PartOfSpeech::Adjective), Class::Adjective),
        _ => (
            None,
            match kind.chars().next().filter(|_| kind.len() == 1).and_then(Class::from_letter) {
                Some(class) => class,
                None => return,
            },
        ),
    };
    add(word.to_owned(), class);
    if pos.is_some() {
        for form in lang.inflect(&Inflectable { term: word, pos, gender: None, feminine: None }) {
            if matches!(form.rule, "future subjunctive" | "verb with pronoun" | "spelling variant")
                || form.form.contains(' ')
            {
                continue;
            }
            if lang == Lang::Es && class == Class::Verb && !tellsless(&form.form) {
                continue;
            }
            let participle = form.rule.contains("participle") && lang == Lang::Es;
            if participle {
                add(form.form.clone(), Class::Adjective);
            }
            add(form.form, class);
        }
    }
}

fn tellsless(form: &str) -> bool {
    let long = [
        "ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas", "aba", "aban", "abas", "ando", "iendo",
        "ara", "aras", "aran", "iera", "ieran", "ieras", "ase", "asen", "ases", "iese", "iesen", "ieses",
        "ría", "rías", "rían", "rás", "rá", "rán", "ré", "aste", "iste", "ía", "ías", "ían",
    ];
    let short = ["o", "a", "e", "as", "es", "an", "en", "é", "ó"];
    short.iter().any(|e| form.ends_with(e))
        && !(form.chars().count() > 6 && long.iter().any(|e| form.ends_with(e)))
}

fn measure(dictionary: &[u8], documents: &[Vec<Sentence>], folds: usize, settings: &Settings) {
    let (mut right, mut coarse, mut all, mut loss) = (0, 0, 0, 0.0);
    let mut wrong: BTreeMap<(char, char), usize> = BTreeMap::new();
    let mut wrong_words: BTreeMap<String, usize> = BTreeMap::new();
    for fold in 0..folds {
        let part = |test: bool| -> Vec<Sentence> {
            documents
                .iter()
                .enumerate()
                .filter(|(i, _)| (i % folds == fold) == test)
                .flat_map(|(_, d)| d.clone())
                .collect()
        };
        let bytes = train::train(dictionary, &part(false), settings);
        let tagger = Tagger::read(&bytes).expect("readable");
        for sentence in part(true) {
            let chances = tagger.chances(&sentence.words());
            if std::env::var("DBG").is_ok() {
                let line: Vec<String> = sentence
                    .tokens
                    .iter()
                    .zip(&chances)
                    .map(|((w, c), ch)| {
                        let b = Class::ALL
                            .into_iter()
                            .max_by(|&a, &b| ch[a as usize].total_cmp(&ch[b as usize]))
                            .unwrap();
                        match c {
                            Some(c) if *c != b => {
                                format!("{w}_{}>{}({:.2})", c.letter(), b.letter(), ch[b as usize])
                            }
                            _ => w.clone(),
                        }
                    })
                    .collect();
                println!("{}", line.join(" "));
            }
            for ((word, class), chances) in sentence.tokens.iter().zip(chances) {
                let Some(class) = class else { continue };
                let best = Class::ALL
                    .into_iter()
                    .max_by(|&a, &b| chances[a as usize].total_cmp(&chances[b as usize]))
                    .unwrap();
                all += 1;
                right += usize::from(best == *class);
                coarse += usize::from(group(best) == group(*class));
                loss -= chances[*class as usize].max(1e-9).ln();
                if best != *class {
                    *wrong.entry((class.letter(), best.letter())).or_default() += 1;
                    *wrong_words
                        .entry(format!("{word}_{}>{}", class.letter(), best.letter()))
                        .or_default() += 1;
                }
            }
        }
    }
    let share = |n: usize| n as f64 / all as f64;
    println!(
        "{all} words: {:.4} right, {:.4} noun-like/verb/other, loss {:.4}",
        share(right),
        share(coarse),
        loss / all as f32
    );
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    println!(
        "{}",
        wrong.iter().take(20).map(|((a, b), n)| format!("{a}>{b} {n}")).collect::<Vec<_>>().join("  ")
    );
    let mut wrong: Vec<_> = wrong_words.into_iter().collect();
    wrong.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    println!("{}", wrong.iter().take(60).map(|(a, n)| format!("{a} {n}")).collect::<Vec<_>>().join("  "));
}

fn group(class: Class) -> u8 {
    match class {
        Class::Noun | Class::Name => 0,
        Class::Verb => 1,
        _ => 2,
    }
}
