//! Bytes to text: which encoding a file is in, and what to say when it is not clear.
//!
//! UTF-8 is read as it stands, its byte order mark (BOM) included, so that offsets in the text are offsets on
//! disk. Anything else is converted, and its offsets are those of the converted text ([`Space::Decoded`]):
//!
//! ```
//! use glosa::format::decode::decode;
//! use glosa::text::Space;
//!
//! let latin = decode("nota.txt", b"Se\xf1al de alto")?;
//! assert_eq!((latin.text.as_str(), latin.encoding), ("Señal de alto", "windows-1252"));
//! assert_eq!(latin.space, Space::Decoded);
//! # Ok::<(), glosa::check::Finding>(())
//! ```

use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::check::{Finding, Severity};
use crate::text::Space;

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; a byte order mark stays in it as U+FEFF.
    pub text: String,
    /// The encoding's name as the WHATWG standard writes it, in lower case.
    pub encoding: &'static str,
    /// [`Space::Disk`] when offsets in the text are offsets in the file.
    pub space: Space,
    /// What the user should know: the encoding was guessed, or bytes were lost.
    pub warning: Option<Finding>,
}

/// Decodes a file by its byte order mark, else by what its bytes look like.
///
/// # Errors
/// A finding that says what the file is when it is not text.
pub fn decode(name: &str, bytes: &[u8]) -> Result<Decoded, Finding> {
    let guess = sniff(name, bytes)?;
    Ok(match guess.encoding {
        utf8 if utf8 == UTF_8 => decode_utf8(name, bytes),
        other => decode_other(name, bytes, other, guess.certain),
    })
}

/// Decodes a file that states its own encoding inside (HTML), unless its bytes say otherwise: a byte order mark
/// and well-formed UTF-8 win over the statement.
///
/// # Errors
/// As [`decode`].
pub fn decode_labelled(name: &str, bytes: &[u8], label: Option<&[u8]>) -> Result<Decoded, Finding> {
    let guess = sniff(name, bytes)?;
    let is_one_byte = !guess.certain && guess.encoding.is_single_byte();
    match label.map(|label| (label, Encoding::for_label(label).map(Encoding::output_encoding))) {
        Some((_, Some(stated))) if is_one_byte && stated != UTF_8 => {
            Ok(decode_other(name, bytes, stated, true))
        }
        Some((label, None)) if !label.is_empty() && label != b"CHARSET" => {
            let mut decoded = decode(name, bytes)?;
            let warning = unknown_label(name, label, decoded.encoding);
            decoded.warning.get_or_insert(warning);
            Ok(decoded)
        }
        _ => decode(name, bytes),
    }
}

/// The warning for an encoding that a file states and nobody knows.
pub(crate) fn unknown_label(name: &str, label: &[u8], taken: &str) -> Finding {
    let label = String::from_utf8_lossy(&label[..label.len().min(40)]);
    let message =
        format!("`{name}` states the encoding “{label}”, which is not known; it was read as {taken}");
    Finding::new(Severity::Warning, "encoding", message)
        .help("save the file as UTF-8 where accents look wrong")
}

/// What the encoding of a file seems to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guess {
    /// The encoding.
    pub(crate) encoding: &'static Encoding,
    /// False where it was chosen because nothing else fits.
    pub(crate) certain: bool,
}

/// Guesses the encoding from a file's bytes, or from the first of them.
///
/// # Errors
/// A finding that says what the file is when it is not text.
pub(crate) fn sniff(name: &str, bytes: &[u8]) -> Result<Guess, Finding> {
    if let Some(kind) = known_binary(bytes) {
        return Err(not_text(name, kind.0, kind.1));
    }
    if let Some(encoding) = utf16_by_bom(bytes) {
        return Ok(Guess { encoding, certain: true });
    }
    if let Some(encoding) = utf16_by_nuls(bytes) {
        return Ok(Guess { encoding, certain: false });
    }
    if looks_binary(bytes) {
        return Err(not_text(name, "a binary file", "give the text itself, or the file its own extension"));
    }
    let (good, bad) = count_multibyte(bytes);
    let encoding = match () {
        () if bad < good.max(1) => UTF_8,
        () if looks_mac(bytes) => MACINTOSH,
        () => WINDOWS_1252,
    };
    Ok(Guess { encoding, certain: bad == 0 })
}

fn decode_utf8(name: &str, bytes: &[u8]) -> Decoded {
    let (text, space, warning) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Space::Disk, None),
        Err(error) => {
            let line = line_of(bytes, error.valid_up_to());
            let warning = damaged(name, error.valid_up_to(), line);
            (String::from_utf8_lossy(bytes).into_owned(), Space::Decoded, Some(warning))
        }
    };
    Decoded { text, encoding: "utf-8", space, warning }
}

fn decode_other(name: &str, bytes: &[u8], encoding: &'static Encoding, certain: bool) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    let warning = if lossy {
        let message = format!("`{name}` is {} with broken characters in it", shown(encoding));
        Some(Finding::new(Severity::Warning, "encoding", message).help("save the file as UTF-8"))
    } else {
        (!certain).then(|| guessed(name, encoding))
    };
    Decoded { text: text.into_owned(), encoding: shown(encoding), space: Space::Decoded, warning }
}

/// The warning for bytes that are no UTF-8 in a file that is UTF-8 otherwise.
pub(crate) fn damaged(name: &str, offset: usize, line: usize) -> Finding {
    let message = format!("`{name}` is UTF-8 with broken bytes in it, first at byte {offset} (line {line})");
    Finding::new(Severity::Warning, "encoding", message)
        .help("they are read as U+FFFD, and offsets count the text so repaired; mend the file to be sure")
}

/// The warning for an encoding chosen because nothing else fits.
pub(crate) fn guessed(name: &str, encoding: &'static Encoding) -> Finding {
    let message = format!("`{name}` is not UTF-8; it was read as {}", shown(encoding));
    Finding::new(Severity::Warning, "encoding", message)
        .help("save the file as UTF-8 where accents look wrong; offsets count the converted text")
}

/// The name of an encoding as [`Decoded::encoding`] gives it.
fn shown(encoding: &'static Encoding) -> &'static str {
    match encoding {
        e if e == UTF_16LE => "utf-16le",
        e if e == UTF_16BE => "utf-16be",
        e if e == WINDOWS_1252 => "windows-1252",
        e if e == MACINTOSH => "macintosh",
        e => e.name(),
    }
}

fn not_text(name: &str, kind: &str, remedy: &str) -> Finding {
    Finding::new(Severity::Error, "not-text", format!("`{name}` is {kind}, not text")).help(remedy)
}

/// Files known by their first bytes, with what they are and what to do.
const BINARY: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", "give it the extension .pdf"),
    (
        b"PK\x03\x04",
        "a ZIP archive",
        "give a document its own extension (.docx, .odt, .epub …), unpack anything else",
    ),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as .docx, .xlsx or .pptx"),
    (b"{\\rtf", "a rich text (RTF) file", "give it the extension .rtf"),
    (b"\xff\xfe\0\0", "UTF-32 text or binary", "save it as UTF-8"),
    (b"\0\0\xfe\xff", "UTF-32 text or binary", "save it as UTF-8"),
    (b"\x89PNG", "an image", "give the text itself"),
    (b"GIF8", "an image", "give the text itself"),
    (b"\xff\xd8\xff", "an image", "give the text itself"),
    (b"\x1f\x8b", "a compressed file (gzip)", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)", "unpack it first"),
    (b"Rar!", "a compressed file (RAR)", "unpack it first"),
    (b"\x7fELF", "a program", "give the text itself"),
];

fn known_binary(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    BINARY.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|&(_, kind, remedy)| (kind, remedy))
}

fn utf16_by_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// In Spanish and English UTF-16 nearly every other byte is NUL, and always the same other.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let (pairs, _) = head.as_chunks::<2>();
    let first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let second = pairs.iter().filter(|pair| pair[1] == 0).count();
    let most = |n: usize| n * 10 >= pairs.len() * 6 && n > 1;
    let few = |n: usize| n * 20 <= pairs.len();
    match (most(first), most(second)) {
        (true, _) if few(second) => Some(UTF_16BE),
        (_, true) if few(first) => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether the letters beyond ASCII that stand next to ASCII letters are those of Spanish as the Macintosh had them
/// before Unicode (á, é, í, ñ, ó, ú), which are quotation marks, dashes and the like in Windows-1252, and none is one
/// of theirs there.
fn looks_mac(bytes: &[u8]) -> bool {
    let (mut mac, mut windows) = (0_usize, 0_usize);
    for three in bytes.windows(3) {
        let in_word = three[0].is_ascii_alphabetic() && three[2].is_ascii_lowercase();
        match three[1] {
            0x87 | 0x8e | 0x96 | 0x97 | 0x9c if in_word => mac += 1,
            0xc1 | 0xc9 | 0xcd | 0xd1 | 0xd3 | 0xda | 0xe1 | 0xe9 | 0xed | 0xf1 | 0xf3 | 0xfa => windows += 1,
            _ => {}
        }
    }
    mac > 0 && windows == 0
}

/// More than one byte in a thousand (and more than a stray few) is a control character that no text has.
fn looks_binary(bytes: &[u8]) -> bool {
    let control = |&b: &u8| u8::from(matches!(b, 0..=7 | 0x0e..=0x19 | 0x1c..=0x1f));
    // So few at once that one byte counts them: that is done for many at a time.
    let controls =
        bytes.chunks(255).map(|few| usize::from(few.iter().map(control).sum::<u8>())).sum::<usize>();
    controls > 4 && controls * 1000 > bytes.len()
}

/// How many characters beyond ASCII are well-formed UTF-8, and how many sequences are not.
fn count_multibyte(bytes: &[u8]) -> (usize, usize) {
    if bytes.is_ascii() {
        return (0, 0);
    }
    let lead = |text: &str| text.bytes().filter(|b| *b >= 0xc0).count();
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (lead(text), 0);
    }
    bytes.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
        (good + lead(chunk.valid()), bad + usize::from(!chunk.invalid().is_empty()))
    })
}

fn line_of(bytes: &[u8], offset: usize) -> usize {
    memchr::memchr_iter(b'\n', &bytes[..offset]).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn encodings_are_told_apart() {
        let cases: &[(&str, Vec<u8>, &str, &str, Space)] = &[
            ("ascii", b"Border".to_vec(), "Border", "utf-8", Space::Disk),
            ("empty", Vec::new(), "", "utf-8", Space::Disk),
            ("utf-8", "año".into(), "año", "utf-8", Space::Disk),
            ("bom kept", b"\xef\xbb\xbfhola".to_vec(), "\u{feff}hola", "utf-8", Space::Disk),
            ("1252", b"\x93a\xf1o\x94".to_vec(), "“año”", "windows-1252", Space::Decoded),
            (
                "mac",
                b"a\x96o y ni\x96ez, fr\x87gil".to_vec(),
                "año y niñez, frágil",
                "macintosh",
                Space::Decoded,
            ),
            ("dash", b"Se\xf1al \x97 uno\x97dos".to_vec(), "Señal — uno—dos", "windows-1252", Space::Decoded),
            ("le", utf16("la niñez", u16::to_le_bytes), "la niñez", "utf-16le", Space::Decoded),
            ("be", utf16("la niñez", u16::to_be_bytes), "la niñez", "utf-16be", Space::Decoded),
            ("le bom", utf16("\u{feff}ñandú", u16::to_le_bytes), "\u{feff}ñandú", "utf-16le", Space::Decoded),
            ("stray nul", b"uno\0dos".to_vec(), "uno\0dos", "utf-8", Space::Disk),
        ];
        for (what, bytes, text, encoding, space) in cases {
            let decoded = decode("x.txt", bytes).expect(what);
            assert_eq!(
                (decoded.text.as_str(), decoded.encoding, decoded.space),
                (*text, *encoding, *space),
                "{what}"
            );
            let is_sure = *encoding == "utf-8" || what.contains("bom");
            assert_eq!(decoded.warning.is_none(), is_sure, "{what}");
        }
    }

    #[test]
    fn a_broken_byte_does_not_turn_a_utf8_file_into_another() {
        let decoded = decode("x.txt", b"acci\xc3\xb3n\nnaci\xc3\xb3n, fin \xff").expect("text");
        assert_eq!(decoded.text, "acción\nnación, fin \u{fffd}");
        assert_eq!((decoded.encoding, decoded.space), ("utf-8", Space::Decoded));
        let message = decoded.warning.expect("a warning").message;
        assert!(message.contains("byte 21 (line 2)"), "{message}");
    }

    #[test]
    fn what_is_not_text_is_refused_by_name() {
        let noise: Vec<u8> = (0..=255).collect();
        let cases: &[(&[u8], &str)] = &[
            (b"%PDF-1.7 ...", "a PDF"),
            (b"PK\x03\x04....", "ZIP"),
            (b"{\\rtf1 Hola}", "RTF"),
            (b"\xff\xfe\0\0h\0\0\0", "UTF-32"),
            (&noise, "a binary file"),
        ];
        for (bytes, kind) in cases {
            let error = decode("x.txt", bytes).expect_err(kind);
            assert!(error.message.contains(kind) && error.help.is_some(), "{error:?}");
        }
    }

    #[test]
    fn a_stated_encoding_holds_unless_the_bytes_are_utf8() {
        let stated =
            |bytes: &[u8], label: &[u8]| decode_labelled("x.html", bytes, Some(label)).expect("text");
        assert_eq!(stated(b"\xc1rea", b"iso-8859-15").text, "Área");
        assert_eq!(stated(b"\xa4", b"iso-8859-15").text, "€");
        assert_eq!(stated("Área".as_bytes(), b"iso-8859-1").encoding, "utf-8");
        assert_eq!(stated(b"\xc1rea", b"utf-8").encoding, "windows-1252");
        let unknown = stated("Área".as_bytes(), b"x-nobody").warning.expect("a warning");
        assert!(unknown.message.contains("“x-nobody”") && unknown.message.contains("utf-8"), "{unknown:?}");
    }
}
