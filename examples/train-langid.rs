//! Trains the language table and the vocabulary, `data/langid.bin` and `data/vocabulary.bin`; see docs/data.md.
//!
//! ```text
//! cargo run --release --example train-langid -- --pairs TEXT.es TEXT.en [-o FOLDER] [--without FOLDER]
//! ```
//!
//! Beside the pairs of lines, it reads this repository's `corpus`, `data/tagger/text`, `data/words` and `data/langid`;
//! `--without` leaves one of these out, to measure on it.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "an example program reads files and prints"
)]

use std::path::{Path, PathBuf};

use glosa::Lang;
use glosa::lang::Inflectable;
use glosa::termbase::PartOfSpeech;
use glosa::text::langid::train::Material;

/// How often our own texts count, small beside the pairs.
const TIMES: usize = 4;
/// Forms too many and too rare to list.
const RARE: [&str; 3] = ["future subjunctive", "verb with pronoun", "spelling variant"];

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let after =
        |name: &str, nth: usize| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + nth));
    let (es, en) = after("--pairs", 1).zip(after("--pairs", 2)).ok_or("say --pairs TEXT.es TEXT.en")?;
    let left_out = after("--without", 1).map_or("", String::as_str);
    let mut material = Material::default();
    material.add_pairs(&std::fs::read_to_string(es)?, &std::fs::read_to_string(en)?);
    for lang in [Lang::Es, Lang::En] {
        for folder in ["corpus", "data/tagger/text"].iter().filter(|folder| **folder != left_out) {
            let text = texts(&Path::new(folder).join(lang.code()))?;
            material.add_text(lang, &text, TIMES);
        }
        if left_out != "data/words" {
            material.add_words(lang, words(&format!("data/words/{lang}.txt"))?);
        }
        if left_out != "data/langid" {
            material.add_words(lang, words(&format!("data/langid/{lang}.txt"))?);
            material.add_words(lang, forms(lang)?);
        }
    }
    let folder = Path::new(after("-o", 1).map_or("data", String::as_str));
    let (table, vocabulary) = (material.train(), material.vocabulary());
    println!("{} slots, {} in use", table.len(), table.iter().filter(|weight| **weight != 0).count());
    println!("{} marks of known words", vocabulary.iter().map(|byte| byte.count_ones()).sum::<u32>());
    std::fs::write(folder.join("langid.bin"), table)?;
    Ok(std::fs::write(folder.join("vocabulary.bin"), vocabulary)?)
}

/// The plain texts of a folder, in the order of their names; tags of tagged text (`casa_N`) left out.
fn texts(folder: &Path) -> Result<String> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path());
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt" || extension == "md"));
    files.sort();
    let mut text = String::new();
    for line in files.iter().map(std::fs::read_to_string).collect::<std::io::Result<String>>()?.lines() {
        let plain = line.split(' ').map(|word| word.rsplit_once('_').map_or(word, |(plain, _)| plain));
        text.extend(plain.flat_map(|word| [word, " "]));
        text.push('\n');
    }
    Ok(text)
}

fn words(path: &str) -> Result<Vec<String>> {
    Ok(std::fs::read_to_string(path)?.split_whitespace().map(str::to_owned).collect())
}

/// The words of `data/langid/lemmas.LANG.txt` in their common forms.
fn forms(lang: Lang) -> Result<Vec<String>> {
    let mut forms = Vec::new();
    let list = std::fs::read_to_string(format!("data/langid/lemmas.{lang}.txt"))?;
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, words)) = line.split_once(':') else { continue };
        for term in words.split_whitespace() {
            forms.push(term.to_owned());
            let pos = match kind {
                "noun" => PartOfSpeech::Noun,
                "verb" => PartOfSpeech::Verb,
                "adj" => PartOfSpeech::Adjective,
                _ => continue,
            };
            let inflected = lang.inflect(&Inflectable { term, pos: Some(pos), gender: None, feminine: None });
            let common = inflected.into_iter().filter(|form| !RARE.contains(&form.rule));
            forms.extend(common.flat_map(|form| form.form.split(' ').map(str::to_owned).collect::<Vec<_>>()));
        }
    }
    forms.sort();
    forms.dedup();
    Ok(forms)
}
