//! XLIFF 1.2 and 2.x, and the dialects of translation programs (SDLXLIFF, MQXLIFF, MXLIFF, TXLF): each unit with its
//! translation.
//!
//! A unit that is divided into sentences gives one for each. Proposals of memories (`alt-trans`, `mtc:match`), earlier
//! versions, notes and what is marked as not to be translated are no text of the file.

use super::Read;
use super::bilingual::{Bilingual, Tags};
use super::build::{Flow, Source, TextBuilder};
use super::inline::{Content, content, without_written_codes};
use crate::format::xml::{self, Event, Tag, Xml, XmlError};
use crate::text::BlockKind;

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    match xml::read(name, bytes, |xml| Reader::new(xml.source()).run(xml)) {
        Err(error) => Read::failed(error),
        Ok((groups, mut decoded)) => {
            let warning = decoded.warning.take();
            let source = Source::from(decoded);
            let many = groups.len() > 1;
            let mut read = Read::default();
            for Group { out, tags } in groups {
                let mut group = out.finish(name, Some(&source), &tags);
                if many {
                    group.documents.iter_mut().for_each(|document| document.record = Some(tags.to_string()));
                }
                let first = read.documents.len();
                read.pairs.extend(group.pairs.iter().map(|(a, b)| (first + a, first + b)));
                read.documents.append(&mut group.documents);
                read.findings.append(&mut group.findings);
            }
            read.findings.extend(warning);
            read
        }
    }
}

/// The units of files in the same two languages: an XLIFF may hold many files, each in languages of its own.
struct Group {
    out: Bilingual,
    tags: Tags,
}

impl Group {
    fn new(tags: Tags) -> Self {
        Group { out: Bilingual::new(), tags: Tags { directed: true, ..tags } }
    }
}

struct Reader<'a> {
    source: &'a str,
    groups: Vec<Group>,
    /// The group of the open file.
    group: usize,
    /// What the names of units begin with, where the XLIFF holds many files.
    prefix: String,
    files: usize,
    has_many_files: bool,
    /// Of each open file and group of units, whether it is not to be translated.
    locked: Vec<bool>,
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
        Reader {
            source,
            groups: vec![Group::new(Tags::default())],
            group: 0,
            prefix: String::new(),
            files: 0,
            has_many_files: has_many_files(source),
            locked: Vec::new(),
            units: 0,
            written_codes: false,
        }
    }

    fn run(mut self, xml: &mut Xml<'a>) -> Result<Vec<Group>, XmlError> {
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
                Event::End(name) if matches!(name.as_str(), "file" | "group") => _ = self.locked.pop(),
                Event::Eof => return Ok(self.groups),
                _ => {}
            }
        }
    }

    /// Takes over the languages that the root or a file states; those of the root are for all files.
    fn languages(&mut self, tag: &Tag<'_>) {
        self.written_codes |= tag.get("xmlns:m").is_some_and(|space| space.contains("memsource"));
        let source = tag.get("source-language").or_else(|| tag.get("srcLang"));
        let target = tag.get("target-language").or_else(|| tag.get("trgLang"));
        let now = &self.groups[self.group].tags;
        // A file without a translation may state the language of none.
        let same_source = source.is_none() || source == now.source;
        let tags = Tags {
            target: target.or_else(|| now.target.clone().filter(|_| same_source)),
            source: source.or_else(|| now.source.clone()),
            directed: true,
        };
        let is_empty = |group: &Group| group.out.source.is_empty() && group.out.target.is_empty();
        let same = |group: &Group| group.tags.source == tags.source && group.tags.target == tags.target;
        self.group = match self.groups.iter().position(same) {
            Some(group) => group,
            None if is_empty(&self.groups[self.group]) => {
                self.groups[self.group].tags = tags;
                self.group
            }
            None => {
                self.groups.push(Group::new(tags));
                self.groups.len() - 1
            }
        };
    }

    /// A file: its name goes before those of its units.
    fn file(&mut self, tag: &Tag<'_>) {
        self.files += 1;
        if self.has_many_files {
            let original = tag.get("original").or_else(|| tag.get("id")).unwrap_or_default();
            let name = original.rsplit(['/', '\\']).find(|name| !name.trim().is_empty());
            self.prefix = match name {
                Some(name) => format!("{}/", name.trim()),
                None => format!("{}/", self.files),
            };
        }
    }

    /// Whether an element is not to be translated, by its own word or that of what it stands in.
    fn is_locked(&self, tag: &Tag<'_>) -> bool {
        match tag.get("translate").as_deref() {
            Some("no") => true,
            Some("yes") => false,
            _ => self.locked.last().copied().unwrap_or(false),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'a>) -> Result<(), XmlError> {
        match tag.name() {
            "xliff" => {
                self.languages(tag);
                Ok(())
            }
            "file" | "group" => {
                self.locked.push(self.is_locked(tag));
                if tag.name() == "file" {
                    self.languages(tag);
                    self.file(tag);
                }
                Ok(())
            }
            "trans-unit" | "unit" if self.is_locked(tag) => xml.skip(),
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
        let id = tag.get("id").filter(|id| !id.is_empty()).unwrap_or_else(|| self.units.to_string());
        format!("{}{id}", self.prefix)
    }

    fn out(&mut self) -> &mut Bilingual {
        &mut self.groups[self.group].out
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
        let (text, empty) = (self.source, Content::default());
        let source = unit.divided.as_ref().or(unit.source.as_ref()).unwrap_or(&empty);
        let target = unit.target.as_ref().filter(|_| !unit.is_copy(self.source)).unwrap_or(&empty);
        let divided =
            source.sentences.len() > 1 && (target.sentences.len() > 1 || target.whole.is_blank(self.source));
        if divided {
            self.sentences(name, source, target);
        } else {
            self.out().unit(name);
            write(text, &source.whole, &mut self.out().source);
            write(text, &target.whole, &mut self.out().target);
        }
        for flow in &source.within_codes {
            write(text, flow, &mut self.out().source);
        }
        for flow in &target.within_codes {
            write(text, flow, &mut self.out().target);
        }
    }

    /// The sentences of a unit, paired by their `mid`, those of the target alone last.
    fn sentences(&mut self, name: &str, source: &Content, target: &Content) {
        let of = |content: &Content, wanted: &str| {
            content.sentences.iter().find(|(mid, _)| mid == wanted).map(|(_, flow)| flow.clone())
        };
        let lone = target.sentences.iter().filter(|(mid, _)| of(source, mid).is_none());
        for (mid, _) in source.sentences.iter().chain(lone) {
            self.out().unit(&format!("{name}/{mid}"));
            let (from, to) = (of(source, mid), of(target, mid));
            write(self.source, &from.unwrap_or_default(), &mut self.out().source);
            write(self.source, &to.unwrap_or_default(), &mut self.out().target);
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

/// Whether there is more than one `<file>`.
fn has_many_files(source: &str) -> bool {
    let begins = |(at, tag): (usize, &str)| {
        source[at + tag.len()..].starts_with(|c: char| c.is_whitespace() || c == '>')
    };
    source.match_indices("<file").filter(|found| begins(*found)).take(2).count() > 1
}

fn write(source: &str, flow: &Flow, out: &mut TextBuilder) {
    flow.write(source, Some(BlockKind::Paragraph), out);
}

#[cfg(test)]
mod tests {
    use super::super::tests::units;
    use super::*;
    use crate::lang::Lang;
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
    fn each_file_has_its_languages_and_its_units() {
        let file = |name: &str, from: &str, to: &str, source: &str, target: &str| {
            format!(
                "<file original=\"{name}\" source-language=\"{from}\"{to}><body><trans-unit id=\"1\"><source>{source}</source>\
                 <target>{target}</target></trans-unit></body></file>"
            )
        };
        let text = format!(
            "<xliff version=\"1.2\">{}{}{}{}</xliff>",
            file("docs\\a.docx", "en", " target-language=\"es\"", "A wall.", "Un muro."),
            file("b.docx", "es", " target-language=\"en\"", "La frontera.", "The border."),
            file("c.docx", "en", " target-language=\"fr\"", "A hedge.", "Une haie."),
            file("d.docx", "en", "", "A fence.", ""),
        );
        let read = read("x.xlf", text.as_bytes());
        let shown: Vec<_> = read
            .documents
            .iter()
            .map(|document| {
                (document.lang, document.text.as_str(), document.parts.at(0), document.translated_from)
            })
            .collect();
        let (es, en) = (Some(Lang::Es), Some(Lang::En));
        let wanted = [
            (en, "A wall.", Some("a.docx/1"), en),
            (es, "Un muro.", Some("a.docx/1"), en),
            (es, "La frontera.", Some("b.docx/1"), es),
            (en, "The border.", Some("b.docx/1"), es),
            (en, "A hedge.\n\nA fence.", Some("c.docx/1"), None),
        ];
        assert_eq!(shown, wanted);
        assert_eq!(read.pairs, [(0, 1), (2, 3)]);
        assert_eq!(read.documents[2].record.as_deref(), Some("es→en"));
        assert_eq!(
            read.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(),
            ["foreign-language"]
        );
    }

    #[test]
    fn what_is_not_to_be_translated_is_so_with_all_within() {
        let unit = |id: &str, word: &str| {
            format!("<unit id=\"{id}\"{word}><segment><source>{id}</source></segment></unit>")
        };
        let text = format!(
            "<xliff version=\"2.0\" srcLang=\"en\" trgLang=\"es\"><file id=\"f\" translate=\"no\">{}{}</file>\
             <file id=\"g\"><group translate=\"no\">{}<group translate=\"yes\">{}</group>{}</group>{}</file></xliff>",
            unit("a", ""),
            unit("b", " translate=\"yes\""),
            unit("c", ""),
            unit("d", ""),
            unit("e", ""),
            unit("f", ""),
        );
        let names: Vec<String> =
            units(&read("x.xlf", text.as_bytes())).into_iter().map(|[name, ..]| name).collect();
        assert_eq!(names, ["f/b", "g/d", "g/f"]);
    }

    #[test]
    fn codes_that_stand_for_white_space_and_struck_out_text() {
        let cases = [
            ("rises<ph id=\"2\">&lt;mq:ch val=\"&#xA;\" /&gt;</ph>now", "rises now"),
            ("rises<ph>&lt;br/&gt;</ph>now", "rises now"),
            ("rises<ph>&lt;b&gt;</ph>now", "risesnow"),
            (
                "sube<mrk mtype=\"x-sdl-deleted\">baja <g>no</g></mrk><mrk mtype=\"x-sdl-added\"> hoy</mrk>",
                "sube hoy",
            ),
        ];
        for (segment, wanted) in cases {
            let text = format!(
                "<xliff version=\"1.2\"><file source-language=\"en\"><body><trans-unit id=\"1\"><source>{segment}</source></trans-unit></body></file></xliff>"
            );
            assert_eq!(units(&read("x.xlf", text.as_bytes()))[0][1], wanted, "{segment}");
        }
    }

    #[test]
    fn what_is_no_xliff_is_told() {
        let message = |text: &str| read("x.xlf", text.as_bytes()).findings[0].message.clone();
        assert!(message("<tmx/>").contains("`tmx` is none of XLIFF"));
        assert!(message("<xliff>\n<file>").contains("line 2"));
    }
}
