use super::*;
use crate::text::{Document, Space};

fn html(source: &str) -> Document {
    read("x.html", source.as_bytes()).documents.remove(0)
}

fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    document.blocks.iter().map(|block| (block.kind, block.span.of(&document.text))).collect()
}

#[test]
fn furniture_goes_and_the_article_stays() {
    use BlockKind::{Boilerplate, Heading, ListItem, Paragraph, TableCell};
    let document = html(include_str!("../../../../tests/fixtures/documents/page.html"));
    assert_eq!(
        blocks(&document),
        [
            (Heading, "Acuerdo en la aduana"),
            (Paragraph, "La Guardia Nacional vigila el cruce\nde mercancías en Nuevo Laredo."),
            (ListItem, "El arancel sube."),
            (ListItem, "La inspección baja."),
            (TableCell, "Año"),
            (TableCell, "2024"),
            (Boilerplate, "Notas relacionadas"),
        ]
    );
    assert_eq!(document.lang, Some(Lang::Es));
}

#[test]
fn text_maps_back_to_the_very_bytes() {
    let cases = [
        ("<p><b>Guardia</b> Nacional", "Guardia Nacional", "Guardia</b> Nacional"),
        ("<p>Guardia\r\n\tNacional", "Guardia Nacional", "Guardia\r\n\tNacional"),
        ("<p>la ni&ntilde;ez &amp; la paz", "niñez & la", "ni&ntilde;ez &amp; la"),
        ("<p>&iquest;Qu&#233;?", "¿Qué?", "&iquest;Qu&#233;?"),
        ("<p>uno<br>dos", "uno\ndos", "uno<br>dos"),
        ("<p>uno</>dos", "unodos", "uno</>dos"),
        ("<p>tra<wbr>ta<!-- x -->do", "tratado", "tra<wbr>ta<!-- x -->do"),
        ("<p>AT&T y R&D &x; fin", "AT&T y R&D &x; fin", "AT&T y R&D &x; fin"),
        ("\u{feff}<p>señal", "señal", "señal"),
        ("<pre>uno  dos</pre>", "uno  dos", "uno  dos"),
        ("<p>tratado<sup>[1]</sup> vigente", "tratado vigente", "tratado<sup>[1]</sup> vigente"),
    ];
    for (source, wanted, bytes) in cases {
        let document = html(source);
        let at = document.text.find(wanted).unwrap_or_else(|| panic!("{wanted:?} in {:?}", document.text));
        assert_eq!(document.source_text(Span::new(at, at + wanted.len())), bytes, "{source}");
    }
}

#[test]
fn unsure_pages_keep_their_words() {
    let cases = [
        ("a form around the page", "<form><p>Toda la página está en un formulario.</form>", "Toda la página"),
        ("nothing but furniture", "<nav><a href=x>Inicio</a></nav>", "Inicio"),
        (
            "a list of links",
            "<ul><li><a href=x>Aduanas</a><li><a href=y>Puertos</a></ul>",
            "Aduanas\n\nPuertos",
        ),
        ("unclosed elements", "<div><p>Uno<div>Dos<li>Tres", "Uno\n\nDos\n\nTres"),
        ("stray end tags", "</div></p>Uno</b> dos</table>", "Uno dos"),
        ("an article beside much text", "<article>a</article><p>Casi todo el texto va aquí.", "Casi todo"),
    ];
    for (what, source, wanted) in cases {
        let document = html(source);
        assert!(document.text.contains(wanted), "{what}: {:?}", document.text);
        assert!(document.blocks.iter().any(|block| block.kind != BlockKind::Boilerplate), "{what}");
    }
}

#[test]
fn what_nobody_reads_is_no_text() {
    let document = html(
        "<title>t</title><script>let p = '<p>no</p>';</script><style>p{}</style><p hidden>no</p>\
         <p style='display: none'>no</p><svg><text>no</text></svg><p>sí <img alt=no></p><textarea>no</textarea>",
    );
    assert_eq!(document.text, "sí");
}

#[test]
fn the_page_states_its_encoding() {
    let document =
        read("x.html", b"<meta charset=\"iso-8859-15\"><p>Ca\xf1\xf3n: 3 \xa4").documents.remove(0);
    assert_eq!((document.text.as_str(), document.map.space), ("Cañón: 3 €", Space::Decoded));
    let at = Span::new(0, "Cañón".len());
    assert_eq!((document.source_span(at).start, document.source_text(at)), (31, "Cañón"));
}

#[test]
fn hostile_nesting_takes_little_time() {
    let deep = "<div>".repeat(10_000) + "fondo" + &"</p></table>".repeat(10_000);
    assert_eq!(html(&deep).text, "fondo");
}

#[test]
fn what_was_struck_out_is_not_read() {
    let document = html("<p>El <del>borrador</del><ins>texto</ins> nuevo</p>");
    assert_eq!(document.text, "El texto nuevo");
}

#[test]
fn a_page_says_when_it_was_published() {
    let page = |head: &str, body: &str| {
        html(&format!(
            "<html><head><title>Una &amp; dos</title>{head}</head><body><p>Texto.</p>{body}</body></html>"
        ))
        .about
    };
    let date = |head: &str, body: &str| page(head, body).date;
    let meta = "<meta property='article:published_time' content='2025-03-01T08:00:00Z'>";
    let data =
        "<script type='application/ld+json'>{\"@graph\": [{\"datePublished\": \"2025-03-02\"}]}</script>";
    let time = "<time datetime='2025-03-04'>ayer</time> <time itemprop='datePublished' datetime='2025-03-03'>hoy</time>";
    assert_eq!(date(&format!("{data}{meta}"), time).as_deref(), Some("2025-03-01"));
    assert_eq!(date(data, time).as_deref(), Some("2025-03-02"));
    assert_eq!(date("", time).as_deref(), Some("2025-03-03"));
    assert_eq!(date("<meta name=DC.Date content=2025>", "").as_deref(), Some("2025"));
    assert_eq!(date("<meta name=viewport content=2025>", ""), None);
    assert_eq!(page("", "").title.as_deref(), Some("Una & dos"));
}

proptest::proptest! {
    /// No soup of tags panics, and every unit of text maps into the source.
    #[test]
    fn tag_soup_maps_back(soup in "(<|</|>|&|;|!--|--|p|b|li|table|pre|script| |\n|\r|=|'|\"|é|#233|amp|año|/){0,40}") {
        let document = html(&soup);
        for (at, c) in document.text.char_indices() {
            let span = document.source_span(Span::new(at, at + c.len_utf8()));
            let bytes = span.of(&soup);
            proptest::prop_assert!(bytes.starts_with('&') || c.is_whitespace() || bytes.starts_with(c), "{c:?} {bytes:?}");
        }
    }

    /// The tokenizer's spans hold: what it read is what its span covers.
    #[test]
    fn spans_of_the_tokenizer_hold(soup in "(<|</|>|&|;|!--|--|p|b|li|table|pre|script| |=|'|\"|é|#233|amp|año|/|\\[|\\]|\\?|!DOCTYPE){0,40}") {
        let mut emitter = html5gum::emitters::default::DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in crate::format::markup::tokens_with(&soup, emitter) {
            if let html5gum::Token::String(text) = token {
                let raw = soup.get(text.span.start..text.span.end).map(str::to_owned);
                let value = String::from_utf8_lossy(&text.value).into_owned();
                proptest::prop_assert!(raw.as_ref().is_some_and(|raw| *raw == value || raw.split("</>").map(htmlize::unescape).collect::<String>() == value), "{raw:?} {value:?} in {soup:?}");
            }
        }
    }
}
