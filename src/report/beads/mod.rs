//! Aligned texts as files: a translation memory, a table, JSON lines, a page to review doubtful beads on.
//!
//! A renderer turns [`AlignedTexts`], the pairs of texts with their beads, into the text of one file; [`FORMATS`]
//! lists them all. A further format is one file here and one line in the table.
//!
//! ```
//! use glosa::align::{Side, align};
//! use glosa::report::beads::{AlignedTexts, Options, TextSide, format};
//!
//! let (es, en) = (["El puerto cerró."], ["The port closed."]);
//! let beads = align(&Side::of(es), &Side::of(en));
//! let side = |name, segments: [&'static str; 1]| TextSide { name, segments: segments.to_vec() };
//! let texts = AlignedTexts { es: side("a", es), en: side("b", en), beads: &beads, exchanged: false };
//! let tsv = (format("tsv").unwrap().render)(&[texts], &Options::default());
//! assert_eq!(tsv.lines().nth(1).unwrap().split('\t').next(), Some("El puerto cerró."));
//! ```

mod html;
mod json;
pub(super) mod tmx;
mod tsv;

use crate::align::Bead;
use crate::lang::Lang;

/// A text and its translation, segment by segment.
#[derive(Clone, Debug)]
pub struct AlignedTexts<'a> {
    /// The Spanish text.
    pub es: TextSide<'a>,
    /// The English text.
    pub en: TextSide<'a>,
    /// Their beads; every segment is in exactly one.
    pub beads: &'a [Bead],
    /// The English text was given in the place of the Spanish one: JSON numbers each text in the place where it
    /// was given, the other formats show each under its language.
    pub exchanged: bool,
}

/// One of the texts.
#[derive(Clone, Debug)]
pub struct TextSide<'a> {
    /// The document's name.
    pub name: &'a str,
    /// Its segments, in order.
    pub segments: Vec<&'a str>,
}

impl TextSide<'_> {
    /// Some segments on one line: white space runs become single spaces.
    pub fn text(&self, segments: &[usize]) -> String {
        let pieces = segments.iter().filter_map(|&i| self.segments.get(i));
        pieces.flat_map(|piece| piece.split_whitespace()).collect::<Vec<_>>().join(" ")
    }
}

/// How beads are written.
#[derive(Clone, Debug)]
pub struct Options {
    /// The tags of the two languages, Spanish first.
    pub tags: [String; 2],
    /// The language that the texts were translated from, as far as that is known: that of the first text given.
    pub source: Lang,
    /// The language of labels.
    pub ui: Lang,
    /// Beads less sure than this, 0 to 1, are to be looked at: the page shows them first.
    pub doubt: f32,
    /// Beads less sure than this, 0 to 1, stay out of translation memories and tables.
    pub least: f32,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            tags: Lang::ALL.map(|lang| lang.code().to_owned()),
            source: Lang::Es,
            ui: Lang::Es,
            doubt: DOUBT,
            least: 0.0,
        }
    }
}

/// Beads less sure than this should be looked at.
pub const DOUBT: f32 = 0.8;

/// A form in which beads are written.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name that `align -f` takes, which is the extension of the file too.
    pub name: &'static str,
    /// Makes the text of the file.
    pub render: fn(&[AlignedTexts<'_>], &Options) -> String,
}

/// All forms.
pub const FORMATS: &[Format] = &[
    Format { name: "tmx", render: tmx::render },
    Format { name: "tsv", render: tsv::render },
    Format { name: "json", render: json::render },
    Format { name: "html", render: html::render },
];

/// The form of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Whether both sides of a bead have a segment.
fn is_pair(bead: &Bead) -> bool {
    !bead.es.is_empty() && !bead.en.is_empty()
}

#[cfg(test)]
mod sample {
    use super::*;

    /// Text that would break out of any of the formats.
    const ES: [&str; 4] =
        ["=SUMA(1)\tEl «puerto» & la <b>aduana</b>", "Nada\u{1b}[31m más.", "\"Sí\"\r\n", ""];
    const EN: [&str; 3] = ["The port & customs</seg></tuv> ]]>", "“Yes”", "<script>alert('x')</script>"];

    pub(super) fn beads() -> Vec<Bead> {
        let bead = |es: &[usize], en: &[usize], score| Bead { es: es.to_vec(), en: en.to_vec(), score };
        vec![bead(&[0, 1], &[0], 0.5), bead(&[2], &[1], 0.97), bead(&[3], &[], 0.6), bead(&[], &[2], 0.9)]
    }

    pub(super) fn texts(beads: &[Bead]) -> AlignedTexts<'_> {
        AlignedTexts {
            es: TextSide { name: "a<&\t\".es.txt", segments: ES.to_vec() },
            en: TextSide { name: "a.en.txt", segments: EN.to_vec() },
            beads,
            exchanged: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_deterministic_and_writes_nothing_for_nothing() {
        let beads = sample::beads();
        for format in FORMATS {
            let text = (format.render)(&[sample::texts(&beads)], &Options::default());
            assert!(text.ends_with('\n') && text.contains("aduana"), "{}", format.name);
            assert_eq!(
                text,
                (format.render)(&[sample::texts(&beads)], &Options::default()),
                "{}",
                format.name
            );
            assert!(!text.contains('\u{1b}'), "{}: a control character got in", format.name);
            let nothing = (format.render)(&[], &Options::default());
            assert!(nothing.is_empty() || nothing.ends_with('\n'), "{}", format.name);
        }
    }
}
