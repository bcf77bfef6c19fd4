//! XLIFF 1.2 and 2.x, and the dialects of translation programs (SDLXLIFF, MQXLIFF, MXLIFF, TXLF): each unit with its
//! translation.
//!
//! A unit that is divided into sentences gives one for each. Proposals of memories (`alt-trans`, `mtc:match`), earlier
//! versions, notes and what is marked as not to be translated are no text of the file.

use super::Read;
use super::bilingual::{Bilingual, Tags};
use super::build::{Flow, TextBuilder, source_of};
use super::inline::{Content, content, without_written_codes};
use crate::format::xml::{self, Event, Tag, Xml, XmlError};
use crate::text::BlockKind;

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    match xml::read(name, bytes, |xml| Reader::new(xml.source()).run(xml)) {
        Err(error) => Read::failed(error),
        Ok(((out, tags), mut decoded)) => {
            let warning = decoded.warning.take();
            let mut read = out.finish(name, source_of(decoded).as_ref(), &tags);
            read.findings.extend(warning);
            read
        }
    }
}

struct Reader<'a> {
    source: &'a str,
    out: Bilingual,
    tags: Tags,
    units: usize,
    /// Codes are written as characters of the text, as Phrase TMS does.
    written_codes: bool,
}

/// A unit or one of its segments.
#[derive(Default)]
struct Unit {
    /// The source as divided into sentences, where it is.
    divided: Option<Content>,
    source: Option<Content>,
    target: Option<Content>,
    /// The translation has not begun: what stands as the target is a copy.
    untouched: bool,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        let tags = Tags { directed: true, ..Tags::default() };
        Reader { source, out: Bilingual::new(), tags, units: 0, written_codes: false }
    }

    fn run(mut self, xml: &mut Xml<'a>) -> Result<(Bilingual, Tags), XmlError> {
        let mut root = true;
        loop {
            match xml.next()? {
                Event::Start(tag) => {
                    if std::mem::take(&mut root) && tag.name() != "xliff" {
                        let cause = format!("the element `{}` is none of XLIFF", tag.full_name());
                        return Err(XmlError::new(0, cause));
                    }
                    self.start(&tag, xml)?;
                }
                Event::Eof => return Ok((self.out, self.tags)),
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'a>) -> Result<(), XmlError> {
        match tag.name() {
            "xliff" | "file" => {
                self.written_codes |= tag.get("xmlns:m").is_some_and(|space| space.contains("memsource"));
                let source = tag.get("source-language").or_else(|| tag.get("srcLang"));
                let target = tag.get("target-language").or_else(|| tag.get("trgLang"));
                self.tags.source = self.tags.source.take().or(source);
                self.tags.target = self.tags.target.take().or(target);
                Ok(())
            }
            "trans-unit" | "unit" if tag.get("translate").as_deref() == Some("no") => xml.skip(),
            "trans-unit" => {
                let id = self.id(tag);
                let mut unit = Unit::read(tag, xml)?;
                if self.written_codes {
                    unit.clear_written_codes(self.source);
                }
                self.write(&id, &unit);
                Ok(())
            }
            "unit" => self.unit(tag, xml),
            "header" | "bin-unit" | "skeleton" => xml.skip(),
            _ => Ok(()),
        }
    }

    /// The name of a unit: its id, else its number.
    fn id(&mut self, tag: &Tag<'_>) -> String {
        self.units += 1;
        tag.get("id").filter(|id| !id.is_empty()).unwrap_or_else(|| self.units.to_string())
    }

    /// A unit of XLIFF 2, which consists of segments.
    fn unit(&mut self, tag: &Tag<'_>, xml: &mut Xml<'a>) -> Result<(), XmlError> {
        let id = self.id(tag);
        let mut segments = Vec::new();
        loop {
            match xml.next()? {
                Event::Start(tag) if matches!(tag.name(), "segment" | "ignorable") => {
                    let segment = tag.get("id").unwrap_or_else(|| (segments.len() + 1).to_string());
                    segments.push((segment, Unit::read(&tag, xml)?));
                }
                Event::Start(_) => xml.skip()?,
                Event::End(_) | Event::Eof => break,
                _ => {}
            }
        }
        let alone = segments.iter().filter(|(_, unit)| !unit.is_blank(self.source)).count() < 2;
        for (segment, unit) in &segments {
            let name = if alone { id.clone() } else { format!("{id}/{segment}") };
            self.write(&name, unit);
        }
        Ok(())
    }

    fn write(&mut self, name: &str, unit: &Unit) {
        let empty = Content::default();
        let source = unit.divided.as_ref().or(unit.source.as_ref()).unwrap_or(&empty);
        let target = unit.target.as_ref().filter(|_| !unit.is_copy(self.source)).unwrap_or(&empty);
        let divided =
            source.sentences.len() > 1 && (target.sentences.len() > 1 || target.whole.is_blank(self.source));
        if divided {
            self.sentences(name, source, target);
        } else {
            self.out.unit(name);
            write(self.source, &source.whole, &mut self.out.source);
            write(self.source, &target.whole, &mut self.out.target);
        }
        for text in &source.within_codes {
            write(self.source, text, &mut self.out.source);
        }
        for text in &target.within_codes {
            write(self.source, text, &mut self.out.target);
        }
    }

    /// The sentences of a unit, paired by their `mid`, those of the target alone last.
    fn sentences(&mut self, name: &str, source: &Content, target: &Content) {
        let of = |content: &Content, wanted: &str| {
            content.sentences.iter().find(|(mid, _)| mid == wanted).map(|(_, flow)| flow.clone())
        };
        let lone = target.sentences.iter().filter(|(mid, _)| of(source, mid).is_none());
        for (mid, _) in source.sentences.iter().chain(lone) {
            self.out.unit(&format!("{name}/{mid}"));
            let (from, to) = (of(source, mid), of(target, mid));
            write(self.source, &from.unwrap_or_default(), &mut self.out.source);
            write(self.source, &to.unwrap_or_default(), &mut self.out.target);
        }
    }
}

impl Unit {
    /// Reads the unit or segment that has just begun: the texts that are its very children.
    fn read(tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<Self, XmlError> {
        let mut unit = Unit { untouched: tag.get("state").as_deref() == Some("initial"), ..Unit::default() };
        loop {
            match xml.next()? {
                Event::Start(tag) => unit.child(&tag, xml)?,
                Event::End(_) | Event::Eof => return Ok(unit),
                _ => {}
            }
        }
    }

    fn child(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), XmlError> {
        match tag.name() {
            "source" => self.source = Some(content(xml)?),
            "seg-source" => self.divided = Some(content(xml)?),
            "target" => {
                let state = tag.get("state");
                self.untouched |= matches!(state.as_deref(), Some("new" | "needs-translation"));
                self.target = Some(content(xml)?);
            }
            _ => xml.skip()?,
        }
        Ok(())
    }

    fn clear_written_codes(&mut self, source: &str) {
        for content in [&mut self.source, &mut self.divided, &mut self.target].into_iter().flatten() {
            *content = without_written_codes(content, source);
        }
    }

    fn is_blank(&self, source: &str) -> bool {
        [&self.source, &self.target].into_iter().flatten().all(|content| content.whole.is_blank(source))
    }

    /// Whether the target is the source, put there to be overwritten.
    fn is_copy(&self, source: &str) -> bool {
        let text = |content: &Option<Content>| content.as_ref().map(|content| content.whole.text(source));
        self.untouched && text(&self.source) == text(&self.target)
    }
}

fn write(source: &str, flow: &Flow, out: &mut TextBuilder) {
    flow.write(source, Some(BlockKind::Paragraph), out);
}

#[cfg(test)]
mod tests {
    use super::super::tests::units;
    use super::*;
    use crate::text::Span;

    const OLD: &str = r#"<?xml version="1.0"?>
<xliff version="1.2" xmlns:x="urn:x"><file original="a.docx" source-language="en-US" target-language="es-MX">
<header><note>Not text</note></header><body>
<trans-unit id="1"><source>The <g id="1">National</g> Guard &amp; <x id="2"/>the Army</source><target>La <g id="1">Guardia</g> Nacional y el Ejército</target>
<alt-trans><source>Other</source><target>Otra</target></alt-trans><x:old><x:target>Vieja</x:target></x:old></trans-unit>
<trans-unit id="2"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="7">One.</mrk> <mrk mtype="seg" mid="8">Two.</mrk></seg-source>
<target><mrk mtype="seg" mid="7">Uno.</mrk> <mrk mtype="seg" mid="8">Dos.</mrk></target></trans-unit>
<trans-unit id="3" translate="no"><source>%1</source></trans-unit>
<trans-unit id="4"><source>Pending</source><target state="new">Pending</target></trans-unit>
<trans-unit id="1"><source>Click <ph id="1">&lt;img alt="<sub>a map</sub>"/></ph>here</source><target>Haga clic aquí</target></trans-unit>
</body></file></xliff>"#;

    #[test]
    fn units_are_paired_as_they_stand() {
        let wanted = [
            ["1", "The National Guard & the Army", "La Guardia Nacional y el Ejército"],
            ["2/7", "One.", "Uno."],
            ["2/8", "Two.", "Dos."],
            ["4", "Pending", ""],
            ["1 (2)", "Click here a map", "Haga clic aquí"],
        ];
        assert_eq!(units(&read("x.xlf", OLD.as_bytes())), wanted);
    }

    #[test]
    fn codes_that_are_written_as_text_are_none() {
        let text = r#"<xliff version="1.2" xmlns:m="http://www.memsource.com/mxlf/2.0"><file source-language="en_us" target-language="es_mx"><body>
            <trans-unit id="1"><source>The {1&gt;National&lt;1}{2} {b&gt;Guard&lt;b} &lt; {x} {12a&gt;</source><target>La {1&gt;Guardia&lt;1} Nacional</target></trans-unit></body></file></xliff>"#;
        let read = read("x.mxliff", text.as_bytes());
        assert_eq!(units(&read), [["1", "The National Guard < {x} {12a>", "La Guardia Nacional"]]);
        let document = &read.documents[0];
        let at = document.text.find("National Guard").expect("the words");
        let source = document.source_text(Span::new(at, at + "National Guard".len()));
        assert_eq!(source, "National&lt;1}{2} {b&gt;Guard");
    }

    #[test]
    fn segments_of_xliff_2() {
        let new = r#"<xliff version="2.1" srcLang="es" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><unit id="u1">
            <notes><note>No</note></notes><originalData><data id="d">&lt;b></data></originalData>
            <segment id="s1"><source>Uno <pc id="1"><mrk id="m" type="term">dos</mrk></pc>.</source><target>One two.</target></segment>
            <ignorable><source> </source></ignorable>
            <segment id="s2" state="initial"><source>Tres<cp hex="0001"/>.</source><target>Tres.</target></segment></unit>
            <unit id="u2"><segment><source>a<ph id="1" type="fmt" subType="xlf:lb"/>b</source></segment></unit></file></xliff>"#;
        let wanted = [["u1/s1", "Uno dos.", "One two."], ["u1/s2", "Tres.", ""], ["u2", "a b", ""]];
        assert_eq!(units(&read("x.xliff", new.as_bytes())), wanted);
    }

    #[test]
    fn text_maps_to_the_very_bytes() {
        let read = read("x.xlf", OLD.as_bytes());
        let document = &read.documents[0];
        let at = document.text.find("National Guard &").expect("the words");
        let span = Span::new(at, at + "National Guard &".len());
        assert_eq!(document.source_text(span), "National</g> Guard &amp;");
        assert_eq!(document.position(&document.line_index(), span).line, 4);
        assert_eq!(document.parts.at(at), Some("1"));
    }

    #[test]
    fn what_is_no_xliff_is_told() {
        let message = |text: &str| read("x.xlf", text.as_bytes()).findings[0].message.clone();
        assert!(message("<tmx/>").contains("`tmx` is none of XLIFF"));
        assert!(message("<xliff>\n<file>").contains("line 2"));
    }
}
