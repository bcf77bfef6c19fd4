//! The tables behind the first sheet; each can be sorted by any of its columns.

use super::Page;
use crate::report::coverage::markdown::{advice, named, period, standing};
use crate::report::coverage::{Counts, GroupCoverage, Noisy};
use crate::report::view;
use crate::report::words::{Label, flaw, number, subject, value};
use crate::report::writer::Html;

/// A cell: text, one that must not be broken (a date), sentences, or a number that is shown in some way and sorted by
/// its value.
enum Cell {
    Text(String),
    Whole(String),
    Sentences(String),
    Number(String, f64),
}

impl Cell {
    fn text(text: &str) -> Cell {
        Cell::Text(if text.is_empty() { "—".to_owned() } else { text.to_owned() })
    }

    fn whole(text: &str) -> Cell {
        Cell::Whole(if text.is_empty() { "—".to_owned() } else { text.to_owned() })
    }

    fn number(n: usize) -> Cell {
        Cell::Number(number(n), n as f64)
    }

    /// The class of the cell and of the head over it.
    fn class(&self) -> Option<&'static str> {
        match self {
            Cell::Text(_) => None,
            Cell::Whole(_) => Some("whole"),
            Cell::Sentences(_) => Some("sentences"),
            Cell::Number(..) => Some("number"),
        }
    }
}

/// The columns that counts fill.
const COUNTS: [Label; 5] =
    [Label::AskedPlaces, Label::Approved, Label::Otherwise, Label::LeftOut, Label::Share];

fn counts(counts: Counts) -> [Cell; 5] {
    let [asked, approved, otherwise, left_out] =
        [counts.asked(), counts.approved, counts.otherwise, counts.left_out].map(Cell::number);
    let by_share = Cell::Number(counts.percent(), counts.share().unwrap_or(-1.0));
    [asked, approved, otherwise, left_out, by_share]
}

pub(super) fn write(h: &mut Html, page: &Page<'_>) {
    let report = page.report;
    write_changes(h, page);
    for (id, title, groups) in [
        ("subjects", Label::BySubject, &report.subjects),
        ("dates", Label::ByDate, &report.dates),
        ("desks", Label::ByDesk, &report.desks),
        ("languages", Label::ByLanguage, &report.languages),
    ] {
        write_groups(h, page, (id, title), groups);
    }
    write_drift(h, page);
    write_concepts(h, page);
    write_documents(h, page);
    write_avoided(h, page);
    write_queue(h, page);
    write_noise(h, page);
}

/// What renders each term, a row a rendering, and under it what the glossary might say.
fn write_drift(h: &mut Html, page: &Page<'_>) {
    let all = || page.report.drift.iter().flatten();
    let rows = all().flat_map(|drift| {
        drift.renderings.iter().map(move |rendering| {
            let example = rendering.example.iter().flat_map(|example| [&example.es, &example.en]).flatten();
            let example: Vec<&str> = example.map(|side| side.text.as_str()).collect();
            vec![
                Cell::text(&drift.term),
                Cell::text(rendering.term.as_deref().unwrap_or(page.label(Label::LeftOut))),
                Cell::text(standing(rendering, page.ui)),
                Cell::number(rendering.count),
                Cell::number(drift.counts.asked()),
                Cell::number(rendering.documents),
                Cell::whole(&period(rendering)),
                Cell::Sentences(example.join(" ↔ ")),
            ]
        })
    });
    let head = [
        Label::Term,
        Label::RenderedBy,
        Label::Review,
        Label::HowOften,
        Label::AskedPlaces,
        Label::Documents,
        Label::Date,
        Label::Example,
    ];
    write_table(h, page, ("drift", Label::Drift), &head, &rows.collect::<Vec<_>>());
    let proposals = all().flat_map(|drift| {
        drift.proposals.iter().map(|one| vec![Cell::text(&drift.label), Cell::text(&advice(one, page.ui))])
    });
    let head = [Label::Concept, Label::Proposal];
    write_table(h, page, ("proposals", Label::Proposal), &head, &proposals.collect::<Vec<_>>());
}

fn write_changes(h: &mut Html, page: &Page<'_>) {
    let Some(changes) = &page.report.changes else { return };
    let told = |counts: Option<Counts>| {
        let value = counts.and_then(|counts| counts.share()).unwrap_or(-1.0);
        Cell::Number(counts.map_or_else(|| "—".to_owned(), part), value)
    };
    let concepts =
        changes.concepts.iter().map(|one| vec![Cell::text(&one.label), told(one.then), told(one.now)]);
    let used = |count: usize| Cell::Number(number(count), count as f64);
    let avoided =
        changes.avoided.iter().map(|one| vec![Cell::text(&one.term), used(one.then), used(one.now)]);
    let rows: Vec<Vec<Cell>> = concepts.chain(avoided).collect();
    write_table(h, page, ("changes", Label::Changes), &[Label::Concept, Label::Then, Label::Now], &rows);
}

/// "3/4".
fn part(counts: Counts) -> String {
    format!("{}/{}", number(counts.approved), number(counts.asked()))
}

/// A table in a section of its own, folded where it is long; nothing where there are no rows.
fn write_table(
    h: &mut Html,
    page: &Page<'_>,
    (id, title): (&str, Label),
    head: &[Label],
    rows: &[Vec<Cell>],
) {
    if rows.is_empty() {
        return;
    }
    let heading = format!("{id}-title");
    h.tag("section").class("table").attr("id", id).attr("aria-labelledby", &heading).body(|h| {
        h.tag("h2").attr("id", &heading).body(|h| {
            h.text(page.label(title));
            h.tag("span").class("count").text(&format!(" {}", number(rows.len())));
        });
        h.tag("div")
            .class("scroll")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-labelledby", &heading)
            .body(|h| {
                h.tag("table").class("sortable").attr("aria-labelledby", &heading).body(|h| {
                    h.tag("thead").body(|h| {
                        h.tag("tr").body(|h| {
                            for (name, cell) in head.iter().zip(&rows[0]) {
                                let head = h.tag("th").attr("scope", "col");
                                match cell.class() {
                                    Some(class) => head.class(class).text(page.label(*name)),
                                    None => head.text(page.label(*name)),
                                }
                            }
                        });
                    });
                    h.tag("tbody")
                        .body(|h| rows.iter().for_each(|row| h.tag("tr").body(|h| write_row(h, row))));
                });
            });
    });
}

fn write_row(h: &mut Html, row: &[Cell]) {
    for (at, cell) in row.iter().enumerate() {
        match cell {
            Cell::Text(text) if at == 0 => h.tag("th").attr("scope", "row").text(text),
            Cell::Text(text) => h.tag("td").text(text),
            Cell::Whole(text) => h.tag("td").class("whole").text(text),
            Cell::Sentences(text) => h.tag("td").class("sentences").text(text),
            Cell::Number(text, value) => {
                h.tag("td").class("number").attr("data-value", &value.to_string()).text(text);
            }
        }
    }
}

fn write_groups(h: &mut Html, page: &Page<'_>, title: (&str, Label), groups: &[GroupCoverage]) {
    let row = |(name, group): (&str, &GroupCoverage)| {
        let cells = [
            Cell::text(name),
            Cell::number(group.documents),
            Cell::number(group.concepts),
            Cell::number(group.hits),
        ];
        cells.into_iter().chain(counts(group.counts)).collect()
    };
    let head = [title.1, Label::Documents, Label::Concepts, Label::Occurrences];
    let head: Vec<Label> = head.into_iter().chain(COUNTS).collect();
    let rows: Vec<Vec<Cell>> = named(title.1, groups, page.ui).into_iter().map(row).collect();
    write_table(h, page, title, &head, &rows);
}

fn write_concepts(h: &mut Html, page: &Page<'_>) {
    let rows = page.report.concepts.iter().map(|concept| {
        let subject = concept.subject.as_deref().map_or("", |key| subject(key, page.ui));
        let review = concept.review.as_deref().map_or("", |review| value(review, page.ui));
        let cells = [
            Cell::text(&concept.label),
            Cell::text(subject),
            Cell::text(review),
            Cell::number(concept.count_es),
            Cell::number(concept.count_en),
        ];
        cells.into_iter().chain(counts(concept.counts())).collect()
    });
    let head = [Label::Concept, Label::Subject, Label::Review, Label::Spanish, Label::English];
    let head: Vec<Label> = head.into_iter().chain(COUNTS).collect();
    write_table(h, page, ("concepts", Label::Concepts), &head, &rows.collect::<Vec<_>>());
}

fn write_documents(h: &mut Html, page: &Page<'_>) {
    let rows = page.report.documents.iter().map(|document| {
        let stated = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
        let lang = document.lang.map_or(page.label(Label::Unknown), |lang| view::language(lang, page.ui));
        let cells = [
            Cell::text(&document.document),
            Cell::text(lang),
            Cell::whole(document.about.date.as_deref().unwrap_or_default()),
            stated(&document.about.desk),
            Cell::number(document.words),
            Cell::number(document.hits),
        ];
        cells.into_iter().chain(counts(document.counts)).collect()
    });
    let head = [Label::Text, Label::Language, Label::Date, Label::Desk, Label::Words, Label::Occurrences];
    let head: Vec<Label> = head.into_iter().chain(COUNTS).collect();
    write_table(h, page, ("documents", Label::Documents), &head, &rows.collect::<Vec<_>>());
}

fn write_avoided(h: &mut Html, page: &Page<'_>) {
    let rows = page.report.avoided.iter().map(|used| {
        let example = used.example.as_ref().map_or(String::new(), |example| example.text.clone());
        vec![
            Cell::text(&used.term),
            Cell::text(flaw(used.flaw, page.ui)),
            Cell::text(used.instead.as_deref().unwrap_or_default()),
            Cell::number(used.count),
            Cell::number(used.documents),
            Cell::Sentences(example),
        ]
    });
    let head =
        [Label::Term, Label::Why, Label::Instead, Label::Occurrences, Label::Documents, Label::Example];
    write_table(h, page, ("in-use", Label::AvoidedInUse), &head, &rows.collect::<Vec<_>>());
}

fn write_queue(h: &mut Html, page: &Page<'_>) {
    let rows = page.report.queue.iter().map(|one| {
        let since = one.since.as_deref().unwrap_or_default();
        vec![
            Cell::text(&one.label),
            Cell::text(value(&one.review, page.ui)),
            Cell::whole(since),
            Cell::number(one.hits),
        ]
    });
    let head = [Label::Concept, Label::Review, Label::Since, Label::Occurrences];
    write_table(h, page, ("waiting", Label::Queue), &head, &rows.collect::<Vec<_>>());
}

fn write_noise(h: &mut Html, page: &Page<'_>) {
    let noise = &page.report.noise;
    let all = [
        (Label::NoiseNever, &noise.never),
        (Label::NoiseGeneric, &noise.generic),
        (Label::NoiseShadowed, &noise.shadowed),
        (Label::NoiseViolated, &noise.violated),
    ];
    let row = |kind: Label, one: &Noisy| {
        let part = if one.of == 0 { String::new() } else { format!("{}/{}", one.count, one.of) };
        let by = one.by.as_deref().unwrap_or_default();
        vec![Cell::text(&one.label), Cell::text(page.label(kind)), Cell::text(&part), Cell::text(by)]
    };
    let rows = all.iter().flat_map(|(kind, list)| list.iter().map(move |one| row(*kind, one)));
    let head = [Label::Concept, Label::Why, Label::HowOften, Label::CoveredBy];
    write_table(h, page, ("noise", Label::Noise), &head, &rows.collect::<Vec<_>>());
}
