//! What stands between two words: in a text, and what a term allows there.

use serde::{Deserialize, Serialize};

use crate::text::fold::{is_apostrophe, is_hyphen, is_quote, is_skipped};

/// What stands between two neighbouring words of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Gap {
    /// White space with at most one line break.
    Space,
    /// A hyphen right after the first word, white space with at most one line break allowed behind it.
    Hyphen,
    /// A full stop, with nothing behind it.
    Dot,
    /// A full stop and white space.
    DotSpace,
    /// Anything else: its characters with quotes, hyphens and apostrophes made equal, white space left out.
    /// `None` where a blank line or another break parts the words.
    Other(Option<String>),
}

impl Gap {
    /// Classifies the text between two words.
    pub fn of(text: &str) -> Gap {
        match text {
            " " | "\n" => return Gap::Space,
            "-" => return Gap::Hyphen,
            ". " => return Gap::DotSpace,
            _ => {}
        }
        let mut shape = String::new();
        let mut breaks = 0;
        let mut chars = text.chars().filter(|&c| !is_skipped(c)).peekable();
        while let Some(c) = chars.next() {
            if c == '\r' && chars.peek() == Some(&'\n') {
                continue;
            }
            breaks += usize::from(matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\x0B' | '\x0C'));
            breaks += 2 * usize::from(c == '\u{2029}');
            shape.push(shape_of(c));
        }
        if breaks > 1 {
            return Gap::Other(None);
        }
        Gap::of_shape(&shape)
    }

    /// A text with this gap; `None` where none is known.
    pub fn typed(&self) -> Option<&str> {
        match self {
            Gap::Space => Some(" "),
            Gap::Hyphen => Some("-"),
            Gap::Dot => Some("."),
            Gap::DotSpace => Some(". "),
            Gap::Other(shape) => shape.as_deref().filter(|shape| Gap::of(shape) == *self),
        }
    }

    fn of_shape(shape: &str) -> Gap {
        let mut chars = shape.chars();
        let first = chars.next();
        let blank = chars.all(|c| c == ' ');
        match first {
            Some(' ') if blank => Gap::Space,
            Some('-') if blank => Gap::Hyphen,
            Some('.') if shape.len() == 1 => Gap::Dot,
            Some('.') if blank => Gap::DotSpace,
            _ => Gap::Other(Some(shape.split(' ').collect())),
        }
    }
}

fn shape_of(c: char) -> char {
    match c {
        _ if c.is_whitespace() => ' ',
        _ if is_hyphen(c) => '-',
        _ if is_apostrophe(c) => '\'',
        _ if is_quote(c) => '"',
        _ => c,
    }
}

/// What a term allows between two of its words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum GapRule {
    /// White space or a hyphen, which are one another's variants.
    Loose,
    /// Within an abbreviation written with full stops: with them, with spaces, with both.
    Abbreviation,
    /// Within an abbreviation that is usually closed: full stops must be there.
    Dotted,
    /// Behind a dotted abbreviation: a full stop and a space or hyphen (`U.S. attorney`, `U.S.-Mexico border`).
    AfterDots,
    /// A prefix and its word: hyphen only (`re-entry`).
    Hyphen,
    /// These characters, white space apart.
    Exactly(Box<str>),
}

impl GapRule {
    /// The rule for a gap as a term writes it.
    pub fn of_term(gap: &str) -> GapRule {
        match Gap::of(gap) {
            Gap::Space | Gap::Hyphen => GapRule::Loose,
            Gap::Dot | Gap::DotSpace => GapRule::Abbreviation,
            Gap::Other(Some(shape)) if shape == ".-" => GapRule::AfterDots,
            Gap::Other(shape) => GapRule::Exactly(shape.unwrap_or_default().into()),
        }
    }

    /// Whether the gap of a text fits.
    pub fn allows(&self, gap: &Gap) -> bool {
        let is = |shape: &str| matches!(gap, Gap::Other(Some(found)) if found == shape);
        match self {
            GapRule::Loose => matches!(gap, Gap::Space | Gap::Hyphen),
            GapRule::Abbreviation => matches!(gap, Gap::Dot | Gap::DotSpace | Gap::Space),
            GapRule::Dotted => matches!(gap, Gap::Dot | Gap::DotSpace),
            GapRule::AfterDots => *gap == Gap::DotSpace || is(".-"),
            GapRule::Hyphen => *gap == Gap::Hyphen,
            GapRule::Exactly(shape) => is(shape),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_have_a_shape() {
        let other = |s: &str| Gap::Other(Some(s.to_owned()));
        for (text, gap) in [
            (" ", Gap::Space),
            ("\u{A0}\t ", Gap::Space),
            ("\r\n", Gap::Space),
            (" \n  ", Gap::Space),
            ("\n\n", Gap::Other(None)),
            ("\n \n", Gap::Other(None)),
            ("-", Gap::Hyphen),
            ("\u{2011}", Gap::Hyphen),
            ("–", Gap::Hyphen),
            ("-\n", Gap::Hyphen),
            ("-\u{AD}", Gap::Hyphen),
            (" - ", other("-")),
            ("--", other("--")),
            ("—", other("—")),
            (".", Gap::Dot),
            (". ", Gap::DotSpace),
            (".\u{A0}", Gap::DotSpace),
            ("..", other("..")),
            (", ", other(",")),
            ("’", other("'")),
            (" «", other("\"")),
            ("\n- ", other("-")),
            (" • ", other("•")),
        ] {
            assert_eq!(Gap::of(text), gap, "{text:?}");
            assert!(gap.typed().is_none_or(|typed| Gap::of(typed) == gap), "{text:?}");
        }
    }
}
