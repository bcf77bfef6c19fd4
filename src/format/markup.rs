//! The tokens of HTML, read in bounded stack.
//!
//! The tokenizer (html5gum) calls itself for each attribute in double quotation marks, so that a start tag with some ten
//! thousand of them would use up the stack. Its reader may fail and be asked again: this one does now and then behind
//! such an attribute, which unwinds the calls.

use std::fmt;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Emitter, Readable, Reader, StringReader, Token, Tokenizer};

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> {
    tokens_with(text, DefaultEmitter::default())
}

/// The tokens of a text as an emitter makes them.
pub(super) fn tokens_with<'t, E: Emitter + 't>(
    text: &'t str,
    emitter: E,
) -> impl Iterator<Item = E::Token> + 't {
    let reader = Pausing { reader: text.to_reader(), quoted: 0, is_due: false };
    // A pause is the only failure of a reader in memory.
    Tokenizer::new_with_emitter(reader, emitter).filter_map(Result::ok)
}

/// So many attributes are read in one go.
const DEPTH: usize = 64;

/// A reader that pauses behind each [`DEPTH`]th quotation mark.
struct Pausing<'t> {
    reader: StringReader<'t>,
    quoted: usize,
    /// Whether to pause if a single byte is read next, as it is behind an attribute's value: the tokenizer then has done
    /// nothing yet that it would do again.
    is_due: bool,
}

/// The tokenizer shall be asked again.
#[derive(Debug)]
struct Pause;

impl fmt::Display for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pause in reading")
    }
}

impl std::error::Error for Pause {}

impl Reader for Pausing<'_> {
    type Error = Pause;

    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        if std::mem::take(&mut self.is_due) {
            return Err(Pause);
        }
        let Ok(byte) = self.reader.read_byte();
        Ok(byte)
    }

    fn try_read_string(&mut self, wanted: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        self.is_due = false;
        let Ok(is_there) = self.reader.try_read_string(wanted, case_sensitive);
        Ok(is_there)
    }

    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Pause> {
        let Ok(piece) = self.reader.read_until(needle, buffer);
        let is_quote = piece == Some(b"\"");
        self.quoted += usize::from(is_quote);
        self.is_due = is_quote && self.quoted.is_multiple_of(DEPTH);
        Ok(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_may_have_any_number_of_attributes() {
        let many: String = (0..100_000).map(|number| format!(" a{number}=\"{number}\"")).collect();
        let source = format!("<p{many}>hola</p>");
        let tokens: Vec<Token> = tokens(&source).collect();
        let [Token::StartTag(tag), Token::String(text), Token::EndTag(_)] = tokens.as_slice() else {
            panic!("{} tokens", tokens.len());
        };
        assert_eq!((tag.attributes.len(), text.as_slice()), (100_000, b"hola".as_slice()));
        assert!(tag.attributes.iter().all(|(name, value)| name[1..] == ***value));
    }

    proptest::proptest! {
        /// Pauses change nothing.
        #[test]
        fn pauses_change_nothing(soup in "(<|</|>|&|;|!--|--|p|b|script|title| |=|'|\"|a=\"b\" |<!DOCTYPE \"|<p a=\"\"|\r|\n){0,300}") {
            let Ok(plain) = Tokenizer::new(&soup).collect::<Result<Vec<Token>, _>>();
            proptest::prop_assert_eq!(tokens(&soup).collect::<Vec<Token>>(), plain);
        }
    }
}
