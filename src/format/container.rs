//! ZIP containers (Office Open XML, OpenDocument, EPUB), unpacked with care: in memory, part by part, each by its name,
//! and no more than its text can be. What lies packed within a part is not followed, unless its reader asks for that.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::decode::decode_labelled;
use super::xml::{Event, Xml, stated_encoding};

/// The most that a part may hold when unpacked, in bytes.
const PART_LIMIT: u64 = 256 << 20;
/// The most that all parts read may hold together; less in a small container, which can only name its parts again.
const TOTAL_LIMIT: u64 = 512 << 20;
/// The most that a part may grow when unpacked; prose in XML grows some tenfold, a bomb a thousandfold.
const GROWTH_LIMIT: u64 = 250;
/// A part of this size is unpacked however much it grew.
const SMALL: u64 = 16 << 20;
/// The least that all parts may hold together.
const TOTAL_SMALL: u64 = 64 << 20;
/// The most parts that a container may have.
const ENTRY_LIMIT: usize = 100_000;

/// An open container. What goes wrong is told as the end of a sentence.
pub(crate) struct Container<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    unpacked: Unpacked,
}

/// How many bytes were unpacked, and may be.
struct Unpacked {
    done: u64,
    limit: u64,
}

impl<'a> Container<'a> {
    /// Opens a container.
    ///
    /// # Errors
    /// Where the bytes are no container, or one of too many parts.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, String> {
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Err("it is a file of an old Office version, or protected with a password".to_owned());
        }
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| format!("its container is damaged ({error})"))?;
        if archive.len() > ENTRY_LIMIT {
            return Err(format!("its container has {} parts, far more than a document needs", archive.len()));
        }
        let limit = TOTAL_LIMIT.min((bytes.len() as u64).saturating_mul(GROWTH_LIMIT).max(TOTAL_SMALL));
        Ok(Container { archive, unpacked: Unpacked { done: 0, limit } })
    }

    /// The names of the parts, in the order of the container.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect()
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The bytes of a part.
    ///
    /// # Errors
    /// Where it is missing, damaged, encrypted, or unpacks to more than its text can be.
    pub(crate) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, String> {
        if !self.has(name) {
            return Err(format!("it has no part `{name}`"));
        }
        let file = self.archive.by_name(name).map_err(|error| damaged(name, &error))?;
        let packed = file.compressed_size();
        unpack(name, file, packed, &mut self.unpacked)
    }

    /// The bytes of a part that is itself packed with gzip; dictzip is that with a table of places.
    ///
    /// # Errors
    /// As [`Container::bytes`].
    #[cfg(feature = "office")]
    pub(crate) fn gunzipped(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let packed = self.bytes(name)?;
        let reader = flate2::read::MultiGzDecoder::new(packed.as_slice());
        unpack(name, reader, packed.len() as u64, &mut self.unpacked)
    }

    /// How many bytes the parts held that were unpacked so far.
    pub(crate) fn unpacked(&self) -> u64 {
        self.unpacked.done
    }

    /// The text of a part, in the encoding that it states or seems to be in.
    ///
    /// # Errors
    /// As [`Container::bytes`].
    pub(crate) fn text(&mut self, name: &str) -> Result<String, String> {
        let bytes = self.bytes(name)?;
        let decoded =
            decode_labelled(name, &bytes, stated_encoding(&bytes)).map_err(|error| error.message)?;
        Ok(decoded.text)
    }
}

fn damaged(name: &str, error: &dyn std::fmt::Display) -> String {
    format!("`{name}` cannot be unpacked ({error})")
}

/// Unpacks a part of so many packed bytes, within the limits of a part, of its growth and of all that was `unpacked`.
fn unpack(name: &str, reader: impl Read, packed: u64, unpacked: &mut Unpacked) -> Result<Vec<u8>, String> {
    let limit = PART_LIMIT.min(packed.saturating_mul(GROWTH_LIMIT).max(SMALL));
    let left = unpacked.limit.saturating_sub(unpacked.done);
    let mut bytes = Vec::new();
    reader.take(limit.min(left) + 1).read_to_end(&mut bytes).map_err(|error| damaged(name, &error))?;
    let length = bytes.len() as u64;
    let too_much = |what: &str, most: u64| {
        Err(format!("{what} to more than {} MB, far more than its text can be", most >> 20))
    };
    if length > limit {
        return too_much(&format!("`{name}` unpacks"), limit);
    }
    if length > left {
        return too_much("its parts unpack", unpacked.limit);
    }
    unpacked.done += length;
    Ok(bytes)
}

/// The name of a part that a link within another part names: relative to that part's folder, or from the root.
pub(crate) fn resolve(from: &str, link: &str) -> String {
    let link = link.split(['#', '?']).next().unwrap_or("");
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let joined = if link.starts_with('/') { link.to_owned() } else { format!("{folder}/{link}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    percent_decoded(&parts.join("/"))
}

/// The links of a part of Office Open XML, as its `_rels` part names them.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// The parts by the ids of the links.
    parts: HashMap<String, String>,
    /// The parts with the kinds of the links, in order.
    kinds: Vec<(String, String)>,
}

impl Links {
    /// The links of a part; a part without them has none.
    pub(crate) fn of(container: &mut Container<'_>, part: &str) -> Self {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let xml = container.text(&format!("{folder}/_rels/{file}.rels")).unwrap_or_default();
        let mut xml = Xml::new(&xml);
        let mut links = Links::default();
        while let Ok(event) = xml.next() {
            match event {
                Event::Start(tag) if tag.name() == "Relationship" => {
                    let to = resolve(part, &tag.get("Target").unwrap_or_default());
                    links.parts.entry(tag.get("Id").unwrap_or_default()).or_insert_with(|| to.clone());
                    links.kinds.push((tag.get("Type").unwrap_or_default(), to));
                }
                Event::Eof => break,
                _ => {}
            }
        }
        links
    }

    /// The part that a link leads to.
    pub(crate) fn part(&self, id: &str) -> Option<String> {
        self.parts.get(id).cloned()
    }

    /// The parts that links of a kind lead to, by the last word of the kind.
    pub(crate) fn to(&self, kind: &str) -> Vec<String> {
        let of_kind = self.kinds.iter().filter(|(stated, _)| stated.rsplit('/').next() == Some(kind));
        of_kind.map(|(_, part)| part.clone()).collect()
    }
}

/// `%C3%B1` for ñ, as links in EPUB write it.
fn percent_decoded(link: &str) -> String {
    let mut bytes = Vec::with_capacity(link.len());
    let mut rest = link.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| link.to_owned())
}

/// A container of these parts, each a name and a text.
///
/// # Errors
/// Where a part is too large for one.
pub(crate) fn archive(parts: &[(&str, &str)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    // Without the time: output depends on input only.
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, content) in parts {
        writer.start_file(*name, options)?;
        std::io::Write::write_all(&mut writer, content.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use super::*;

    /// A container with these parts.
    pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
            writer.write_all(content).expect("its content");
        }
        writer.finish().expect("an archive").into_inner()
    }

    #[test]
    fn links_name_parts() {
        let cases = [
            ("OEBPS/content.opf", "text/uno.xhtml#a", "OEBPS/text/uno.xhtml"),
            ("ppt/_rels/x", "../slides/slide1.xml", "ppt/slides/slide1.xml"),
            ("ppt/presentation.xml", "/ppt/slides/slide2.xml", "ppt/slides/slide2.xml"),
            ("content.opf", "a%C3%B1o%20nuevo.xhtml", "año nuevo.xhtml"),
            ("a/b", "../../../etc/passwd", "etc/passwd"),
            ("a", "100%", "100%"),
        ];
        for (from, link, wanted) in cases {
            assert_eq!(resolve(from, link), wanted, "{from} {link}");
        }
    }

    #[test]
    fn bombs_do_not_go_off() {
        let blank = vec![b' '; 64 << 20];
        let bytes = archive(&[("big", &blank), ("small", b"hola")]);
        let mut container = Container::open(&bytes).expect("a container");
        let error = container.bytes("big").expect_err("a bomb");
        assert!(error.contains("unpacks to more than 16 MB"), "{error}");
        assert_eq!(container.text("small").as_deref(), Ok("hola"));
        assert!(container.bytes("none").is_err());
        assert!((0..bytes.len()).step_by(7).all(|cut| Container::open(&bytes[..cut]).is_err()));
    }
}
