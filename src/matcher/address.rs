//! Addresses: what stands in `https://example.org/trade` or `trade@example.org` is no word of the text.

use crate::text::Span;

/// Nothing that far from a word is looked at, in bytes.
const REACH: usize = 400;

/// Whether a span lies within a web or mail address. What is itself written with the marks of one (`gob.mx`) never does.
#[inline]
pub(super) fn is_in_address(text: &str, span: Span) -> bool {
    let bytes = text.as_bytes();
    let joined = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|&byte| is_joint(byte));
    let before = joined(span.start.checked_sub(1));
    let after = joined(Some(span.end)) && bytes.get(span.end + 1).is_some_and(|&byte| !ends_run(byte));
    (before || after) && !span.of(text).contains(['.', '/', '@', ':']) && is_address(bytes, span)
}

/// Whether what stands around the span without white space, quotes or brackets is an address.
fn is_address(bytes: &[u8], span: Span) -> bool {
    let before = bytes[..span.start].iter().rev().take(REACH);
    let start = span.start - before.take_while(|&&byte| !ends_run(byte)).count();
    let after = bytes[span.end..].iter().take(REACH);
    let end = span.end + after.take_while(|&&byte| !ends_run(byte)).count();
    let run = &bytes[start..end];
    run.windows(3).any(|window| window == b"://") || run.starts_with(b"www.") || is_mail(run)
}

/// `name@host.tld`.
fn is_mail(run: &[u8]) -> bool {
    let Some(at) = run.iter().position(|&byte| byte == b'@') else { return false };
    let host = &run[at + 1..];
    at > 0 && host.windows(2).any(|pair| pair[0] == b'.' && pair[1].is_ascii_alphanumeric())
}

/// What joins the parts of an address.
fn is_joint(byte: u8) -> bool {
    matches!(byte, b'.' | b'/' | b':' | b'@' | b'-' | b'_' | b'=' | b'&' | b'?' | b'%' | b'#' | b'~' | b'+')
}

fn ends_run(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_addresses_are_no_words_of_the_text() {
        for (text, within) in [
            ("See https://example.org/trade.", true),
            ("See https://trade.example.org", true),
            ("https://example.org/?q=free+trade&l=en", true),
            ("at www.example.org/en/trade-talks", true),
            ("Write to trade@example.org.", true),
            ("Write to ana@trade.example.org.", true),
            ("free-trade, free trade.", false),
            ("On trade/customs.", false),
            ("[trade](https://example.org/page)", false),
            ("trade (https://example.org/page)", false),
            ("@trade said so.Yes", false),
            ("trade: https://example.org", false),
        ] {
            let at = text.find("trade").unwrap();
            assert_eq!(is_in_address(text, Span::new(at, at + 5)), within, "{text}");
        }
        let text = "https://www.gob.mx/tramites";
        assert!(!is_in_address(text, Span::new(12, 18)));
    }
}
