//! Characters by the names of glyphs, and by the codes of the standard encodings (ISO 32000-1, annex D).

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use unicode_normalization::UnicodeNormalization;

/// The text that a glyph's name stands for, by the conventions of the Adobe Glyph List.
pub(super) fn by_name(name: &str) -> Option<String> {
    let base = name.split('.').next().filter(|base| !base.is_empty())?;
    if base.contains('_') {
        return base.split('_').map(by_name).collect();
    }
    let hex = |digits: &str| {
        let usual = (4..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
        usual.then(|| u32::from_str_radix(digits, 16).ok()).flatten().and_then(char::from_u32)
    };
    let numbered = base.strip_prefix("uni").and_then(|digits| digits.get(..4)).and_then(hex);
    if let Some(c) = numbered.or_else(|| base.strip_prefix('u').and_then(hex)) {
        return Some(c.to_string());
    }
    let mut chars = base.chars();
    match (chars.next(), chars.as_str()) {
        (Some(letter), "") if letter.is_ascii_alphabetic() => Some(letter.to_string()),
        (Some(letter), accent) if letter.is_ascii_alphabetic() => {
            accented(letter, accent).or_else(|| named(base).map(str::to_owned))
        }
        _ => named(base).map(str::to_owned),
    }
}

/// `eacute`, `ntilde`.
fn accented(letter: char, accent: &str) -> Option<String> {
    let mark = match accent {
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "circumflex" => '\u{302}',
        "dieresis" => '\u{308}',
        "tilde" => '\u{303}',
        "ring" => '\u{30a}',
        "cedilla" => '\u{327}',
        "caron" => '\u{30c}',
        "macron" => '\u{304}',
        "breve" => '\u{306}',
        "ogonek" => '\u{328}',
        "dotaccent" => '\u{307}',
        "commaaccent" => '\u{326}',
        "hungarumlaut" => '\u{30b}',
        _ => return None,
    };
    Some([letter, mark].into_iter().nfc().collect())
}

fn named(name: &str) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

const NAMES: &[(&str, &str)] = &[
    ("space", " "),
    ("nbspace", "\u{a0}"),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("exclamdown", "¡"),
    ("questiondown", "¿"),
    ("cent", "¢"),
    ("sterling", "£"),
    ("yen", "¥"),
    ("Euro", "€"),
    ("euro", "€"),
    ("section", "§"),
    ("paragraph", "¶"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("degree", "°"),
    ("plusminus", "±"),
    ("multiply", "×"),
    ("divide", "÷"),
    ("mu", "µ"),
    ("ordfeminine", "ª"),
    ("ordmasculine", "º"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotesinglbase", "‚"),
    ("quotedblbase", "„"),
    ("endash", "–"),
    ("emdash", "—"),
    ("bullet", "•"),
    ("periodcentered", "·"),
    ("middot", "·"),
    ("ellipsis", "…"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("perthousand", "‰"),
    ("onehalf", "½"),
    ("onequarter", "¼"),
    ("threequarters", "¾"),
    ("onesuperior", "¹"),
    ("twosuperior", "²"),
    ("threesuperior", "³"),
    ("germandbls", "ß"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("oslash", "ø"),
    ("Oslash", "Ø"),
    ("aring", "å"),
    ("Aring", "Å"),
    ("eth", "ð"),
    ("thorn", "þ"),
    ("dotlessi", "ı"),
    ("lslash", "ł"),
    ("Lslash", "Ł"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("softhyphen", "\u{ad}"),
    ("sfthyphen", "\u{ad}"),
    ("arrowright", "→"),
    ("fraction", "⁄"),
];

/// An encoding that a font may be based on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    WinAnsi,
    MacRoman,
    Standard,
}

/// The text of a code.
pub(super) fn by_code(code: u8, base: Base) -> Option<String> {
    let page = match base {
        Base::WinAnsi => WINDOWS_1252,
        Base::MacRoman => MACINTOSH,
        Base::Standard => return standard(code),
    };
    let (text, _) = page.decode_without_bom_handling(std::slice::from_ref(&code));
    text.chars().all(|c| !c.is_control()).then(|| text.into_owned())
}

/// StandardEncoding: ASCII but for two quotation marks, and a half of its own.
fn standard(code: u8) -> Option<String> {
    let name = match code {
        b'\'' => "quoteright",
        b'`' => "quoteleft",
        b' '..=b'~' => return Some(char::from(code).to_string()),
        0xa1 => "exclamdown",
        0xa2 => "cent",
        0xa3 => "sterling",
        0xa5 => "yen",
        0xa7 => "section",
        0xa9 => "quotesingle",
        0xaa => "quotedblleft",
        0xab => "guillemotleft",
        0xac => "guilsinglleft",
        0xad => "guilsinglright",
        0xae => "fi",
        0xaf => "fl",
        0xb1 => "endash",
        0xb2 => "dagger",
        0xb3 => "daggerdbl",
        0xb4 => "periodcentered",
        0xb6 => "paragraph",
        0xb7 => "bullet",
        0xb8 => "quotesinglbase",
        0xb9 => "quotedblbase",
        0xba => "quotedblright",
        0xbb => "guillemotright",
        0xbc => "ellipsis",
        0xbd => "perthousand",
        0xbf => "questiondown",
        0xd0 => "emdash",
        0xe1 => "AE",
        0xe3 => "ordfeminine",
        0xe8 => "Lslash",
        0xe9 => "Oslash",
        0xea => "OE",
        0xeb => "ordmasculine",
        0xf1 => "ae",
        0xf5 => "dotlessi",
        0xf8 => "lslash",
        0xf9 => "oslash",
        0xfa => "oe",
        0xfb => "germandbls",
        _ => return None,
    };
    named(name).map(str::to_owned)
}
