//! The preparation sheet: what an interpreter or translator reads before a job. Only the terms of its texts, in both
//! languages, with names, acronyms and how they are pronounced, and the figures as the other language has them.

#[cfg(feature = "office")]
pub mod docx;
pub mod html;
pub mod markdown;

use std::collections::{BTreeMap, HashSet};

use super::words::labels;
use crate::check::quantity::{Kind, Quantity, read, write};
use crate::engine::{Analysis, Collection};
use crate::lang::Lang;
use crate::termbase::{Concept, TermEntry, TermType, Termbase};
use crate::text::fold;

/// How a sheet is made.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Terms that the reader knows, in either language, in any case and with or without accents.
    pub known: Vec<String>,
    /// In what order.
    pub order: Order,
    /// The size of the paper.
    pub paper: Paper,
    /// In large type.
    pub is_large: bool,
    /// The language of labels.
    pub ui: Option<Lang>,
}

/// The order of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the terms first occur.
    #[default]
    Appearance,
    /// By subject, within one as they first occur.
    Subject,
}

/// The paper that a page is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 8.5 × 11 in, the paper of both countries.
    #[default]
    Letter,
    /// 210 × 297 mm.
    A4,
}

/// A preparation sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preparation {
    /// The names of the texts.
    pub texts: Vec<String>,
    /// The terms, by subject where that is the order; else one group without a subject.
    pub groups: Vec<Group>,
    /// The figures, in order.
    pub figures: Vec<Figure>,
    /// Concepts left out because they are known.
    pub known: usize,
}

/// Terms of one subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The subject, as the glossary writes it.
    pub subject: Option<String>,
    /// A concept each.
    pub lines: Vec<Line>,
}

/// A concept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The Spanish and the English terms, the preferred one first.
    pub terms: [Vec<Word>; 2],
    /// For a person, the office as each language names it.
    pub offices: [Option<String>; 2],
    /// How often it occurs.
    pub count: usize,
}

/// A term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// As it is written.
    pub term: String,
    /// How it is said.
    pub pronunciation: Option<String>,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its language.
    pub lang: Lang,
    /// As the text has it.
    pub text: String,
    /// As the other language has it.
    pub other: String,
}

labels! {
    Title: "Hoja de preparación" | "Preparation sheet";
    Spanish: "español" | "Spanish";
    English: "inglés" | "English";
    Figures: "Cifras" | "Figures";
    InTheText: "en el texto" | "in the text";
    InTheOther: "en la otra lengua" | "in the other language";
    NoTerms: "Ningún término del glosario aparece en los textos." | "No term of the glossary occurs in the texts.";
    Known: "Se omiten por conocidos: {n}" | "Left out as known: {n}";
    NoSubject: "otros" | "other";
    MadeWith: "Hecho con glosa" | "Made with glosa";
}

/// Makes the sheet of some texts.
pub fn preparation(termbase: &Termbase, collection: &Collection, options: &Options) -> Preparation {
    let known: HashSet<String> = options.known.iter().map(|term| fold::key(term.trim())).collect();
    let mut counts: Vec<(usize, usize)> = Vec::new();
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for hit in collection.documents.iter().flat_map(|analysis| &analysis.hits).filter(|hit| hit.is_sure()) {
        let concept = hit.term.concept as usize;
        let at = *places.entry(concept).or_insert_with(|| {
            counts.push((concept, 0));
            counts.len() - 1
        });
        counts[at].1 += 1;
    }
    let is_known = |concept: &Concept| {
        Lang::ALL
            .iter()
            .any(|lang| concept.terms_of(*lang).any(|term| known.contains(&fold::key(&term.term))))
    };
    let (left_out, wanted): (Vec<_>, Vec<_>) =
        counts.into_iter().partition(|(concept, _)| is_known(&termbase.concepts[*concept]));
    Preparation {
        texts: collection.documents.iter().map(|analysis| analysis.document.name.clone()).collect(),
        groups: groups(termbase, &wanted, options.order),
        figures: figures(collection),
        known: left_out.len(),
    }
}

fn groups(termbase: &Termbase, wanted: &[(usize, usize)], order: Order) -> Vec<Group> {
    let mut groups: BTreeMap<Option<&str>, Group> = BTreeMap::new();
    for &(concept, count) in wanted {
        let concept = &termbase.concepts[concept];
        let subject = concept.subject.as_deref().filter(|_| order == Order::Subject);
        let group = groups
            .entry(subject)
            .or_insert_with(|| Group { subject: subject.map(str::to_owned), lines: Vec::new() });
        group.lines.push(line(termbase, concept, count));
    }
    // Those without a subject stand last.
    let nameless = groups.remove(&None);
    groups.into_values().chain(nameless).collect()
}

/// What stands over a group: its subject; nothing where there is only the one without.
fn heading<'a>(group: &'a Group, sheet: &Preparation, ui: Lang) -> Option<&'a str> {
    match &group.subject {
        Some(subject) => Some(super::words::subject(subject, ui)),
        None if sheet.groups.len() > 1 => Some(Label::NoSubject.of(ui)),
        None => None,
    }
}

fn line(termbase: &Termbase, concept: &Concept, count: usize) -> Line {
    let office = concept.holder_of.as_ref().and_then(|office| termbase.find(office.as_str()));
    let offices = Lang::ALL.map(|lang| {
        let office = &termbase.concepts[office?];
        Some(office.preferred(lang)?.term.clone())
    });
    Line { terms: Lang::ALL.map(|lang| words(concept, lang)), offices, count }
}

/// The terms that may be used: the preferred one, and what an acronym or a full form adds to it.
fn words(concept: &Concept, lang: Lang) -> Vec<Word> {
    let preferred = concept.preferred(lang);
    let is_other = |term: &&TermEntry| {
        let is_long_or_short = matches!(term.term_type, Some(TermType::Acronym | TermType::FullForm));
        term.is_usable() && is_long_or_short && preferred.is_none_or(|preferred| preferred.term != term.term)
    };
    let others = concept.terms_of(lang).filter(is_other);
    let word = |term: &TermEntry| Word { term: term.term.clone(), pronunciation: term.pronunciation.clone() };
    preferred.into_iter().chain(others).map(word).collect()
}

/// The figures worth having ready: amounts with a scale, money, percentages, large numbers. Confidential texts keep
/// theirs.
fn figures(collection: &Collection) -> Vec<Figure> {
    let mut seen = HashSet::new();
    let open = collection.documents.iter().filter(|analysis| !analysis.document.confidential);
    let mut figures: Vec<Figure> = open.flat_map(figures_of).collect();
    figures.retain(|figure| seen.insert((figure.lang, figure.text.to_lowercase())));
    figures
}

fn figures_of(analysis: &Analysis) -> Vec<Figure> {
    let segments = analysis.segments.iter().filter_map(|segment| Some((segment.span, segment.lang?)));
    let found = segments.flat_map(|(span, lang)| {
        let text = span.of(&analysis.document.text);
        read(text, lang).into_iter().filter(is_worth_it).filter_map(move |quantity| {
            let other = write(&quantity, lang.other())?;
            Some(Figure { lang, text: as_written(text, &quantity), other })
        })
    });
    found.collect()
}

/// A figure with the sign of currency before it, and the currency or the percent after it.
fn as_written(text: &str, quantity: &Quantity) -> String {
    let sign = if text[..quantity.span.start].ends_with('$') { "$" } else { "" };
    let after = &text[quantity.span.end..];
    let unit = UNITS.into_iter().find(|unit| after.starts_with(unit));
    format!("{sign}{}{}", quantity.span.of(text), unit.unwrap_or(""))
}

/// What follows a figure and belongs to it.
const UNITS: [&str; 9] =
    ["%", " %", " por ciento", " percent", " pesos", " dólares", " dollars", " de pesos", " de dólares"];

fn is_worth_it(quantity: &Quantity) -> bool {
    let is_large = quantity.values[0] >= 1000.0 && quantity.kind == Kind::Amount;
    quantity.is_sure
        && (quantity.is_scaled || is_large || matches!(quantity.kind, Kind::Money | Kind::Percent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::termbase::{Source, read as read_terms};
    use crate::text::Document;

    const GLOSSARY: &str = r#"
[[concept]]
id = "sre"
subject = "government"
terms.es = [{ term = "Secretaría de Relaciones Exteriores", status = "preferred" }, { term = "SRE", type = "acronym", pronunciation = "ese-erre-e" }]
terms.en = "Foreign Ministry"

[[concept]]
id = "tariff"
subject = "trade"
terms.es = "arancel"
terms.en = "tariff"

[[concept]]
id = "secretary"
subject = "government"
terms.es = "secretaria de Vivienda"
terms.en = "housing secretary"

[[concept]]
subject = "government"
holder-of = "secretary"
terms.es = "Berta Salmerón"
terms.en = "Berta Salmerón"

[[concept]]
id = "quota"
subject = "trade"
terms.es = "cupo"
terms.en = "quota"
"#;

    #[test]
    fn a_person_has_the_office_on_either_side() {
        let engine = Engine::new(read_terms(&[Source::toml("glossary.toml", GLOSSARY)]).termbase);
        let document =
            Document { lang: Some(Lang::En), ..Document::plain("a.txt", "Berta Salmerón left on Monday.") };
        let collection = Collection { documents: vec![engine.analyse(document)], bitexts: Vec::new() };
        let options = Options::default();
        let sheet = preparation(engine.termbase(), &collection, &options);
        let offices = ["secretaria de Vivienda", "housing secretary"].map(|office| Some(office.to_owned()));
        assert_eq!(sheet.groups[0].lines[0].offices, offices);
        let row = "| Berta Salmerón (secretaria de Vivienda) | Berta Salmerón (housing secretary) |";
        assert!(markdown::render(&sheet, &options).contains(row));
        let html = html::render(&sheet, &options);
        assert!(html.contains("<thead>") && html.matches("secretary</p>").count() == 1, "{html}");
    }

    pub(super) fn sheet(options: &Options) -> Preparation {
        let engine = Engine::new(read_terms(&[Source::toml("glossary.toml", GLOSSARY)]).termbase);
        let text =
            "Los aranceles costarán 1.5 billones de pesos, dijo la SRE <b>ayer</b>. El arancel sube 3%.";
        let document = Document { lang: Some(Lang::Es), ..Document::plain("<nota>.txt", text) };
        let collection = Collection { documents: vec![engine.analyse(document)], bitexts: Vec::new() };
        preparation(engine.termbase(), &collection, options)
    }

    #[test]
    fn it_has_the_terms_of_the_text_alone_in_their_order() {
        let sheet = sheet(&Options::default());
        let terms: Vec<&str> =
            sheet.groups[0].lines.iter().map(|line| line.terms[1][0].term.as_str()).collect();
        assert_eq!(terms, ["tariff", "Foreign Ministry"]);
        assert_eq!(sheet.groups[0].lines[0].count, 2);
        assert_eq!(sheet.groups[0].lines[1].terms[0][1].pronunciation.as_deref(), Some("ese-erre-e"));
        let figures: Vec<&str> = sheet.figures.iter().map(|figure| figure.other.as_str()).collect();
        assert_eq!(figures, ["1.5 trillion pesos", "3%"]);
        assert_eq!(sheet.figures[0].text, "1.5 billones de pesos");
        assert_eq!(sheet.figures[1].text, "3%");
    }

    #[test]
    fn known_terms_are_left_out_and_subjects_kept_together() {
        let known =
            sheet(&Options { known: vec!["ARANCEL".into()], order: Order::Subject, ..Options::default() });
        assert_eq!((known.known, known.groups.len()), (1, 1));
        assert_eq!(known.groups[0].subject.as_deref(), Some("government"));
    }

    #[test]
    fn what_texts_say_stays_text() {
        let options = Options::default();
        let html = html::render(&sheet(&options), &options);
        assert!(html.contains("&lt;nota&gt;") && !html.contains("<nota>"), "{html}");
        assert!(!html.contains("src=") && !html.contains("url("), "something is fetched");
        let markdown = markdown::render(&sheet(&options), &options);
        assert!(
            markdown.contains("\\<nota\\>") && markdown.contains("| arancel | tariff | 2 |"),
            "{markdown}"
        );
    }
}
