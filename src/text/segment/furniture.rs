//! Page furniture in plain text: lines that belong to the page and not to what it says.
//!
//! Three general signs: the line is a stock phrase (“Related Topics”), it begins like a credit or a notice
//! (“© …”, “Foto: …”), or the same line comes again and again.

use rustc_hash::FxHashMap;

use super::SegmentKind;
use super::layout::Paragraph;
use super::sentence::ends_with_final_mark;

/// Lines longer than this are text.
const LONGEST_LINE: usize = 120;
/// Short lines that come as often are furniture wherever they stand.
const OFTEN: u32 = 3;

/// Whole lines, lower-case and without the marks around them; sorted.
#[rustfmt::skip]
const STOCK: &[&str] = &[
    "about the author", "about us", "acerca de", "acerca del autor", "ad", "advertisement", "advertising",
    "also read", "anuncio", "anuncios", "comparte", "compartir", "contact us", "contacto",
    "continue reading", "contáctanos", "cookies", "follow us", "iniciar sesión", "inicio", "latest news",
    "lea también", "lee también", "leer más", "load more", "loader image", "loading", "log in",
    "more articles like this", "more news", "most popular", "más leídas", "más noticias", "newsletter",
    "no te pierdas", "notas relacionadas", "noticias relacionadas", "privacy policy", "publicidad",
    "read also", "read more", "recomendamos", "recommended", "related", "related articles", "related news",
    "related stories", "related topics", "share", "share this", "share this article", "sign in", "sign up",
    "skip to content", "sobre el autor", "sponsored", "subscribe", "suscríbete", "síguenos", "tags",
    "también lee", "te puede interesar", "te recomendamos", "temas relacionados", "terms of use",
    "trending", "ver más", "you may also like", "última hora", "últimas noticias",
];

/// How credits and notices begin, lower-case.
const BEGINNINGS: &[&str] = &[
    "©",
    "(c) ",
    "copyright",
    "crédito:",
    "crédito de imagen",
    "créditos:",
    "foto:",
    "fotografía:",
    "fuente de la imagen",
    "image credit",
    "image source:",
    "image:",
    "imagen:",
    "photo by",
    "photo credit",
    "photo:",
    "post views",
    "updated:",
    "visitas:",
];

/// What notices say somewhere, lower-case.
const NOTICES: &[&str] =
    &["all rights reserved", "todos los derechos reservados", "prohibida su reproducción"];

/// Marks the paragraphs that are page furniture.
pub(super) fn mark(text: &str, paragraphs: &mut [Paragraph]) {
    let mut times: FxHashMap<&str, u32> = FxHashMap::default();
    for paragraph in paragraphs.iter() {
        *times.entry(paragraph.span.of(text)).or_default() += 1;
    }
    let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
    for paragraph in paragraphs {
        let body = paragraph.span.of(text);
        let nth = seen.entry(body).or_default();
        *nth += 1;
        let all = times.get(body).copied().unwrap_or(1);
        if is_stock(body) || is_repeated(body, *nth, all) {
            paragraph.kind = SegmentKind::Boilerplate;
        }
    }
}

/// A line that recurs is furniture; a paragraph that is there twice is text once.
fn is_repeated(body: &str, nth: u32, all: u32) -> bool {
    let line = body.len() <= LONGEST_LINE && !ends_with_final_mark(body);
    (line && all >= OFTEN) || (nth > 1 && (line || body.len() > LONGEST_LINE))
}

fn is_stock(body: &str) -> bool {
    if body.len() > 2 * LONGEST_LINE {
        return false;
    }
    let lower = body.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    STOCK.binary_search(&bare).is_ok()
        || body.len() <= LONGEST_LINE && BEGINNINGS.iter().any(|start| lower.starts_with(start))
        || NOTICES.iter().any(|notice| lower.contains(notice))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_phrases_and_notices() {
        assert!(STOCK.is_sorted());
        for line in [
            "- Advertisement -",
            "Temas relacionados",
            "© 2031 La Gaceta. Todos los derechos reservados.",
            "Foto: Eva",
        ] {
            assert!(is_stock(line), "{line}");
        }
        for line in ["The advertisement was withdrawn.", "Relacionados con la obra", "Copiosa lluvia"] {
            assert!(!is_stock(line), "{line}");
        }
    }

    #[test]
    fn repetition() {
        assert!(is_repeated("Ver mapa", 1, 3));
        assert!(!is_repeated("Ver mapa", 1, 2));
        assert!(is_repeated("Ver mapa", 2, 2));
        assert!(!is_repeated("—Sí.", 5, 9), "speech repeats itself");
    }
}
