//! Words of the source that were left as they were.

use super::acronyms::of_the_source;
use super::agreement::agreeing;
use super::shipped::{is_loan, is_technical};
use super::words::{Word, within, words};
use super::{About, Issue, Rule, Scope, Side};
use crate::check::{RuleDoc, Severity};
use crate::extract::statistics::Statistics;
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::{Concept, PartOfSpeech};
use crate::text::langid::is_word_of;
use crate::text::{Span, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "untranslated-term",
        summary: "words of the source that were not translated",
        what: "The translation has a term of the source language, or words as they stand in the source sentence that are no words of its own language, or the source's acronym where the translation has introduced another one. What stands in quotation marks or parentheses, names, loans that the glossary lists and terms with `do-not-translate` are right.",
        why: "The reader does not know the word; it was forgotten, not chosen.",
        example: "«el pipeline» for “the pipeline”, which is a «gasoducto» or an «oleoducto»",
        fix: "Translate it, or list it as a loan: { term = \"…\", type = \"loan\" }.",
    },
    severity: Severity::Warning,
    about: About::Style,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (lang, side) in scope.translations().filter(|(lang, side)| !is_about_language(*lang, side)) {
        let terms = left(scope, lang);
        issues.extend(
            terms.map(|hit| issue(scope, lang, side, hit.span, offered(scope, lang, hit).as_deref())),
        );
        let runs = runs(scope, lang, side);
        issues.extend(runs.into_iter().map(|span| issue(scope, lang, side, span, None)));
        let acronyms = of_the_source(scope, lang).into_iter();
        issues.extend(acronyms.map(|(span, own)| issue(scope, lang, side, span, Some(own))));
    }
    issues
}

/// The terms of the source that stand in the text of a language as if they were its own.
pub(crate) fn left<'s>(scope: &'s Scope<'_>, lang: Lang) -> impl Iterator<Item = &'s Hit> {
    let side = scope.side(lang).filter(|side| !is_about_language(lang, side));
    side.into_iter()
        .flat_map(move |side| side.sure(lang.other()).filter(move |hit| is_left(scope, lang, side, hit)))
}

/// Texts that name the languages so often speak of words, and quote those of the other one without marks.
const ABOUT_LANGUAGE: usize = 3;

fn is_about_language(lang: Lang, side: &Side<'_>) -> bool {
    let names: &[&str] = match lang {
        Lang::Es => &["inglés", "español", "castellano"],
        Lang::En => &["English", "Spanish"],
    };
    let named = side.words.iter().filter(|word| names.contains(&word.span.of(side.text())));
    named.count() >= ABOUT_LANGUAGE
}

fn is_left(scope: &Scope<'_>, lang: Lang, side: &Side<'_>, hit: &Hit) -> bool {
    let concept = scope.concept(hit);
    let written = fold::key(hit.span.of(side.text()));
    let entry = scope.entry(hit);
    // A name of one word is known in both languages as often; one of several has a form for each.
    let is_name = entry.pos == Some(PartOfSpeech::Name) && !entry.term.contains(' ');
    !is_name
        && !crate::matcher::expand::is_acronym(entry)
        && !entry.do_not_translate
        && !is_own(concept, lang, &written)
        && !scope.index.is_term(scope.termbase, lang, &written)
        && stands_open(scope, lang, side, hit.span)
        && concept.preferred(lang).is_some_and(|term| term.is_usable())
        && !is_glossed(side, lang, hit)
        && !is_naturalized(lang, hit.span.of(side.text()))
        && !stands_alone(side, hit.span)
        && !is_in_name(scope, lang, side, hit)
        && !is_title_in_source(scope, lang, side, hit.span)
}

/// Whether words in capitals within a sentence are a name's, which the source writes the same way: *Rosa Aduana Pérez*. Where
/// all of a term of several words is there, and no more, they are the term.
fn is_in_name(scope: &Scope<'_>, lang: Lang, side: &Side<'_>, hit: &Hit) -> bool {
    let span = hit.span;
    let written = span.of(side.text());
    if written.contains(' ') && !is_part_of_name(side, span) {
        return false;
    }
    let is_telling = |word: &&Word| !word.is_function;
    let mut words = within(&side.words, span).iter().filter(is_telling);
    let segment = side.analysis.segments.get(side.analysis.segment_at(span));
    let begins = segment.is_some_and(|segment| segment.span.start == span.start);
    !begins
        && words.all(|word| word.span.of(side.text()).starts_with(char::is_uppercase))
        && scope.side(lang.other()).is_some_and(|source| {
            scope.opposite(lang, span).iter().any(|stretch| stretch.of(source.text()).contains(written))
        })
}

/// Whether the source has the same words in quotation marks: a title.
fn is_title_in_source(scope: &Scope<'_>, lang: Lang, side: &Side<'_>, span: Span) -> bool {
    let Some(source) = scope.side(lang.other()) else { return false };
    let written = span.of(side.text());
    scope.opposite(lang, span).iter().any(|stretch| {
        let found = stretch.of(source.text()).match_indices(written);
        found
            .map(|(at, _)| Span::new(stretch.start + at, stretch.start + at + written.len()))
            .any(|place| scope.is_quoted(lang.other(), place))
    })
}

/// Whether a name goes on before or behind a place: Border Patrol *Council*, *El* Gran Jurado.
fn is_part_of_name(side: &Side<'_>, span: Span) -> bool {
    let (before, after) = (&side.text()[..span.start], &side.text()[span.end..]);
    let begins = |before: &str| before.is_empty() || before.ends_with(['.', '?', '!', '\n', '¿', '¡']);
    let last = before.strip_suffix(' ').and_then(|before| before.rsplit_once(' ').or(Some(("", before))));
    // An article that begins a sentence has its capital from there.
    let is_named = |(before, word): (&str, &str)| {
        let is_article = matches!(word, "El" | "La" | "Los" | "Las" | "The" | "Un" | "Una");
        word.starts_with(char::is_uppercase)
            && !word.ends_with(['.', ',', ';', ':'])
            && !(is_article && begins(before))
    };
    last.is_some_and(is_named)
        || after.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase))
}

/// A word as frequent as this in a language, in a million, is one of its own.
const NATURALIZED: f32 = 0.5;

/// Whether a word of the other language is one of this one too. Frequencies are those of stems: what is written like a
/// bare Spanish stem (bail, of bailar) and is no everyday word is none.
fn is_naturalized(lang: Lang, written: &str) -> bool {
    let is_bare_stem = lang == Lang::Es
        && !lang.is_ordinary(&fold::lower(written))
        && words(written, lang).first().is_some_and(|word| word.stem == fold::key(written));
    !is_bare_stem && Statistics::shipped().per_million(written, lang) >= NATURALIZED
}

/// Whether a segment is nothing but the words: a headword.
fn stands_alone(side: &Side<'_>, span: Span) -> bool {
    let segment = side.analysis.segments.get(side.analysis.segment_at(span));
    segment.is_some_and(|segment| segment.span.len() <= span.len() + 2)
}

/// Whether a term of the own language has the form too: a loan.
fn is_own(concept: &Concept, lang: Lang, written: &str) -> bool {
    concept.terms_of(lang).any(|term| {
        let form = fold::key(&term.term);
        form == written || written.starts_with(form.as_str()) && written.len() <= form.len() + 2
    })
}

/// Whether a place stands in running text of the own language: in no quotation, parenthesis or foreign sentence.
fn stands_open(scope: &Scope<'_>, lang: Lang, side: &Side<'_>, span: Span) -> bool {
    let analysis = side.analysis;
    let segment = analysis.segments.get(analysis.segment_at(span));
    let is_own = segment.is_some_and(|segment| segment.lang.is_none_or(|of| of == lang));
    is_own
        && !scope.is_mentioned(lang, span)
        && !scope.is_code(lang, span)
        && !is_in_parentheses(side.text(), span)
        && !is_marked(side, span)
}

/// Whether the file marks a place: in italics, as the other language.
fn is_marked(side: &Side<'_>, span: Span) -> bool {
    let document = &side.analysis.document;
    let (source, span) = (document.source_str(), document.source_span(span));
    let (before, after) = (source.get(..span.start), source.get(span.end..));
    before.is_some_and(|before| before.ends_with(['*', '_', '>', '`']))
        && after.is_some_and(|after| after.starts_with(['*', '_', '<', '`']))
}

fn is_in_parentheses(text: &str, span: Span) -> bool {
    let before = text[..span.start].rsplit(['\n', ')']).next().unwrap_or("");
    before.contains('(') && text[span.end..].split('\n').next().is_some_and(|line| line.contains(')'))
}

/// Whether the sentence has a term of the own language beside it.
fn is_glossed(side: &Side<'_>, lang: Lang, hit: &Hit) -> bool {
    let analysis = side.analysis;
    let segment = analysis.segments.get(analysis.segment_at(hit.span));
    let hits = segment.map_or(&[] as &[Hit], |segment| analysis.hits_in(segment.span));
    hits.iter().any(|other| other.lang == lang && other.term.concept == hit.term.concept)
}

fn offered(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> Option<String> {
    let term = scope.concept(hit).preferred(lang)?;
    Some(agreeing(term, lang, scope.matcher.rule(hit.pattern)))
}

/// Runs of two words or more that stand in the source sentence as they are and are none of the own language.
fn runs(scope: &Scope<'_>, lang: Lang, side: &Side<'_>) -> Vec<Span> {
    let mut found = Vec::new();
    let is_technical =
        Lang::ALL.into_iter().any(|of| scope.side(of).is_some_and(|side| is_technical(side, of)));
    let foreign: Vec<bool> = side
        .words
        .iter()
        .map(|word| is_foreign(lang, side, word) && !is_loan(word.span.of(side.text()), lang))
        .collect();
    let mut at = 0;
    while at < foreign.len() {
        let run = foreign[at..].iter().take_while(|foreign| **foreign).count();
        let last = at + run.max(1) - 1;
        let span = Span::new(side.words[at].span.start, side.words[last].span.end);
        // What programs are written in has words of its own.
        let is_left = if is_technical { run > LITTLE } else { run >= 2 || is_telling_alone(lang, side, at) };
        if is_left
            && !is_code(side, span)
            && stands_open(scope, lang, side, span)
            && source_has(scope, lang, side, span)
        {
            found.push(span);
        }
        at = last + 1;
    }
    found
}

/// So many foreign words are no sentence that was left.
const LITTLE: usize = 3;

/// Whether words are joined to others by marks that no prose has: `operator.add`, `sound_effects`.
fn is_code(side: &Side<'_>, span: Span) -> bool {
    const MARKS: &[char] = &['_', '.', '(', '[', '=', '/', '\\', '#', '@', ':', '<'];
    let (before, after) = (&side.text()[..span.start], &side.text()[span.end..]);
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '(' || c == ')');
    let mut after = after.chars();
    let mut before = before.chars().rev();
    after.next().is_some_and(|c| MARKS.contains(&c)) && joins(after.next())
        || before.next().is_some_and(|c| MARKS.contains(&c)) && joins(before.next())
        || span.of(side.text()).contains(['_', '=', '('])
}

/// Whether one foreign word alone was forgotten: no term, no loan, no part of a name, and either known as a word of the
/// other language only, or unknown with an ending that the own language has no words in.
fn is_telling_alone(lang: Lang, side: &Side<'_>, at: usize) -> bool {
    let word = &side.words[at];
    let written = word.span.of(side.text());
    side.analysis.hits_in(word.span).is_empty()
        && !is_loan(written, lang)
        && (has_foreign_ending(lang, side, word)
            || (is_only_foreign(lang, side, word) || has_foreign_shape(lang, side, at))
                && !is_beside_name(side, at)
                && !has_gloss(side, word))
}

/// Whether a word beside has a capital: *Barnes and Noble*.
fn is_beside_name(side: &Side<'_>, at: usize) -> bool {
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| side.words.get(at));
    beside
        .into_iter()
        .any(|word| !word.is_function && word.span.of(side.text()).starts_with(char::is_uppercase))
}

/// Whether an explanation follows: “the ejido, a communal farm”.
fn has_gloss(side: &Side<'_>, word: &Word) -> bool {
    let after = side.text()[word.span.end..].trim_start();
    ["(", "—", ", a ", ", an ", ", or ", ", the ", ", o ", ", un ", ", una ", ", es decir"]
        .iter()
        .any(|mark| after.starts_with(mark))
}

/// Whether a word in small letters is one of the other language and none of the own one, by the dictionary and
/// the lists of common words.
fn is_only_foreign(lang: Lang, side: &Side<'_>, word: &Word) -> bool {
    let written = word.span.of(side.text());
    let lower = fold::lower(written);
    let other = lang.other();
    if lower != written || lower.chars().count() < 3 || !lower.chars().all(char::is_alphabetic) {
        return false;
    }
    let is_own = lang.is_ordinary(&lower) || lang.is_function_word(&lower) || is_naturalized(lang, &lower);
    if is_own {
        return false;
    }
    let is_listed = |lang: Lang| words(&lower, lang).first().is_some_and(|word| word.entry.is_some());
    other.is_function_word(&lower) || is_listed(other) && !is_listed(lang) && !is_word_of(&lower, lang)
}

/// Whether a word that the word table does not know has an ending that the own language has no words in.
fn has_foreign_ending(lang: Lang, side: &Side<'_>, word: &Word) -> bool {
    let lower = fold::lower(word.span.of(side.text()));
    let endings: &[&str] = match lang {
        Lang::Es => &["tion", "tions", "ness", "ship", "house", "houses", "less", "ful", "ment", "ments"],
        Lang::En => &[
            "ción", "ciones", "sión", "siones", "dad", "dades", "miento", "mientos", "encia", "ancia",
            "ados", "adas", "idos", "idas", "eros", "eras", "istas", "ejos", "itos", "itas", "orio", "oria",
        ],
    };
    let has_ending = |ending: &&str| lower.len() > ending.len() + 2 && lower.ends_with(*ending);
    word.number.is_none() && lower == word.span.of(side.text()) && endings.iter().any(has_ending)
}

/// Whether a noun that the own language does not know is spelt as it spells none: *los stakeholders*, “the años”. Behind an
/// article a word that the dictionary has of the other language only needs no such spelling: *el lease*.
fn has_foreign_shape(lang: Lang, side: &Side<'_>, at: usize) -> bool {
    let written = side.words[at].span.of(side.text());
    let lower = fold::lower(written);
    if lower != written || lower.chars().count() < 4 || lang.is_ordinary(&lower) || is_word_of(&lower, lang) {
        return false;
    }
    let is_listed = |lang: Lang| words(&lower, lang).first().is_some_and(|word| word.entry.is_some());
    let article = at.checked_sub(1).map_or("", |at| side.words[at].span.of(side.text()));
    match lang {
        Lang::Es => {
            let is_noun = ["el", "la", "los", "las", "un", "una", "del", "al"].contains(&article);
            let is_spelt = ENGLISH_SPELLINGS.iter().any(|part| lower.contains(part));
            is_noun && !is_listed(lang) && (is_spelt || is_listed(lang.other()))
        }
        Lang::En => lower.contains(['á', 'é', 'í', 'ó', 'ú', 'ñ']) && !is_listed(lang),
    }
}

/// What Spanish words do not have.
const ENGLISH_SPELLINGS: &[&str] =
    &["k", "w", "sh", "th", "ff", "ss", "tt", "pp", "gg", "dd", "bb", "zz", "ght", "ph"];

/// A word in small letters that is everyday in the other language and not in the own one.
fn is_foreign(lang: Lang, side: &Side<'_>, word: &Word) -> bool {
    let written = word.span.of(side.text());
    let lower = fold::lower(written);
    lower == written
        && lower.chars().all(char::is_alphabetic)
        && lower.chars().count() > 2
        && lang.other().is_ordinary(&lower)
        && !lang.is_ordinary(&lower)
        && !lang.is_function_word(&lower)
}

fn source_has(scope: &Scope<'_>, lang: Lang, side: &Side<'_>, span: Span) -> bool {
    let Some(source) = scope.side(lang.other()) else { return false };
    let written = fold::lower(span.of(side.text()));
    let stretches = scope.opposite(lang, span);
    let has_words = |stretch: &Span| {
        let text = fold::lower(stretch.of(source.text()));
        text.match_indices(&written).any(|(at, _)| {
            let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            ends(text[..at].chars().next_back()) && ends(text[at + written.len()..].chars().next())
        })
    };
    stretches.iter().any(has_words)
}

fn issue(scope: &Scope<'_>, lang: Lang, side: &Side<'_>, span: Span, offered: Option<&str>) -> Issue {
    let written = span.of(side.text());
    let message =
        scope.say(format!("“{written}” was left untranslated"), format!("«{written}» quedó sin traducir"));
    let mut issue = Issue::new(lang, span, message);
    issue.help = offered.map(|form| scope.say(format!("write “{form}”"), format!("escriba «{form}»")));
    issue
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    const GLOSSARY: &str = "
[[concept]]
terms.es = { term = \"Guardia Costera\", pos = \"name\" }
terms.en = { term = \"Coast Guard\", pos = \"name\" }
";

    #[test]
    fn names_of_several_words_are_translated() {
        for (es, en, wanted) in [
            ("La Coast Guard buscó la lancha.", "The Coast Guard searched for the boat.", "Coast Guard"),
            ("La Guardia Costera buscó la lancha.", "The Coast Guard searched for the boat.", ""),
            ("Un buque de la Coast Guard Academy zarpó.", "A ship of the Coast Guard Academy sailed.", ""),
            ("La película Coast Guard se estrenó ayer.", "The film “Coast Guard” opened yesterday.", ""),
            ("La Guardia (Coast Guard) buscó la lancha.", "The Coast Guard searched for the boat.", ""),
        ] {
            assert_eq!(found("untranslated-term", GLOSSARY, Lang::En, es, en).join(" "), wanted, "{es}");
        }
    }
}
