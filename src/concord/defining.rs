//! Defining sentences: those that say what a term means make the best examples.

use crate::lang::Lang;
use crate::text::fold;

/// Phrases that follow or precede a definition (defining contexts in the sense of terminology manuals), folded
/// to keys, with spaces around.
fn phrases(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Es => &[
            " consiste en ",
            " se define como ",
            " se conoce como ",
            " conocido como ",
            " conocida como ",
            " conocidos como ",
            " conocidas como ",
            " se entiende por ",
            " es decir ",
            " se denomina ",
            " se llama ",
            " llamado ",
            " llamada ",
            " significa ",
            " es el impuesto ",
            " es la autoridad ",
        ],
        Lang::En => &[
            " consists of ",
            " is defined as ",
            " are defined as ",
            " known as ",
            " refers to ",
            " that is ",
            " is called ",
            " are called ",
            " so called ",
            " means ",
            " is the tax ",
            " is the agency ",
        ],
    }
}

/// Whether a sentence defines something.
pub(super) fn is_defining(lang: Lang, sentence: &str) -> bool {
    let padded = format!(" {} ", fold::key(sentence));
    phrases(lang).iter().any(|phrase| padded.contains(phrase))
}
