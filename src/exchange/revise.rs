//! Writing what has changed of concepts into the text of a glossary: the keys and terms that are different now, in
//! place; all else stays as a person wrote it.

use rustc_hash::FxHashMap;
use toml::Value as Plain;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use super::chunks::{Chunks, apart};
use super::facts::{Facts, Key, SectionFacts, TEXT, TermFacts};
use crate::check::{Finding, Severity};
use crate::format::terms::Target;
use crate::format::terms::inline;
use crate::format::terms::toml::push_concept;
use crate::termbase::edit::{Surroundings, inline_concepts, keeping_line_ends, tidy};
use crate::termbase::{Concept, LangTag};

/// A concept as it was and as it is to be; one without the first is new, one without the second is taken out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Revision {
    /// As it was.
    pub before: Option<Concept>,
    /// As it is to be.
    pub after: Option<Concept>,
}

/// Writes changes of concepts into the text of a glossary; nothing else changes. A changed concept that stands in
/// another layer gets an entry of its id here, which says what is different.
///
/// # Errors
/// What is wrong with the text; or that concepts stand in an array of inline tables, which cannot be edited.
pub fn revise(
    name: &str,
    text: &str,
    revisions: &[Revision],
    around: &Surroundings,
) -> Result<String, Vec<Finding>> {
    if revisions.is_empty() {
        return Ok(text.to_owned());
    }
    keeping_line_ends(text, |text| revised(name, text, revisions, around))
}

fn revised(
    name: &str,
    text: &str,
    revisions: &[Revision],
    around: &Surroundings,
) -> Result<String, Vec<Finding>> {
    let chunks = Chunks::of(name, text, around)?;
    let places: FxHashMap<&str, usize> =
        chunks.concepts.iter().enumerate().map(|(at, concept)| (concept.id.as_str(), at)).collect();
    let mut edited: FxHashMap<usize, String> = FxHashMap::default();
    let mut behind = String::new();
    for Revision { before, after } in revisions {
        let at = before.as_ref().and_then(|before| places.get(before.id.as_str()).copied());
        match (at, before, after) {
            (Some(at), Some(before), Some(after)) => {
                let chunk = edited.get(&at).map_or(chunks.chunk(at), String::as_str);
                let chunk = changed(chunk, &chunks.concepts[at], before, after)?;
                edited.insert(at, chunk);
            }
            (Some(at), _, None) => _ = edited.insert(at, without(chunks.chunk(at))),
            (None, Some(before), Some(after)) => append(&mut behind, &overlay(before, after)),
            (None, None, Some(after)) => append(&mut behind, after),
            (_, _, None) | (Some(_), None, _) => {}
        }
    }
    Ok(assemble(&chunks, &edited, &behind))
}

fn assemble(chunks: &Chunks<'_>, edited: &FxHashMap<usize, String>, behind: &str) -> String {
    let mut out = chunks.head().to_owned();
    for at in 0..chunks.concepts.len() {
        out += edited.get(&at).map_or(chunks.chunk(at), String::as_str);
    }
    if !behind.is_empty() && !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    let behind = if out.trim().is_empty() { behind.trim_start_matches('\n') } else { behind };
    out + behind
}

fn append(text: &mut String, concept: &Concept) {
    push_concept(text, concept, &Target::default());
}

/// What a layer above has to say of a concept for it to be as it is to be.
fn overlay(before: &Concept, after: &Concept) -> Concept {
    let (old, new) = (Facts::of(before), Facts::of(after));
    let mut changed = Facts::default();
    changed.keys.extend(new.keys.into_iter().filter(|(key, value)| old.keys.get(key) != Some(value)));
    changed
        .sections
        .extend(new.sections.into_iter().filter(|section| old.section(&section.tag) != Some(section)));
    changed.concept(after.id.clone())
}

/// What is left of a chunk when its concept is taken out: comments that are not about it, tables that are none.
fn without(chunk: &str) -> String {
    let left = chunk.parse::<DocumentMut>().ok().and_then(|mut document| {
        document.remove("concept");
        (!document.is_empty()).then(|| document.to_string())
    });
    apart(chunk).to_owned() + &left.unwrap_or_default()
}

/// A chunk with its concept made another.
pub(super) fn rewrite(chunk: &str, there: &Concept, after: &Concept) -> Result<String, Vec<Finding>> {
    if Facts::of(there) == Facts::of(after) {
        return Ok(chunk.to_owned());
    }
    changed(chunk, there, there, after)
}

/// A chunk with its concept changed.
fn changed(chunk: &str, there: &Concept, before: &Concept, after: &Concept) -> Result<String, Vec<Finding>> {
    let old = Facts::of(before);
    let new = Facts::since(after, &old);
    let mut document: DocumentMut = chunk.parse().map_err(|_| vec![inline_concepts()])?;
    let concepts = document.get_mut("concept").and_then(Item::as_array_of_tables_mut);
    let table = concepts.and_then(|concepts| concepts.get_mut(0)).ok_or_else(|| vec![inline_concepts()])?;
    change(table, &old, &new);
    write_id(table, &after.id.0);
    let text = document.to_string();
    if says(&text, &old, &new) { Ok(text) } else { rewritten(chunk, there, &old, &new, after) }
}

/// Makes the changes in a concept's table.
fn change(table: &mut Table, old: &Facts, new: &Facts) {
    let known: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    for key in old.keys.keys().chain(new.keys.keys().filter(|key| !old.keys.contains_key(key))) {
        if old.keys.get(key) != new.keys.get(key) {
            set_key(table, key, new.keys.get(key));
        }
    }
    let tags = old.sections.iter().chain(&new.sections).map(|section| &section.tag);
    let mut done: Vec<&LangTag> = Vec::new();
    for tag in tags {
        if !done.contains(&tag) && old.section(tag) != new.section(tag) {
            set_section(table, tag, old.section(tag), new.section(tag));
        }
        done.push(tag);
    }
    sort_new(table, &known);
}

/// States the id, before all else.
fn write_id(table: &mut Table, id: &str) {
    if !table.contains_key("id") {
        table.insert("id", Item::Value(Value::from(id)));
        table.sort_values_by(|a, _, b, _| (b.get() == "id").cmp(&(a.get() == "id")));
    }
}

fn sort_new(table: &mut Table, known: &[String]) {
    let new: Vec<String> =
        table.iter().map(|(key, _)| key.to_owned()).filter(|key| !known.contains(key)).collect();
    if !new.is_empty() {
        tidy::sort_new(table, &new);
    }
}

/// A plain value as one that can be edited.
fn value(plain: &Plain) -> Value {
    let line = inline::value(plain);
    line.parse().unwrap_or_else(|_| Value::from(line))
}

/// States a key, or takes it out.
fn set_key(table: &mut Table, key: &Key, to: Option<&Plain>) {
    let Some(part) = &key.part else {
        match to {
            None => _ = table.remove(key.name),
            Some(to) => assign(table, key.name, value(to), key.name),
        }
        return;
    };
    within(table, key.name, to.is_some(), |inner| match to {
        None => _ = inner.remove(part),
        Some(to) => {
            let (path, mut new) = (key.to_string(), value(to));
            if let (Plain::Table(to), Some(Value::InlineTable(known))) =
                (to, inner.get(part).and_then(Item::as_value))
            {
                let mut table = known.clone();
                table.retain(|key, _| to.contains_key(key));
                to.iter().for_each(|(key, to)| put(&mut table, key, to));
                new = Value::InlineTable(table);
            }
            keep_decor(&mut new, inner.get(part).and_then(Item::as_value), &path);
            inner.insert(part, Item::Value(new));
        }
    });
}

/// Changes the table under a key, whatever kind of table it is; adds one of dotted keys where there is none.
fn within(table: &mut Table, name: &str, add: bool, change: impl FnOnce(&mut dyn toml_edit::TableLike)) {
    if !table.contains_key(name) {
        if !add {
            return;
        }
        let mut inner = Table::new();
        inner.set_dotted(true);
        table.insert(name, Item::Table(inner));
    }
    let Some(inner) = table.get_mut(name).and_then(Item::as_table_like_mut) else { return };
    change(inner);
    if inner.is_empty() {
        table.remove(name);
    }
}

/// Puts a value in the place of another, whose comments stay.
fn assign(table: &mut Table, key: &str, mut new: Value, path: &str) {
    keep_decor(&mut new, table.get(key).and_then(Item::as_value), path);
    match table.get_mut(key) {
        Some(item) => *item = Item::Value(new),
        None => _ = table.insert(key, Item::Value(new)),
    }
}

fn keep_decor(new: &mut Value, old: Option<&Value>, path: &str) {
    tidy::assigned(new, path);
    match old {
        Some(old) => *new.decor_mut() = old.decor().clone(),
        None => new.decor_mut().clear(),
    }
}

/// States the terms of a language, or takes them out.
fn set_section(table: &mut Table, tag: &LangTag, old: Option<&SectionFacts>, new: Option<&SectionFacts>) {
    let stated = new.filter(|section| !section.terms.is_empty());
    within(table, "terms", stated.is_some(), |inner| {
        let Some(stated) = stated else {
            inner.remove(tag.as_str());
            return;
        };
        let items = inner.get(tag.as_str()).map(items_of).unwrap_or_default();
        let mut new = section_value(stated, old, &items);
        let path = format!("terms.{tag}");
        keep_decor(&mut new, inner.get(tag.as_str()).and_then(Item::as_value), &path);
        inner.insert(tag.as_str(), Item::Value(new));
    });
}

/// The terms that stand under a language, each as it is written.
fn items_of(item: &Item) -> Vec<Value> {
    match item {
        Item::Value(Value::Array(array)) => {
            let mut items: Vec<Value> = array.iter().cloned().collect();
            for at in 1..items.len() {
                comment_to_its_item(&mut items, at);
            }
            if let Some(last) = items.last_mut() {
                // A comment behind the last item, which the array keeps for itself.
                let suffix = last.decor().suffix().and_then(|raw| raw.as_str()).unwrap_or("").to_owned();
                let trailing = array.trailing().as_str().unwrap_or("").to_owned();
                last.decor_mut().set_suffix(suffix + &trailing);
            }
            items
        }
        Item::Value(value) => vec![value.clone()],
        Item::ArrayOfTables(tables) => {
            tables.iter().map(|table| Value::InlineTable(table.clone().into_inline_table())).collect()
        }
        Item::Table(table) => vec![Value::InlineTable(table.clone().into_inline_table())],
        Item::None => Vec::new(),
    }
}

/// A comment behind the comma of an item is to the library what stands before the next; here it goes with its item.
fn comment_to_its_item(items: &mut [Value], at: usize) {
    let prefix = items[at].decor().prefix().and_then(|raw| raw.as_str()).unwrap_or("").to_owned();
    let (beside, own) = prefix.split_at(prefix.find('\n').unwrap_or(prefix.len()));
    if beside.contains('#') {
        items[at].decor_mut().set_prefix(own);
        let before = items[at - 1].decor_mut();
        let suffix = before.suffix().and_then(|raw| raw.as_str()).unwrap_or("").to_owned();
        before.set_suffix(suffix + beside);
    }
}

fn text_of(item: &Value) -> Option<&str> {
    match item {
        Value::InlineTable(table) => table.get(TEXT).and_then(Value::as_str),
        other => other.as_str(),
    }
}

/// The terms of a section: as they are written where nothing of them has changed.
fn section_value(new: &SectionFacts, old: Option<&SectionFacts>, items: &[Value]) -> Value {
    let values = new.terms.iter().map(|term| {
        let at = old.and_then(|old| old.terms.iter().position(|known| known.slot == term.slot));
        let before = old.zip(at).map(|(old, at)| &old.terms[at]);
        let written = before
            .zip(at)
            .and_then(|(before, at)| items.get(at).filter(|item| text_of(item) == Some(before.text())));
        match (before, written) {
            (Some(before), Some(written)) if before.keys == term.keys => written.clone(),
            (Some(before), Some(Value::InlineTable(table))) => {
                Value::InlineTable(changed_term(table, before, term))
            }
            (_, written) => {
                let mut value = term_value(term);
                if let Some(written) = written {
                    *value.decor_mut() = written.decor().clone();
                }
                value
            }
        }
    });
    let values: Vec<Value> = values.collect();
    match values.as_slice() {
        [one] if items.len() < 2 && !has_comment(one) => one.clone(),
        _ => Value::Array(array_of(values)),
    }
}

/// An array of items each of which keeps what stands around it.
fn array_of(items: Vec<Value>) -> Array {
    let mut array = Array::new();
    for mut item in items {
        let suffix = item.decor().suffix().and_then(|raw| raw.as_str()).unwrap_or("").to_owned();
        // A comment needs the end of its line before what comes next.
        if suffix.contains('#') && !suffix.ends_with('\n') {
            item.decor_mut().set_suffix(suffix + "\n");
        }
        array.push_formatted(item);
    }
    array
}

fn has_comment(value: &Value) -> bool {
    let text = |raw: Option<&toml_edit::RawString>| {
        raw.and_then(|raw| raw.as_str()).is_some_and(|raw| raw.contains('#'))
    };
    text(value.decor().prefix()) || text(value.decor().suffix())
}

fn changed_term(table: &InlineTable, before: &TermFacts, after: &TermFacts) -> InlineTable {
    let mut table = table.clone();
    for key in before.keys.keys().filter(|key| !after.keys.contains_key(*key)) {
        table.remove(key);
    }
    for (key, to) in after.keys.iter().filter(|(key, to)| before.keys.get(*key) != Some(*to)) {
        put(&mut table, key, to);
    }
    table
}

/// Puts a value under a key, in the place of the one that is there.
fn put(table: &mut InlineTable, key: &str, to: &Plain) {
    match table.get_mut(key) {
        Some(known) => {
            let decor = known.decor().clone();
            *known = value(to);
            *known.decor_mut() = decor;
        }
        None => _ = table.insert(key, value(to)),
    }
}

fn term_value(term: &TermFacts) -> Value {
    if term.keys.len() == 1 {
        return Value::from(term.text());
    }
    let text = std::iter::once((TEXT, &term.keys[TEXT]));
    let order = crate::termbase::read::TERM_KEYS.iter().filter(|key| **key != TEXT);
    let rest = order.filter_map(|key| Some((*key, term.keys.get(key)?)));
    Value::InlineTable(text.chain(rest).map(|(key, plain)| (key, value(plain))).collect())
}

/// Whether a chunk says what is to be different.
fn says(chunk: &str, old: &Facts, new: &Facts) -> bool {
    let read = crate::termbase::read(&[crate::termbase::Source::toml("", chunk)]);
    let fatal = |finding: &Finding| {
        finding.severity == Severity::Error
            && finding.rule != "missing-reference"
            && finding.rule != "no-terms"
    };
    let Some(concept) = read.termbase.concepts.get(0).filter(|_| !read.findings.iter().any(fatal)) else {
        return false;
    };
    let is = Facts::of(concept);
    let keys = old.keys.keys().chain(new.keys.keys());
    let changed = keys.filter(|key| old.keys.get(*key) != new.keys.get(*key));
    let bare = |section: Option<&SectionFacts>| {
        section
            .map(|section| section.terms.iter().map(|term| term.keys.clone()).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    let tags = old.sections.iter().chain(&new.sections).map(|section| &section.tag);
    let sections = tags.filter(|tag| old.section(tag) != new.section(tag));
    changed.into_iter().all(|key| is.keys.get(key) == new.keys.get(key))
        && sections.into_iter().all(|tag| bare(is.section(tag)) == bare(new.section(tag)))
}

/// The concept written anew, where its way of writing allows no edit.
fn rewritten(
    chunk: &str,
    there: &Concept,
    old: &Facts,
    new: &Facts,
    after: &Concept,
) -> Result<String, Vec<Finding>> {
    let mut facts = Facts::of(there);
    for key in old.keys.keys().chain(new.keys.keys()) {
        match new.keys.get(key) {
            Some(value) if old.keys.get(key) != Some(value) => {
                _ = facts.keys.insert(key.clone(), value.clone());
            }
            None => _ = facts.keys.remove(key),
            Some(_) => {}
        }
    }
    for section in &new.sections {
        match facts.sections.iter_mut().find(|known| known.tag == section.tag) {
            Some(known) => known.clone_from(section),
            None => facts.sections.push(section.clone()),
        }
    }
    facts.sections.retain(|section| new.section(&section.tag).is_some());
    let mut text = String::new();
    append(&mut text, &facts.concept(after.id.clone()));
    let comments = &chunk[..chunk.find("[[").unwrap_or(0)];
    let trailing =
        chunk.parse::<DocumentMut>().map(|document| document.trailing().as_str().unwrap_or("").to_owned());
    let text = comments.to_owned() + text.trim_start_matches('\n') + &trailing.unwrap_or_default();
    if says(&text, old, new) { Ok(text) } else { Err(vec![inline_concepts()]) }
}
