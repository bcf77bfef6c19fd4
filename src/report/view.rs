//! What a reader sees of an entry, whatever the format: which term stands at the head of a column, which are to
//! be avoided, and the facts about them in words.
//!
//! An entry with `arancel` (preferred), `gravamen` (admitted) and `impuesto aduanal` (deprecated) has the Spanish
//! [`Side`] head *arancel*, also *gravamen*, avoid *impuesto aduanal*.

use super::AlignedGlossary;
use super::aligned_glossary::{ConceptLink, Entry, EntryTerm, PlaceCount, Rendering, Totals};
use super::words::{Label, counted, fill, month, number, source, subject, value};
use crate::concord::{AlignedContext, Evidence, Snippet};
use crate::lang::Lang;

/// The two columns, in the order of the working languages.
pub(super) fn columns(glossary: &AlignedGlossary) -> [Lang; 2] {
    let first = glossary.languages.iter().find_map(|tag| Lang::from_tag(tag)).unwrap_or(Lang::Es);
    [first, first.other()]
}

/// The terms of an entry in one language, by what a translator does with them.
#[derive(Clone, Debug)]
pub(super) struct Side<'a> {
    /// The language.
    pub(super) lang: Lang,
    /// The term to write.
    pub(super) head: Option<&'a EntryTerm>,
    /// Others that may be written.
    pub(super) also: Vec<&'a EntryTerm>,
    /// Deprecated, superseded and forbidden ones.
    pub(super) avoid: Vec<&'a EntryTerm>,
}

/// The terms of `entry` in `lang`.
pub(super) fn side(entry: &Entry, lang: Lang) -> Side<'_> {
    let of_lang = entry.terms.iter().filter(|term| Lang::from_tag(&term.lang) == Some(lang));
    let (mut also, avoid): (Vec<_>, Vec<_>) = of_lang.partition(|term| is_usable(term));
    let preferred = also.iter().position(|term| term.status == "preferred").unwrap_or(0);
    let head = (preferred < also.len()).then(|| also.remove(preferred));
    Side { lang, head, also, avoid }
}

/// The terms in languages that have no column.
pub(super) fn other_languages(entry: &Entry) -> impl Iterator<Item = &EntryTerm> {
    entry.terms.iter().filter(|term| Lang::from_tag(&term.lang).is_none())
}

/// Whether a translator may write the term.
fn is_usable(term: &EntryTerm) -> bool {
    !term.forbidden && !matches!(term.status.as_str(), "deprecated" | "superseded")
}

/// Whether the concept occurs in the texts.
pub(super) fn is_found(entry: &Entry) -> bool {
    entry.count_es + entry.count_en > 0
}

/// The definition in a language.
pub(super) fn definition(entry: &Entry, lang: Lang) -> Option<&super::aligned_glossary::EntryDefinition> {
    entry.definitions.iter().find(|definition| Lang::from_tag(&definition.lang) == Some(lang))
}

/// How the other language's occurrences are rendered in `lang`.
pub(super) fn renderings(entry: &Entry, lang: Lang) -> &[Rendering] {
    match lang {
        Lang::Es => &entry.rendered_es,
        Lang::En => &entry.rendered_en,
    }
}

/// The renderings of a list without a term that the glossary lacks, and how often: «derecho 2, tasa 2».
pub(super) fn unlisted(rendering: &Rendering) -> impl Iterator<Item = (&str, usize)> {
    rendering.unlisted.iter().map(|unlisted| (unlisted.text.as_str(), unlisted.count))
}

/// Where a rendering stands, the first few: «nota.txt:12».
pub(super) fn rendering_places(glossary: &AlignedGlossary, rendering: &Rendering) -> Vec<String> {
    let place = |place: &PlaceCount| format!("{}:{}", document_name(glossary, place), place.line);
    rendering.places.iter().take(MOST_PLACES).map(place).collect()
}

/// So many places of a rendering are told.
const MOST_PLACES: usize = 3;

/// The label of [`renderings`].
pub(super) fn into_language(lang: Lang, ui: Lang) -> &'static str {
    match lang {
        Lang::Es => Label::IntoSpanish.of(ui),
        Lang::En => Label::IntoEnglish.of(ui),
    }
}

/// The snippet of a context in a language.
pub(super) fn snippet(context: &AlignedContext, lang: Lang) -> Option<&Snippet> {
    match lang {
        Lang::Es => context.es.as_ref(),
        Lang::En => context.en.as_ref(),
    }
}

/// The name of a language.
pub(super) fn language(lang: Lang, ui: Lang) -> &'static str {
    match lang {
        Lang::Es => Label::Spanish.of(ui),
        Lang::En => Label::English.of(ui),
    }
}

/// What stands behind a context, in words; aligned sentences are what a reader expects and need none.
pub(super) fn caveat(context: &AlignedContext, ui: Lang) -> Option<&'static str> {
    let label = match context.evidence {
        Evidence::Bead if context.unlisted.is_some() => Label::UnlistedShown,
        Evidence::Bead => return None,
        Evidence::Pinned => Label::EvidencePinned,
        Evidence::Apposition => Label::EvidenceApposition,
        Evidence::Comparable if context.es.is_some() && context.en.is_some() => Label::EvidenceComparable,
        Evidence::Comparable => return None,
    };
    Some(label.of(ui))
}

/// The facts about a term in words: «sustantivo masculino», «sigla», «preferido», «España», «formal».
pub(super) fn facts(term: &EntryTerm, glossary: &AlignedGlossary) -> Vec<String> {
    let ui = glossary.ui;
    let word = |field: &Option<String>| field.as_deref().map(|word| value(word, ui).to_owned());
    let usage = if term.forbidden { Label::Forbidden.of(ui) } else { value(&term.status, ui) };
    let equivalence = term.equivalence.as_deref().filter(|degree| *degree != "exact");
    let (grammar, kind) = match is_acronym(term) {
        true => (Some(value("acronym", ui).to_owned()), word(&term.gender)),
        false => (grammar(term, ui), word(&term.term_type)),
    };
    [
        grammar,
        kind,
        Some(usage.to_owned()),
        region(term, glossary),
        word(&term.register),
        equivalence.map(|degree| value(degree, ui).to_owned()),
        feminine(term, ui),
    ]
    .into_iter()
    .flatten()
    .filter(|fact| !fact.is_empty())
    .collect()
}

/// Whether a term is an acronym, as stated or as written (a name in capitals): that tells more of it than its part
/// of speech.
fn is_acronym(term: &EntryTerm) -> bool {
    let written = || {
        let is_name = term.pos.as_deref() == Some("name") && term.term.chars().count() > 1;
        is_name && term.term.chars().all(|c| c.is_uppercase() || c.is_numeric() || c == '-')
    };
    match term.term_type.as_deref() {
        Some(stated) => stated == "acronym",
        None => written(),
    }
}

/// Part of speech and gender as one fact; where only the gender is known, the gender.
fn grammar(term: &EntryTerm, ui: Lang) -> Option<String> {
    let words: Vec<&str> =
        [&term.pos, &term.gender].into_iter().flatten().map(|word| value(word, ui)).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Where the term is used: as stated, else the region of a section that is not of the working languages.
fn region(term: &EntryTerm, glossary: &AlignedGlossary) -> Option<String> {
    let section = || {
        let (_, region) = term.lang.split_once('-')?;
        (!glossary.languages.contains(&term.lang)).then_some(region)
    };
    let code = term.region.as_deref().or_else(section)?;
    let listed: Vec<&str> = code.split([',', ' ']).filter(|part| !part.is_empty()).collect();
    Some(listed.iter().map(|part| value(part, glossary.ui)).collect::<Vec<_>>().join(", "))
}

fn feminine(term: &EntryTerm, ui: Lang) -> Option<String> {
    let form = term.feminine.as_deref()?;
    Some(format!("{}: {form}", Label::Feminine.of(ui)))
}

/// Why a term is to be avoided and what to write instead, as a sentence; empty where nothing is stated.
pub(super) fn advice(term: &EntryTerm, ui: Lang) -> String {
    let instead = term
        .replace_with
        .as_deref()
        .map(|other| fill(Label::WriteInstead.of(ui), &[("term", &format!("“{other}”"))]));
    let parts: Vec<&str> = [term.reason.as_deref(), instead.as_deref(), term.note.as_deref()]
        .into_iter()
        .flatten()
        .map(|part| part.trim_end_matches('.'))
        .collect();
    parts.join("; ")
}

/// Subject, kind, jurisdiction and review of an entry, in words.
pub(super) fn classification(entry: &Entry, ui: Lang) -> Vec<&str> {
    let kind = entry.kind.as_deref().filter(|kind| *kind != "term").map(|kind| value(kind, ui));
    let jurisdiction = entry.jurisdiction.as_deref().map(|code| value(code, ui));
    let review = entry.review.as_deref().map(|step| review(step, ui));
    let subject = entry.subject.as_deref().map(|field| subject(field, ui));
    [subject, kind, jurisdiction, review].into_iter().flatten().collect()
}

fn review(step: &str, ui: Lang) -> &str {
    match step {
        "proposed" => Label::ReviewProposed.of(ui),
        "reviewed" => Label::ReviewReviewed.of(ui),
        "approved" => Label::ReviewApproved.of(ui),
        other => other,
    }
}

/// From when until when the concept exists and when the entry was checked, in words.
pub(super) fn validity(entry: &Entry, ui: Lang) -> Vec<String> {
    let from = entry.valid_from.as_deref().map(|date| day(date, ui));
    let until = entry.valid_until.as_deref().map(|date| day(date, ui));
    let in_force = match (&from, &until) {
        (Some(from), Some(until)) => {
            Some(fill(Label::ValidFromUntil.of(ui), &[("from", from), ("until", until)]))
        }
        (Some(from), None) => Some(fill(Label::ValidFrom.of(ui), &[("from", from)])),
        (None, Some(until)) => Some(fill(Label::ValidUntil.of(ui), &[("until", until)])),
        (None, None) => None,
    };
    in_force.into_iter().chain(entry.as_of.as_deref().map(|date| checked_on(date, ui))).collect()
}

fn checked_on(date: &str, ui: Lang) -> String {
    let label = if date.matches('-').count() == 2 { Label::AsOf } else { Label::AsOfLoose };
    fill(label.of(ui), &[("date", &date_in_words(date, ui))])
}

/// A date with the article that Spanish puts before a day.
fn day(date: &str, ui: Lang) -> String {
    let words = date_in_words(date, ui);
    match ui {
        Lang::Es if words.contains(" de ") && date.matches('-').count() == 2 => format!("el {words}"),
        _ => words,
    }
}

/// `2020-07-01`, `2020-07` or `2020` in words; anything else as it is.
pub(super) fn date_in_words(date: &str, ui: Lang) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    let month_of = |text: &str| text.parse().ok().and_then(|number| month(number, ui));
    let day_of = |text: &str| text.parse::<u8>().ok().filter(|day| (1..=31).contains(day));
    match (parts.as_slice(), ui) {
        ([year, m], _) => match (month_of(m), ui) {
            (Some(month), Lang::Es) => format!("{month} de {year}"),
            (Some(month), Lang::En) => format!("{month} {year}"),
            (None, _) => date.to_owned(),
        },
        ([year, m, d], _) => match (month_of(m), day_of(d), ui) {
            (Some(month), Some(day), Lang::Es) => format!("{day} de {month} de {year}"),
            (Some(month), Some(day), Lang::En) => format!("{month} {day}, {year}"),
            _ => date.to_owned(),
        },
        _ => date.to_owned(),
    }
}

/// The line of truth: how many concepts occur, in how much text, and how many lack evidence.
pub(super) fn truth(totals: &Totals, ui: Lang) -> String {
    let concepts = number(totals.concepts);
    if totals.documents == 0 {
        return fill(Label::NoTexts.of(ui), &[("concepts", &concepts)]) + ".";
    }
    let occurs = if totals.found == 1 { Label::OccursOne } else { Label::OccursMany };
    let found = number(totals.found);
    let line =
        fill(occurs.of(ui), &[("found", &found), ("concepts", &concepts), ("where", &corpus(totals, ui))]);
    let lacking = [(totals.without_es, Label::WithoutSpanish), (totals.without_en, Label::WithoutEnglish)];
    let lacking = lacking
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, label)| fill(label.of(ui), &[("n", &number(n))]))
        .collect::<Vec<_>>()
        .join(", ");
    if lacking.is_empty() { format!("{line}.") } else { format!("{line}; {lacking}.") }
}

/// «24 pares de textos y 3 textos sin pareja».
fn corpus(totals: &Totals, ui: Lang) -> String {
    let pairs = counted(totals.pairs, Label::PairOne, Label::PairMany, ui);
    let single = counted(totals.single, Label::SingleOne, Label::SingleMany, ui);
    match (totals.pairs, totals.single) {
        (_, 0) => pairs,
        (0, _) => single,
        _ => fill(Label::And.of(ui), &[("a", &pairs), ("b", &single)]),
    }
}

/// How often and in how many texts a concept occurs.
pub(super) fn occurrences(entry: &Entry, ui: Lang) -> String {
    let documents = counted(entry.places.len(), Label::DocumentOne, Label::DocumentMany, ui);
    let (es, en) = (entry.count_es, entry.count_en);
    let label = if es + en == 1 { Label::PlacesOne } else { Label::Places };
    let values = [("n", number(es + en)), ("es", number(es)), ("en", number(en)), ("documents", documents)];
    fill(label.of(ui), &values.each_ref().map(|(key, value)| (*key, value.as_str())))
}

/// The document of a place.
pub(super) fn document_name<'a>(glossary: &'a AlignedGlossary, place: &PlaceCount) -> &'a str {
    glossary.documents.get(place.document).map_or("", |document| document.name.as_str())
}

/// How a concept stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    ReplacedBy,
    Confusable,
    Broader,
    Related,
}

impl Relation {
    /// The strongest first.
    const ALL: [Relation; 4] =
        [Relation::ReplacedBy, Relation::Confusable, Relation::Broader, Relation::Related];

    /// What a reader sees.
    pub(super) fn label(self) -> Label {
        match self {
            Relation::ReplacedBy => Label::ReplacedBy,
            Relation::Confusable => Label::Confusable,
            Relation::Broader => Label::Broader,
            Relation::Related => Label::Related,
        }
    }

    /// As the glossary states them.
    fn stated(self, entry: &Entry) -> &[ConceptLink] {
        match self {
            Relation::ReplacedBy => entry.replaced_by.as_slice(),
            Relation::Confusable => &entry.not_to_confuse,
            Relation::Broader => &entry.broader,
            Relation::Related => &entry.related,
        }
    }
}

/// The concepts that an entry names in a relation, but for those it names in a stronger one.
pub(super) fn links(entry: &Entry, relation: Relation) -> Vec<&ConceptLink> {
    let stronger = || Relation::ALL.into_iter().take_while(move |other| *other != relation);
    let is_shown = |link: &ConceptLink| {
        stronger().any(|other| other.stated(entry).iter().any(|shown| shown.id == link.id))
    };
    relation.stated(entry).iter().filter(|link| !is_shown(link)).collect()
}

/// The note and the source of an entry, with what they are.
pub(super) fn remarks(entry: &Entry, ui: Lang) -> impl Iterator<Item = (Label, &str)> {
    let note = entry.note.as_deref().map(|note| (Label::Note, note));
    let source = entry.source.as_deref().map(|title| (Label::Source, source(title, ui)));
    note.into_iter().chain(source)
}

/// Where a snippet stands: `actas/es.md:12`, `deck.pptx, slide 3`, or the source of a pinned one as stated.
pub(super) fn citation(snippet: &Snippet) -> String {
    match (&snippet.part, snippet.line) {
        (Some(part), _) => format!("{}, {part}", snippet.document),
        (None, 0) => snippet.document.clone(),
        (None, line) => format!("{}:{line}", snippet.document),
    }
}

/// [`citation`] in the reader's words.
pub(super) fn citation_in(snippet: &Snippet, ui: Lang) -> String {
    if snippet.line == 0 { cited(snippet, ui).to_owned() } else { citation(snippet) }
}

/// The document of a snippet, or the source of a pinned one in words.
pub(super) fn cited(snippet: &Snippet, ui: Lang) -> &str {
    if snippet.line == 0 { source(&snippet.document, ui) } else { &snippet.document }
}

/// A piece of a snippet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between hits.
    Plain(&'a str),
    /// A hit.
    Hit(&'a str),
}

impl<'a> Piece<'a> {
    /// The text of a hit.
    pub(super) fn hit(self) -> Option<&'a str> {
        match self {
            Piece::Hit(text) => Some(text),
            Piece::Plain(_) => None,
        }
    }
}

/// A snippet cut at its hits; a mark that does not fit the text is left out.
pub(super) fn pieces(snippet: &Snippet) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(2 * snippet.marks.len() + 1);
    let mut done = 0;
    for mark in &snippet.marks {
        let (Some(before), Some(hit)) =
            (snippet.text.get(done..mark.start), snippet.text.get(mark.start..mark.end))
        else {
            continue;
        };
        pieces.extend([Piece::Plain(before), Piece::Hit(hit)]);
        done = mark.end;
    }
    pieces.push(Piece::Plain(snippet.text.get(done..).unwrap_or("")));
    pieces.retain(|piece| !matches!(piece, Piece::Plain("") | Piece::Hit("")));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn the_line_of_truth_agrees_in_number() {
        let totals = Totals {
            concepts: 352,
            found: 212,
            without_es: 9,
            documents: 48,
            pairs: 24,
            ..Totals::default()
        };
        let one =
            Totals { found: 1, without_es: 0, without_en: 2, documents: 1, pairs: 0, single: 1, ..totals };
        let none = Totals { found: 0, documents: 0, pairs: 0, ..totals };
        let cases = [
            (
                totals,
                Lang::Es,
                "212 de 352 conceptos aparecen en 24 pares de textos; 9 sin testimonio en español.",
            ),
            (totals, Lang::En, "212 of 352 concepts occur in 24 pairs of texts; 9 without Spanish evidence."),
            (one, Lang::Es, "1 de 352 conceptos aparece en un texto sin pareja; 2 sin testimonio en inglés."),
            (none, Lang::En, "352 concepts; no text has been read."),
        ];
        for (totals, ui, expected) in cases {
            assert_eq!(truth(&totals, ui), expected);
        }
    }

    #[test]
    fn dates_are_put_in_words_as_far_as_they_are_known() {
        let cases = [
            ("2020-07-01", "1 de julio de 2020", "July 1, 2020"),
            ("2020-07", "julio de 2020", "July 2020"),
            ("2020", "2020", "2020"),
            ("2020-13-01", "2020-13-01", "2020-13-01"),
            ("ca. 1990", "ca. 1990", "ca. 1990"),
        ];
        for (date, es, en) in cases {
            assert_eq!(date_in_words(date, Lang::Es), es);
            assert_eq!(date_in_words(date, Lang::En), en);
        }
    }

    #[test]
    fn validity_has_the_article_before_a_day_only() {
        let entry = Entry {
            valid_from: Some("1994".into()),
            valid_until: Some("2020-06-30".into()),
            ..Entry::default()
        };
        assert_eq!(validity(&entry, Lang::Es), ["vigente desde 1994 hasta el 30 de junio de 2020"]);
        assert_eq!(validity(&entry, Lang::En), ["in force from 1994 to June 30, 2020"]);
    }

    #[test]
    fn the_head_is_the_preferred_term_that_may_be_written() {
        let term = |term: &str, status: &str, forbidden| EntryTerm {
            lang: "es-MX".into(),
            term: term.into(),
            status: status.into(),
            forbidden,
            ..EntryTerm::default()
        };
        let entry = Entry {
            terms: vec![
                term("tarifa", "preferred", true),
                term("gravamen", "admitted", false),
                term("arancel", "preferred", false),
                term("impuesto aduanal", "deprecated", false),
            ],
            ..Entry::default()
        };
        let side = side(&entry, Lang::Es);
        assert_eq!(side.head.map(|term| term.term.as_str()), Some("arancel"));
        assert_eq!(side.also.len(), 1);
        assert_eq!(side.avoid.len(), 2);
    }

    #[test]
    fn an_acronym_is_called_one() {
        let glossary = crate::report::sample::glossary();
        let term = |term: &str, term_type: Option<&str>| EntryTerm {
            term: term.into(),
            pos: Some("name".into()),
            status: "admitted".into(),
            term_type: term_type.map(str::to_owned),
            ..EntryTerm::default()
        };
        let cases = [
            (term("FDI", Some("acronym")), "sigla"),
            (term("T-MEC", None), "sigla"),
            (term("Pemex", Some("acronym")), "sigla"),
            (term("Morena", None), "nombre propio"),
        ];
        for (term, expected) in cases {
            assert_eq!(facts(&term, &glossary), [expected, "admitido"], "{}", term.term);
        }
    }

    #[test]
    fn a_relation_is_shown_once_the_stronger() {
        let link = |id: &str| ConceptLink { id: id.into(), label: id.into() };
        let entry = Entry {
            not_to_confuse: vec![link("a")],
            broader: vec![link("b")],
            related: vec![link("a"), link("b"), link("c")],
            ..Entry::default()
        };
        let ids = |relation| links(&entry, relation).iter().map(|link| link.id.clone()).collect::<Vec<_>>();
        assert_eq!((ids(Relation::Confusable), ids(Relation::Related)), (vec!["a".into()], vec!["c".into()]));
    }

    #[test]
    fn marks_that_do_not_fit_are_left_out() {
        let snippet = |marks| Snippet {
            document: String::new(),
            line: 1,
            part: None,
            text: "el añil azul".into(),
            marks,
        };
        let good = snippet(vec![Span::new(3, 8)]);
        assert_eq!(pieces(&good), [Piece::Plain("el "), Piece::Hit("añil"), Piece::Plain(" azul")]);
        for bad in [vec![Span::new(5, 8)], vec![Span::new(3, 99)]] {
            assert_eq!(pieces(&snippet(bad)), [Piece::Plain("el añil azul")]);
        }
    }
}
