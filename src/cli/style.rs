//! Colours, and text made safe to print.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use anstyle::{AnsiColor, Style};

pub(super) use crate::check::counted;

/// The columns of context that may be asked for.
pub(super) const WIDTHS: RangeInclusive<i64> = 0..=1_000;

pub(super) const MARK: Style = AnsiColor::Red.on_default().bold();
pub(super) const PLACE: Style = AnsiColor::Magenta.on_default();
pub(super) const QUIET: Style = AnsiColor::BrightBlack.on_default();
pub(super) const HEAD: Style = Style::new().bold();
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const GOOD: Style = AnsiColor::Green.on_default();

/// The text in a style, or plain where there are no colours.
pub(super) fn paint(text: &str, style: Style, colour: bool) -> Cow<'_, str> {
    if colour && !text.is_empty() {
        Cow::Owned(format!("{style}{text}{style:#}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A hit, safe to print: in colour, or in brackets where there are no colours.
pub(super) fn mark(text: &str, colour: bool) -> String {
    let text = printable(text);
    if colour { paint(&text, MARK, true).into_owned() } else { format!("[{text}]") }
}

/// The text with control characters shown instead of sent to the terminal.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    let harmful = |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let show = |c: char| -> Cow<'static, str> {
        match c {
            '\n' | '\r' | '\t' => Cow::Borrowed(" "),
            _ if harmful(c) => Cow::Owned(c.escape_unicode().to_string()),
            _ => Cow::Owned(c.to_string()),
        }
    };
    Cow::Owned(text.chars().map(show).collect())
}

/// The same for a text of several lines, which it keeps.
pub(super) fn printable_lines(text: &str) -> String {
    text.split('\n').map(printable).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_reach_no_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\n"), "a\\u{1b}[31mb ");
        assert_eq!(printable("niño"), "niño");
        assert_eq!(mark("T\u{202E}MEC", false), "[T\\u{202e}MEC]");
        assert_eq!(printable_lines("a\nb\u{7}"), "a\nb\\u{7}");
    }
}
