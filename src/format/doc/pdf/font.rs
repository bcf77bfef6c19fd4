//! Fonts: codes to characters and widths (ISO 32000-1, 9.6, 9.7, 9.10).

use std::collections::HashMap;

use hayro_cmap::{BfString, CMap};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::glyphs::{self, Base};

/// The width of a glyph of which nothing is said, in ems.
const USUAL_WIDTH: f64 = 0.5;

/// A font, as far as its text is concerned.
#[derive(Debug)]
pub(super) struct Font {
    to_unicode: Option<CMap>,
    /// Codes have two bytes.
    pub(super) wide: bool,
    base: Base,
    differences: HashMap<u8, String>,
    /// Widths in ems.
    widths: HashMap<u32, f64>,
    default_width: f64,
}

impl Font {
    /// A font of which nothing is known.
    pub(super) fn unknown() -> Self {
        Font {
            to_unicode: None,
            wide: false,
            base: Base::WinAnsi,
            differences: HashMap::new(),
            widths: HashMap::new(),
            default_width: USUAL_WIDTH,
        }
    }

    /// A font by its dictionary.
    pub(super) fn new(dict: &Dict<'_>) -> Self {
        let mut font = Font::unknown();
        font.to_unicode = dict.get::<Stream<'_>>("ToUnicode").and_then(|stream| to_unicode(&stream));
        match dict.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Type0") => font.composite(dict),
            subtype => font.simple(dict, subtype == Some(b"Type3")),
        }
        font
    }

    fn simple(&mut self, dict: &Dict<'_>, type3: bool) {
        match dict.get::<Object<'_>>("Encoding") {
            Some(Object::Name(name)) => self.base = base_of(&name).unwrap_or(Base::Standard),
            Some(Object::Dict(encoding)) => {
                let stated = encoding.get::<Name<'_>>("BaseEncoding").and_then(|name| base_of(&name));
                self.base = stated.unwrap_or(Base::Standard);
                self.differences = encoding
                    .get::<Array<'_>>("Differences")
                    .map(|list| differences(&list))
                    .unwrap_or_default();
            }
            _ => {}
        }
        // Glyphs of Type 3 fonts are drawn in a space of their own.
        let matrix = dict.get::<Array<'_>>("FontMatrix").map(|list| numbers(&list)).unwrap_or_default();
        let unit = if type3 { matrix.first().map_or(0.001, |scale| scale.abs()) } else { 0.001 };
        let first = dict.get::<i32>("FirstChar").unwrap_or(0);
        let widths = dict.get::<Array<'_>>("Widths").map(|list| numbers(&list)).unwrap_or_default();
        let coded = (u32::try_from(first).unwrap_or(0)..=255).zip(widths);
        self.widths = coded.map(|(code, width)| (code, width * unit)).collect();
    }

    fn composite(&mut self, dict: &Dict<'_>) {
        self.wide = true;
        let descendants = dict.get::<Array<'_>>("DescendantFonts");
        let Some(inner) = descendants.and_then(|fonts| fonts.iter::<Dict<'_>>().next()) else { return };
        self.default_width = inner.get::<f32>("DW").map_or(1.0, |width| f64::from(width) / 1000.0);
        if let Some(widths) = inner.get::<Array<'_>>("W") {
            self.wide_widths(&widths);
        }
    }

    /// `c [w1 w2 …]` for the codes from c, `c1 c2 w` for all from c1 to c2.
    fn wide_widths(&mut self, widths: &Array<'_>) {
        let mut pending: Vec<f64> = Vec::new();
        for item in widths.iter::<Object<'_>>() {
            match item {
                Object::Number(number) => pending.push(number.as_f64()),
                Object::Array(list) => {
                    let first = pending.pop().unwrap_or(0.0) as u32;
                    pending.clear();
                    let coded = (first..=0xffff).zip(numbers(&list));
                    self.widths.extend(coded.map(|(code, width)| (code, width / 1000.0)));
                }
                _ => {}
            }
            if let [first, last, width] = pending[..] {
                let codes = first as u32..=(last as u32).min(0xffff);
                self.widths.extend(codes.map(|code| (code, width / 1000.0)));
                pending.clear();
            }
        }
    }

    /// The text of a code; `None` where it cannot be told.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let stated = self.to_unicode.as_ref().and_then(|table| table.lookup_bf_string(code));
        match stated {
            Some(BfString::Char(c)) => Some(c.to_string()),
            Some(BfString::String(text)) => Some(text),
            None if self.wide => None,
            None => {
                let code = u8::try_from(code).ok()?;
                let named = self.differences.get(&code).cloned();
                named.or_else(|| glyphs::by_code(code, self.base))
            }
        }
    }

    /// The width of a code in ems.
    pub(super) fn width(&self, code: u32) -> f64 {
        self.widths.get(&code).copied().unwrap_or(self.default_width)
    }
}

fn to_unicode(stream: &Stream<'_>) -> Option<CMap> {
    let data = stream.decoded().ok()?;
    CMap::parse(&data, |_| None)
}

fn base_of(name: &Name<'_>) -> Option<Base> {
    match &**name {
        b"WinAnsiEncoding" => Some(Base::WinAnsi),
        b"MacRomanEncoding" => Some(Base::MacRoman),
        b"StandardEncoding" => Some(Base::Standard),
        _ => None,
    }
}

/// `24 /breve /caron 39 /quotesingle`: names for the codes from each number on.
fn differences(list: &Array<'_>) -> HashMap<u8, String> {
    let mut code: u32 = 0;
    let mut found = HashMap::new();
    for item in list.iter::<Object<'_>>() {
        match item {
            Object::Number(number) => code = u32::try_from(number.as_i64()).unwrap_or(0),
            Object::Name(name) => {
                let text = std::str::from_utf8(&name).ok().and_then(glyphs::by_name);
                if let (Ok(code), Some(text)) = (u8::try_from(code), text) {
                    found.insert(code, text);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    found
}

fn numbers(list: &Array<'_>) -> Vec<f64> {
    list.iter::<f32>().take(1 << 16).map(f64::from).collect()
}
