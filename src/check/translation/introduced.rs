//! Acronyms that nobody introduced: the source says *Comisión Mexicana de Ayuda a Refugiados (COMAR)*, the translation
//! COMAR alone.

use rustc_hash::FxHashSet;

use super::acronyms::of_long_names;
use super::{About, Issue, Rule, Scope, Side};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::matcher::expand::is_acronym;
use crate::termbase::{Concept, Role, TermEntry, TermType};
use crate::text::{Span, fold, tokens};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "acronym-not-introduced",
        summary: "an acronym or short name without its long form, which the source gives",
        what: "The source introduces a short name beside its long form, as in “Federal Electricity Commission (CFE)”; the translation has the short one and nowhere the long one. So it is where the source has a long name, of the glossary or with the letters of the acronym in its words, and the translation a short one that few readers know.",
        why: "Readers of the translation do not know what the letters stand for.",
        example: "“subject to a NOM” for «sujetas a una Norma Oficial Mexicana (NOM)»",
        fix: "Write the long form at the first mention, with the short one in parentheses behind it.",
    },
    severity: Severity::Warning,
    about: About::Style,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    scope.translations().flat_map(|(target, side)| missing(scope, target, side)).collect()
}

fn missing(scope: &Scope<'_>, target: Lang, side: &Side<'_>) -> Vec<Issue> {
    let Some(source) = scope.side(target.other()) else { return Vec::new() };
    let mut issues: Vec<Issue> = Vec::new();
    let mut introduced = introductions(source.text());
    introduced.extend(namings(source.text()));
    introduced.extend(appositions(scope, source, target.other()));
    let known: Vec<Span> = introduced.clone();
    introduced.extend(long_names(scope, source, target.other()));
    introduced.sort_unstable_by_key(|span| span.start);
    introduced.dedup();
    for introduced in introduced {
        let Some(first) = first_mention(scope, target, source, side, introduced) else { continue };
        if issues.iter().all(|issue| issue.span != first) {
            let written = first.of(side.text());
            let is_introduced = known.contains(&introduced);
            // Where it is not known which text is the translation, the other one may have been explicit.
            if !is_introduced && (is_well_known(written) || scope.source.is_none()) {
                continue;
            }
            let message = scope.say(
                format!("“{written}” is not introduced; the source gives its long form"),
                format!("«{written}» aparece sin su nombre completo, que el original da"),
            );
            let label = match is_introduced {
                true => scope.say("the source introduces it", "el original la presenta"),
                false => scope.say("the source has the long form", "el original trae el nombre completo"),
            };
            let mut issue = Issue::new(target, first, message).related(target.other(), introduced, label);
            issue.help = long_form(scope, source, introduced, target).map(|long| {
                scope.say(format!("write “{long} ({written})”"), format!("escriba «{long} ({written})»"))
            });
            issues.push(issue);
        }
    }
    for (first, name) in of_long_names(scope, target) {
        if issues.iter().all(|issue| issue.span != first) {
            issues.push(unlisted(scope, target, first, name));
        }
    }
    issues
}

/// The issue of an acronym that the glossary does not have.
fn unlisted(scope: &Scope<'_>, target: Lang, first: Span, name: Span) -> Issue {
    let written = scope.side(target).map_or("", |side| first.of(side.text()));
    let message = scope.say(
        format!("“{written}” is not introduced; the source gives its long form"),
        format!("«{written}» aparece sin su nombre completo, que el original da"),
    );
    let label = scope.say("the source has the long form", "el original trae el nombre completo");
    // Where it is not known which text is the translation, the other one may have been explicit.
    let severity = scope.source.is_none().then_some(Severity::Note);
    Issue { severity, ..Issue::new(target, first, message).related(target.other(), name, label) }
}

/// The short names that a text introduces in parentheses, behind a name in capitals.
pub(super) fn introductions(text: &str) -> Vec<Span> {
    let opens = memchr::memchr_iter(b'(', text.as_bytes());
    let introduced = |open: usize| {
        let inner = &text[open + 1..];
        let word = tokens::words(inner).next().filter(|word| word.start == 0)?;
        let span = word.shifted(open + 1);
        let after = text[span.end..].chars().next()?;
        let before = text[..open].split_whitespace().next_back()?;
        let is_name = before.chars().next().is_some_and(char::is_uppercase) || before.len() > 3;
        (matches!(after, ')' | ',') && is_short_name(span.of(text)) && is_name).then_some(span)
    };
    opens.filter_map(introduced).collect()
}

/// The acronyms that a text introduces by a word: “the Washington Office on Latin America, or WOLA,”.
fn namings(text: &str) -> Vec<Span> {
    const WORDS: [&str; 9] = [
        ", or ",
        ", o ",
        ", known as ",
        ", also known as ",
        ", conocida como ",
        ", conocido como ",
        ", called ",
        ", llamada ",
        ", llamado ",
    ];
    let introduced = |word: &'static str| {
        text.match_indices(word).filter_map(move |(at, word)| {
            let start = at + word.len();
            let span = tokens::words(&text[start..]).next().filter(|word| word.start == 0)?.shifted(start);
            let before = text[..at].split_whitespace().next_back()?;
            let capitals = span.of(text).chars().filter(|c| c.is_uppercase()).count();
            let is_introduced =
                capitals >= 2 && is_short_name(span.of(text)) && before.starts_with(char::is_uppercase);
            is_introduced.then_some(span)
        })
    };
    WORDS.into_iter().flat_map(introduced).collect()
}

/// The first mentions of a text that have a long name of the glossary, of concepts that have a short one.
fn long_names(scope: &Scope<'_>, side: &Side<'_>, lang: Lang) -> Vec<Span> {
    let mut met = FxHashSet::default();
    let mut found = Vec::new();
    for hit in side.sure(lang).filter(|hit| !hit.ambiguous) {
        if !met.insert(hit.term.concept) {
            continue;
        }
        let (entry, concept) = (scope.entry(hit), scope.concept(hit));
        if !is_short_form(entry, concept) && entry.term.split(' ').count() > 2 {
            found.push(hit.span);
        }
    }
    found
}

/// Whether readers of either language know a short name without its long form, or it is no acronym.
pub(super) fn is_well_known(written: &str) -> bool {
    is_known(written) || written.contains(|c: char| c.is_lowercase() || c.is_whitespace())
}

/// Whether readers of either language know a short name without its long form.
pub(super) fn is_known(written: &str) -> bool {
    const KNOWN: &[&str] = &[
        "FBI", "CIA", "DEA", "NASA", "ONU", "UN", "UE", "EU", "OTAN", "NATO", "OMS", "WHO", "FMI", "IMF",
        "PIB", "GDP", "OEA", "OAS", "UNICEF", "UNESCO", "FIFA", "VIH", "HIV", "ADN", "DNA", "IVA", "VAT",
        "T-MEC", "USMCA", "TLCAN", "NAFTA", "ICE", "CBP", "DHS", "IMSS", "INE", "SAT", "CFE", "UNAM", "PRI",
        "PAN", "CDC", "FDA", "IRS", "TSA", "EE.UU", "USA", "OMC", "WTO", "OCDE", "OECD", "PGR", "FGR", "DA",
        "AG", "SRE", "IFE", "INM", "NGO", "ONG", "Fed",
    ];
    KNOWN.contains(&written)
}

/// Between a long form and its short one stand so many bytes at most: “, also known as ”.
const APPOSED: usize = 20;

/// The short names that a text introduces beside the long ones of the glossary: “the Office of Foreign Assets Control,
/// or OFAC”, «la Comisión Mexicana de Ayuda a Refugiados, COMAR».
fn appositions(scope: &Scope<'_>, side: &Side<'_>, lang: Lang) -> Vec<Span> {
    let hits: Vec<&Hit> = side.sure(lang).collect();
    let is_introduced = |pair: &&[&Hit]| {
        let (long, short) = (pair[0], pair[1]);
        let between = side.text().get(long.span.end..short.span.start).unwrap_or("\n");
        long.term.concept == short.term.concept
            && is_in_full(scope.entry(long))
            && is_acronym(scope.entry(short))
            && between.len() <= APPOSED
            && between.starts_with([',', ' '])
            && between.contains([',', '(', '—'])
            && !between.contains(['.', '\n', ';'])
    };
    hits.windows(2).filter(is_introduced).map(|pair| pair[1].span).collect()
}

/// Whether a term is the whole name, and not an explanation of it.
pub(super) fn is_in_full(term: &TermEntry) -> bool {
    term.term_type == Some(TermType::FullForm) || term.role == Some(Role::FirstMention)
}

/// Capitals, two or more: COMAR, T-MEC, Banxico is a name that the glossary must know.
fn is_short_name(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    word.chars().next().is_some_and(char::is_uppercase)
        && word.chars().count() <= 10
        && (capitals >= 2 && word.chars().all(|c| c.is_uppercase() || c == '-' || c.is_ascii_digit())
            || word.chars().all(char::is_alphabetic))
}

/// The first mention of a short name in the translation, where that has no long form anywhere.
fn first_mention(
    scope: &Scope<'_>,
    target: Lang,
    source: &Side<'_>,
    side: &Side<'_>,
    introduced: Span,
) -> Option<Span> {
    let known = hit_at(source, introduced);
    let Some(known) = known else {
        return unknown_acronym(source.text(), side.text(), introduced);
    };
    let concept = known.term.concept;
    let mut hits = side.analysis.hits.iter().filter(|hit| hit.term.concept == concept).peekable();
    let is_short = |hit: &&Hit| is_short_form(scope.entry(hit), scope.concept(hit));
    let all_short = hits.peek().is_some() && hits.clone().all(|hit| is_short(&hit));
    let has_long =
        scope.concept(known).terms_of(target).any(|term| !is_short_form(term, scope.concept(known)));
    let first = hits.next()?.span;
    (all_short && has_long && !is_explained(side.text(), first)).then_some(first)
}

fn hit_at<'a>(side: &Side<'a>, span: Span) -> Option<&'a Hit> {
    side.analysis.hits.iter().find(|hit| hit.span.start <= span.start && span.end <= hit.span.end)
}

pub(super) fn is_short_form(term: &TermEntry, concept: &Concept) -> bool {
    let stated =
        matches!(term.term_type, Some(TermType::Acronym | TermType::Abbreviation | TermType::ShortForm));
    let is_one_word = !term.term.contains(' ');
    let has_longer =
        concept.sections.iter().flat_map(|section| &section.terms).any(|other| other.term.contains(' '));
    stated || is_acronym(term) || (is_one_word && has_longer)
}

/// An acronym that the glossary does not have: the same letters in the translation, explained nowhere.
fn unknown_acronym(source: &str, target: &str, introduced: Span) -> Option<Span> {
    let acronym = introduced.of(source);
    // A name in small letters (Conagua) is a short one where it begins as the long one before it goes on.
    if acronym.chars().filter(|c| c.is_uppercase()).count() < 2 && !is_made_of_name(source, introduced) {
        return None;
    }
    let mentions: Vec<Span> = tokens::words(target).filter(|word| word.of(target) == acronym).collect();
    let explained = mentions.iter().any(|span| is_explained(target, *span));
    mentions.first().copied().filter(|_| !explained)
}

/// Whether a short name in parentheses is made of the beginnings of the words of the name before them: Comisión Nacional
/// del Agua (Conagua).
fn is_made_of_name(text: &str, introduced: Span) -> bool {
    let Some(before) = text[..introduced.start].trim_end().strip_suffix('(') else { return false };
    let name = before.split_whitespace().rev().take(NAME);
    let capitals = name.filter(|word| word.starts_with(char::is_uppercase)).map(fold::key);
    let mut rest = fold::key(introduced.of(text));
    let mut words = 0;
    for word in capitals {
        let end = rest.char_indices().map(|(at, _)| at).find(|at| word.starts_with(&rest[*at..]));
        if let Some(end) = end {
            rest.truncate(end);
            words += 1;
        }
    }
    rest.is_empty() && words >= 2
}

/// So many words before the parentheses may be of the long name.
const NAME: usize = 10;

/// Whether a short name stands in parentheses, or has them behind it.
pub(super) fn is_explained(text: &str, span: Span) -> bool {
    let before = text[..span.start].trim_end();
    let after = text[span.end..].trim_start();
    before.ends_with('(') || after.starts_with('(') || is_in_apposition(before)
}

/// «la Comisión Mexicana de Ayuda a Refugiados, COMAR».
fn is_in_apposition(before: &str) -> bool {
    let Some(before) = before.strip_suffix(',') else { return false };
    let last = before.split_whitespace().next_back().unwrap_or("");
    last.chars().next().is_some_and(char::is_uppercase)
}

/// The long form in the language of the translation, where the glossary has it.
fn long_form(scope: &Scope<'_>, source: &Side<'_>, introduced: Span, target: Lang) -> Option<String> {
    let concept = scope.concept(hit_at(source, introduced)?);
    let long = concept.terms_of(target).find(|term| term.is_usable() && !is_short_form(term, concept))?;
    Some(long.term.clone())
}
