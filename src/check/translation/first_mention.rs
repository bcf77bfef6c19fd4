//! Names whose first mention is to have the long form, and has the short one: *OFAC* alone.

use super::introduced::{is_explained, is_in_full, is_known, is_short_form};
use super::{About, Issue, Rule, Scope, Side};
use crate::check::{RuleDoc, Severity};
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::{Role, TermEntry};
use crate::text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "first-mention",
        summary: "a name without the form that the glossary wants at first mention",
        what: "The glossary has a term with `role = \"first-mention\"` for the concept; the text, which may be alone, begins with an acronym or a term with `role = \"later\"`, and the long form does not stand beside it. Or a translation begins with a term with `role = \"later\"` where its source has the name. Titles and quotations may be short. In a translation the finding is a note where the source has no long form either, and in a text alone it is a note: newsrooms differ in which names readers know.",
        why: "Readers meet a name that they cannot place.",
        example: "«La OFAC sancionó a dos empresas», and nowhere «Oficina de Control de Activos Extranjeros»",
        fix: "Write the long form at the first mention, or take `role` out of an entry that needs none.",
    },
    severity: Severity::Warning,
    about: About::Style,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    scope.judged().flat_map(|(lang, side)| unnamed(scope, lang, side)).collect()
}

fn unnamed(scope: &Scope<'_>, lang: Lang, side: &Side<'_>) -> Vec<Issue> {
    let mut met: Vec<u32> = Vec::new();
    let mut issues = Vec::new();
    for hit in side.sure(lang).filter(|hit| !hit.ambiguous && !is_title(side, hit.span)) {
        if met.contains(&hit.term.concept) {
            continue;
        }
        met.push(hit.term.concept);
        let Some(wanted) = wanted(scope, lang, hit) else { continue };
        let is_open = !is_named_nearby(scope, side, lang, hit) && !is_explained(side.text(), hit.span);
        if is_open && !is_told_opposite(scope, lang, hit) {
            issues.push(issue(scope, lang, side, hit, wanted));
        }
    }
    issues
}

/// The term that the first mention is to have, where a hit is no such term.
fn wanted<'a>(scope: &Scope<'a>, lang: Lang, hit: &Hit) -> Option<&'a TermEntry> {
    let (entry, concept) = (scope.entry(hit), scope.concept(hit));
    let is_later = entry.role == Some(Role::Later);
    let mut first = concept.terms_of(lang).filter(|term| term.role == Some(Role::FirstMention));
    let first = first.find(|term| term.is_usable());
    // A word for later mentions cannot stand for a name that the source gives in the same sentence.
    let preferred = || {
        let is_named = is_named_opposite(scope, lang, hit);
        concept.preferred(lang).filter(|term| is_named && term.is_usable() && term.role != Some(Role::Later))
    };
    let wanted = first.filter(|_| is_later || is_short_form(entry, concept)).or_else(preferred);
    wanted.filter(|_| entry.is_usable())
}

/// Whether a hit of the translation is a term for later mentions that not all readers know, and the source has a name for
/// the concept in the same sentence: for an acronym, the long one.
fn is_named_opposite(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> bool {
    let source = lang.other();
    let written = scope.side(lang).map_or("", |side| hit.span.of(side.text()));
    let is_word = !written.contains(char::is_uppercase);
    let is_one_word = !written.contains(' ');
    let is_named = |other: &Hit| {
        let (entry, concept) = (scope.entry(other), scope.concept(other));
        other.is_sure()
            && other.term.concept == hit.term.concept
            && entry.is_usable()
            && entry.role != Some(Role::Later)
            && (is_word || is_one_word && !is_short_form(entry, concept))
    };
    scope.entry(hit).role == Some(Role::Later)
        && !is_known(written)
        && scope.source == Some(source)
        && scope.hits_in(source, &scope.opposite(lang, hit.span), source).into_iter().any(is_named)
}

/// Whether a place stands in a title: a line without a mark at its end.
pub(super) fn is_title(side: &Side<'_>, span: Span) -> bool {
    let text = side.text();
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    let closing = |c: char| matches!(c, '”' | '"' | '»' | ')' | '’');
    let line = text[start..end].trim_end().trim_end_matches(closing);
    !line.ends_with(['.', '?', '!', ':', '…', ';', ','])
}

/// Whether the sentence has a long form of the concept too.
fn is_named_nearby(scope: &Scope<'_>, side: &Side<'_>, lang: Lang, hit: &Hit) -> bool {
    let analysis = side.analysis;
    let segment = analysis.segments.get(analysis.segment_at(hit.span));
    let hits = segment.map_or(&[] as &[Hit], |segment| analysis.hits_in(segment.span));
    hits.iter().any(|other| {
        other.term.concept == hit.term.concept && other.lang == lang && has_long_form(scope, other)
    })
}

fn has_long_form(scope: &Scope<'_>, hit: &Hit) -> bool {
    let entry = scope.entry(hit);
    entry.role == Some(Role::FirstMention) || !is_short_form(entry, scope.concept(hit))
}

/// Whether the same is told of the other text: where it is not known which one is the translation, and neither has a long
/// form, one note will do, in the first language.
fn is_told_opposite(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> bool {
    let other = lang.other();
    let Some(side) = scope.side(other).filter(|_| lang == Lang::En && scope.source.is_none()) else {
        return false;
    };
    let mut same = side.sure(other).filter(|opposite| opposite.term.concept == hit.term.concept);
    let first = same.next().filter(|first| !is_title(side, first.span));
    first.is_some_and(|first| {
        wanted(scope, other, first).is_some()
            && !is_named_nearby(scope, side, other, first)
            && !is_explained(side.text(), first.span)
            && !source_names_it(scope, lang, hit)
    })
}

/// Whether the other text names the concept in full.
fn source_names_it(scope: &Scope<'_>, lang: Lang, hit: &Hit) -> bool {
    let named = |side: &Side<'_>| {
        let mut hits = side.sure(lang.other());
        hits.any(|other| other.term.concept == hit.term.concept && is_in_full(scope.entry(other)))
    };
    scope.side(lang.other()).is_some_and(named)
}

fn issue(scope: &Scope<'_>, lang: Lang, side: &Side<'_>, hit: &Hit, wanted: &TermEntry) -> Issue {
    let (written, long) = (hit.span.of(side.text()), wanted.term.as_str());
    let message = scope.say(
        format!("“{written}” stands at first mention without its long form"),
        format!("«{written}» aparece en la primera mención sin su nombre completo"),
    );
    let help = match written.contains(char::is_uppercase) {
        true => scope.say(format!("write “{long} ({written})”"), format!("escriba «{long} ({written})»")),
        false => scope.say(format!("write “{long}”"), format!("escriba «{long}»")),
    };
    let is_mild = !source_names_it(scope, lang, hit) && !is_named_opposite(scope, lang, hit);
    let severity = is_mild.then_some(Severity::Note);
    Issue { severity, ..Issue::new(lang, hit.span, message).help(help) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    const GLOSSARY: &str = "
[[concept]]
terms.es = [\"Tratado de Aguas\", { term = \"tratado\", role = \"later\", expect = false }]
terms.en = [\"Water Treaty\", { term = \"treaty\", role = \"later\", expect = false }]
";

    #[test]
    fn a_word_for_later_mentions_is_no_first_mention_of_what_the_source_names() {
        for (es, en, wanted) in [
            ("El tratado se firmó en la frontera.", "The Water Treaty was signed at the border.", "tratado"),
            (
                "El Tratado de Aguas se firmó en la frontera.",
                "The Water Treaty was signed at the border.",
                "",
            ),
            ("El tratado se firmó en la frontera.", "The treaty was signed at the border.", ""),
            (
                "El Tratado de Aguas se firmó ayer. El tratado llegó al Senado.",
                "The Water Treaty was signed yesterday. The Water Treaty reached the Senate.",
                "",
            ),
        ] {
            assert_eq!(found("first-mention", GLOSSARY, Lang::En, es, en).join(" "), wanted, "{es} {en}");
        }
    }
}
