//! Pictures as inline SVG, each with a title, a description, and the same figures in a table of the page.

use std::collections::{BTreeMap, BTreeSet};

use super::Page;
use crate::report::coverage::markdown::named;
use crate::report::coverage::{Counts, GroupCoverage};
use crate::report::words::{Label, fill, number};
use crate::report::writer::Html;

/// The size of the trend.
const WIDTH: f64 = 460.0;
const HEIGHT: f64 = 120.0;
/// Room for its labels: left, right, above, below.
const ROOM: [f64; 4] = [38.0, 14.0, 14.0, 20.0];
/// More points than these are not labelled one by one.
const LABELLED: usize = 8;

/// A bar of what is approved, otherwise, left out.
pub(super) fn write_bar(h: &mut Html, page: &Page<'_>, counts: Counts) {
    let parts = parts(page, counts);
    let whole = counts.asked().max(1) as f64;
    let told: Vec<String> =
        parts.iter().map(|(_, label, count)| format!("{label} {}", number(*count))).collect();
    let svg = h.tag("svg").class("bar").attr("viewBox", "0 0 400 18").attr("role", "img");
    svg.attr("preserveAspectRatio", "none").attr("aria-label", &told.join(", ")).body(|h| {
        let mut x = 0.0;
        for (class, _, count) in parts {
            let width = count as f64 / whole * 400.0;
            rect(h, class, [x, 0.0, width, 18.0]);
            x += width;
        }
    });
    h.tag("p").class("legend").body(|h| {
        for (class, label, count) in parts {
            h.tag("span").class("item").body(|h| {
                h.tag("span").attr("class", &format!("key {class}")).text("");
                h.text(&format!(" {label} {}", number(count)));
            });
            h.text("  ");
        }
    });
}

fn parts(page: &Page<'_>, counts: Counts) -> [(&'static str, &'static str, usize); 3] {
    [
        ("approved", page.label(Label::Approved), counts.approved),
        ("otherwise", page.label(Label::Otherwise), counts.otherwise),
        ("left-out", page.label(Label::LeftOut), counts.left_out),
    ]
}

fn rect(h: &mut Html, class: &str, [x, y, width, height]: [f64; 4]) {
    let rect = h.tag("rect").attr("class", class).attr("x", &at(x)).attr("y", &at(y));
    rect.attr("width", &at(width)).attr("height", &at(height)).text("");
}

fn at(number: f64) -> String {
    format!("{number:.1}")
}

/// The share over time.
pub(super) fn write_trend(h: &mut Html, page: &Page<'_>) {
    let measured: Vec<(&GroupCoverage, f64)> =
        page.report.dates.iter().filter_map(|group| Some((group, group.counts.share()?))).collect();
    match measured.as_slice() {
        [] => h.tag("p").class("nothing").text(page.label(Label::NoDates)),
        [(group, _)] => {
            let values = [("date", group.key.as_str()), ("share", &group.counts.percent())];
            h.tag("p").class("nothing").text(&fill(page.label(Label::OneDate), &values));
        }
        several => write_line(h, page, several),
    }
}

fn write_line(h: &mut Html, page: &Page<'_>, points: &[(&GroupCoverage, f64)]) {
    let least = points.iter().map(|(_, share)| *share).fold(1.0, f64::min);
    // The scale begins at a round share, and says so.
    let floor = (least * 10.0 - 1e-9).floor().clamp(0.0, 9.0) / 10.0;
    let [left, right, above, below] = ROOM;
    let x = |at: usize| left + (WIDTH - left - right) * at as f64 / (points.len() - 1) as f64;
    let y = |share: f64| above + (HEIGHT - above - below) * (1.0 - share) / (1.0 - floor);
    let told: Vec<String> =
        points.iter().map(|(group, _)| format!("{} {}", group.key, group.counts.percent())).collect();
    let svg =
        h.tag("svg").class("line").attr("viewBox", &format!("0 0 {WIDTH} {HEIGHT}")).attr("role", "img");
    svg.attr("aria-label", &format!("{}: {}", page.label(Label::Trend), told.join(", "))).body(|h| {
        for share in [1.0, (1.0 + floor) / 2.0, floor] {
            grid(h, [left, WIDTH - right], y(share));
            let place = [left - 5.0, y(share) + 3.5];
            text(h, "axis end", place, &format!("{:.0} %", share * 100.0));
        }
        let path: Vec<String> = points
            .iter()
            .enumerate()
            .map(|(i, (_, share))| format!("{:.1},{:.1}", x(i), y(*share)))
            .collect();
        h.tag("polyline").attr("points", &path.join(" ")).text("");
        let every = points.len().div_ceil(LABELLED);
        for (i, (group, value)) in points.iter().enumerate() {
            let circle = h.tag("circle").attr("cx", &at(x(i))).attr("cy", &at(y(*value))).attr("r", "3");
            circle.body(|h| h.tag("title").text(&told[i]));
            if i % every == 0 {
                let class = if i + 1 == points.len() { "axis end" } else { "axis middle" };
                text(h, class, [x(i), HEIGHT - 5.0], &group.key);
            }
        }
    });
}

fn grid(h: &mut Html, [from, to]: [f64; 2], y: f64) {
    let line = h.tag("line").class("grid").attr("x1", &at(from)).attr("x2", &at(to));
    line.attr("y1", &at(y)).attr("y2", &at(y)).text("");
}

fn text(h: &mut Html, class: &str, [x, y]: [f64; 2], text: &str) {
    h.tag("text").attr("class", class).attr("x", &at(x)).attr("y", &at(y)).text(text);
}

/// The most rows and columns of the heat map.
const MOST: usize = 40;

/// A cell of the heat map, by row and column.
type Cells = BTreeMap<(String, String), Counts>;

/// The heat map: subject × date where there are several dates, else concept × document.
pub(super) fn write_heat(h: &mut Html, page: &Page<'_>) {
    let by_date = page.report.dates.iter().filter(|group| group.counts.asked() > 0).count() > 1;
    let (title, rows, columns, cells) = if by_date { by_subject(page) } else { by_concept(page) };
    if cells.is_empty() {
        return;
    }
    h.tag("section").class("heat").attr("aria-labelledby", "heat").body(|h| {
        h.tag("h2").attr("id", "heat").text(page.label(title));
        h.tag("p").class("facts").text(page.label(Label::HeatHint));
        h.tag("div")
            .class("scroll")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-labelledby", "heat")
            .body(|h| write_map(h, page, &rows, &columns, &cells));
    });
}

/// A title, the rows, the columns, and the cells of a heat map.
type Heat = (Label, Vec<(String, String)>, Vec<String>, Cells);

fn by_subject(page: &Page<'_>) -> Heat {
    let report = page.report;
    let cells =
        report.heat.iter().map(|cell| ((cell.subject.clone(), cell.date.clone()), cell.counts)).collect();
    let subjects = named(Label::BySubject, &report.subjects, page.ui).into_iter();
    let rows = subjects.filter(|(_, group)| group.counts.asked() > 0).take(MOST);
    let shown = |name: &str| if name.is_empty() { "—".to_owned() } else { name.to_owned() };
    let rows = rows.map(|(name, group)| (group.key.clone(), shown(name))).collect();
    let dates = report.dates.iter().filter(|group| group.counts.asked() > 0);
    // The latest are told.
    let mut columns: Vec<String> = dates.rev().take(MOST).map(|group| group.key.clone()).collect();
    columns.reverse();
    (Label::HeatSubjects, rows, columns, cells)
}

fn by_concept(page: &Page<'_>) -> Heat {
    let concepts = &page.report.concepts;
    let mut worst: Vec<_> =
        concepts.iter().filter(|one| one.required && one.counts().deviating() > 0).collect();
    worst.sort_by_key(|concept| std::cmp::Reverse(concept.counts().deviating()));
    worst.truncate(MOST);
    let mut cells = Cells::new();
    for (concept, cell) in
        worst.iter().flat_map(|concept| concept.documents.iter().map(move |cell| (concept, cell)))
    {
        if cell.counts.asked() > 0 {
            cells.insert((concept.concept.clone(), cell.document.to_string()), cell.counts);
        }
    }
    let held: BTreeSet<&String> = cells.keys().map(|(_, document)| document).collect();
    let documents = page.report.documents.iter().map(|document| &document.document);
    let columns = documents.filter(|name| held.contains(name));
    let columns: Vec<String> = columns.take(MOST).cloned().collect();
    let rows = worst.iter().map(|concept| (concept.concept.clone(), concept.label.clone())).collect();
    (Label::HeatConcepts, rows, columns, cells)
}

/// A square of the map, and the room that a character of a name takes.
const SQUARE: f64 = 34.0;
const CHARACTER: f64 = 6.4;
/// So many characters of the names of rows and columns are shown.
const ROW_NAME: usize = 40;
const COLUMN_NAME: usize = 26;

/// The room for the longest of some names.
fn room<'n>(names: impl Iterator<Item = &'n String>, most: usize) -> f64 {
    CHARACTER * names.map(|name| name.chars().count()).max().unwrap_or(0).min(most) as f64
}

fn write_map(h: &mut Html, page: &Page<'_>, rows: &[(String, String)], columns: &[String], cells: &Cells) {
    let names = room(rows.iter().map(|(_, name)| name), ROW_NAME) + 10.0;
    // The names of columns are turned by 45 degrees.
    let heads = room(columns.iter(), COLUMN_NAME) * std::f64::consts::FRAC_1_SQRT_2 + 20.0;
    let width = names + SQUARE * columns.len() as f64 + heads;
    let height = heads + 22.0 * rows.len() as f64;
    let svg = h.tag("svg").class("map").attr("viewBox", &format!("0 0 {width:.0} {height:.0}"));
    let svg = svg.attr("width", &at(width)).attr("height", &at(height)).attr("role", "img");
    svg.attr("aria-labelledby", "heat").body(|h| {
        for (i, column) in columns.iter().enumerate() {
            let x = names + SQUARE * i as f64 + SQUARE / 2.0;
            let turned = format!("rotate(-45 {x:.1} {:.1})", heads - 8.0);
            let head = h.tag("text").class("axis").attr("x", &at(x)).attr("y", &at(heads - 8.0));
            head.attr("transform", &turned).text(&shortened(column, COLUMN_NAME));
        }
        for (i, (key, name)) in rows.iter().enumerate() {
            let y = heads + 22.0 * i as f64;
            text(h, "axis end", [names - 8.0, y + 15.0], &shortened(name, ROW_NAME));
            for (j, column) in columns.iter().enumerate() {
                let Some(counts) = cells.get(&(key.clone(), column.clone())) else { continue };
                let place = [names + SQUARE * j as f64, y];
                write_cell(h, page, place, &format!("{name} · {column}"), *counts);
            }
        }
    });
}

fn write_cell(h: &mut Html, page: &Page<'_>, [x, y]: [f64; 2], name: &str, counts: Counts) {
    let deviating = counts.deviating() as f64 / counts.asked().max(1) as f64;
    h.tag("g").body(|h| {
        let told: Vec<String> = parts(page, counts)
            .iter()
            .map(|(_, label, count)| format!("{label} {}", number(*count)))
            .collect();
        h.tag("title").text(&format!("{name}: {}", told.join(", ")));
        let rect = h.tag("rect").class("cell").attr("x", &at(x + 1.0)).attr("y", &at(y + 1.0));
        let rect = rect.attr("width", &at(SQUARE - 2.0)).attr("height", "20");
        rect.attr("fill-opacity", &format!("{:.2}", 0.5 * deviating)).text("");
        text(
            h,
            "value",
            [x + SQUARE / 2.0, y + 15.0],
            &format!("{:.0}", ((1.0 - deviating) * 100.0 + 1e-9).floor()),
        );
    });
}

/// A name that fits, cut in the middle, since names of documents differ at either end.
fn shortened(name: &str, most: usize) -> String {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() <= most {
        return name.to_owned();
    }
    let (head, tail) = (most / 3, most - most / 3 - 1);
    let tail = chars.len() - tail;
    chars[..head].iter().chain(['…'].iter()).chain(&chars[tail..]).collect()
}
