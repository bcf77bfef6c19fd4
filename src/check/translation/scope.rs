//! What a rule looks at: a text with its translation, or a text alone.

use std::cell::OnceCell;

use super::agreement::Written;
use super::index::Index;
use super::words::{Word, within, words};
use super::{Checker, quoted};
use crate::align::Bead;
use crate::check::quantity::{Contrast, Quantity};
use crate::engine::{Analysis, Bitext, Collection};
use crate::lang::Lang;
use crate::matcher::{Hit, Matcher};
use crate::termbase::{Concept, LangTag, TermEntry, Termbase};
use crate::text::Span;

/// A bead less sure than this shows nothing by what it lacks.
pub(super) const CONFIDENT: f32 = 0.5;

/// One of the texts.
#[derive(Clone, Debug)]
pub struct Side<'a> {
    /// The text with its segments and hits.
    pub analysis: &'a Analysis,
    /// For each segment the index of its bead.
    beads: Vec<Option<usize>>,
    /// What stands in quotation marks.
    quoted: Vec<Span>,
    /// Its words.
    pub words: Vec<Word>,
}

/// A text with its translation, or a text alone.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// The termbase.
    pub termbase: &'a Termbase,
    /// What made the hits.
    pub matcher: &'a Matcher,
    /// The beads; none where a text is alone.
    pub beads: &'a [Bead],
    /// The language translated from, where it is known.
    pub source: Option<Lang>,
    /// The language of messages.
    pub ui: Lang,
    /// The date of the text, as far as it is known, as ISO 8601 writes it.
    pub date: Option<String>,
    /// The figures that differ, once a rule has asked for them.
    pub(super) contrasts: OnceCell<Vec<Contrast>>,
    /// The quantities of each bead, in both languages, once they are asked for.
    pub(super) quantities: OnceCell<Vec<[Vec<Quantity>; 2]>>,
    /// What all scopes share about the termbase.
    pub(super) index: &'a Index,
    sides: [Option<Side<'a>>; 2],
    tags: [LangTag; 2],
}

impl<'a> Scope<'a> {
    /// The scope of a pair.
    pub(crate) fn of_pair(checker: &'a Checker<'a>, collection: &'a Collection, bitext: &'a Bitext) -> Self {
        let side = |document: usize, segments: fn(&Bead) -> &[usize]| {
            let analysis = &collection.documents[document];
            let mut beads = vec![None; analysis.segments.len()];
            for (i, bead) in bitext.beads.iter().enumerate() {
                segments(bead).iter().for_each(|&segment| beads[segment] = Some(i));
            }
            Side { beads, ..Side::new(analysis, if document == bitext.es { Lang::Es } else { Lang::En }) }
        };
        let sides = [side(bitext.es, |bead| &bead.es), side(bitext.en, |bead| &bead.en)];
        let date = sides.iter().find_map(|side| crate::text::date::of(&side.analysis.document));
        let scope = Scope::new(checker);
        Scope {
            beads: &bitext.beads,
            sides: sides.map(Some),
            date: date.or(scope.date),
            source: scope.source.or_else(|| collection.source_of(bitext)),
            ..scope
        }
    }

    /// The scope of a text alone; `None` where its language is not known.
    pub(crate) fn of_text(checker: &'a Checker<'a>, analysis: &'a Analysis) -> Option<Self> {
        let mut scope = Scope::new(checker);
        let lang = analysis.lang()?;
        scope.sides[lang as usize] = Some(Side::new(analysis, lang));
        scope.date = crate::text::date::of(&analysis.document).or(scope.date);
        Some(scope)
    }

    fn new(checker: &'a Checker<'a>) -> Self {
        let (engine, options) = (checker.engine, checker.options);
        let termbase = engine.termbase();
        let tag = |lang: Lang| {
            let tags = &termbase.settings.languages;
            tags.iter().find(|tag| tag.lang() == Some(lang)).cloned()
        };
        Scope {
            termbase,
            matcher: engine.matcher(),
            beads: &[],
            source: options.source,
            ui: options.ui,
            date: options.date.clone(),
            contrasts: OnceCell::new(),
            quantities: OnceCell::new(),
            index: &checker.index,
            sides: [None, None],
            tags: Lang::ALL.map(|lang| tag(lang).unwrap_or_else(|| LangTag(lang.code().to_owned()))),
        }
    }

    /// The text in a language, if there is one.
    pub fn side(&self, lang: Lang) -> Option<&Side<'a>> {
        self.sides[lang as usize].as_ref()
    }

    /// Whether there is a text and its translation.
    pub fn is_pair(&self) -> bool {
        self.sides.iter().all(Option::is_some)
    }

    /// The languages whose texts are to be judged: the translation, or both sides where it is not known which one
    /// that is.
    pub fn judged(&self) -> impl Iterator<Item = (Lang, &Side<'a>)> {
        let judged = |lang: &Lang| !self.is_pair() || self.source.is_none_or(|source| source != *lang);
        Lang::ALL.into_iter().filter(judged).filter_map(|lang| Some((lang, self.side(lang)?)))
    }

    /// Those of them that translate the other side; none where a text is alone.
    pub fn translations(&self) -> impl Iterator<Item = (Lang, &Side<'a>)> {
        self.judged().filter(|_| self.is_pair())
    }

    /// The tag of the readers of a language (`es-MX`).
    pub fn readers(&self, lang: Lang) -> &LangTag {
        &self.tags[lang as usize]
    }

    /// A message in the reader's language.
    pub fn say(&self, en: impl Into<String>, es: impl Into<String>) -> String {
        match self.ui {
            Lang::En => en.into(),
            Lang::Es => es.into(),
        }
    }

    /// The entry of a hit.
    pub fn entry(&self, hit: &Hit) -> &'a TermEntry {
        self.termbase.term(hit.term)
    }

    /// A hit as it stands in the text of a language.
    pub fn written(&self, lang: Lang, hit: &Hit) -> Option<Written<'a>> {
        let text = hit.span.of(self.side(lang)?.text());
        Some(Written { entry: self.entry(hit), rule: self.matcher.rule(hit.pattern), text })
    }

    /// The concept of a hit.
    pub fn concept(&self, hit: &Hit) -> &'a Concept {
        &self.termbase.concepts[hit.term.concept as usize]
    }

    /// Whether a place lies in a quotation or a title in quotation marks.
    pub fn is_quoted(&self, lang: Lang, span: Span) -> bool {
        self.side(lang).is_some_and(|side| side.quotes(span))
    }

    /// Whether a place lies in code between backticks, which is the same in every language.
    pub fn is_code(&self, lang: Lang, span: Span) -> bool {
        let Some(side) = self.side(lang) else { return false };
        let (before, after) = (&side.text()[..span.start], &side.text()[span.end..]);
        let before = before.rsplit('\n').next().unwrap_or("").matches('`').count();
        before % 2 == 1 && after.split('\n').next().is_some_and(|line| line.contains('`'))
    }

    /// Whether a place is quoted, or spoken of as a word: *what the law calls a municipal president*.
    pub fn is_mentioned(&self, lang: Lang, span: Span) -> bool {
        self.is_quoted(lang, span) || self.side(lang).is_some_and(|side| is_named(side, lang, span))
    }

    /// The index of the bead that a place lies in.
    pub fn bead_at(&self, lang: Lang, span: Span) -> Option<usize> {
        let side = self.side(lang)?;
        *side.beads.get(side.analysis.segment_at(span))?
    }

    /// What a bead has of a language: the stretches of its segments, and those of as many beads before and after it
    /// as `reach` says, in the order of the text.
    pub fn stretches(&self, bead: usize, lang: Lang, reach: usize) -> Vec<Span> {
        let Some(side) = self.side(lang) else { return Vec::new() };
        let beads = self.beads.iter().take(bead + reach + 1).skip(bead.saturating_sub(reach));
        let segments = beads.flat_map(|bead| if lang == Lang::Es { &bead.es } else { &bead.en });
        let mut spans: Vec<Span> = segments.map(|&i| side.analysis.segments[i].span).collect();
        spans.sort_unstable_by_key(|span| span.start);
        spans
    }

    /// How many bytes a bead has of a language.
    pub(super) fn length(&self, bead: usize, lang: Lang) -> usize {
        self.stretches(bead, lang, 0).iter().map(|span| span.len()).sum()
    }

    /// The beads that are sure enough to show something by what they lack.
    pub(super) fn sure_beads(&self) -> impl Iterator<Item = usize> + use<'a> {
        let beads = self.beads;
        (0..beads.len()).filter(|bead| beads[*bead].score >= CONFIDENT)
    }

    /// How far around a bead its counterpart may lie: nowhere else where it is sure.
    pub fn reach(&self, bead: usize) -> usize {
        usize::from(self.beads[bead].score < SETTLED)
    }

    /// The stretches of the other side where a place of one side is rendered.
    pub fn opposite(&self, lang: Lang, span: Span) -> Vec<Span> {
        let bead = self.bead_at(lang, span);
        bead.map_or_else(Vec::new, |bead| self.stretches(bead, lang.other(), self.reach(bead)))
    }

    /// The stretches of the own side around a place: its bead.
    pub fn around(&self, lang: Lang, span: Span) -> Vec<Span> {
        let bead = self.bead_at(lang, span);
        bead.map_or_else(Vec::new, |bead| self.stretches(bead, lang, self.reach(bead)))
    }

    /// The hits of terms of a language in some stretches of the text in `side`.
    pub fn hits_in(&self, side: Lang, stretches: &[Span], of: Lang) -> Vec<&'a Hit> {
        let Some(side) = self.side(side) else { return Vec::new() };
        let analysis = side.analysis;
        let hits = stretches.iter().flat_map(|span| analysis.hits_in(*span));
        hits.filter(|hit| hit.lang == of).collect()
    }
}

/// Whether a word of naming stands before a place, in the same sentence.
fn is_named(side: &Side<'_>, lang: Lang, span: Span) -> bool {
    let segment = side.analysis.segments.get(side.analysis.segment_at(span));
    let start = segment.map_or(0, |segment| segment.span.start);
    let before = within(&side.words, Span::new(start, span.start.max(start)));
    let naming: &[&str] = match lang {
        Lang::Es => &["llam", "denomin", "apod", "palabr", "sigl", "ingles", "castellan"],
        Lang::En => &["call", "word", "spanish", "nicknam", "known"],
    };
    // Who calls for something names nothing.
    let calls_for = |word: &Word| {
        let after = side.text()[word.span.end..].trim_start();
        ["for ", "on ", "a ", "al "].iter().any(|to| after.starts_with(to))
            && !after.starts_with("a un")
            && word.stem != "known"
    };
    let last = before.iter().rev().take(NAMING);
    last.into_iter().any(|word| {
        naming.contains(&word.stem.as_str())
            && (lang == Lang::En && after_is_article(side, word) || !calls_for(word))
    })
}

/// “calls a municipal president”: what is named has its article.
fn after_is_article(side: &Side<'_>, word: &Word) -> bool {
    let after = side.text()[word.span.end..].trim_start();
    after.starts_with("a ") || after.starts_with("an ")
}

/// A word of naming stands so many words before what it names.
const NAMING: usize = 5;

/// Beads less sure than this are looked at with their neighbours.
pub(super) const SETTLED: f32 = 0.85;

impl<'a> Side<'a> {
    fn new(analysis: &'a Analysis, lang: Lang) -> Self {
        let text = &analysis.document.text;
        let beads = vec![None; analysis.segments.len()];
        Side { analysis, beads, quoted: quoted::quotations(text), words: words(text, lang) }
    }

    /// Whether a place stands in quotation marks.
    fn quotes(&self, span: Span) -> bool {
        let after = self.quoted.partition_point(|quoted| quoted.start <= span.start);
        after.checked_sub(1).is_some_and(|i| self.quoted[i].contains(span))
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        &self.analysis.document.text
    }

    /// The sure hits of terms of a language, in order.
    pub fn sure(&self, lang: Lang) -> impl Iterator<Item = &'a Hit> {
        let analysis = self.analysis;
        analysis.hits.iter().filter(move |hit| hit.lang == lang && hit.is_sure())
    }
}
