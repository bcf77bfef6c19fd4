//! Reading a large glossary in pieces.
//!
//! A parsed document takes fifty times the room of its text, the concepts made of it a few times. So a long text is
//! cut before some of its `[[concept]]` lines, and each piece is parsed and forgotten before the next. Where that
//! might make a difference (a piece has an error, a cut falls into a string, a later piece has more than concepts),
//! the text is read whole.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::values::{Reader, fields_of};
use super::{Layer, read_document};

/// The size of a piece, in bytes: small beside the concepts, large beside one.
pub(super) const PIECE: usize = 256 << 10;

/// A text read in pieces of this size; `None` where it is to be read whole.
pub(super) fn read(reader: &mut Reader<'_>, text: &str, size: usize) -> Option<Layer> {
    let pieces = cut(text, size);
    if pieces.len() < 2 {
        return None;
    }
    let before = reader.count();
    let mut whole = Layer::default();
    for piece in pieces {
        match read_piece(reader, text, piece) {
            Some(layer) => whole.append(layer),
            None => {
                reader.forget(before);
                return None;
            }
        }
    }
    Some(whole)
}

fn read_piece(reader: &mut Reader<'_>, text: &str, piece: Range<usize>) -> Option<Layer> {
    let (offset, piece) = (piece.start, &text[piece]);
    let (document, errors) = DeTable::parse_recoverable(piece);
    let of_concepts = |value: &DeValue<'_>| matches!(value, DeValue::Array(_));
    let only_concepts =
        fields_of(document.get_ref()).iter().all(|field| field.name == "concept" && of_concepts(field.value));
    if !errors.is_empty() || !(only_concepts || offset == 0) {
        return None;
    }
    let before = reader.count();
    let mut layer = read_document(reader, piece, document.get_ref(), &[]);
    layer.shift(offset);
    reader.shift(before, offset);
    Some(layer)
}

/// Cuts a text before lines that begin a concept, each piece but the last at least so large. The first has a concept,
/// so that concepts in one array, which no table may follow, are seen to be wrong.
fn cut(text: &str, size: usize) -> Vec<Range<usize>> {
    let mut starts = memchr::memmem::find_iter(text.as_bytes(), "\n[[concept]]").map(|at| at + 1);
    let first = if text.starts_with("[[concept]]") { Some(0) } else { starts.next() };
    let mut pieces = Vec::new();
    let mut from = 0;
    for start in starts.filter(|_| first.is_some()) {
        if start - from >= size {
            pieces.push(from..start);
            from = start;
        }
    }
    pieces.push(from..text.len());
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::termbase::read::{read_toml, tests::FULL};

    fn told(text: &str, read: impl Fn(&mut Reader<'_>) -> Layer) -> String {
        let mut reader = Reader::new("g.toml");
        let layer = read(&mut reader);
        let mut findings = Vec::new();
        reader.finish(text, &mut findings);
        format!("{layer:#?}\n{findings:#?}")
    }

    fn in_pieces(text: &str, size: usize) -> String {
        told(text, |reader| read(reader, text, size).unwrap_or_else(|| read_toml(reader, text)))
    }

    #[test]
    fn pieces_are_cut_before_concepts() {
        let text = "[glossary]\n[[concept]]\na = 1\n[[concept]]\n[[concept]]\nb = \"[[concept]]\"\n";
        let pieces: Vec<&str> = cut(text, 1).into_iter().map(|piece| &text[piece]).collect();
        assert_eq!(pieces.concat(), text);
        assert_eq!(pieces.len(), 3);
        assert!(pieces[0].ends_with("a = 1\n"));
    }

    #[test]
    fn what_cannot_be_cut_is_read_whole() {
        let concept = "[[concept]]\nterms.es = \"x\"\n";
        for text in [
            format!("{concept}{concept}[glossary]\ntitle = \"behind\"\n"),
            format!("{concept}{concept}note = '''\n[[concept]]\n'''\n"),
            format!("concept = [{{ terms.es = \"a\" }}]\n{concept}{concept}"),
            format!("{concept}{concept}nota = \n{concept}"),
        ] {
            assert!(read(&mut Reader::new("g.toml"), &text, 1).is_none(), "{text}");
        }
    }

    #[test]
    fn findings_come_in_the_order_of_the_text() {
        let concept = "[[concept]]\nterms.es = \"x\"\n";
        let text = format!("{concept}[[concpt]]\nterms.es = \"y\"\n{concept}[[concept]]\nterms.en = 5\n");
        assert!(read(&mut Reader::new("g.toml"), &text, 30).is_some());
        assert_eq!(in_pieces(&text, 30), told(&text, |reader| read_toml(reader, &text)));
    }

    proptest! {
        #[test]
        fn pieces_give_what_the_whole_gives(
            at in 0..FULL.len(),
            put in "[\\[\\]{}=\".,\\nñ#'a-c ]{0,4}",
            size in 1usize..900,
        ) {
            let mut text = FULL.to_owned() + "\n[[concept]]\nterms.es = \"uno\"\nrelated = [\"nadie\"]\n[[concept]]\nterms.en = 5\n";
            if text.is_char_boundary(at) {
                text.insert_str(at, &put);
            }
            prop_assert_eq!(in_pieces(&text, size), told(&text, |reader| read_toml(reader, &text)));
        }
    }
}
