//! What the readers of PO have in common: the escapes of its strings, and catalogues whose messages are keys.

/// What an escape of C stands for, and its length, given the text from its backslash on. Bytes by number
/// (`\303\263`, `\xc3\xb3`) that follow one another are read together, as UTF-8. A backslash before anything else is left
/// out, as gettext does.
pub(super) fn unescaped(text: &str) -> (String, usize) {
    let Some(c) = text[1..].chars().next() else { return (String::new(), 1) };
    let short = |text: &str| (text.to_owned(), 2);
    match c {
        'n' => short("\n"),
        't' => short("\t"),
        'r' => short("\r"),
        'a' => short("\u{7}"),
        'b' => short("\u{8}"),
        'v' => short("\u{b}"),
        'f' => short("\u{c}"),
        _ if byte(text).is_some() => bytes(text),
        c => (c.to_string(), 1 + c.len_utf8()),
    }
}

/// The bytes by number at the beginning of a text.
fn bytes(text: &str) -> (String, usize) {
    let (mut bytes, mut at) = (Vec::new(), 0);
    while let Some((byte, length)) = byte(&text[at..]) {
        bytes.push(byte);
        at += length;
    }
    (String::from_utf8_lossy(&bytes).replace('\0', "\u{fffd}"), at)
}

/// `\101` or `\x41` at the beginning of a text, and its length.
fn byte(text: &str) -> Option<(u8, usize)> {
    let rest = text.strip_prefix('\\')?;
    let (rest, radix, most) = match rest.strip_prefix('x') {
        Some(rest) => (rest, 16, 2),
        None => (rest, 8, 3),
    };
    let digits = rest.bytes().take(most).take_while(|b| char::from(*b).is_digit(radix)).count();
    let number = u32::from_str_radix(&rest[..digits], radix).ok()?;
    Some((u8::try_from(number).ok()?, text.len() - rest.len() + digits))
}

/// Whether the messages of a catalogue are keys (`menu.file.open`), so that its texts are the translations alone: none
/// has a blank in it, and most have what a word lacks, a point, a line or a capital within.
pub(super) fn are_keys<'m>(messages: impl IntoIterator<Item = &'m str>) -> bool {
    let (mut all, mut keys) = (0, 0);
    for message in messages {
        if message.contains(char::is_whitespace) || !message.is_ascii() {
            return false;
        }
        all += 1;
        keys += usize::from(is_key(message));
    }
    keys * 2 > all
}

fn is_key(message: &str) -> bool {
    let bytes = message.as_bytes();
    let is_mark = |at: usize| {
        let (before, after) = (&bytes[..at], &bytes[at + 1..]);
        let is_word = |of: &[u8]| of.len() > 1 && of.iter().all(u8::is_ascii_alphanumeric);
        let last = before.rsplit(|b| !b.is_ascii_alphanumeric()).next().unwrap_or_default();
        let next = after.split(|b| !b.is_ascii_alphanumeric()).next().unwrap_or_default();
        match bytes[at] {
            b'_' => !last.is_empty() && !next.is_empty(),
            b'.' | b':' => is_word(last) && is_word(next),
            c if c.is_ascii_uppercase() => before.last().is_some_and(u8::is_ascii_lowercase),
            _ => false,
        }
    };
    bytes.first().is_some_and(|b| b.is_ascii_alphabetic()) && (0..bytes.len()).any(is_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_those_of_c() {
        let cases = [
            (r"\n\t", "\n", 2),
            (r#"\"x"#, "\"", 2),
            (r"\\n", "\\", 2),
            (r"\303\263n", "ó", 8),
            (r"\xc3\xb1o", "ñ", 8),
            (r"\1019", "A", 4),
            (r"\0", "\u{fffd}", 2),
            (r"\xé", "x", 2),
            (r"\q", "q", 2),
            (r"\777", "7", 2),
            ("\\ñ", "ñ", 3),
            ("\\", "", 1),
        ];
        for (text, wanted, length) in cases {
            assert_eq!(unescaped(text), (wanted.to_owned(), length), "{text}");
        }
    }

    #[test]
    fn keys_are_told_from_messages() {
        let keys: &[&[&str]] = &[
            &["menu.file.open", "menu.file.save_as", "errors.notFound"],
            &["OPEN_FILE", "SAVE_FILE", "OK"],
            &["homeTitle", "cancel", "saveAs"],
            &["app:title"],
        ];
        let messages: &[&[&str]] = &[
            &["Open", "Save", "Cancel"],
            &["e-mail", "T-MEC", "U.S."],
            &["menu.file.open", "Save the file"],
            &["Año_nuevo"],
            &["McDonald", "tariff"],
            &["%s"],
            &[],
        ];
        for catalogue in keys {
            assert!(are_keys(catalogue.iter().copied()), "{catalogue:?}");
        }
        for catalogue in messages {
            assert!(!are_keys(catalogue.iter().copied()), "{catalogue:?}");
        }
    }
}
