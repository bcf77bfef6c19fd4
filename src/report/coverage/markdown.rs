//! The report as Markdown, for pull requests and wikis: the sheet for the person in charge, then the concepts that
//! lack something.

use super::{
    Advice, AvoidedUse, Changes, ConceptCoverage, Counts, Coverage, DriftRendering, GroupCoverage,
    Inconsistency, Options, RenderingCount,
};
use crate::concord::Snippet;
use crate::lang::Lang;
use crate::report::markdown::{escape, marked};
use crate::report::view::language;
use crate::report::words::{Label, fill, flaw, number, subject, value, why};
use crate::text::fold;

/// Renders the report.
pub(super) fn render(report: &Coverage, _options: &Options) -> String {
    let ui = report.ui;
    let mut out = format!("# {} · {}\n\n", escape(&report.title), Label::TermCoverage.of(ui));
    out.push_str(&format!("{}\n\n", required(report)));
    push_changes(&mut out, report);
    push_groups(&mut out, ui, Label::Trend, &report.dates);
    push_inconsistencies(&mut out, report);
    push_avoided(&mut out, report);
    push_needed(&mut out, report);
    push_queue(&mut out, report);
    for (title, groups) in [
        (Label::BySubject, &report.subjects),
        (Label::ByDesk, &report.desks),
        (Label::ByLanguage, &report.languages),
    ] {
        push_groups(&mut out, ui, title, groups);
    }
    push_concepts(&mut out, report);
    push_drift(&mut out, report);
    out
}

/// The sentence with the share of required terms rendered as approved.
fn required(report: &Coverage) -> String {
    let counts = report.summary.required;
    if counts.asked() == 0 {
        return Label::NothingRequired.of(report.ui).to_owned();
    }
    let values = [
        ("share", counts.percent()),
        ("approved", number(counts.approved)),
        ("asked", number(counts.asked())),
        ("otherwise", number(counts.otherwise)),
        ("left", number(counts.left_out)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill(Label::RequiredSentence.of(report.ui), &values)
}

/// What changed, in a sentence.
pub(super) fn changed(changes: &Changes, report: &Coverage) -> String {
    let told = |counts: Counts| format!("{} ({}/{})", counts.percent(), counts.approved, counts.asked());
    let (then, now) = (told(changes.required), told(report.summary.required));
    let (new, gone) = (number(changes.new_documents), number(changes.gone_documents));
    let values =
        [("then", then.as_str()), ("now", now.as_str()), ("new", new.as_str()), ("gone", gone.as_str())];
    fill(Label::ChangesSentence.of(report.ui), &values)
}

fn push_changes(out: &mut String, report: &Coverage) {
    let Some(changes) = &report.changes else { return };
    let ui = report.ui;
    out.push_str(&format!("{}\n\n", escape(&changed(changes, report))));
    let part = |counts: Option<Counts>| {
        counts.map_or_else(|| "—".to_owned(), |counts| format!("{}/{}", counts.approved, counts.asked()))
    };
    let concepts = changes.concepts.iter().map(|one| vec![escape(&one.label), part(one.then), part(one.now)]);
    let avoided =
        changes.avoided.iter().map(|one| vec![escape(&one.term), number(one.then), number(one.now)]);
    let head = [Label::Concept, Label::Then, Label::Now].map(|label| label.of(ui));
    push_table(out, Label::Changes.of(ui), &head, &concepts.chain(avoided).collect::<Vec<_>>());
}

/// A proposal in words.
pub(super) fn advice(advice: &Advice, ui: Lang) -> String {
    let (count, of) = (number(advice.count), number(advice.of));
    let values = [
        ("term", advice.term.as_str()),
        ("status", value(&advice.status, ui)),
        ("n", count.as_str()),
        ("of", of.as_str()),
        ("why", why(advice.why, ui)),
    ];
    fill(Label::ProposalOf.of(ui), &values)
}

/// What the glossary says of a rendering, in a word or two.
pub(super) fn standing(rendering: &DriftRendering, ui: Lang) -> &str {
    match (rendering.flaw, &rendering.status) {
        (Some(wrong), _) => flaw(wrong, ui),
        (None, Some(status)) => value(status, ui),
        (None, None) if rendering.term.is_none() => "",
        (None, None) => Label::Unlisted.of(ui),
    }
}

/// The first and last date of a rendering: "2025-01–2026-03".
pub(super) fn period(rendering: &DriftRendering) -> String {
    match (rendering.dates.first(), rendering.dates.last()) {
        (Some((first, _)), Some((last, _))) if first != last => format!("{first}–{last}"),
        (Some((only, _)), _) => only.clone(),
        _ => String::new(),
    }
}

fn push_drift(out: &mut String, report: &Coverage) {
    let ui = report.ui;
    let mut rows = Vec::new();
    for drift in report.drift.iter().flatten() {
        for rendering in &drift.renderings {
            let term =
                rendering.term.as_deref().map_or_else(|| format!("*{}*", Label::LeftOut.of(ui)), escape);
            let sides = rendering.example.iter().flat_map(|example| [&example.es, &example.en]).flatten();
            rows.push(vec![
                escape(&drift.term),
                term,
                standing(rendering, ui).to_owned(),
                format!("{}/{}", rendering.count, drift.counts.asked()),
                number(rendering.documents),
                period(rendering),
                sides.map(quoted).collect::<Vec<_>>().join("<br>"),
            ]);
        }
    }
    let head = [
        Label::Term,
        Label::RenderedBy,
        Label::Review,
        Label::AskedPlaces,
        Label::Documents,
        Label::Date,
        Label::Example,
    ];
    push_table(out, Label::Drift.of(ui), &head.map(|label| label.of(ui)), &rows);
    let proposals =
        report.drift.iter().flatten().flat_map(|drift| drift.proposals.iter().map(move |one| (drift, one)));
    let rows: Vec<Vec<String>> =
        proposals.map(|(drift, one)| vec![escape(&drift.label), escape(&advice(one, ui))]).collect();
    push_table(out, Label::Proposal.of(ui), &[Label::Concept.of(ui), Label::Proposal.of(ui)], &rows);
}

fn push_table(out: &mut String, title: &str, head: &[&str], rows: &[Vec<String>]) {
    if rows.is_empty() {
        return;
    }
    out.push_str(&format!("## {title}\n\n| {} |\n|{}\n", head.join(" | "), " --- |".repeat(head.len())));
    for row in rows {
        out.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    out.push('\n');
}

fn counted(counts: Counts) -> [String; 5] {
    [
        number(counts.asked()),
        number(counts.approved),
        number(counts.otherwise),
        number(counts.left_out),
        counts.percent(),
    ]
}

fn counted_head(ui: Lang) -> [&'static str; 5] {
    [Label::AskedPlaces, Label::Approved, Label::Otherwise, Label::LeftOut, Label::Share]
        .map(|label| label.of(ui))
}

/// Groups of a kind with the names that a reader sees, in the order of these.
pub(super) fn named<'g>(
    title: Label,
    groups: &'g [GroupCoverage],
    ui: Lang,
) -> Vec<(&'g str, &'g GroupCoverage)> {
    let name = |group: &'g GroupCoverage| match (title, Lang::from_tag(&group.key)) {
        (Label::BySubject, _) => subject(&group.key, ui),
        (Label::ByLanguage, Some(lang)) => language(lang, ui),
        _ => group.key.as_str(),
    };
    let mut named: Vec<_> = groups.iter().map(|group| (name(group), group)).collect();
    named.sort_by_cached_key(|(name, _)| fold::key(name));
    named
}

fn push_groups(out: &mut String, ui: Lang, title: Label, groups: &[GroupCoverage]) {
    let row = |(name, group): (&str, &GroupCoverage)| {
        let name = if name.is_empty() { "—".to_owned() } else { escape(name) };
        [name].into_iter().chain(counted(group.counts)).collect()
    };
    let rows: Vec<Vec<String>> = named(title, groups, ui).into_iter().map(row).collect();
    let head: Vec<&str> = [""].into_iter().chain(counted_head(ui)).collect();
    push_table(out, title.of(ui), &head, &rows);
}

fn push_inconsistencies(out: &mut String, report: &Coverage) {
    let ui = report.ui;
    let row = |one: &Inconsistency| {
        let example = one.example.as_ref().map_or_else(String::new, |context| {
            let sides = [&context.es, &context.en].into_iter().flatten();
            sides.map(quoted).collect::<Vec<_>>().join("<br>")
        });
        vec![
            escape(&one.label),
            language(one.into, ui).to_owned(),
            format!("{}/{}", one.counts.approved, one.counts.asked()),
            renderings(&one.renderings, ui),
            example,
        ]
    };
    let rows: Vec<Vec<String>> = report.inconsistencies.iter().map(row).collect();
    let head = [Label::Concept, Label::Into, Label::Approved, Label::RenderedBy, Label::Example];
    push_table(out, Label::Inconsistencies.of(ui), &head.map(|label| label.of(ui)), &rows);
}

fn renderings(renderings: &[RenderingCount], ui: Lang) -> String {
    let one = |rendering: &RenderingCount| {
        let term = rendering.term.as_deref().map_or_else(|| format!("*{}*", Label::LeftOut.of(ui)), escape);
        let term = if rendering.approved || rendering.term.is_none() { term } else { format!("~~{term}~~") };
        format!("{term} {}", rendering.count)
    };
    renderings.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn quoted(snippet: &Snippet) -> String {
    format!("{} (`{}:{}`)", marked(snippet), snippet.document.replace('`', "'"), snippet.line)
}

fn push_avoided(out: &mut String, report: &Coverage) {
    let ui = report.ui;
    let row = |used: &AvoidedUse| {
        vec![
            escape(&used.term),
            flaw(used.flaw, ui).to_owned(),
            used.instead.as_deref().map_or_else(|| "—".to_owned(), escape),
            number(used.count),
            number(used.documents),
        ]
    };
    let rows: Vec<Vec<String>> = report.avoided.iter().map(row).collect();
    let head = [Label::Term, Label::Why, Label::Instead, Label::Occurrences, Label::Documents];
    push_table(out, Label::AvoidedInUse.of(ui), &head.map(|label| label.of(ui)), &rows);
}

fn push_needed(out: &mut String, report: &Coverage) {
    let ui = report.ui;
    let rows: Vec<Vec<String>> = report
        .needed
        .terms
        .iter()
        .map(|term| {
            let equivalents = escape(&term.equivalents.join("; "));
            vec![escape(&term.term), equivalents, number(term.count), number(term.documents)]
        })
        .collect();
    let head = [Label::Term, Label::Equivalents, Label::Occurrences, Label::Documents];
    push_table(out, Label::NeededTerms.of(ui), &head.map(|label| label.of(ui)), &rows);
}

fn push_queue(out: &mut String, report: &Coverage) {
    let ui = report.ui;
    let rows: Vec<Vec<String>> = report
        .queue
        .iter()
        .map(|one| {
            let since = one.since.as_deref().map_or_else(|| "—".to_owned(), escape);
            vec![escape(&one.label), value(&one.review, ui).to_owned(), since, number(one.hits)]
        })
        .collect();
    let head = [Label::Concept, Label::Review, Label::Since, Label::Occurrences];
    push_table(out, Label::Queue.of(ui), &head.map(|label| label.of(ui)), &rows);
}

fn push_concepts(out: &mut String, report: &Coverage) {
    let ui = report.ui;
    let row = |concept: &ConceptCoverage| {
        let head = [escape(&concept.label), number(concept.count_es), number(concept.count_en)];
        head.into_iter().chain(counted(concept.counts())).collect()
    };
    let lacking = report.concepts.iter().filter(|concept| concept.counts().deviating() > 0);
    let rows: Vec<Vec<String>> = lacking.map(row).collect();
    let head: Vec<&str> = [Label::Concept.of(ui), "es", "en"].into_iter().chain(counted_head(ui)).collect();
    push_table(out, Label::NotAsApproved.of(ui), &head, &rows);
}
