//! Colours, and text made safe to print.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};

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

/// "1 hit", "2 hits".
pub(super) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_reach_no_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\n"), "a\\u{1b}[31mb ");
        assert_eq!(printable("niño"), "niño");
    }
}
