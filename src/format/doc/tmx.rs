//! TMX: translation units, the Spanish and English variants of each.

use super::Read;
use super::bilingual::{Bilingual, Tags};
use super::build::{Source, TextBuilder};
use super::inline::{Content, content};
use crate::check::{Finding, Severity};
use crate::format::xml::{self, Event, Tag, Xml, XmlError};
use crate::lang::Lang;
use crate::text::BlockKind;

pub(super) fn read(name: &str, bytes: &[u8]) -> Read {
    match xml::read(name, bytes, Found::read) {
        Err(error) => Read::failed(error),
        Ok((found, mut decoded)) => {
            let warning = decoded.warning.take();
            let passed_over = found.passed_over(name);
            let tag = |lang: Lang| Some(lang.code().to_owned());
            let tags =
                Tags { source: tag(found.from), target: tag(found.from.other()), directed: found.directed };
            let mut read = found.out.finish(name, Some(&Source::from(decoded)), &tags);
            read.findings.extend(warning.into_iter().chain(passed_over));
            read
        }
    }
}

/// What a memory holds.
struct Found {
    out: Bilingual,
    /// The language that was translated.
    from: Lang,
    /// The memory states it: `srclang` may be `*all*`, or another language.
    directed: bool,
    units: usize,
    /// Units with neither Spanish nor English in them.
    foreign: usize,
}

impl Found {
    fn read(xml: &mut Xml<'_>) -> Result<Self, XmlError> {
        let mut found =
            Found { out: Bilingual::new(), from: Lang::En, directed: false, units: 0, foreign: 0 };
        let mut root = true;
        loop {
            match xml.next()? {
                Event::Start(tag) if std::mem::take(&mut root) && tag.name() != "tmx" => {
                    let cause = format!("the element `{}` is none of TMX", tag.full_name());
                    return Err(XmlError::new(0, cause));
                }
                Event::Start(tag) if tag.name() == "header" => {
                    let stated = lang_in(&tag, &["srclang"]);
                    found.directed = stated.is_some();
                    found.from = stated.unwrap_or(found.from);
                    xml.skip()?;
                }
                Event::Start(tag) if tag.name() == "tu" => found.unit(&tag, xml)?,
                Event::Eof => return Ok(found),
                _ => {}
            }
        }
    }

    fn unit(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), XmlError> {
        self.units += 1;
        let name = tag.get("tuid").filter(|id| !id.is_empty()).unwrap_or_else(|| self.units.to_string());
        self.out.unit(&name);
        let mut any = false;
        loop {
            match xml.next()? {
                Event::Start(tag) if tag.name() == "tuv" => {
                    let lang = lang_in(&tag, &["xml:lang", "lang"]);
                    any |= lang.is_some();
                    self.variant(lang, xml)?;
                }
                Event::Start(_) => xml.skip()?,
                Event::End(_) | Event::Eof => break,
                _ => {}
            }
        }
        self.foreign += usize::from(!any);
        Ok(())
    }

    fn variant(&mut self, lang: Option<Lang>, xml: &mut Xml<'_>) -> Result<(), XmlError> {
        loop {
            match xml.next()? {
                Event::Start(tag) if tag.name() == "seg" => {
                    let content = content(xml)?;
                    if let Some(lang) = lang {
                        self.write(xml.source(), lang, &content);
                    }
                }
                Event::Start(_) => xml.skip()?,
                Event::End(_) | Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn write(&mut self, source: &str, lang: Lang, content: &Content) {
        let out: &mut TextBuilder =
            if lang == self.from { &mut self.out.source } else { &mut self.out.target };
        for flow in std::iter::once(&content.whole).chain(&content.within_codes) {
            flow.write(source, Some(BlockKind::Paragraph), out);
        }
    }

    fn passed_over(&self, name: &str) -> Option<Finding> {
        let message = format!(
            "{} of {} units of `{name}` are in neither Spanish nor English",
            self.foreign, self.units
        );
        let finding = Finding::new(Severity::Warning, "foreign-language", message);
        (self.foreign > 0).then(|| finding.help("mend the languages in the file if they are wrong there"))
    }
}

fn lang_in(tag: &Tag<'_>, names: &[&str]) -> Option<Lang> {
    names.iter().find_map(|name| tag.get(name)).and_then(|tag| Lang::from_tag(&tag))
}

#[cfg(test)]
mod tests {
    use super::super::tests::units;
    use super::*;

    #[test]
    fn variants_are_paired_as_they_stand() {
        let tmx = r#"<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="es-MX"><note>No</note></header><body>
            <tu tuid="a"><prop type="x">No</prop><tuv xml:lang="es-MX"><seg>El <bpt i="1">&lt;b></bpt>muro<ept i="1">&lt;/b></ept></seg></tuv>
            <tuv xml:lang="en-US"><prop type="y">No</prop><seg>The <hi>wall</hi></seg></tuv><tuv xml:lang="fr"><seg>Le mur</seg></tuv></tu>
            <tu><tuv lang="EN"><seg>Duty</seg></tuv><tuv lang="ES"><seg>Arancel</seg></tuv><tuv lang="ES"><seg>Tasa</seg></tuv></tu>
            <tu><tuv xml:lang="fr"><seg>Oui</seg></tuv></tu></body></tmx>"#;
        let read = read("x.tmx", tmx.as_bytes());
        assert_eq!(units(&read), [["a", "El muro", "The wall"], ["2", "Arancel Tasa", "Duty"]]);
        assert!(read.findings[0].message.starts_with("1 of 3 units of `x.tmx`"));
        assert_eq!(
            read.documents.iter().map(|d| d.lang).collect::<Vec<_>>(),
            [Some(Lang::Es), Some(Lang::En)]
        );
    }
}
