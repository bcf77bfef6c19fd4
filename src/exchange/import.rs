//! Taking entries of another termbase in: the same concept is added to, a new one comes behind.

use std::collections::HashMap;

use serde::Serialize;

use super::combine::combine;
use super::facts::{Facts, agree};
use super::merge::{CONCEPT, FieldConflict, Prefer, merge_facts};
use super::pairing::{Pairing, Sameness};
use super::revise::Revision;
use super::sheet::{Returned, ReturnedEntry, shown_part, with_part};
use crate::check::{Finding, Severity};
use crate::format::terms::toml::push_concept;
use crate::format::terms::{Loss, LossKind, Target};
use crate::termbase::read::free_id;
use crate::termbase::{Concept, ConceptId, LangTag, Review, Source, Status, TermEntry, Termbase, read};

/// One of two statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What the glossary says.
    Here,
    /// What the imported file says.
    There,
}

/// Something that the glossary and an imported entry state differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportConflict {
    /// The concept's id in the glossary.
    pub concept: String,
    /// The key, or the term with its key.
    pub field: String,
    /// What both began with, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// What the glossary says; `None` where it says nothing.
    pub here: Option<String>,
    /// What the imported entry says; `None` where it has been taken out.
    pub there: Option<String>,
    /// Which of them it is now.
    pub taken: Side,
}

/// The workflow state of new entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewReview {
    /// This one, whatever the file says.
    State(Review),
    /// What the file says.
    AsStated,
}

/// What importing gives.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The changes of the glossary, for [`super::revise`].
    pub revisions: Vec<Revision>,
    /// What both state differently, as it was decided.
    pub conflicts: Vec<ImportConflict>,
    /// What a colleague has to say of concepts, with their ids.
    pub comments: Vec<(ConceptId, String)>,
    /// Entries that may be each of several concepts and were left out, with those concepts' ids.
    pub ambiguous: Vec<(String, Vec<ConceptId>)>,
    /// What was not taken over, or not as it was.
    pub losses: Vec<Loss>,
    /// How many entries are new.
    pub added: usize,
    /// How many concepts of the glossary have changed.
    pub changed: usize,
    /// How many entries brought nothing new.
    pub unchanged: usize,
}

/// Takes entries into a glossary, one termbase after the other.
pub struct Importer {
    languages: Vec<LangTag>,
    concepts: Vec<Concept>,
    /// As they were before, for those that have changed; `None` for new ones.
    before: HashMap<usize, Option<Box<Concept>>>,
    pairing: Pairing,
    review: NewReview,
    conflicts: Vec<ImportConflict>,
    comments: Vec<(ConceptId, String)>,
    ambiguous: Vec<(String, Vec<ConceptId>)>,
    losses: Vec<Loss>,
    unchanged: usize,
}

/// An entry with what it becomes.
enum Fate {
    /// It becomes the concept at this index, which has its terms.
    New(usize),
    /// It is the concept at this index.
    Known(usize),
    LeftOut,
}

impl Importer {
    /// An importer into this glossary.
    pub fn new(glossary: &Termbase, review: NewReview) -> Importer {
        let concepts: Vec<Concept> = glossary.concepts.iter().cloned().collect();
        Importer {
            languages: glossary.settings.languages.clone(),
            pairing: Pairing::of(&concepts),
            concepts,
            before: HashMap::new(),
            review,
            conflicts: Vec::new(),
            comments: Vec::new(),
            ambiguous: Vec::new(),
            losses: Vec::new(),
            unchanged: 0,
        }
    }

    /// Takes the entries of a termbase in; `decide` is asked where both state something differently.
    pub fn take(&mut self, incoming: Termbase, decide: &mut dyn FnMut(&ImportConflict) -> Side) {
        let mut ids: HashMap<String, ConceptId> = HashMap::new();
        let mut fates = Vec::new();
        // The entries of this file that have become concepts: two that bear ids are two.
        let mut of_file: HashMap<usize, bool> = HashMap::new();
        let mut entries: Vec<Concept> =
            incoming.concepts.into_iter().map(|entry| self.with_one_preferred(entry)).collect();
        for entry in &mut entries {
            let fate = self.fate(entry, &mut of_file);
            if let Fate::New(at) | Fate::Known(at) = fate {
                ids.insert(entry.id.0.clone(), self.concepts[at].id.clone());
            }
            fates.push(fate);
        }
        for (entry, fate) in entries.into_iter().zip(fates) {
            let entry = self.with_references(entry, &ids);
            match fate {
                Fate::New(at) => self.concepts[at] = self.newcomer(at, entry),
                Fate::Known(at) => self.fill(at, &entry, decide),
                Fate::LeftOut => {}
            }
        }
    }

    /// Takes in what came back of a sheet for review: what the colleague has changed, against what was exported.
    pub fn take_returned(&mut self, returned: Returned, decide: &mut dyn FnMut(&ImportConflict) -> Side) {
        for entry in &returned.entries {
            match self.pairing.id(entry.id.as_str()) {
                Some(at) => self.take_entry(at, entry, decide),
                None => self.miss(entry),
            }
        }
        self.take(returned.new, decide);
    }

    /// An entry that the glossary does not have any more.
    fn miss(&mut self, entry: &ReturnedEntry) {
        if entry.base == entry.theirs && entry.comment.is_none() {
            self.unchanged += 1;
            return;
        }
        self.conflicts.push(ImportConflict {
            concept: entry.id.0.clone(),
            field: CONCEPT.to_owned(),
            base: Some("there".to_owned()),
            here: None,
            there: Some("changed".to_owned()),
            taken: Side::Here,
        });
    }

    fn take_entry(
        &mut self,
        at: usize,
        entry: &ReturnedEntry,
        decide: &mut dyn FnMut(&ImportConflict) -> Side,
    ) {
        let here = self.concepts[at].clone();
        let (mut whole, mut theirs) = (Facts::since(&here, &entry.base), entry.theirs.clone());
        agree(&entry.base, &mut whole, &mut theirs);
        let ours = shown_part(&whole, &[&entry.base, &theirs]);
        let merged = merge_facts(&entry.base, &ours, &theirs, &mut |conflict| {
            let FieldConflict { field, base, ours, theirs } = conflict;
            let concept = here.id.0.clone();
            let mut conflict =
                ImportConflict { concept, field, base, here: ours, there: theirs, taken: Side::Here };
            conflict.taken = decide(&conflict);
            let taken = conflict.taken;
            self.conflicts.push(conflict);
            if taken == Side::Here { Prefer::Ours } else { Prefer::Theirs }
        });
        let mut after = with_part(&whole, &ours, &merged).concept(here.id.clone());
        if after.sections.is_empty() {
            self.lose(LossKind::Dropped, "terms", "a concept needs a term, so all stay", &here.id.0);
            after.sections.clone_from(&here.sections);
        }
        if let Some(comment) = &entry.comment {
            after.private_note = Some(with_comment(after.private_note.as_deref(), comment));
            self.comments.push((here.id.clone(), comment.clone()));
        }
        self.change(at, after);
    }

    /// Makes a concept what it is to be, where that is another thing.
    fn change(&mut self, at: usize, after: Concept) {
        let here = &self.concepts[at];
        if Facts::of(here) == Facts::of(&after) {
            self.unchanged += 1;
            return;
        }
        self.before.entry(at).or_insert_with(|| Some(Box::new(here.clone())));
        self.pairing.add(at, &after);
        let place = here.place.clone();
        self.concepts[at] = Concept { place, ..after };
    }

    /// The changes, and what is to be told of them.
    pub fn finish(mut self) -> Imported {
        let mut imported = Imported { unchanged: self.unchanged, ..Imported::default() };
        self.pairing = Pairing::default();
        let mut changed: Vec<usize> = self.before.keys().copied().collect();
        changed.sort_unstable();
        for at in changed {
            let before = self.before.remove(&at).flatten().map(|before| *before);
            let after = std::mem::take(&mut self.concepts[at]);
            match &before {
                None => imported.added += 1,
                Some(_) => imported.changed += 1,
            }
            imported.revisions.push(Revision { before, after: Some(after) });
        }
        imported.conflicts = self.conflicts;
        imported.comments = self.comments;
        imported.ambiguous = self.ambiguous;
        imported.losses = self.losses;
        imported
    }

    /// Finds the concept that an entry is, or makes room for a new one.
    fn fate(&mut self, entry: &mut Concept, of_file: &mut HashMap<usize, bool>) -> Fate {
        let may_be = |at: usize| !(entry.id_written && of_file.get(&at) == Some(&true));
        match self.pairing.find(entry, &self.concepts, may_be) {
            Sameness::Same(at) => {
                of_file.insert(at, entry.id_written);
                Fate::Known(at)
            }
            Sameness::Ambiguous(all) => {
                let ids = all.iter().map(|at| self.concepts[*at].id.clone()).collect();
                self.ambiguous.push((title(entry), ids));
                Fate::LeftOut
            }
            Sameness::New => {
                if let Some(why) = unfit(entry) {
                    self.lose(LossKind::Dropped, "concept", &why, &title(entry));
                    return Fate::LeftOut;
                }
                let at = self.concepts.len();
                let id = self.new_id(entry);
                if entry.id_written && id != entry.id {
                    let reason = "another concept has this id";
                    self.lose(LossKind::Changed, "id", reason, &entry.id.0);
                }
                // The terms now, so that later entries are compared with it; the other keys when all ids are known.
                let sections = std::mem::take(&mut entry.sections);
                let mut bare = Concept { id, id_written: true, sections, ..Concept::default() };
                if entry.client.is_some() || entry.project.is_some() {
                    bare.client.clone_from(&entry.client);
                    bare.project.clone_from(&entry.project);
                }
                self.pairing.add(at, &bare);
                self.concepts.push(bare);
                self.before.insert(at, None);
                of_file.insert(at, entry.id_written);
                Fate::New(at)
            }
        }
    }

    fn new_id(&self, entry: &Concept) -> ConceptId {
        let is_taken = |id: &str| self.pairing.id(id).is_some();
        if entry.id_written && !entry.id.0.trim().is_empty() && !is_taken(entry.id.as_str()) {
            return entry.id.clone();
        }
        free_id(entry, &self.languages, is_taken)
    }

    /// Puts what an entry says into its concept.
    fn fill(&mut self, at: usize, entry: &Concept, decide: &mut dyn FnMut(&ImportConflict) -> Side) {
        let mut conflicts = Vec::new();
        let mut ask = |conflict: ImportConflict| {
            let taken = decide(&conflict);
            conflicts.push(ImportConflict { taken, ..conflict });
            taken
        };
        let combined = combine(&self.concepts[at], entry, &mut ask);
        self.conflicts.append(&mut conflicts);
        let id = self.concepts[at].id.0.clone();
        for _ in 0..combined.forms {
            self.lose(LossKind::Dropped, "terms", "a form of a term that is there", &id);
        }
        for _ in 0..combined.restated {
            self.lose(
                LossKind::Dropped,
                "terms.status",
                "the entry has the term twice, with two usages",
                &id,
            );
        }
        self.change(at, combined.concept);
    }

    /// A new concept with all that its entry says.
    fn newcomer(&mut self, at: usize, mut entry: Concept) -> Concept {
        entry.sections = std::mem::take(&mut self.concepts[at].sections);
        let mut concept = Facts::of(&entry).concept(self.concepts[at].id.clone());
        if let NewReview::State(review) = self.review {
            concept.review = Some(review);
        }
        concept
    }

    /// The entry with no more than one preferred term in a scope.
    fn with_one_preferred(&mut self, mut concept: Concept) -> Concept {
        for section in &mut concept.sections {
            let mut scopes = Vec::new();
            for entry in section.terms.iter_mut().filter(|entry| entry.status == Some(Status::Preferred)) {
                if scopes.contains(&scope(entry)) {
                    entry.status = Some(Status::Admitted);
                    let reason = "a second preferred term of a language is admitted";
                    lose(&mut self.losses, LossKind::Changed, "terms.status", reason, &concept.id.0);
                } else {
                    scopes.push(scope(entry));
                }
            }
        }
        concept
    }

    /// The entry with its references to other entries turned into those to their concepts. What names no concept is
    /// kept under `x`.
    fn with_references(&mut self, mut entry: Concept, ids: &HashMap<String, ConceptId>) -> Concept {
        let Some(details) = entry.details.get_mut() else { return entry };
        let known = |id: &ConceptId| {
            let own = ids.get(&id.0).cloned();
            own.or_else(|| self.pairing.id(id.as_str()).map(|at| self.concepts[at].id.clone()))
        };
        let mut unknown: Vec<(&str, Vec<String>)> = Vec::new();
        let lists = [
            ("related", &mut details.related),
            ("broader", &mut details.broader),
            ("not-to-confuse", &mut details.not_to_confuse),
        ];
        for (key, list) in lists {
            let (there, missing): (Vec<_>, Vec<_>) =
                list.drain(..).map(|id| (known(&id), id)).partition(|(known, _)| known.is_some());
            list.extend(there.into_iter().filter_map(|(known, _)| known));
            unknown.push((key, missing.into_iter().map(|(_, id)| id.0).collect()));
        }
        for (key, one) in [("replaced-by", &mut details.replaced_by), ("holder-of", &mut details.holder_of)] {
            let found = one.as_ref().map(&known);
            if found == Some(None) {
                unknown.push((key, one.take().map(|id| id.0).into_iter().collect()));
            } else {
                *one = found.flatten();
            }
        }
        for (key, missing) in unknown.into_iter().filter(|(_, missing)| !missing.is_empty()) {
            let reason = "it names no concept of the glossary, and is kept under `x`";
            lose(&mut self.losses, LossKind::Changed, key, reason, &entry.id.0);
            let values = missing.into_iter().map(toml::Value::String).collect();
            entry.x.insert(key.to_owned(), toml::Value::Array(values));
        }
        entry
    }

    fn lose(&mut self, kind: LossKind, field: &str, reason: &str, id: &str) {
        lose(&mut self.losses, kind, field, reason, id);
    }
}

/// Why a glossary could not be read with this entry; `None` where it can.
fn unfit(entry: &Concept) -> Option<String> {
    let mut text = String::new();
    push_concept(&mut text, entry, &Target::default());
    let read = read(&[Source::toml("import", &text)]);
    let is_fatal =
        |finding: &&Finding| finding.severity == Severity::Error && finding.rule != "missing-reference";
    read.findings.iter().find(is_fatal).map(|finding| finding.message.clone())
}

/// Adds to the report of losses.
fn lose(losses: &mut Vec<Loss>, kind: LossKind, field: &str, reason: &str, id: &str) {
    let same = |loss: &&mut Loss| loss.kind == kind && loss.field == field && loss.reason == reason;
    match losses.iter_mut().find(same) {
        Some(loss) => {
            loss.count += 1;
            if loss.entries.last().is_none_or(|last| last != id) {
                loss.entries.push(id.to_owned());
            }
        }
        None => losses.push(Loss {
            kind,
            field: field.to_owned(),
            reason: reason.to_owned(),
            entries: vec![id.to_owned()],
            count: 1,
        }),
    }
}

/// Where a term is preferred: two preferred ones of one scope are an error.
fn scope(entry: &TermEntry) -> impl PartialEq + use<> {
    (
        entry.region.clone(),
        entry.client.clone(),
        entry.project.clone(),
        entry.register,
        entry.valid_from.clone(),
        entry.valid_until.clone(),
    )
}

/// A private note with the lines of a comment, each once.
fn with_comment(note: Option<&str>, comment: &str) -> String {
    let mut lines: Vec<&str> = note.map(|note| note.lines().collect()).unwrap_or_default();
    for line in comment.lines() {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// What to call an entry: its id where it has one, else its first term.
fn title(entry: &Concept) -> String {
    let first = || entry.sections.iter().flat_map(|section| &section.terms).next();
    match first() {
        Some(term) if !entry.id_written => term.term.clone(),
        _ => entry.id.0.clone(),
    }
}
