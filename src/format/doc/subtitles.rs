//! Subtitles, SubRip (`.srt`) and WebVTT (`.vtt`): what is said, without times and tags.
//!
//! A sentence often goes on in the next cue, so cues are put together up to a sentence's end. A hit is in the cue where
//! it starts.

use super::Read;
use super::build::{Source, TextBuilder};
use crate::format::decode::decode;
use crate::text::{BlockKind, Span};

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    let mut decoded = match decode(name, bytes) {
        Ok(decoded) => decoded,
        Err(error) => return Read::failed(error),
    };
    let findings = decoded.warning.take().into_iter().collect();
    let mut reader = Reader { source: &decoded.text, out: TextBuilder::default(), gap: None, cues: 0 };
    reader.run();
    let Reader { out, .. } = reader;
    Read { findings, ..Read::of(out.finish_from(&Source::from(decoded))) }
}

struct Reader<'a> {
    source: &'a str,
    out: TextBuilder,
    /// Where the text so far ends in the source, while the sentence may go on.
    gap: Option<usize>,
    cues: usize,
}

impl Reader<'_> {
    /// Takes the lines after each line of times, in WebVTT up to a blank one: what stands there outside cues is a note or
    /// a style. In SubRip a blank line may stand within a cue, which goes on to the number of the next.
    fn run(&mut self) {
        let is_web = self.source.trim_start_matches('\u{feff}').starts_with("WEBVTT");
        let mut in_cue = false;
        let mut number = None;
        let mut at = 0;
        let mut lines = self.source.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            let body = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            // The line before the times is the cue's number or name.
            let is_name = !body.is_empty() && lines.peek().is_some_and(|next| has_times(next));
            if has_times(line) {
                self.begin_cue(number.take());
                in_cue = true;
            } else if is_name && (!in_cue || is_number(body)) {
                number = Some(body);
                in_cue = false;
            } else if body.is_empty() {
                in_cue &= !is_web;
            } else if in_cue {
                let start = at + line.find(body).unwrap_or(0);
                self.line(Span::new(start, start + body.len()));
            }
            at += line.len();
        }
        self.out.end();
    }

    fn begin_cue(&mut self, name: Option<&str>) {
        self.cues += 1;
        let name = name.map_or_else(|| self.cues.to_string(), str::to_owned);
        let part = format!("cue {name}");
        match self.gap {
            Some(_) => self.out.part_within(part),
            None => self.out.part(part),
        }
    }

    fn line(&mut self, line: Span) {
        let text = line.of(self.source);
        // A dash gives the word to another speaker.
        if text.starts_with(['-', '–', '—']) {
            self.end_sentence();
        }
        if let Some(end) = self.gap {
            self.out.replaced(" ", Span::new(end, line.start));
        } else {
            self.out.begin(BlockKind::Paragraph);
        }
        self.spoken(line);
        self.gap = Some(line.end);
        if ends_sentence(text) {
            self.end_sentence();
        }
    }

    fn end_sentence(&mut self) {
        self.out.end();
        self.gap = None;
    }

    /// Adds a line without `<i>`, `{\an8}` and, in WebVTT, `<00:01.000>`; references resolved.
    fn spoken(&mut self, line: Span) {
        let mut at = line.start;
        while at < line.end {
            let rest = Span::new(at, line.end).of(self.source);
            let tag = tag_len(rest);
            if tag > 0 {
                at += tag;
                continue;
            }
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let plain = rest[first..].find(['<', '{', '&']).map_or(rest.len(), |end| first + end);
            let reference = REFERENCES.iter().find(|(written, _)| rest.starts_with(written));
            match reference {
                Some((written, meant)) => {
                    self.out.replaced(meant, Span::new(at, at + written.len()));
                    at += written.len();
                }
                None => {
                    self.out.verbatim(self.source, Span::new(at, at + plain));
                    at += plain;
                }
            }
        }
    }
}

/// Whether a line tells from when to when a cue is shown.
fn has_times(line: &str) -> bool {
    let is_time =
        |text: &str| text.trim().trim_start_matches('\u{feff}').starts_with(|c: char| c.is_ascii_digit());
    line.split_once("-->").is_some_and(|(from, to)| is_time(from) && is_time(to))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The character references of WebVTT.
const REFERENCES: [(&str, &str); 6] =
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{a0}"), ("&lrm;", ""), ("&rlm;", "")];

/// The length of the tag or the setting at the start of a text, or 0.
fn tag_len(text: &str) -> usize {
    let close = match text.as_bytes() {
        [b'<', b'/' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', ..] => '>',
        [b'{', b'\\', ..] => '}',
        _ => return 0,
    };
    text.find(close).map_or(0, |end| end + 1)
}

fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '»', ')', ']', '\'', '’']);
    let bare = bare.rsplit_once("</").filter(|(_, tag)| tag.ends_with('>')).map_or(bare, |(text, _)| text);
    bare.ends_with(['.', '!', '?', '…', '♪']) && !bare.ends_with("...")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;

    fn document(name: &str, source: &str) -> Document {
        read(name, source.as_bytes()).documents.remove(0)
    }

    fn blocks(document: &Document) -> Vec<(&str, &str)> {
        let part = |at| document.parts.at(at).unwrap_or("");
        document.blocks.iter().map(|b| (part(b.span.start), b.span.of(&document.text))).collect()
    }

    #[test]
    fn sentences_go_on_in_the_next_cue() {
        let srt = "\u{feff}1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>The Remain in</i>\r\n\r\n2\r\n00:00:02,100 --> 00:00:04,000\r\n\
                   {\\an8}Mexico policy\r\nended.\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\n- No!\r\n- Yes & no < 2 km\r\n";
        let document = document("x.srt", srt);
        let wanted = [
            ("cue 1", "The Remain in Mexico policy ended."),
            ("cue 3", "- No!"),
            ("cue 3", "- Yes & no < 2 km"),
        ];
        assert_eq!(blocks(&document), wanted);
        let at = document.text.find("in Mexico").expect("the words");
        let span = Span::new(at, at + 9);
        assert_eq!(document.position(&document.line_index(), span).line, 3);
        assert!(
            document.source_text(span).starts_with("in</i>")
                && document.source_text(span).ends_with("Mexico")
        );
        assert_eq!(document.parts.at(document.text.find("policy").expect("it")), Some("cue 2"));
    }

    #[test]
    fn nothing_of_a_cue_is_lost() {
        let srt = "1\n00:00:01,000 --> 00:00:02,000\n\nEl arancel\nsube --> hoy.\n\nMañana\nno.\n\n2\n00:00:03,000 --> 00:00:04,000\nFin.\n";
        let document = document("x.srt", srt);
        let wanted = [("cue 1", "El arancel sube --> hoy."), ("cue 1", "Mañana no."), ("cue 2", "Fin.")];
        assert_eq!(blocks(&document), wanted);
    }

    #[test]
    fn webvtt_has_notes_styles_and_names() {
        let vtt = "WEBVTT\n\nNOTE\nNot said\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 align:start\n\
                   <v Ana>Buenas <00:01.500><c.x>tardes</c> &amp; noches&nbsp;</v>\n\n00:03.000 --> 00:04.000\nAdiós.\n";
        let document = document("x.vtt", vtt);
        assert_eq!(blocks(&document), [("cue intro", "Buenas tardes & noches\u{a0} Adiós.")]);
    }
}
