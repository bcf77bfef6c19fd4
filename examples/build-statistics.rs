//! Builds `data/statistics.bin`: word frequencies and a word table of both languages.
//!
//!     cargo run --release --example build-statistics -- FOLDER [TEXTS…]
//!
//! FOLDER has pairs of files `NAME.es` and `NAME.en` whose lines translate one another; they give the word table and
//! the frequencies. TEXTS are folders `es` and `en` of further texts, for the frequencies alone; tags behind
//! words (`casa_N`) are left out. Everyday words and their translations come from `data/words`. See docs/data.md.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a tool that reads and writes files"
)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use glosa::Lang;
use glosa::extract::statistics::{Sources, build};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("usage: build-statistics FOLDER [TEXTS…]")?;
    let bitexts = bitexts(&folder)?;
    let mut texts = Vec::new();
    for folder in arguments {
        for lang in Lang::ALL {
            for file in files(&folder.join(lang.code()))? {
                texts.push((lang, without_tags(&fs::read_to_string(file)?)));
            }
        }
    }
    let lines: Vec<(&str, &str)> = bitexts.iter().flat_map(|(es, en)| es.lines().zip(en.lines())).collect();
    let texts: Vec<(Lang, &str)> = texts.iter().map(|(lang, text)| (*lang, text.as_str())).collect();
    let lists = Lang::ALL.map(|lang| (lang, fs::read_to_string(format!("data/words/{lang}.txt"))));
    let mut everyday = Vec::new();
    for (lang, list) in &lists {
        let list = list.as_ref().map_err(ToString::to_string)?;
        everyday.extend(list.lines().map(|word| (*lang, word)));
    }
    let typed = fs::read_to_string("data/words/pairs.txt")?;
    let sources = Sources { bitext: &lines, texts: &texts, everyday: &everyday, pairs: &typed_pairs(&typed) };
    let bytes = build(sources).ok_or("too many words")?;
    fs::write("data/statistics.bin", &bytes)?;
    println!("data/statistics.bin: {} bytes", bytes.len());
    Ok(())
}

/// The Spanish and English words of lines such as `house: casa cámara`.
fn typed_pairs(text: &str) -> Vec<(&str, &str)> {
    let rows = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'));
    rows.flat_map(|(english, spanish)| spanish.split_whitespace().map(move |word| (word, english))).collect()
}

/// A text without the tags behind its words (`casa_N`).
fn without_tags(text: &str) -> String {
    let is_tag = |tag: &str| tag.len() == 1 && tag.chars().all(char::is_uppercase);
    let bare = |word: &str| match word.rsplit_once('_') {
        Some((word, tag)) if is_tag(tag) => word.to_owned(),
        _ => word.to_owned(),
    };
    text.split_whitespace().map(bare).collect::<Vec<_>>().join(" ")
}

/// The texts of the pairs of files in a folder, in the order of their names.
fn bitexts(folder: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut found = Vec::new();
    for es in files(folder)?.into_iter().filter(|file| file.extension().is_some_and(|end| end == "es")) {
        let (spanish, english) = (fs::read_to_string(&es)?, fs::read_to_string(es.with_extension("en"))?);
        if spanish.lines().count() != english.lines().count() {
            return Err(format!("{} and its partner have different numbers of lines", es.display()).into());
        }
        found.push((spanish, english));
    }
    Ok(found)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let entries: Result<Vec<_>, _> = fs::read_dir(folder)?.collect();
    let mut files: Vec<PathBuf> =
        entries?.into_iter().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Ok(files)
}
