//! Prints the forms of terms: reads lines `LANG POS TERM` parted by tabs (`-` for an unknown part of speech),
//! writes `FORM RULE` parted by a tab, the term itself first.
//!
//! ```text
//! printf 'es\tnoun\tflujo migratorio\n' | cargo run --example inflect
//! ```
#![allow(clippy::disallowed_macros, reason = "an example program prints")]

use std::io::BufRead;

use glosa::Lang;
use glosa::lang::Inflectable;
use glosa::termbase::PartOfSpeech;

fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut columns = line.split('\t');
        let (Some(lang), Some(pos), Some(term)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let Some(lang) = Lang::from_tag(lang) else { continue };
        let pos = PartOfSpeech::from_word(pos);
        println!("{term}\tterm");
        for form in lang.inflect(&Inflectable { term, pos, gender: None, feminine: None }) {
            println!("{}\t{}", form.form, form.rule);
        }
    }
    Ok(())
}
