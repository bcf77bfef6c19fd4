//! Merging three texts of a glossary: what only one side has touched is taken as that side wrote it, comments and all;
//! what both have touched is merged by field, and what they state differently is marked, as git marks it.

use std::collections::{HashMap, HashSet};

use toml_edit::DocumentMut;

use super::chunks::{Chunks, apart};
use super::merge::{CONCEPT, FieldConflict, Prefer, merge};
use super::revise::rewrite;
use crate::check::Finding;
use crate::termbase::edit::{Surroundings, keeping_line_ends};

/// The text of a glossary with its name for messages.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// What to call it.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
}

/// What merging texts gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergedText {
    /// The text, conflicts marked in it.
    pub text: String,
    /// The conflicts, each with its concept; that of the settings is `[glossary]`.
    pub conflicts: Vec<(String, FieldConflict)>,
}

/// Merges two texts of a glossary that come from the same one. Conflicts are marked by lines of so many `<`, `=`, `>`.
///
/// # Errors
/// What is wrong with one of them.
pub fn merge_texts(
    base: Version<'_>,
    ours: Version<'_>,
    theirs: Version<'_>,
    marker: usize,
) -> Result<MergedText, Vec<Finding>> {
    for (one, other, result) in [(theirs, base, ours), (ours, theirs, ours), (ours, base, theirs)] {
        if one.text == other.text {
            return Ok(MergedText { text: result.text.to_owned(), conflicts: Vec::new() });
        }
    }
    let plain = |text: &str| text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (before, other) = (plain(base.text), plain(theirs.text));
    let mut conflicts = Vec::new();
    let text = keeping_line_ends(ours.text, |mine| {
        let around = Surroundings::default();
        let base = Chunks::of(base.name, &before, &around)?;
        let ours = Chunks::of(ours.name, mine, &around)?;
        let theirs = Chunks::of(theirs.name, &other, &around)?;
        let mut merging = Merging { base, ours, theirs, marker, conflicts: Vec::new() };
        let text = merging.text();
        conflicts = merging.conflicts;
        Ok(text)
    })?;
    Ok(MergedText { text, conflicts })
}

struct Merging<'t> {
    base: Chunks<'t>,
    ours: Chunks<'t>,
    theirs: Chunks<'t>,
    marker: usize,
    conflicts: Vec<(String, FieldConflict)>,
}

/// The places of concepts by id.
fn places<'c>(chunks: &'c Chunks<'_>) -> HashMap<&'c str, usize> {
    chunks.concepts.iter().enumerate().map(|(at, concept)| (concept.id.as_str(), at)).collect()
}

impl<'t> Merging<'t> {
    fn text(&mut self) -> String {
        let order = self.order();
        let places = [places(&self.base), places(&self.ours), places(&self.theirs)]
            .map(|places| places.into_iter().map(|(id, at)| (id.to_owned(), at)).collect::<HashMap<_, _>>());
        let mut out = self.head();
        for id in order {
            let [base, ours, theirs] = [0, 1, 2].map(|side: usize| places[side].get(&id).copied());
            let chunk = self.concept(&id, base, ours, theirs);
            push(&mut out, &chunk);
        }
        out
    }

    /// The ids in the order of ours, each that only theirs has behind the one that it follows there.
    fn order(&self) -> Vec<String> {
        let ids = |chunks: &Chunks<'_>| {
            chunks.concepts.iter().map(|concept| concept.id.0.clone()).collect::<Vec<_>>()
        };
        let mine = ids(&self.ours);
        let known: HashSet<&String> = mine.iter().collect();
        let mut behind: HashMap<Option<&String>, Vec<&String>> = HashMap::new();
        let other = ids(&self.theirs);
        let mut last = None;
        for id in &other {
            if known.contains(id) {
                last = Some(id);
            } else {
                behind.entry(last).or_default().push(id);
            }
        }
        let mut order: Vec<String> = Vec::new();
        for id in std::iter::once(None).chain(mine.iter().map(Some)) {
            order.extend(id.cloned());
            order.extend(behind.remove(&id).into_iter().flatten().cloned());
        }
        order
    }

    /// What stands before the concepts: the settings, merged key by key where both have changed them.
    fn head(&mut self) -> String {
        let (base, ours, theirs) = (self.base.head(), self.ours.head(), self.theirs.head());
        if let Some(head) = unchallenged(Some(base), Some(ours), Some(theirs)) {
            return head.unwrap_or_default().to_owned();
        }
        if let Some(merged) = merged_settings(base, ours, theirs) {
            return merged;
        }
        let text = |text: &str| Some(text.trim().to_owned());
        let conflict = FieldConflict {
            field: "glossary".to_owned(),
            base: text(base),
            ours: text(ours),
            theirs: text(theirs),
        };
        self.conflicts.push(("[glossary]".to_owned(), conflict));
        self.marked(ours, theirs)
    }

    fn concept(
        &mut self,
        id: &str,
        base: Option<usize>,
        ours: Option<usize>,
        theirs: Option<usize>,
    ) -> String {
        let chunk = |chunks: &Chunks<'t>, at: Option<usize>| at.map(|at| chunks.chunk(at));
        let (b, o, t) = (chunk(&self.base, base), chunk(&self.ours, ours), chunk(&self.theirs, theirs));
        if let Some(kept) = unchallenged(b, o, t) {
            return kept.map_or_else(|| o.map_or("", apart).to_owned(), str::to_owned);
        }
        let of = |chunks: &Chunks<'t>, at: Option<usize>| at.map(|at| chunks.concepts[at].clone());
        let (base, mine, other) = (of(&self.base, base), of(&self.ours, ours), of(&self.theirs, theirs));
        let [for_ours, for_theirs] = [Prefer::Ours, Prefer::Theirs]
            .map(|prefer| merge(base.as_ref(), mine.as_ref(), other.as_ref(), prefer));
        let is_whole = for_ours.conflicts.iter().any(|conflict| conflict.field == CONCEPT);
        let mut is_settled = for_ours.conflicts.is_empty();
        let conflicts = for_ours.conflicts.into_iter().map(|conflict| (id.to_owned(), conflict));
        self.conflicts.extend(conflicts);
        let (Some(o), Some(t), Some(mine), false) = (o, t, mine, is_whole) else {
            // Gone on one side, changed in no field on the other: gone. Else somebody has to decide.
            return match is_settled {
                true => apart(o.unwrap_or("")).to_owned(),
                false => self.marked(o.unwrap_or(""), t.unwrap_or("")),
            };
        };
        let [o, t] = with_comments(b, o, t);
        if o != t {
            is_settled = false;
            let of = |chunk: &str| Some(comments(chunk).trim().to_owned());
            let conflict = FieldConflict {
                field: "comment".to_owned(),
                base: b.and_then(of),
                ours: of(&o),
                theirs: of(&t),
            };
            self.conflicts.push((id.to_owned(), conflict));
        }
        let text = |chunk: String, merged: Option<crate::termbase::Concept>| {
            merged.and_then(|merged| rewrite(&chunk, &mine, &merged).ok()).unwrap_or(chunk)
        };
        let first = text(o, for_ours.concept);
        if is_settled { first } else { self.marked(&first, &text(t, for_theirs.concept)) }
    }

    /// Two texts as one: where their lines differ, both between marks.
    fn marked(&self, ours: &str, theirs: &str) -> String {
        let line = |sign: &str, name: &str| {
            format!("{} {name}", sign.repeat(self.marker)).trim_end().to_owned() + "\n"
        };
        let mut out = String::new();
        for (is_same, mine, other) in hunks(ours, theirs) {
            if is_same {
                out += &mine;
            } else {
                out += &(line("<", "ours") + &mine + &line("=", "") + &other + &line(">", "theirs"));
            }
        }
        out
    }
}

/// Adds a chunk, with a blank line before it and the end of its last line.
fn push(out: &mut String, chunk: &str) {
    if chunk.trim().is_empty() {
        return;
    }
    if !out.is_empty() && !out.ends_with("\n\n") && !chunk.starts_with('\n') {
        out.push('\n');
    }
    *out += if out.is_empty() { chunk.trim_start_matches('\n') } else { chunk };
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

/// What is right where at most one side has changed something; `None` where both have.
fn unchallenged<'t>(
    base: Option<&'t str>,
    ours: Option<&'t str>,
    theirs: Option<&'t str>,
) -> Option<Option<&'t str>> {
    // The blank lines around a concept are no change of it.
    let [b, o, t] = [base, ours, theirs].map(|side| side.map(str::trim));
    if t == b || o == t {
        Some(ours)
    } else if o == b {
        Some(theirs)
    } else {
        None
    }
}

/// The comments before a concept.
fn comments(chunk: &str) -> &str {
    chunk.split_once("[[").map_or("", |(before, _)| before)
}

/// Our chunk with the comments before it of each side; with those of the one that has changed them if only one has.
fn with_comments(base: Option<&str>, ours: &str, theirs: &str) -> [String; 2] {
    let (mine, other) = (comments(ours), comments(theirs));
    let with = |comments: &str| comments.to_owned() + &ours[mine.len()..];
    let is_as_it_was = |side: &str| base.map_or("", comments).trim() == side.trim();
    if mine.trim() == other.trim() || is_as_it_was(other) {
        [with(mine), with(mine)]
    } else if is_as_it_was(mine) {
        [with(other), with(other)]
    } else {
        [with(mine), with(other)]
    }
}

/// The settings of both sides, key by key; `None` where a key is different on both or they cannot be merged so.
fn merged_settings(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let table = |text: &str| -> Option<DocumentMut> { text.parse().ok() };
    let (base, mut mine, other) = (table(base)?, table(ours)?, table(theirs)?);
    let of = |document: &DocumentMut, key: &str| {
        let item = document.get("glossary")?.as_table()?.get(key)?;
        Some(item.to_string().trim().to_owned())
    };
    let keys = |document: &DocumentMut| -> Vec<String> {
        let table = document.get("glossary").and_then(|item| item.as_table());
        table.map(|table| table.iter().map(|(key, _)| key.to_owned()).collect()).unwrap_or_default()
    };
    let mut all = keys(&base);
    all.extend(keys(&other));
    for key in all {
        let (b, o, t) = (of(&base, &key), of(&mine, &key), of(&other, &key));
        if t == b || o == t {
            continue;
        }
        if o != b {
            return None;
        }
        let table = mine.entry("glossary").or_insert_with(toml_edit::table).as_table_mut()?;
        match other.get("glossary").and_then(|item| item.get(&key)) {
            Some(item) => _ = table.insert(&key, item.clone()),
            None => _ = table.remove(&key),
        }
    }
    Some(mine.to_string())
}

/// Two texts in runs of lines: those that are the same in both, and those that are not.
fn hunks(ours: &str, theirs: &str) -> Vec<(bool, String, String)> {
    let (mine, other): (Vec<&str>, Vec<&str>) =
        (ours.split_inclusive('\n').collect(), theirs.split_inclusive('\n').collect());
    let common = common_lines(&mine, &other);
    let mut hunks: Vec<(bool, String, String)> = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (next_i, next_j) in common.into_iter().chain([(mine.len(), other.len())]) {
        let (left, right) = (mine[i..next_i].concat(), other[j..next_j].concat());
        if !left.is_empty() || !right.is_empty() {
            hunks.push((false, left, right));
        }
        if let Some(line) = mine.get(next_i) {
            match hunks.last_mut() {
                Some((true, same, _)) => *same += line,
                _ => hunks.push((true, (*line).to_owned(), String::new())),
            }
        }
        (i, j) = (next_i + 1, next_j + 1);
    }
    hunks
}

/// The longest common subsequence of two short lists of lines, as pairs of indices.
fn common_lines(mine: &[&str], other: &[&str]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0u32; other.len() + 1]; mine.len() + 1];
    for i in (0..mine.len()).rev() {
        for j in (0..other.len()).rev() {
            longest[i][j] = if mine[i] == other[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < mine.len() && j < other.len() {
        if mine[i] == other[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "[glossary]\ntitle = \"a\"\n\n# uno\n[[concept]]\nid = \"uno\"\nterms.es = \"uno\" # x\nnote = \"n\"\n\n# dos\n[[concept]]\nid = \"dos\"\nterms.es = \"dos\"\nterms.en = [\"two\", \"pair\"]\n";

    fn merged(ours: &str, theirs: &str) -> MergedText {
        let version = |name, text| Version { name, text };
        merge_texts(version("base", BASE), version("ours", ours), version("theirs", theirs), 7)
            .expect("a merge")
    }

    #[test]
    fn what_only_one_side_touched_is_as_that_side_wrote_it() {
        let ours =
            BASE.replace("note = \"n\"", "note = 'nota' # mía").replace("title = \"a\"", "title = \"b\"");
        let theirs =
            BASE.replace("# dos", "# dos, también") + "note =    \"t\"\n\n[[concept]]\nterms.es = \"tres\"\n";
        let MergedText { text, conflicts } = merged(&ours, &theirs);
        assert_eq!(conflicts, []);
        assert_eq!(
            text,
            theirs.replace("note = \"n\"", "note = 'nota' # mía").replace("title = \"a\"", "title = \"b\"")
        );
        let head = BASE.replace("[glossary]\n", "[glossary]\nui = \"es\"\n");
        let both = merged(&ours, &head).text;
        assert!(both.contains("title = \"b\"") && both.contains("ui = \"es\""), "{both}");
    }

    #[test]
    fn both_sides_in_one_concept_merge_by_field_and_comments_stay() {
        let ours = BASE.replace("\"pair\"]", "\"pair\", \"couple\"] # nuevo");
        let theirs = BASE
            .replace("\"two\",", "\"two\", # el número\n    ")
            .replace("id = \"dos\"", "id = \"dos\"\nsubject = \"s\"");
        let MergedText { text, conflicts } = merged(&ours, &theirs);
        assert_eq!(conflicts, []);
        assert!(text.contains("subject = \"s\"") && text.contains("\"couple\"] # nuevo"), "{text}");
        assert!(text.contains("# dos\n[[concept]]"), "{text}");
    }

    #[test]
    fn conflicts_are_marked_in_their_lines() {
        let ours = BASE.replace("note = \"n\"", "note = \"nuestra\"");
        let theirs = BASE.replace("note = \"n\"", "note = \"suya\"\nsubject = \"s\"");
        let MergedText { text, conflicts } = merged(&ours, &theirs);
        assert!(
            text.contains("<<<<<<< ours\nnote = \"nuestra\"\n=======\nnote = \"suya\"\n>>>>>>> theirs\n"),
            "{text}"
        );
        assert!(text.contains("subject = \"s\""), "{text}");
        assert_eq!((conflicts.len(), conflicts[0].0.as_str()), (1, "uno"));
        assert_eq!(conflicts[0].1.theirs.as_deref(), Some("suya"));
    }

    #[test]
    fn what_is_gone_stays_gone_unless_the_other_side_changed_it() {
        let gone = BASE.split("\n# uno").next().expect("head").to_owned()
            + "\n# dos"
            + BASE.split("# dos").nth(1).expect("dos");
        assert_eq!(
            merged(&gone, &(BASE.to_owned() + "note = \"t\"\n")).text,
            gone.clone() + "note = \"t\"\n"
        );
        let MergedText { text, conflicts } = merged(&gone, &BASE.replace("note = \"n\"", "note = \"m\""));
        assert!(
            text.contains("<<<<<<< ours\n=======\n") && text.contains("note = \"m\"\n\n>>>>>>> theirs")
                || text.contains("note = \"m\"\n>>>>>>> theirs"),
            "{text}"
        );
        assert_eq!(conflicts[0].1.field, "concept");
    }

    #[test]
    fn two_new_concepts_of_one_id_are_two() {
        let new = |comment: &str, es: &str, en: &str| {
            format!(
                "{BASE}\n# {comment}\n[[concept]]\nid = \"tres\"\nterms.es = \"{es}\"\nterms.en = \"{en}\"\n"
            )
        };
        let MergedText { text, conflicts } = merged(&new("a", "tres", "three"), &new("b", "trío", "trio"));
        assert_eq!((conflicts.len(), conflicts[0].1.field.as_str()), (1, "concept"));
        assert_eq!(conflicts[0].1.theirs.as_deref(), Some("trío · trio"));
        let marked = "id = \"tres\"\n<<<<<<< ours\nterms.es = \"tres\"\nterms.en = \"three\"\n=======\nterms.es = \"trío\"\nterms.en = \"trio\"\n>>>>>>> theirs\n";
        assert!(text.contains(marked), "{text}");
        assert!(text.contains("<<<<<<< ours\n# a\n=======\n# b\n>>>>>>> theirs\n"), "{text}");
        // With a term in common they are one.
        let MergedText { text, conflicts } = merged(&new("a", "tres", "three"), &new("a", "tres", "III"));
        assert_eq!(conflicts[0].1.field, "terms.en order", "{text}");
    }

    #[test]
    fn comments_that_both_have_changed_are_marked() {
        let ours = BASE.replace("# dos", "# dos, de la mesa") + "note = \"n\"\n";
        let theirs = BASE.replace("# dos", "# dos, del archivo") + "subject = \"s\"\n";
        let MergedText { text, conflicts } = merged(&ours, &theirs);
        assert_eq!((conflicts.len(), conflicts[0].1.field.as_str()), (1, "comment"));
        assert!(
            text.contains(
                "<<<<<<< ours\n# dos, de la mesa\n=======\n# dos, del archivo\n>>>>>>> theirs\n[[concept]]"
            ),
            "{text}"
        );
        assert!(text.contains("note = \"n\"\n") && text.contains("subject = \"s\"\n"), "{text}");
    }

    #[test]
    fn line_ends_are_ours_and_broken_texts_are_told() {
        let ours = BASE.replace("title = \"a\"", "title = \"b\"").replace('\n', "\r\n");
        let MergedText { text, .. } = merged(&ours, &(BASE.to_owned() + "note = \"t\"\n"));
        assert_eq!(
            text,
            BASE.replace("title = \"a\"", "title = \"b\"").replace('\n', "\r\n") + "note = \"t\"\r\n"
        );
        let version = |name, text| Version { name, text };
        let broken = merge_texts(version("b", BASE), version("o", "[[concept]\n"), version("t", ""), 7);
        assert!(broken.expect_err("broken")[0].message.contains("not valid TOML"));
    }
}
