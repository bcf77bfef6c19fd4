//! Formats of pairs: which two languages, which terms beside which.

use std::collections::{BTreeMap, HashSet};

use super::log::{At, Log};
use super::loss::{LossKind, Losses};
use super::sheet::Row;
use super::{Input, Target, tags};
use crate::check::{Finding, Severity};
use crate::lang::Lang;
use crate::termbase::{Concept, LangTag, Review, Status, TermEntry, Termbase};
use crate::text::langid;

/// A source term beside a target term.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'a> {
    pub(super) concept: &'a Concept,
    pub(super) source: &'a TermEntry,
    pub(super) target: &'a TermEntry,
}

/// Which terms stand beside which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pairing {
    /// Each source term beside each target term: who reads the list looks up what is not to be used, too.
    Product,
    /// Each source term beside the best target term.
    BestTarget,
    /// Each source term that is not forbidden beside the best target term that may be used, for machines, which take
    /// whatever they are given.
    UsableTarget,
}

/// The two languages of a format of pairs, the source first: as stated; else Spanish and English; else the only two.
pub(super) fn languages(termbase: &Termbase, target: &Target) -> Result<[LangTag; 2], Vec<Finding>> {
    if let [source, target, ..] = target.languages.as_slice() {
        return Ok([source.clone(), target.clone()]);
    }
    let used = used(termbase);
    let tag = |wanted: &str| used.get(wanted).map(|regional| one_of(wanted, regional));
    let found = match (tag("es"), tag("en")) {
        (Some(es), Some(en)) => Some([es, en]),
        _ if used.len() == 2 => {
            let mut tags = used.iter().map(|(primary, regional)| one_of(primary, regional));
            tags.next().zip(tags.next()).map(|(one, other)| [one, other])
        }
        _ => None,
    };
    found.ok_or_else(|| {
        let names: Vec<&str> = used.keys().map(String::as_str).collect();
        let message = format!("a format of pairs needs two languages; the terms are in {}", names.join(", "));
        vec![Finding::new(Severity::Error, "export-limit", message).help("name them: --langs es,en")]
    })
}

/// The languages in use, each with its tags.
fn used(termbase: &Termbase) -> BTreeMap<String, Vec<LangTag>> {
    let mut used: BTreeMap<String, Vec<LangTag>> = BTreeMap::new();
    for section in termbase.concepts.iter().flat_map(|concept| &concept.sections) {
        let tags = used.entry(tags::primary(&section.tag).to_owned()).or_default();
        if !tags.contains(&section.tag) {
            tags.push(section.tag.clone());
        }
    }
    used
}

/// The one tag that is used for a language, else the language without a region.
fn one_of(primary: &str, regional: &[LangTag]) -> LangTag {
    match regional {
        [only] => only.clone(),
        _ => LangTag(primary.to_owned()),
    }
}

/// The languages of a file that does not name them: as stated, else by its name (`terms.es-en.tsv`), else Spanish and
/// English.
pub(super) fn languages_of(input: &Input<'_>) -> [LangTag; 2] {
    stated(input).unwrap_or_else(usual_languages)
}

/// The languages as they are stated, else by the file's name.
pub(super) fn stated(input: &Input<'_>) -> Option<[LangTag; 2]> {
    match input.languages.as_slice() {
        [source, target, ..] => Some([source.clone(), target.clone()]),
        _ => of_name(input.name),
    }
}

/// The two texts of a row that has both and is no remark.
pub(super) fn of_row(row: &Row) -> Option<[&str; 2]> {
    let [source, target, ..] = row.cells.as_slice() else { return None };
    (!source.starts_with('#')).then_some([source, target])
}

/// So many pairs, or terms, tell in which language they are.
pub(super) const SAMPLE: usize = 200;

/// The languages of pairs of which the file names none: as stated; else Spanish and English, in the order that the
/// texts read as, which is told.
pub(super) fn assumed<'t>(
    input: &Input<'_>,
    pairs: impl Iterator<Item = [&'t str; 2]>,
    log: &mut Log<'_>,
) -> [LangTag; 2] {
    if let Some(stated) = stated(input) {
        return stated;
    }
    let mut texts = [String::new(), String::new()];
    for pair in pairs.take(SAMPLE) {
        for (text, cell) in texts.iter_mut().zip(pair) {
            *text += cell;
            text.push('\n');
        }
    }
    if texts.iter().all(String::is_empty) {
        return usual_languages();
    }
    let lang = |text: &String| langid::log_odds(text).map(langid::side);
    let is_turned = [lang(&texts[0]), lang(&texts[1])] == [Some(Lang::En), Some(Lang::Es)];
    let [es, en] = usual_languages();
    let sides = if is_turned { [en, es] } else { [es, en] };
    let [source, target] = &sides;
    let message = format!(
        "nothing names its languages; they are taken to be {source} and {target}, in this order \
         (`--langs {target},{source}` for the other)"
    );
    log.repaired("languages that nothing names", At::Nowhere, message);
    sides
}

/// The languages of a file that may state each of them.
#[derive(Clone, Debug)]
pub(super) struct Sides {
    /// The languages, those that are not known yet as they usually are.
    pub(super) tags: [LangTag; 2],
    known: [bool; 2],
    /// They were given from outside, and the file is not asked.
    stated: bool,
}

impl Sides {
    /// Before the file is read: as stated, else by its name.
    pub(super) fn of(input: &Input<'_>) -> Self {
        let tags = stated(input);
        let known = [tags.is_some(); 2];
        let stated = !input.languages.is_empty();
        Sides { tags: tags.unwrap_or_else(usual_languages), known, stated }
    }

    /// What the file states of a side.
    pub(super) fn state(&mut self, side: usize, tag: LangTag) {
        if !self.stated {
            (self.tags[side], self.known[side]) = (tag, true);
        }
    }

    /// Whether the language of one of these sides is not known.
    fn lacks(&self, used: [bool; 2]) -> bool {
        (0..2).any(|side| used[side] && !self.known[side])
    }

    /// The languages by what the terms look like, which is told: of two unknown ones as [`assumed`], of one the other
    /// than the known one, or that of the texts where it stands alone.
    fn assumed(
        &self,
        input: &Input<'_>,
        termbase: &Termbase,
        used: [bool; 2],
        log: &mut Log<'_>,
    ) -> [LangTag; 2] {
        let [source, target] = &self.tags;
        let first = |concept: &Concept, tag: &LangTag| {
            let section = concept.sections.iter().find(|section| section.tag == *tag);
            section
                .and_then(|section| section.terms.first())
                .map(|entry| entry.term.clone())
                .unwrap_or_default()
        };
        let concepts = termbase.concepts.iter().take(SAMPLE);
        let pairs: Vec<[String; 2]> =
            concepts.map(|concept| [first(concept, source), first(concept, target)]).collect();
        if used == [true; 2] && self.known == [false; 2] {
            return assumed(input, pairs.iter().map(|pair| pair.each_ref().map(String::as_str)), log);
        }
        let mut tags = self.tags.clone();
        for side in (0..2).filter(|side| used[*side] && !self.known[*side]) {
            let other = Lang::from_tag(self.tags[1 - side].as_str()).filter(|_| self.known[1 - side]);
            let texts: Vec<&str> = pairs.iter().map(|pair| pair[side].as_str()).collect();
            let by_looks = || langid::log_odds(&texts.join("\n")).map(langid::side);
            let lang = other.map(Lang::other).or_else(by_looks).unwrap_or(Lang::Es);
            tags[side] = LangTag(lang.code().to_owned());
            let what = ["headwords", "translations"][side];
            let message = format!("nothing names the language of its {what}; it is taken to be {lang}");
            log.repaired("languages that nothing names", At::Nowhere, message);
        }
        tags
    }
}

/// What a pass over a file gave, with the languages that it goes by.
pub(super) struct Pass {
    pub(super) termbase: Termbase,
    pub(super) sides: Sides,
    /// Which of the languages terms were given, for want of their own.
    pub(super) used: [bool; 2],
}

/// Reads a file once, and where it does not state its languages and they look to be others than the usual ones, once
/// more with these.
pub(super) fn settled<'a>(
    input: &Input<'a>,
    log: Log<'a>,
    read: impl Fn(Sides, &mut Log<'a>) -> Result<Pass, Finding>,
) -> Result<(Termbase, Vec<Finding>), Finding> {
    let mut first = log.clone();
    let Pass { termbase, sides, used } = read(Sides::of(input), &mut first)?;
    if !sides.lacks(used) {
        return Ok((termbase, first.finish()));
    }
    let tags = sides.assumed(input, &termbase, used, &mut first);
    if tags == sides.tags {
        return Ok((termbase, first.finish()));
    }
    let mut second = log;
    sides.assumed(input, &termbase, used, &mut second);
    let known = Sides { tags, ..Sides::of(input) };
    let Pass { termbase, .. } = read(known, &mut second)?;
    Ok((termbase, second.finish()))
}

/// Those of a file of which nothing tells the languages.
pub(super) fn usual_languages() -> [LangTag; 2] {
    ["es", "en"].map(|code| LangTag(code.to_owned()))
}

/// The two languages that a part of a file's name tells: `es-en`, `es_en`, `es-MX_en-US`.
pub(super) fn of_name(name: &str) -> Option<[LangTag; 2]> {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.split(['.', ' ']).rev().find_map(|part| {
        let cuts = part.char_indices().filter(|(_, c)| matches!(c, '-' | '_')).map(|(at, _)| at);
        cuts.map(|at| (&part[..at], &part[at + 1..])).find_map(|(source, target)| {
            let tag = |written: &str| tags::of_heading(written).filter(|_| written.len() < 7);
            Some([tag(source)?, tag(target)?])
        })
    })
}

/// Whether terms under this tag belong to a wanted language.
pub(super) fn is_of(tag: &LangTag, wanted: &LangTag) -> bool {
    tags::primary(tag) == tags::primary(wanted)
}

/// Whether the terms under a tag are on a side, beside another. Where the two are one language of two regions, a section is of the
/// region that it names, else of the tag that names none, else of both.
pub(super) fn is_side(tag: &LangTag, wanted: &LangTag, other: &LangTag) -> bool {
    let general = || wanted.region().is_none() || tag.region().is_none();
    is_of(tag, wanted) && (!is_of(wanted, other) || tag == wanted || tag != other && general())
}

/// The terms of two languages, each in order.
pub(super) fn sides<'a>(concept: &'a Concept, [source, target]: [&LangTag; 2]) -> [Vec<&'a TermEntry>; 2] {
    [(source, target), (target, source)].map(|(wanted, other)| {
        let sections = concept.sections.iter().filter(|section| is_side(&section.tag, wanted, other));
        sections.flat_map(|section| &section.terms).collect()
    })
}

/// The term to be used: the first stated as preferred, else the first that may be used. There is none where none may.
pub(super) fn best<'a>(terms: &[&'a TermEntry]) -> Option<&'a TermEntry> {
    let mut usable = terms.iter().filter(|term| term.is_usable());
    let preferred = usable.clone().find(|term| term.status == Some(Status::Preferred));
    preferred.or_else(|| usable.next()).copied()
}

/// The terms of two languages that stand for one another; `None` where a side has none, which is told.
pub(super) fn equivalents<'a>(
    concept: &'a Concept,
    languages: [&LangTag; 2],
    losses: &mut Losses,
) -> Option<[Vec<&'a TermEntry>; 2]> {
    both(sides(concept, languages), concept, losses)
}

/// The same for machines: what is forbidden on neither side, what is deprecated or superseded not as a translation. As a
/// source it stays: texts have it, and what to write for it is what the list is asked. All that is left out is told.
fn usable_equivalents<'a>(
    concept: &'a Concept,
    languages: [&LangTag; 2],
    losses: &mut Losses,
) -> Option<[Vec<&'a TermEntry>; 2]> {
    let [sources, targets] = sides(concept, languages);
    let sources = only(sources, |entry| !entry.forbidden, concept, losses);
    both([sources, usable(targets, concept, losses)], concept, losses)
}

/// The terms that may be used; the others are told.
pub(super) fn usable<'a>(
    terms: Vec<&'a TermEntry>,
    concept: &Concept,
    losses: &mut Losses,
) -> Vec<&'a TermEntry> {
    only(terms, TermEntry::is_usable, concept, losses)
}

fn only<'a>(
    terms: Vec<&'a TermEntry>,
    may_stand: fn(&TermEntry) -> bool,
    concept: &Concept,
    losses: &mut Losses,
) -> Vec<&'a TermEntry> {
    let (kept, left_out): (Vec<_>, Vec<_>) = terms.into_iter().partition(|entry| may_stand(entry));
    for _ in left_out {
        losses.add(LossKind::Dropped, "terms", "it is not to be used, and the format cannot say so", concept);
    }
    kept
}

/// The sides, if both have terms; else the concept is told.
fn both<'a>(
    sides: [Vec<&'a TermEntry>; 2],
    concept: &Concept,
    losses: &mut Losses,
) -> Option<[Vec<&'a TermEntry>; 2]> {
    let is_whole = sides.iter().all(|side| !side.is_empty());
    if !is_whole {
        let reason = "it has no terms to be used in one of the two languages";
        losses.add(LossKind::Dropped, "concept", reason, concept);
    }
    is_whole.then_some(sides)
}

/// The pairs of all concepts that have both languages.
pub(super) fn pairs<'a>(
    termbase: &'a Termbase,
    [source, target]: &[LangTag; 2],
    pairing: Pairing,
    losses: &mut Losses,
) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for concept in termbase.concepts.iter() {
        let languages = [source, target];
        let paired = match pairing {
            Pairing::Product | Pairing::BestTarget => equivalents(concept, languages, losses),
            Pairing::UsableTarget => usable_equivalents(concept, languages, losses),
        };
        let Some([sources, mut targets]) = paired else { continue };
        let one = pairing != Pairing::Product;
        if let Some(best) = best(&targets).or(targets.first().copied()).filter(|_| one) {
            targets = all_but(&targets, best, concept, losses);
        }
        let mut told = HashSet::new();
        for (source, target) in
            sources.into_iter().flat_map(|one| targets.iter().map(move |other| (one, *other)))
        {
            if one || told.insert((source.term.as_str(), target.term.as_str())) {
                pairs.push(Pair { concept, source, target });
            } else {
                losses.add(LossKind::Dropped, "terms", "the same two stand there already", concept);
            }
        }
    }
    pairs
}

/// The pairs whose source is not taken for a remark; those terms are told.
pub(super) fn without_remarks<'a>(pairs: Vec<Pair<'a>>, losses: &mut Losses) -> Vec<Pair<'a>> {
    let (remarks, kept): (Vec<_>, Vec<_>) =
        pairs.into_iter().partition(|pair| pair.source.term.starts_with('#'));
    let mut told: Option<&TermEntry> = None;
    for Pair { concept, source, .. } in remarks {
        if told.replace(source).is_none_or(|before| !std::ptr::eq(before, source)) {
            losses.add(LossKind::Dropped, "terms", "a line that begins with # is a remark", concept);
        }
    }
    kept
}

/// Tells the stages of review that a flag for what nobody has approved does not say.
pub(super) fn tell_review(termbase: &Termbase, losses: &mut Losses) {
    let is_other = |concept: &&Concept| matches!(concept.review, Some(Review::Reviewed | Review::Approved));
    for concept in termbase.concepts.iter().filter(is_other) {
        losses.add(LossKind::Dropped, "review", "there is a flag for what is proposed alone", concept);
    }
}

fn all_but<'a>(
    terms: &[&'a TermEntry],
    best: &'a TermEntry,
    concept: &Concept,
    losses: &mut Losses,
) -> Vec<&'a TermEntry> {
    for _ in 1..terms.len() {
        losses.add(LossKind::Dropped, "terms", "one translation for a term", concept);
    }
    vec![best]
}

/// The finding for entries that break a limit of the target.
pub(super) fn limit(format: &str, entry: &Concept, what: &str, help: &str) -> Finding {
    let message = format!("`{}` cannot go into {format}: {what}", entry.id);
    Finding::new(Severity::Error, "export-limit", message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_tell_two_languages() {
        for (name, wanted) in [
            ("a/terms.es-en.tsv", Some(["es", "en"])),
            ("out.es-MX_en-US.txt", Some(["es-MX", "en-US"])),
            ("en_es.csv", Some(["en", "es"])),
            ("terms.tsv", None),
            ("vino-blanco.csv", None),
            ("es.po", None),
        ] {
            let wanted = wanted.map(|tags| tags.map(|tag| LangTag(tag.to_owned())));
            assert_eq!(of_name(name), wanted, "{name}");
        }
    }
}
