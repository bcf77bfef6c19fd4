use std::collections::{BTreeSet, HashSet};

use toml::{Table, Value};

use super::{APPROVED, DATE, FORBIDDEN, HEADER, NON_STANDARD, NOT_BOTH_WAYS, PROVISIONAL, REMARKS, word_of};
use crate::check::Finding;
use crate::format::terms::loss::{LossKind, Losses};
use crate::format::terms::pairs::{self, Pair, Pairing};
use crate::format::terms::{Target, Written};
use crate::termbase::{LangTag, Review, Settings, Status, TermEntry, Termbase};

pub(super) fn write(termbase: &Termbase, target: &Target) -> Result<Written, Vec<Finding>> {
    let languages = pairs::languages(termbase, target)?;
    let mut losses = Losses::default();
    let pairs = pairs::pairs(termbase, &languages, Pairing::Product, &mut losses);
    let pairs = pairs::without_remarks(pairs, &mut losses);
    if pairs.is_empty() {
        return Ok(Written { bytes: Vec::new(), losses: losses.finish() });
    }
    let columns = Columns::of(&pairs);
    let mut out = header(&termbase.settings, &languages) + &line(&columns.headings());
    // A term that is in several pairs is told of once.
    let mut seen: HashSet<*const TermEntry> = HashSet::new();
    for pair in &pairs {
        let [of_source, of_target] =
            [pair.source, pair.target].map(|entry| seen.insert(std::ptr::from_ref(entry)));
        if of_source {
            tell_source(pair, &mut losses);
        }
        let (status, unsaid) = status(pair);
        for (kind, key, reason) in unsaid.into_iter().filter(|_| of_target) {
            losses.add(kind, key, reason, pair.concept);
        }
        tell_kept(pair, [of_source, of_target], &mut losses);
        out += &line(&columns.cells(pair, status));
    }
    Ok(Written { bytes: out.into_bytes(), losses: losses.finish() })
}

fn line(cells: &[String]) -> String {
    cells.join("\t") + "\r\n"
}

/// The lines above the columns, as they were read: languages, date, properties, remarks. No date is made up.
fn header(settings: &Settings, [source, target]: &[LangTag; 2]) -> String {
    let none = Table::new();
    let kept = settings.x.get(HEADER).and_then(Value::as_table).unwrap_or(&none);
    let mut out = format!("#UTX 1.11; {source}/{target}");
    let date = kept.get(DATE).and_then(Value::as_str);
    date.into_iter().for_each(|date| out += &format!("; {}", one_line(date)));
    let (mut description, mut remarks) = (String::new(), String::new());
    for (key, value) in kept.iter().filter(|(key, _)| *key != DATE) {
        let name = one_line(key);
        match value {
            Value::Boolean(true) => out += &format!("; {name}"),
            Value::String(text) if key == "description" => {
                description = format!("#description: {}\r\n", one_line(text));
            }
            Value::Array(lines) if key == REMARKS => {
                let lines = lines.iter().filter_map(Value::as_str);
                remarks = lines.map(|text| format!("#{}\r\n", one_line(text))).collect();
            }
            Value::String(text) => out += &format!("; {name}: {}", one_line(text)),
            _ => {}
        }
    }
    // Translate Toolkit reads no header of two parts.
    if out.matches(';').count() == 1 {
        out += &format!("; {NOT_BOTH_WAYS}");
    }
    out + "\r\n" + &description + &remarks
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).collect::<Vec<_>>().join(" ").replace(';', ",")
}

/// The columns that have something in them, beside those of every file.
struct Columns {
    of_terms: [BTreeSet<String>; 2],
    has_notes: [bool; 2],
    has_comment: bool,
    of_concept: BTreeSet<String>,
}

impl Columns {
    fn of(pairs: &[Pair<'_>]) -> Columns {
        let mut columns = Columns {
            of_terms: Default::default(),
            has_notes: [false; 2],
            has_comment: pairs.iter().any(|pair| pair.concept.note.is_some()),
            of_concept: BTreeSet::new(),
        };
        for pair in pairs {
            for (side, entry) in [pair.source, pair.target].into_iter().enumerate() {
                columns.has_notes[side] |= entry.note.is_some();
                columns.of_terms[side].extend(written(&entry.x, &["pos", "status"]));
            }
            columns.of_concept.extend(written(&pair.concept.x, &[]));
        }
        columns
    }

    fn headings(&self) -> Vec<String> {
        let mut headings: Vec<String> =
            ["#src", "tgt", "src:pos", "tgt:pos", "term status"].map(str::to_owned).to_vec();
        for (side, prefix) in ["src", "tgt"].into_iter().enumerate() {
            headings.extend(self.of_terms[side].iter().map(|name| format!("{prefix}:{name}")));
            headings.extend(self.has_notes[side].then(|| format!("{prefix}:comment")));
        }
        headings.extend(self.has_comment.then(|| "comment".to_owned()));
        headings.extend(self.of_concept.iter().cloned());
        headings.push("concept ID".to_owned());
        headings
    }

    fn cells(&self, pair: &Pair<'_>, status: &str) -> Vec<String> {
        let sides = [pair.source, pair.target];
        let mut cells: Vec<String> = sides.iter().map(|entry| entry.term.clone()).collect();
        cells.extend(sides.iter().map(|entry| pos(entry)));
        cells.push(status.to_owned());
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let kept = |x: &Table, name: &str| text(x.get(name).and_then(Value::as_str));
        for (side, entry) in sides.iter().enumerate() {
            cells.extend(self.of_terms[side].iter().map(|name| kept(&entry.x, name)));
            cells.extend(self.has_notes[side].then(|| text(entry.note.as_deref())));
        }
        cells.extend(self.has_comment.then(|| text(pair.concept.note.as_deref())));
        cells.extend(self.of_concept.iter().map(|name| kept(&pair.concept.x, name)));
        cells.push(pair.concept.id.0.clone());
        cells
    }
}

/// The names under which texts are kept that can be columns, but for some.
fn written(x: &Table, but: &[&str]) -> impl Iterator<Item = String> {
    x.iter()
        .filter(|(key, value)| !but.contains(&key.as_str()) && is_column(key, value))
        .map(|(key, _)| key.clone())
}

/// Whether a name with its text can be a column that is read as it was.
fn is_column(name: &str, value: &Value) -> bool {
    let is_plain = name == name.trim() && !name.is_empty() && !name.contains(['#', ':', '\t']);
    let reserved = ["src", "tgt", "pos", "comment", "term status", "concept id"];
    is_plain && value.is_str() && !reserved.contains(&name.to_lowercase().as_str())
}

fn pos(entry: &TermEntry) -> String {
    let kept = entry.x.get("pos").and_then(Value::as_str).map(str::to_owned);
    entry.pos.map(|pos| word_of(pos).to_owned()).or(kept).unwrap_or_default()
}

/// Tells the usage of a source term.
fn tell_source(Pair { concept, source, .. }: &Pair<'_>, losses: &mut Losses) {
    let stated = [("terms.status", source.status.is_some()), ("terms.forbidden", source.forbidden)];
    for (key, _) in stated.into_iter().filter(|(_, is_stated)| *is_stated) {
        losses.add(LossKind::Dropped, key, "UTX has that of the target term only", concept);
    }
}

/// What a word does not say: the key, and why.
type Unsaid = (LossKind, &'static str, &'static str);

/// The word for the target term, of the four that UTX has, and what it does not say.
fn status(Pair { concept, target, .. }: &Pair<'_>) -> (&'static str, Vec<Unsaid>) {
    use LossKind::{Changed, Dropped};
    let kept = target.x.get("status").and_then(Value::as_str);
    let is_proposed = concept.review == Some(Review::Proposed);
    let mut unsaid = Vec::new();
    if concept.review.is_some_and(|review| review != Review::Proposed) {
        unsaid.push((Dropped, "review", "UTX says only that an entry is provisional"));
    }
    if target.forbidden && target.status.is_some() {
        unsaid.push((Changed, "terms.status", "forbidden says it"));
    }
    let word = match target.status {
        _ if target.forbidden => FORBIDDEN,
        Some(Status::Deprecated) => NON_STANDARD,
        Some(Status::Superseded) => {
            unsaid.push((Changed, "terms.status", "UTX has `non-standard` for it"));
            NON_STANDARD
        }
        Some(Status::Preferred) if is_proposed => {
            unsaid.push((Changed, "terms.status", "what is proposed is provisional"));
            PROVISIONAL
        }
        Some(Status::Preferred) => APPROVED,
        Some(Status::Admitted) => {
            unsaid.push((Dropped, "terms.status", "UTX has no word for what is admitted"));
            ""
        }
        None => "",
    };
    let word = match word {
        "" if is_proposed || kept.is_some_and(|kept| kept.eq_ignore_ascii_case(PROVISIONAL)) => PROVISIONAL,
        word => word,
    };
    if is_proposed && matches!(word, NON_STANDARD | FORBIDDEN) {
        unsaid.push((Dropped, "review", "a term that is not to be used says that alone"));
    }
    (word, unsaid)
}

/// Tells what is kept under `x` and can be no column, of the sides that are asked for.
fn tell_kept(pair: &Pair<'_>, [of_source, of_target]: [bool; 2], losses: &mut Losses) {
    let Pair { concept, source, target } = pair;
    const NO_COLUMN: &str = "UTX has columns of texts only";
    let told = |x: &Table, of_term: bool, is_target: bool| {
        x.iter()
            .filter(|(key, value)| match key.as_str() {
                "pos" if of_term => !value.is_str(),
                "status" if of_term => {
                    !(is_target && value.as_str().is_some_and(|word| word.eq_ignore_ascii_case(PROVISIONAL)))
                }
                key => !is_column(key, value),
            })
            .count()
    };
    let mut add = |field: &str, count: usize| {
        (0..count).for_each(|_| losses.add(LossKind::Dropped, field, NO_COLUMN, concept));
    };
    if of_source {
        add("x", told(&concept.x, false, false));
        add("terms.x", told(&source.x, true, false));
    }
    if of_target {
        add("terms.x", told(&target.x, true, true));
    }
}
