use super::*;
use crate::text::BlockKind;

/// A PDF of these objects, the first of which is the catalog; the reader finds them without a table.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let table = file.len();
    file += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        file += &format!("{offset:010} 00000 n \n");
    }
    file += &format!(
        "trailer\n<</Size {} /Root 1 0 R /Info 2 0 R>>\nstartxref\n{table}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

/// A PDF with a page for each content.
fn pages(contents: &[&str]) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|i| format!("{} 0 R ", 6 + 2 * i)).collect();
    let table = "/CIDInit /ProcSet findresource begin 1 dict begin begincmap 1 begincodespacerange <0000><FFFF> \
                 endcodespacerange 2 beginbfchar <0001> <00F1> <0002> <00660069> endbfchar endcmap end end";
    let mut objects = vec![
        "<</Type /Catalog /Pages 3 0 R>>".to_owned(),
        "<</Title (El muro) /CreationDate (D:20250301080000Z)>>".to_owned(),
        format!("<</Type /Pages /Count {} /Kids [{kids}]>>", contents.len()),
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding <</BaseEncoding /WinAnsiEncoding \
         /Differences [1 /fi /ntilde /uni00E9]>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{table}\nendstream", table.len()),
    ];
    for (i, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<</Type /Page /Parent 3 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources <</Font <</F1 4 0 R \
             /F2 <</Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<</DW 500>>]>>>>>>>>",
            7 + 2 * i
        ));
        objects.push(format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    pdf(&objects)
}

fn blocks(bytes: &[u8]) -> Vec<(BlockKind, String)> {
    let document = read("x.pdf", bytes).documents.remove(0);
    document.blocks.iter().map(|b| (b.kind, b.span.of(&document.text).to_owned())).collect()
}

#[test]
fn lines_become_paragraphs() {
    let content = "BT /F1 18 Tf 72 700 Td (Cierra el muro) Tj ET\n\
                   BT /F1 10 Tf 12 TL 72 660 Td (La Guardia) Tj 60 0 Td (Nacional vigilar\\341 el acuer-) Tj \
                   -60 -12 Td [(do con \\001rme) -300 (due\\002o)] TJ T* (y caf\\003.) Tj ET\n\
                   BT /F1 10 Tf 1 0 0 1 72 500 Tm (Otro) Tj /F2 10 Tf <00010002> Tj ET";
    let wanted = [
        (BlockKind::Heading, "Cierra el muro"),
        (BlockKind::Paragraph, "La Guardia Nacional vigilará el acuer\u{ad}do con firme dueño\ny café."),
        (BlockKind::Paragraph, "Otroñfi"),
    ];
    let bytes = pages(&[content]);
    assert_eq!(blocks(&bytes), wanted.map(|(kind, text)| (kind, text.to_owned())));
    let about = read("x.pdf", &bytes).documents.remove(0).about;
    assert_eq!((about.title.as_deref(), about.date.as_deref()), (Some("El muro"), Some("2025-03-01")));
}

/// Rows of texts at these places, drawn line by line.
fn rows(top: usize, rows: &[&[(usize, &str)]]) -> String {
    let row = |(i, row): (usize, &&[(usize, &str)])| {
        let at = |(x, text): &(usize, &str)| format!("1 0 0 1 {x} {} Tm ({text}) Tj ", top - 12 * i);
        row.iter().map(at).collect::<String>()
    };
    format!("BT /F1 10 Tf {} ET", rows.iter().enumerate().map(row).collect::<String>())
}

#[test]
fn columns_drawn_across_are_read_one_after_the_other() {
    let read = |content: &str| {
        let blocks = blocks(&pages(&[content]));
        blocks.into_iter().map(|(_, text)| text.replace('\n', " ")).collect::<Vec<_>>()
    };
    let columns: &[&[(usize, &str)]] = &[
        &[(72, "El acuerdo sobre el"), (190, "La Guardia vigila")],
        &[(72, "arancel de la Guardia"), (190, "de noche la frontera")],
        &[(72, "Nacional vence hoy"), (190, "norte del pueblo.")],
        &[(72, "en el puerto.")],
    ];
    let across = "BT /F1 10 Tf 72 720 Td (Un titulo que va de lado a lado de la hoja entera) Tj ET ";
    let below = "BT /F1 10 Tf 72 600 Td (Otro parrafo que va de lado a lado de la hoja entera) Tj ET";
    let page = format!("{across}{}{below}", rows(690, columns));
    let wanted = [
        "Un titulo que va de lado a lado de la hoja entera",
        "El acuerdo sobre el arancel de la Guardia Nacional vence hoy en el puerto.",
        "La Guardia vigila de noche la frontera norte del pueblo.",
        "Otro parrafo que va de lado a lado de la hoja entera",
    ];
    assert_eq!(read(&page), wanted);
    // Items with numbers, and a text whose words happen to stand wide apart twice, are no columns.
    let items: &[&[(usize, &str)]] = &[
        &[(72, "1."), (95, "Uno de ellos")],
        &[(72, "2."), (95, "Dos de ellos")],
        &[(72, "3."), (95, "Tres y fin")],
    ];
    assert_eq!(read(&rows(690, items)).join(" "), "1. Uno de ellos 2. Dos de ellos 3. Tres y fin");
    let wide: &[&[(usize, &str)]] = &[
        &[(72, "La Guardia"), (140, "Nacional de")],
        &[(72, "Mexico llega"), (145, "hoy mismo")],
        &[(72, "al puerto del norte.")],
    ];
    assert_eq!(
        read(&rows(690, wide)),
        ["La Guardia Nacional de Mexico llega hoy mismo al puerto del norte."]
    );
}

#[test]
fn what_stands_on_every_page_is_furniture() {
    let page = |n: usize, text: &str| {
        format!("BT /F1 10 Tf 72 750 Td (Boletin {n}) Tj ET BT /F1 10 Tf 72 600 Td ({text}) Tj ET")
    };
    let texts = [page(1, "Uno."), page(2, "Dos."), page(3, "Tres.")];
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let bytes = pages(&texts);
    let kinds: Vec<_> = blocks(&bytes).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [BlockKind::Boilerplate, BlockKind::Paragraph].repeat(3));
    let document = read("x.pdf", &bytes).documents.remove(0);
    assert_eq!(document.parts.at(document.text.find("Dos").expect("it")), Some("page 2"));
}

#[test]
fn pages_without_text_and_what_is_no_pdf_are_told() {
    let message = |bytes: &[u8]| read("x.pdf", bytes).findings[0].message.clone();
    assert!(message(&pages(&["0 0 10 10 re f"])).contains("no text layer"));
    assert!(message(b"Hola").contains("cannot be read as a PDF"));
    let unknown = "BT /F2 10 Tf 72 700 Td <00090009> Tj ET";
    assert!(message(&pages(&[unknown])).contains("do not tell which characters"));
}

#[test]
fn bombs_do_not_go_off() {
    use std::io::Write;
    let packed = |data: &[u8], times: usize| {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        (0..times).for_each(|_| packed.write_all(data).expect("it packs"));
        packed.finish().expect("it packs")
    };
    let once = packed(&vec![b' '; 1 << 20], 300);
    let twice = packed(&once, 1);
    for (filter, data) in [("/FlateDecode", once), ("[/FlateDecode /FlateDecode]", twice)] {
        let head = format!("%PDF-1.4\n1 0 obj\n<</Filter {filter}>>\nstream\n");
        let bytes = [head.as_bytes(), data.as_slice()].concat();
        assert!(read("x.pdf", &bytes).findings[0].message.contains("far more than a document can hold"));
    }
}

proptest::proptest! {
    /// A damaged file is read or refused.
    #[test]
    fn damage_is_survived(cut in proptest::prelude::any::<proptest::sample::Index>(), junk in "[<>()\\[\\]/0-9a-z ]{0,12}") {
        let mut bytes = pages(&["BT /F1 10 Tf 72 700 Td (La Guardia) Tj ET", "q 1 0 0 1 0 0 cm BT /F2 9 Tf <0001> Tj ET Q"]);
        let at = cut.index(bytes.len());
        bytes.splice(at..bytes.len().min(at + junk.len() / 2), junk.bytes());
        let read = read("x.pdf", &bytes);
        proptest::prop_assert!(!read.documents.is_empty() || !read.findings.is_empty());
    }
}
