//! `glosa lookup`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::Exit;
use super::context::{Context, Failure};
use super::style::{self, paint, printable};
use crate::check::translation::{TargetForm, target_form};
use crate::concord::uses::Uses;
use crate::concord::{
    AlignedContext, Concordance, Evidence, Harvest, Occurrence, Rendered, Snippet, StemCounts,
    UnlistedRenderings, harvest, renderings, unlisted,
};
use crate::engine::{Collection, Engine};
use crate::lang::Lang;
use crate::lookup::{Agreement, Found};
use crate::report::build::{languages, reader};
use crate::termbase::view::{article_of, status_for};
use crate::termbase::{Concept, Definition, Gender, LangSection, LangTag, Status, TermEntry};
use crate::text::Span;

/// Arguments of `lookup`.
#[derive(Debug, Args)]
pub(super) struct LookupArgs {
    /// The term, in either language; several words are one term
    #[arg(required = true)]
    term: Vec<String>,
    /// The most entries to show
    #[arg(short = 'n', long, default_value_t = 5, value_name = "N")]
    limit: usize,
    /// The most contexts of an entry
    #[arg(long, default_value_t = 2, value_name = "N")]
    contexts: usize,
    /// Show no contexts; the corpus is not read
    #[arg(long)]
    no_context: bool,
    /// Take the contexts from these texts [default: the corpus]
    #[arg(long, value_name = "PATH")]
    from: Vec<PathBuf>,
}

/// Looks a term up.
pub(super) fn run(args: &LookupArgs, context: &mut Context) -> Result<Exit, Failure> {
    let query = args.term.join(" ");
    let (project, engine) = context.engine()?;
    let found = entries(engine.lookup(&query, usize::MAX), args.limit);
    let exact = found.first().is_some_and(|first| first.agreement < Agreement::Stem);
    let wants_corpus = !args.no_context && (args.contexts > 0 || !exact);
    let collection = match wants_corpus {
        true => context.collection(&project, &engine, &args.from, true),
        false => Collection::default(),
    };
    let concordance = Concordance::new(&collection);
    let shown = Shown::new(args, &engine, &concordance, context);
    let mut out = context.output();
    shown.all(&query, &found, &mut out)?;
    let uses = if exact { Uses::default() } else { super::concord::uses(&query, &concordance, 3) };
    if !found.is_empty() && !uses.contexts.is_empty() && !context.globals.json {
        writeln!(out)?;
    }
    shown.uses(&query, &uses, &mut out)?;
    out.finish()?;
    talk(&query, exact, &found, context);
    Ok(if exact { Exit::Done } else { Exit::Nothing })
}

/// The best term of each concept, at most `limit`.
fn entries(found: Vec<Found>, limit: usize) -> Vec<Found> {
    let mut concepts = BTreeSet::new();
    found.into_iter().filter(|next| concepts.insert(next.term.concept)).take(limit).collect()
}

fn talk(query: &str, exact: bool, found: &[Found], context: &Context) {
    let query = printable(query);
    match (exact, found.is_empty()) {
        (true, _) => {
            context.next_step(&format!("`glosa concord {query:?} --pair` shows every place in the corpus"));
        }
        (false, false) => context.say(&format!("no entry “{query}”; the nearest is shown")),
        (false, true) => {
            context.say(&format!("no entry “{query}”; add one: `glosa add --es … --en …`"));
        }
    }
}

/// An aligned context with its terms marked and its places.
pub(super) fn write_context(
    context: &AlignedContext,
    colour: bool,
    out: &mut impl Write,
) -> Result<(), Failure> {
    writeln!(out)?;
    for (lang, side) in [(Lang::Es, &context.es), (Lang::En, &context.en)] {
        if let Some(snippet) = side {
            writeln!(out, "    {lang}  {}", marked(&snippet.text, &snippet.marks, colour))?;
        }
    }
    let sides = [&context.es, &context.en];
    let mut places: Vec<String> = sides.into_iter().flatten().map(place).collect();
    places.dedup();
    let kind = match context.evidence {
        Evidence::Pinned => "pinned: ",
        Evidence::Bead if context.unlisted.is_some() => "rendering not in the glossary: ",
        Evidence::Bead => "",
        Evidence::Apposition => "gloss: ",
        Evidence::Comparable => "not aligned: ",
    };
    let line = format!("        {kind}{}", places.join(" ↔ "));
    writeln!(out, "{}", paint(&printable(&line), style::QUIET, colour))?;
    Ok(())
}

/// What the corpus shows of an entry.
struct Shows {
    rendered: [(Lang, Vec<RenderedLine>); 2],
    contexts: Vec<AlignedContext>,
}

/// A rendering with the number of beads.
#[derive(Serialize)]
struct RenderedLine {
    /// `None`: none of the concept's terms.
    term: Option<String>,
    count: usize,
    /// What stands there instead, with the number of beads.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unlisted: Vec<(String, usize)>,
}

impl fmt::Display for RenderedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.term.as_deref().unwrap_or("otherwise"), self.count)?;
        for (i, (text, count)) in self.unlisted.iter().enumerate() {
            write!(f, "{}{text} {count}", if i == 0 { " (" } else { ", " })?;
        }
        f.write_str(if self.unlisted.is_empty() { "" } else { ")" })
    }
}

struct Shown<'a> {
    args: &'a LookupArgs,
    engine: &'a Engine,
    concordance: &'a Concordance<'a>,
    occurrences: Vec<Vec<Occurrence>>,
    stems: StemCounts,
    colour: bool,
    json: bool,
}

impl<'a> Shown<'a> {
    fn new(
        args: &'a LookupArgs,
        engine: &'a Engine,
        concordance: &'a Concordance<'a>,
        context: &Context,
    ) -> Self {
        Shown {
            args,
            engine,
            concordance,
            occurrences: concordance.occurrences(engine.termbase().concepts.len()),
            stems: StemCounts::of(concordance),
            colour: context.colour(),
            json: context.globals.json,
        }
    }

    fn all(&self, query: &str, found: &[Found], out: &mut impl Write) -> Result<(), Failure> {
        for (i, found) in found.iter().enumerate() {
            let concept = &self.engine.termbase().concepts[found.term.concept as usize];
            let shown = self.evidence(concept, found);
            if self.json {
                writeln!(out, "{}", self.json_entry(query, found, concept, &shown))?;
                continue;
            }
            if i > 0 {
                writeln!(out)?;
            }
            self.entry(query, found, concept, &shown, out)?;
        }
        Ok(())
    }

    fn evidence(&self, concept: &Concept, found: &Found) -> Shows {
        let from = Harvest { concordance: self.concordance, limit: self.args.contexts, confidential: true };
        let occurrences = &self.occurrences[found.term.concept as usize];
        let unlisted = unlisted(from, &self.stems, occurrences);
        let renderings = renderings(self.concordance, occurrences);
        let of = |lang: Lang, list: &[Rendered]| self.rendered(list, &unlisted, lang);
        Shows {
            rendered: [
                (Lang::En, of(Lang::En, &renderings.in_english)),
                (Lang::Es, of(Lang::Es, &renderings.in_spanish)),
            ],
            contexts: harvest(concept, occurrences, &unlisted, from),
        }
    }

    fn rendered(&self, list: &[Rendered], unlisted: &UnlistedRenderings, lang: Lang) -> Vec<RenderedLine> {
        let unlisted =
            || unlisted.in_lang(lang).iter().map(|one| (one.text.clone(), one.places.len())).collect();
        let line = |one: &Rendered| RenderedLine {
            term: one.term.map(|at| self.engine.termbase().term(at).term.clone()),
            count: one.places.len(),
            unlisted: if one.term.is_none() { unlisted() } else { Vec::new() },
        };
        list.iter().map(line).collect()
    }

    /// «rendered in English: tariff 41 · duty 3 · otherwise 2 (levy 2)».
    fn renderings(&self, shows: &Shows, out: &mut impl Write) -> Result<(), Failure> {
        for (lang, lines) in shows.rendered.iter().filter(|(_, lines)| !lines.is_empty()) {
            let language = match lang {
                Lang::Es => "Spanish",
                Lang::En => "English",
            };
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            writeln!(out, "  rendered in {language}: {}", printable(&lines.join(" · ")))?;
        }
        Ok(())
    }

    /// The preferred term of the other language in the form that agrees with what was looked up.
    fn target_form(&self, query: &str, found: &Found, concept: &Concept) -> Option<TargetForm> {
        let entry = self.engine.termbase().term(found.term);
        let target = concept.preferred(found.lang.other()).filter(|term| term.is_usable())?;
        target_form(query, (entry, found.lang), target, concept.kind)
    }

    fn entry(
        &self,
        query: &str,
        found: &Found,
        concept: &Concept,
        shows: &Shows,
        out: &mut impl Write,
    ) -> Result<(), Failure> {
        let subject = concept.subject.as_deref().map_or(String::new(), |subject| format!(" · {subject}"));
        let how = match found.agreement {
            Agreement::Exact => String::new(),
            agreement => format!(" · {}", agreement_words(agreement)),
        };
        let head = format!("{}{subject}{how}", concept.id);
        writeln!(out, "{}", paint(&printable(&head), style::QUIET, self.colour))?;
        for tag in languages(self.engine.termbase()) {
            let Some(lang) = tag.lang() else { continue };
            for section in concept.sections_of(lang) {
                self.section(concept, section, out)?;
            }
        }
        if let Some(form) = self.target_form(query, found, concept) {
            writeln!(out, "  for “{}”: {}", printable(query), printable(&form.to_string()))?;
        }
        self.facts(concept, out)?;
        self.renderings(shows, out)?;
        for context in &shows.contexts {
            write_context(context, self.colour, out)?;
        }
        Ok(())
    }

    fn section(&self, concept: &Concept, section: &LangSection, out: &mut impl Write) -> Result<(), Failure> {
        for (i, entry) in section.terms.iter().enumerate() {
            let term = match article_of(entry, concept.kind) {
                Some(article) => format!("{article} {}", entry.term),
                None => entry.term.clone(),
            };
            let traits = term_traits(section, self.status(section, i), entry);
            let traits = if traits.is_empty() { traits } else { format!("  {traits}") };
            let term = paint(
                &printable(&term),
                if entry.is_usable() { style::HEAD } else { style::QUIET },
                self.colour,
            )
            .into_owned();
            writeln!(
                out,
                "  {:<6} {term}{}",
                section.tag.as_str(),
                paint(&printable(&traits), style::QUIET, self.colour)
            )?;
        }
        Ok(())
    }

    fn facts(&self, concept: &Concept, out: &mut impl Write) -> Result<(), Failure> {
        for (tag, definition) in in_order(&concept.definition, &languages(self.engine.termbase())) {
            writeln!(out, "  definition ({tag}): {}", printable(&definition.text))?;
        }
        let label = |id: &crate::termbase::ConceptId| {
            let concept =
                self.engine.termbase().find(id.as_str()).map(|i| &self.engine.termbase().concepts[i]);
            concept.map_or(id.to_string(), |concept| {
                crate::report::build::label(self.engine.termbase(), concept)
            })
        };
        for id in &concept.not_to_confuse {
            writeln!(out, "  not to be confused with {}", printable(&label(id)))?;
        }
        if let Some(id) = &concept.replaced_by {
            writeln!(out, "  replaced by {}", printable(&label(id)))?;
        }
        if let Some(note) = &concept.note {
            writeln!(out, "  note: {}", printable(note))?;
        }
        Ok(())
    }

    /// The status as the working language's reader sees it.
    fn status(&self, section: &LangSection, term: usize) -> Status {
        status_for(section, term, &reader(self.engine.termbase(), &section.tag))
    }

    fn json_entry(&self, query: &str, found: &Found, concept: &Concept, shows: &Shows) -> serde_json::Value {
        let terms: Vec<serde_json::Value> = concept
            .sections
            .iter()
            .flat_map(|section| section.terms.iter().enumerate().map(move |(i, entry)| (section, i, entry)))
            .map(|(section, i, entry)| {
                json!({
                    "lang": section.tag, "term": entry.term, "status": self.status(section, i),
                    "forbidden": entry.forbidden, "region": entry.region, "gender": entry.gender,
                    "pos": entry.pos, "type": entry.term_type, "article": article_of(entry, concept.kind),
                })
            })
            .collect();
        let definitions: serde_json::Map<String, serde_json::Value> =
            concept.definition.iter().map(|(tag, d)| (tag.to_string(), json!(d.text))).collect();
        let target = self.target_form(query, found, concept);
        json!({
            "target_form": target.as_ref().map(|target| &target.form),
            "target_article": target.as_ref().map(|target| target.article),
            "type": "entry", "query": query, "concept": concept.id, "agreement": found.agreement,
            "lang": found.lang, "term": self.engine.termbase().term(found.term).term, "terms": terms,
            "subject": concept.subject, "definition": definitions, "contexts": shows.contexts,
            "rendered_en": shows.rendered[0].1, "rendered_es": shows.rendered[1].1,
            "file": concept.place.as_ref().map(|place| &place.file),
        })
    }

    /// How the pairs render a word that the glossary lacks.
    fn uses(&self, query: &str, uses: &Uses, out: &mut impl Write) -> Result<(), Failure> {
        if self.json {
            if !uses.contexts.is_empty() {
                let (contexts, candidates) = (&uses.contexts, &uses.candidates);
                writeln!(
                    out,
                    "{}",
                    json!({"type": "uses", "query": query, "contexts": contexts, "candidates": candidates})
                )?;
            }
            return Ok(());
        }
        if uses.contexts.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "in the pairs of the corpus “{}” stands beside: {}",
            printable(query),
            printable(&uses.candidates.join(", "))
        )?;
        for context in &uses.contexts {
            write_context(context, self.colour, out)?;
        }
        Ok(())
    }
}

/// Definitions in the order of the working languages.
fn in_order<'d>(
    definitions: &'d BTreeMap<LangTag, Definition>,
    languages: &[LangTag],
) -> Vec<(&'d LangTag, &'d Definition)> {
    let mut ordered: Vec<_> = definitions.iter().collect();
    ordered.sort_by_key(|(tag, _)| languages.iter().position(|working| working.lang() == tag.lang()));
    ordered
}

fn agreement_words(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Exact => "exact",
        Agreement::Accent => "found without accents",
        Agreement::Inflected => "an inflected form",
        Agreement::Prefix => "begins so",
        Agreement::Within => "word within",
        Agreement::Stem => "of the same family",
        Agreement::Typo => "nearest",
    }
}

/// "deprecated, es-ES: write … (reason)".
fn term_traits(section: &LangSection, status: Status, entry: &TermEntry) -> String {
    let mut traits = Vec::new();
    if entry.forbidden {
        traits.push("forbidden".to_owned());
    } else {
        traits.push(status.to_string());
    }
    traits.extend(entry.gender.filter(|_| section.tag.lang() == Some(Lang::Es)).map(gender_words));
    traits.extend(entry.term_type.map(|kind| kind.to_string()));
    traits.extend(entry.region.as_ref().map(ToString::to_string));
    traits.extend(entry.replace_with.as_ref().map(|instead| format!("write “{instead}”")));
    traits.extend(entry.reason.clone());
    traits.join(", ")
}

fn gender_words(gender: Gender) -> String {
    match gender {
        Gender::Common => "masculine or feminine".to_owned(),
        stated => stated.to_string(),
    }
}

fn place(snippet: &Snippet) -> String {
    match (&snippet.part, snippet.line) {
        (Some(part), _) => format!("{}, {part}", snippet.document),
        (None, 0) => snippet.document.clone(),
        (None, line) => format!("{}:{line}", snippet.document),
    }
}

/// A text with its marks: in colour, or in brackets.
pub(super) fn marked(text: &str, marks: &[Span], colour: bool) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for mark in marks {
        shown.push_str(&printable(&text[at..mark.start]));
        shown.push_str(&style::mark(mark.of(text), colour));
        at = mark.end;
    }
    shown.push_str(&printable(&text[at..]));
    shown
}
