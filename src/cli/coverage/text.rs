//! The report for the terminal.

use std::io::Write;

use super::super::context::Failure;
use super::super::lookup::marked;
use super::super::style::{self, counted, paint, printable};
use crate::concord::Snippet;
use crate::report::coverage::{
    AvoidedUse, ConceptCoverage, Counts, Coverage, DocumentCoverage, DriftRendering, GroupCoverage,
    Inconsistency, RenderingCount, advice_in_words, flaw_word, percent,
};

/// More documents, or concepts that are nowhere, are listed only on request.
const MANY: usize = 40;

/// Writes the report; concepts that lack nothing only if `all` are wanted.
pub(super) fn write(report: &Coverage, all: bool, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    documents(report, all, colour, out)?;
    groups("subjects", &report.subjects, colour, out)?;
    groups("dates", &report.dates, colour, out)?;
    groups("desks", &report.desks, colour, out)?;
    concepts(report, all, colour, out)?;
    if !report.inconsistencies.is_empty() {
        head("worst inconsistencies", colour, out)?;
        report.inconsistencies.iter().try_for_each(|one| inconsistency(one, colour, out))?;
    }
    if !report.avoided.is_empty() {
        head("outdated or forbidden names in use", colour, out)?;
        report.avoided.iter().try_for_each(|used| avoided(used, colour, out))?;
    }
    needed(report, colour, out)?;
    drift(report, colour, out)?;
    changes(report, colour, out)?;
    sums(report, out)
}

fn head(title: &str, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    Ok(writeln!(out, "\n{}", paint(title, style::HEAD, colour))?)
}

fn documents(report: &Coverage, all: bool, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    writeln!(out, "{}", paint("documents", style::HEAD, colour))?;
    if report.documents.len() > MANY && !all {
        let many = counted(report.documents.len(), "document");
        return Ok(writeln!(out, "  {many}; `--all` lists them")?);
    }
    writeln!(out, "{:>8} {:>8} {:>8} {:>9}", "words", "hits", "concepts", "approved")?;
    report.documents.iter().try_for_each(|document| document_line(document, out))
}

fn document_line(document: &DocumentCoverage, out: &mut impl Write) -> Result<(), Failure> {
    let lang = document.lang.map_or("und", |lang| lang.code());
    let partner = document.partner.as_ref().map_or(String::new(), |partner| format!(" ↔ {partner}"));
    let (words, hits, concepts) = (document.words, document.hits, document.concepts);
    let (approved, name) = (part(document.counts), printable(&document.document));
    let partner = printable(&partner);
    writeln!(out, "{words:>8} {hits:>8} {concepts:>8} {approved:>9}  {lang}  {name}{partner}")?;
    Ok(())
}

/// Groups that tell something: more than one, or one with a name.
fn groups(title: &str, groups: &[GroupCoverage], colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    if groups.iter().all(|group| group.key.is_empty()) {
        return Ok(());
    }
    head(title, colour, out)?;
    writeln!(out, "{:>8} {:>8} {:>9} {:>9} {:>9}", "hits", "concepts", "approved", "otherwise", "left out")?;
    for group in groups {
        let (hits, concepts, counts) = (group.hits, group.concepts, group.counts);
        let (approved, otherwise, left_out) = (part(counts), counts.otherwise, counts.left_out);
        let key = if group.key.is_empty() { "—".into() } else { printable(&group.key) };
        writeln!(out, "{hits:>8} {concepts:>8} {approved:>9} {otherwise:>9} {left_out:>9}  {key}")?;
    }
    Ok(())
}

fn concepts(report: &Coverage, all: bool, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    head("concepts", colour, out)?;
    writeln!(out, "{:>6} {:>6} {:>11} {:>9} {:>9}", "es", "en", "approved", "otherwise", "left out")?;
    let lacking = |concept: &&ConceptCoverage| {
        all || concept.count_es == 0 || concept.count_en == 0 || concept.counts().deviating() > 0
    };
    let mut shown: Vec<&ConceptCoverage> = report.concepts.iter().filter(lacking).collect();
    if all {
        return shown.into_iter().try_for_each(|concept| concept_line(concept, colour, out));
    }
    // What is rendered wrongly comes first, then what one language lacks, last what is nowhere.
    let is_nowhere = |concept: &&ConceptCoverage| concept.count_es + concept.count_en == 0;
    shown.sort_by_key(|concept| (concept.counts().deviating() == 0, is_nowhere(concept)));
    let nowhere = shown.iter().copied().filter(is_nowhere).count();
    let mut shown = shown.into_iter().filter(|concept| nowhere <= MANY || !is_nowhere(concept));
    shown.try_for_each(|concept| concept_line(concept, colour, out))?;
    if nowhere > MANY {
        writeln!(out, "  {nowhere} more occur nowhere; `--all` lists them")?;
    }
    Ok(())
}

fn concept_line(concept: &ConceptCoverage, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    let counts = concept.counts();
    let missing = match (concept.count_es, concept.count_en) {
        (0, 0) => "  never",
        (0, _) => "  Spanish missing",
        (_, 0) => "  English missing",
        _ => "",
    };
    let proposed = if concept.required { "" } else { "  proposed" };
    writeln!(
        out,
        "{:>6} {:>6} {:>11} {:>9} {:>9}  {}{}{}",
        concept.count_es,
        concept.count_en,
        part(counts),
        counts.otherwise,
        counts.left_out,
        printable(&concept.label),
        paint(missing, style::WARNING, colour),
        paint(proposed, style::QUIET, colour)
    )?;
    Ok(())
}

fn inconsistency(one: &Inconsistency, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    let renderings: Vec<String> =
        one.renderings.iter().map(|rendering| rendered(rendering, colour)).collect();
    let (part, label) = (part(one.counts), printable(&one.label));
    writeln!(out, "{part:>9}  {label} (into {}): {}", one.into.code(), renderings.join("; "))?;
    let sides = one.example.iter().flat_map(|example| [&example.es, &example.en]).flatten();
    for snippet in sides {
        quoted(snippet, colour, out)?;
    }
    Ok(())
}

/// An example, with its place.
fn quoted(snippet: &Snippet, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    let text = marked(&snippet.text, &snippet.marks, colour);
    writeln!(out, "           {text}  {}", place(snippet, colour))?;
    Ok(())
}

fn rendered(rendering: &RenderingCount, colour: bool) -> String {
    let term = rendering.term.as_deref().map_or("left out".into(), printable);
    let style = if rendering.approved { style::GOOD } else { style::WARNING };
    let listed =
        if rendering.term.is_some() && !rendering.approved && rendering.flaw.is_none() { "?" } else { "" };
    format!("{}{listed} {}", paint(&term, style, colour), rendering.count)
}

fn place(snippet: &Snippet, colour: bool) -> String {
    let place = format!("{}:{}", printable(&snippet.document), snippet.line);
    paint(&place, style::QUIET, colour).into_owned()
}

fn avoided(used: &AvoidedUse, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    let flaw = flaw_word(used.flaw);
    let instead =
        used.instead.as_ref().map_or(String::new(), |term| format!(", write “{}”", printable(term)));
    let texts = counted(used.documents, "document");
    writeln!(out, "{:>9}  {} ({flaw}{instead}) in {texts}", used.count, printable(&used.term))?;
    if let Some(snippet) = &used.example {
        quoted(snippet, colour, out)?;
    }
    Ok(())
}

fn needed(report: &Coverage, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    if report.needed.terms.is_empty() {
        return Ok(());
    }
    head("terms most needed", colour, out)?;
    for term in &report.needed.terms {
        let equivalents = printable(&term.equivalents.join("; ")).into_owned();
        let equivalents = if equivalents.is_empty() { equivalents } else { format!(" = {equivalents}") };
        writeln!(out, "{:>9}  {}  {}{equivalents}", term.count, term.lang.code(), printable(&term.term))?;
    }
    Ok(())
}

fn drift(report: &Coverage, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    let Some(all) = &report.drift else { return Ok(()) };
    head("how terms were really rendered", colour, out)?;
    for drift in all {
        let (term, into) = (printable(&drift.term), drift.into.code());
        writeln!(out, "{:>9}  {} (into {into})", part(drift.counts), paint(&term, style::HEAD, colour))?;
        for rendering in &drift.renderings {
            drift_rendering(rendering, colour, out)?;
        }
        for advice in &drift.proposals {
            let told = advice_in_words(advice);
            writeln!(
                out,
                "           {}",
                paint(&format!("→ {}", printable(&told)), style::WARNING, colour)
            )?;
        }
    }
    Ok(())
}

fn drift_rendering(rendering: &DriftRendering, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    let term = rendering.term.as_deref().map_or("left out".into(), printable);
    let status = match (rendering.flaw, &rendering.status) {
        (Some(flaw), _) => format!(" ({})", flaw_word(flaw)),
        (None, None) if rendering.term.is_some() => " (not in the glossary)".to_owned(),
        _ => String::new(),
    };
    let dates = match (rendering.dates.first(), rendering.dates.last()) {
        (Some((first, _)), Some((last, _))) if first != last => format!(", {first} to {last}"),
        (Some((only, _)), _) => format!(", {only}"),
        _ => String::new(),
    };
    let documents = counted(rendering.documents, "document");
    writeln!(out, "           {:>5}  {term}{status}: {documents}{}", rendering.count, printable(&dates))?;
    for snippet in rendering.example.iter().flat_map(|example| [&example.es, &example.en]).flatten() {
        let text = marked(&snippet.text, &snippet.marks, colour);
        writeln!(out, "                  {text}  {}", place(snippet, colour))?;
    }
    Ok(())
}

fn changes(report: &Coverage, colour: bool, out: &mut impl Write) -> Result<(), Failure> {
    let Some(changes) = &report.changes else { return Ok(()) };
    head("changes since the earlier report", colour, out)?;
    writeln!(out, "{:>9} {:>9}", "then", "now")?;
    let counted = |counts: Option<Counts>| counts.map_or_else(|| "—".to_owned(), part);
    for one in &changes.concepts {
        writeln!(out, "{:>9} {:>9}  {}", counted(one.then), counted(one.now), printable(&one.label))?;
    }
    for one in &changes.avoided {
        writeln!(out, "{:>9} {:>9}  {}", one.then, one.now, printable(&one.term))?;
    }
    let (then, now) = (part(changes.required), part(report.summary.required));
    writeln!(out, "{then:>9} {now:>9}  all required places")?;
    let (new, gone) = (changes.new_documents, changes.gone_documents);
    Ok(writeln!(out, "{new:>9} new, {gone} gone: documents")?)
}

fn sums(report: &Coverage, out: &mut impl Write) -> Result<(), Failure> {
    let s = report.summary;
    let concepts = counted(s.concepts, "concept");
    let (both, only_es, only_en, never) = (s.both, s.only_es, s.only_en, s.never);
    writeln!(
        out,
        "\n{concepts}: {both} in both languages, {only_es} in Spanish only, {only_en} in English only, {never} never"
    )?;
    let noise = &report.noise;
    let (generic, shadowed, violated) = (noise.generic.len(), noise.shadowed.len(), noise.violated.len());
    if generic + shadowed + violated > 0 {
        writeln!(
            out,
            "of these {generic} generic, {shadowed} shadowed by others, {violated} always violated"
        )?;
    }
    if !report.queue.is_empty() {
        writeln!(out, "{} waiting for approval", counted(report.queue.len(), "concept"))?;
    }
    let (documents, pairs) = (counted(s.documents, "document"), counted(s.pairs, "pair"));
    writeln!(out, "{documents}, {pairs}; {}", told(s.required))?;
    Ok(())
}

fn told(counts: Counts) -> String {
    let Some(share) = counts.share() else { return "no place requires a term".to_owned() };
    let (approved, asked, share) = (counts.approved, counts.asked(), percent(share));
    let rest = format!("{} otherwise, {} left out", counts.otherwise, counts.left_out);
    format!("{approved} of {asked} required places rendered as approved ({share}), {rest}")
}

/// "3/4", or a dash where nothing asks.
fn part(counts: Counts) -> String {
    if counts.asked() == 0 { "—".to_owned() } else { format!("{}/{}", counts.approved, counts.asked()) }
}
