//! The concepts of a termbase: all there, or packed and each unpacked when it is first asked for.
//!
//! A compiled glossary has thousands of concepts, of which a look-up shows five. So [`Concepts::pack`] makes a byte
//! string of each, and what [`Concepts::open`] makes of them behaves as if they were all there.

use std::io::{self, Write};
use std::ops::Index;
use std::sync::{Arc, OnceLock};
use std::vec;

use super::model::Concept;
use crate::packed::{List, ListWriter, Section, begin_section, write_section};

/// Concepts in order.
#[derive(Clone, Debug, Default)]
pub struct Concepts {
    /// Boxed, so that one that nobody asks for costs a few bytes.
    slots: Vec<OnceLock<Box<Concept>>>,
    packed: Packed,
}

/// The byte strings of concepts.
#[derive(Clone, Debug, Default)]
struct Packed {
    concepts: List,
    /// Their ids in order.
    ids: Option<Section>,
    /// The files that their places name by number.
    files: Vec<Arc<str>>,
}

impl Concepts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The concept at an index.
    pub fn get(&self, index: usize) -> Option<&Concept> {
        Some(self.slots.get(index)?.get_or_init(|| Box::new(self.packed.unpack(index))))
    }

    /// Adds one at the end.
    pub(super) fn push(&mut self, concept: Box<Concept>) {
        self.slots.push(OnceLock::from(concept));
    }

    /// The concept at an index, to be changed; `None` where there is none or it is packed.
    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut Concept> {
        self.slots.get_mut(index)?.get_mut().map(Box::as_mut)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Concept> {
        (0..self.len()).map(|index| &self[index])
    }

    /// The index of the concept with this id.
    pub fn find(&self, id: &str) -> Option<usize> {
        match &self.packed.ids {
            None => self.iter().position(|concept| concept.id.as_str() == id),
            Some(ids) => {
                let ids = ids.read()?;
                postcard::from_bytes::<Vec<&str>>(&ids).ok()?.into_iter().position(|known| known == id)
            }
        }
    }

    /// Writes the concepts, for [`Concepts::open`].
    ///
    /// # Errors
    /// When they cannot be written, or do not fit.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut files: Vec<Arc<str>> = Vec::new();
        let mut concepts = ListWriter::default();
        for concept in self.iter() {
            let mut concept = concept.clone();
            for place in concept.places_mut() {
                let known = files.iter().position(|file| *file == place.file);
                let number = known.unwrap_or(files.len());
                if known.is_none() {
                    files.push(Arc::clone(&place.file));
                }
                place.file = number.to_string().into();
            }
            concepts.push(&postcard::to_allocvec(&concept).map_err(io::Error::other)?);
        }
        let ids: Vec<&str> = self.iter().map(|concept| concept.id.as_str()).collect();
        let files = postcard::to_allocvec(&files).map_err(io::Error::other)?;
        let ids = postcard::to_allocvec(&ids).map_err(io::Error::other)?;
        write_section(out, &files)?;
        write_section(out, &ids)?;
        begin_section(out, concepts.size())?;
        concepts.write(out)
    }

    /// The concepts as bytes, for [`Concepts::open`]; `None` where they do not fit.
    pub fn pack(&self) -> Option<Vec<u8>> {
        let mut packed = Vec::new();
        self.write(&mut packed).ok()?;
        Some(packed)
    }

    /// The concepts that [`Concepts::write`] wrote, and what follows them; `None` where it did not.
    pub fn open(section: Section) -> Option<(Concepts, Section)> {
        let (files, rest) = section.take_section()?;
        let (ids, rest) = rest.take_section()?;
        let (concepts, rest) = rest.take_section()?;
        let packed = Packed {
            concepts: List::open(concepts)?,
            ids: Some(ids),
            files: postcard::from_bytes(&files.read()?).ok()?,
        };
        Some((Concepts { slots: vec![OnceLock::new(); packed.concepts.len()], packed }, rest))
    }
}

impl Packed {
    /// A concept. Nothing is wrong with the bytes, or their checksum would have told; a concept without terms is what
    /// is left where it is nevertheless.
    fn unpack(&self, index: usize) -> Concept {
        let read = self.concepts.get(index).and_then(|bytes| postcard::from_bytes(&bytes).ok());
        let mut concept: Concept = read.unwrap_or_default();
        for place in concept.places_mut() {
            let file = place.file.parse().ok().and_then(|number: usize| self.files.get(number));
            place.file = file.map_or_else(|| "".into(), Arc::clone);
        }
        concept
    }
}

impl Index<usize> for Concepts {
    type Output = Concept;

    fn index(&self, index: usize) -> &Concept {
        self.get(index).expect("a concept of this termbase")
    }
}

impl FromIterator<Concept> for Concepts {
    fn from_iter<T: IntoIterator<Item = Concept>>(concepts: T) -> Self {
        let slots = concepts.into_iter().map(|concept| OnceLock::from(Box::new(concept))).collect();
        Concepts { slots, packed: Packed::default() }
    }
}

impl FromIterator<Box<Concept>> for Concepts {
    fn from_iter<T: IntoIterator<Item = Box<Concept>>>(concepts: T) -> Self {
        Concepts { slots: concepts.into_iter().map(OnceLock::from).collect(), packed: Packed::default() }
    }
}

impl From<Vec<Concept>> for Concepts {
    fn from(concepts: Vec<Concept>) -> Self {
        concepts.into_iter().collect()
    }
}

impl IntoIterator for Concepts {
    type Item = Concept;
    type IntoIter = vec::IntoIter<Concept>;

    fn into_iter(self) -> Self::IntoIter {
        let Concepts { slots, packed } = self;
        let concept = |(index, mut slot): (usize, OnceLock<Box<Concept>>)| match slot.take() {
            Some(concept) => *concept,
            None => packed.unpack(index),
        };
        slots.into_iter().enumerate().map(concept).collect::<Vec<_>>().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::{Source, SourceKind, TableRow, read};
    use crate::text::Span;

    /// A concept with much that one can have, and a bare one of another file.
    fn concepts() -> Concepts {
        let full = "[[concept]]\nid = \"a\"\nsubject = \"trade\"\nkind = \"law\"\nreliability = 4\nrelated = [\"b\"]\n\
            as-of = \"2026-11\"\nterms.es = [{ term = \"arancel\", pos = \"noun\", gender = \"m\", forms = [\"x\"], status = \"preferred\" }]\n\
            terms.en = { term = \"tariff\", case = \"exact\", inflect = false, equivalence = \"partial\" }\n\
            definition.es = { text = \"impuesto\", source = \"own\" }\n[concept.x]\nowner = { since = 2020-01-01, of = [1, 2.5] }\n";
        let full = format!("{full}[[concept]]\nid = \"b\"\nterms.en = \"b\"\n");
        let row = TableRow { cells: vec!["cuota".to_owned()], span: Span::new(0, 5) };
        let languages = vec![crate::termbase::LangTag("es".to_owned())];
        let table = SourceKind::Table { languages, rows: vec![row] };
        let read =
            read(&[Source::toml("a.toml", &full), Source { name: "b.csv", text: "cuota", kind: table }]);
        assert_eq!(read.findings, []);
        read.termbase.concepts
    }

    #[test]
    fn packed_concepts_are_the_same() {
        let concepts = concepts();
        let packed = concepts.pack().expect("bytes");
        let (opened, _) = Concepts::open(Section::whole(packed)).expect("concepts");
        assert_eq!(opened.find("b"), Some(1));
        assert!(opened.slots.iter().all(|slot| slot.get().is_none()), "none is unpacked to find an id");
        assert_eq!(opened.clone().into_iter().collect::<Vec<_>>(), concepts.into_iter().collect::<Vec<_>>());
        assert_eq!(opened[1].place.as_ref().map(|place| &*place.file), Some("a.toml"));
        assert!(opened.get(3).is_none());
    }

    #[test]
    fn what_is_cut_short_is_no_termbase() {
        let packed = concepts().pack().expect("bytes");
        for length in 0..packed.len() {
            assert!(Concepts::open(Section::whole(packed[..length].to_vec())).is_none(), "{length}");
        }
    }
}
