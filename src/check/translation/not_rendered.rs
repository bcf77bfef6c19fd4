//! A term of the source that the translation lacks.

use rustc_hash::FxHashSet;

use super::agreement::agreeing;
use super::covered::{LITERAL, LITERAL_FOR_LONG, literalness};
use super::numbers::all_quantities;
use super::rendering::{Rendering, rendering};
use super::scope::CONFIDENT;
use super::words::{LIKELY, Word, telling, translate, within};
use super::{About, Issue, Rule, Scope, Side};
use crate::check::{RuleDoc, Severity};
use crate::extract::statistics::Statistics;
use crate::lang::Lang;
use crate::matcher::Hit;
use crate::termbase::{PartOfSpeech, TermEntry};
use crate::text::{Span, fold};

/// The rule.
pub(super) static RULE: Rule = Rule {
    doc: RuleDoc {
        id: "term-not-rendered",
        summary: "a term that the translation has no rendering of",
        what: "The source has a term, and the translation nowhere one of the terms that the glossary gives for it, in whatever form, nor its words apart, nor a word that is a likely translation of it. Where the translation has the term in another sentence, in a free translation and for an everyday word the finding is a note: a pronoun may do; where two of these hold there is none. `expect = false` accepts a term without asking for a rendering.",
        why: "The translation says something else, or less, or calls a thing by a name that nobody agreed on.",
        example: "“tariff” in the source, «peaje» in the translation",
        fix: "Use the term that the finding offers, or add the other one to the glossary.",
    },
    severity: Severity::Warning,
    about: About::Meaning,
    check,
};

fn check(scope: &Scope<'_>) -> Vec<Issue> {
    scope.translations().flat_map(|(target, _)| issues(scope, target)).collect()
}

fn issues(scope: &Scope<'_>, target: Lang) -> Vec<Issue> {
    let mut told: FxHashSet<u32> = FxHashSet::default();
    let mut issues = Vec::new();
    for missing in missing(scope, target) {
        let is_told = !told.insert(missing.hit.term.concept);
        let excuses = missing.excuses + usize::from(is_told && !missing.is_familiar);
        let severity = match excuses {
            0 => None,
            1 => Some(Severity::Note),
            _ => continue,
        };
        issues.push(Issue { severity, ..issue(scope, &missing, target) });
    }
    issues
}

/// A term of the source that the translation has no rendering of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Missing<'a> {
    /// Where it stands in the source.
    pub(crate) hit: &'a Hit,
    /// The bead that lacks it.
    pub(crate) bead: usize,
    /// How many circumstances there are in which translators leave a term out: with one of them it is doubtful that
    /// anything is wrong, with more nothing is.
    pub(crate) excuses: usize,
    /// One of the excuses: the translation has the term in another place, or does well without it there.
    is_familiar: bool,
    /// The term that the glossary wants.
    offered: &'a TermEntry,
}

/// The terms of the source that a translation into `target` has no rendering of, in order: what `check` tells of, and
/// what a report on coverage counts as left out.
pub(crate) fn missing<'a>(scope: &Scope<'a>, target: Lang) -> Vec<Missing<'a>> {
    let (Some(source), Some(side)) = (scope.side(target.other()), scope.side(target)) else {
        return Vec::new();
    };
    let asking =
        source.sure(target.other()).filter(|hit| !hit.ambiguous && !scope.is_code(hit.lang, hit.span));
    // Concepts that were left out before, with an excuse.
    let mut excused: FxHashSet<u32> = FxHashSet::default();
    let mut found = Vec::new();
    for hit in asking {
        let Some((offered, bead)) = offered(scope, hit, target).zip(scope.bead_at(hit.lang, hit.span)) else {
            continue;
        };
        if !is_missing(scope, hit, bead, source, side) || is_in_number(scope, hit) {
            continue;
        }
        let concept = hit.term.concept;
        let elsewhere = side.analysis.hits.iter().filter(|other| other.term.concept == concept).count();
        let is_familiar = elsewhere > 0 || excused.contains(&concept);
        let excuses = [
            is_familiar,
            // A text about Mexico names it here and there.
            elsewhere >= OFTEN,
            bead > 0 && has_term(scope, hit, bead - 1, target),
            is_common(hit, source) || is_idiom(source, hit),
            is_free(scope, hit),
            has_pronoun(scope, hit, side),
        ];
        let excuses = excuses.into_iter().filter(|excuse| *excuse).count();
        if excuses > 0 {
            excused.insert(concept);
        }
        found.push(Missing { hit, bead, excuses, is_familiar, offered });
    }
    found
}

/// What a translation names so often may be left to be understood.
const OFTEN: usize = 5;

/// Whether a bead has a term of a hit's concept in a language.
fn has_term(scope: &Scope<'_>, hit: &Hit, bead: usize, lang: Lang) -> bool {
    let hits = scope.hits_in(lang, &scope.stretches(bead, lang, 0), lang);
    hits.iter().any(|other| other.term.concept == hit.term.concept)
}

/// Whether the bead before or after has the term, and there nothing asks for it: the aligner drew the line elsewhere.
fn is_beside(scope: &Scope<'_>, hit: &Hit, bead: usize) -> bool {
    let neighbours = [bead.checked_sub(1), Some(bead + 1).filter(|next| *next < scope.beads.len())];
    neighbours
        .into_iter()
        .flatten()
        .any(|bead| has_term(scope, hit, bead, hit.lang.other()) && !has_term(scope, hit, bead, hit.lang))
}

/// A translation that takes a smaller part than this of its source is elliptical: “Rain cannot.”
const ELLIPTICAL: f64 = 0.7;

/// What several words name is left out less readily than a place or an office, which readers know by more than one name.
const LITERAL_FOR_PHRASE: f64 = 0.5;

/// The telling words of a hit.
fn telling_in<'s>(side: &'s Side<'_>, hit: &Hit) -> impl Iterator<Item = &'s Word> {
    within(&side.words, hit.span).iter().filter(|word| !word.is_function)
}

/// Whether a term stands in a free translation, or in one that leaves to be understood what was just said.
fn is_free(scope: &Scope<'_>, hit: &Hit) -> bool {
    let Some(bead) = scope.bead_at(hit.lang, hit.span) else { return true };
    let length = |lang| scope.length(bead, lang) as f64;
    let is_long = scope.side(hit.lang).is_some_and(|side| telling_in(side, hit).count() > 1);
    let is_name = scope.entry(hit).term.starts_with(char::is_uppercase);
    let literal = match (is_long, is_name) {
        (false, _) => LITERAL,
        (true, true) => LITERAL_FOR_LONG,
        (true, false) => LITERAL_FOR_PHRASE,
    };
    literalness(scope, bead, hit, 1) < literal
        || length(hit.lang.other()) < ELLIPTICAL * (length(hit.lang) - hit.span.len() as f64)
}

/// Whether a term is a part of a figure, which other rules look at: 1.5 *billion*, 300 *pesos*.
fn is_in_number(scope: &Scope<'_>, hit: &Hit) -> bool {
    let Some(bead) = scope.bead_at(hit.lang, hit.span) else { return false };
    let quantities = &all_quantities(scope)[bead][hit.lang as usize];
    quantities
        .iter()
        .any(|one| one.span.start <= hit.span.start && hit.span.end <= one.unit_end.max(one.span.end))
}

/// Whether a pronoun may stand for a term of one word.
fn has_pronoun(scope: &Scope<'_>, hit: &Hit, side: &Side<'_>) -> bool {
    let pronouns: &[&str] = match hit.lang.other() {
        // «lo» and «la» are mostly articles.
        Lang::Es => &["él", "ella", "ellos", "ellas", "éste", "ésta", "éstos", "éstas"],
        Lang::En => &["it", "they", "them", "he", "she", "him", "those", "these"],
    };
    let Some(bead) = scope.bead_at(hit.lang, hit.span) else { return false };
    let is_one_word = scope.side(hit.lang).is_some_and(|side| telling_in(side, hit).count() == 1);
    let stretches = scope.stretches(bead, hit.lang.other(), 0);
    let mut words = stretches.iter().flat_map(|span| within(&side.words, *span));
    is_one_word && words.any(|word| pronouns.contains(&fold::lower(word.span.of(side.text())).as_str()))
}

/// Whether a term is the bare object of a verb that says little: “made headlines”, «hizo fila».
fn is_idiom(source: &Side<'_>, hit: &Hit) -> bool {
    let verbs: &[&str] = match hit.lang {
        Lang::Es => &["hac", "hic", "dar", "dio", "tom", "tuv", "ten"],
        Lang::En => &["make", "made", "take", "took", "taken", "give", "gave", "have", "had"],
    };
    let before = within(&source.words, Span::new(hit.span.start.saturating_sub(12), hit.span.start));
    let is_one_word = telling_in(source, hit).count() == 1;
    is_one_word && before.last().is_some_and(|word| verbs.contains(&word.stem.as_str()))
}

/// Words more frequent than this, in a million, are rendered in many ways, and often by nothing.
const COMMON: f32 = 5.0;

/// Whether a term is one everyday word.
fn is_common(hit: &Hit, source: &Side<'_>) -> bool {
    let words: Vec<&Word> = telling_in(source, hit).collect();
    let often = |word: &Word| Statistics::shipped().stem_per_million(&word.stem, hit.lang);
    matches!(words.as_slice(), [word] if often(word) > COMMON)
}

/// The term that the glossary wants for a hit, if it wants one.
fn offered<'a>(scope: &Scope<'a>, hit: &Hit, target: Lang) -> Option<&'a TermEntry> {
    let entry = scope.entry(hit);
    // What somebody does, and how something is, are said in many ways.
    let is_verb = !matches!(entry.pos, None | Some(PartOfSpeech::Noun | PartOfSpeech::Name));
    let wanted = entry.expect != Some(false)
        && entry.is_usable()
        && entry.direction.is_none_or(|direction| direction.target() == target)
        && !is_verb;
    let preferred = scope.concept(hit).preferred(target).filter(|_| wanted)?;
    (preferred.is_usable() && preferred.expect != Some(false)).then_some(preferred)
}

fn is_missing(scope: &Scope<'_>, hit: &Hit, bead: usize, source: &Side<'_>, side: &Side<'_>) -> bool {
    let target = hit.lang.other();
    let stretches = scope.stretches(bead, target, scope.reach(bead));
    scope.beads[bead].score >= CONFIDENT
        && !stretches.is_empty()
        && rendering(scope, hit, target, &stretches) == Rendering::Nothing
        && !is_rendered_otherwise(scope, hit, source, side, &stretches)
        && !has_known_head(scope, hit, side, &stretches)
        && !is_beside(scope, hit, bead)
}

/// Whether half of the telling words of a term or more have a likely translation opposite, in no term that renders another
/// one of the source.
fn is_rendered_otherwise(
    scope: &Scope<'_>,
    hit: &Hit,
    source: &Side<'_>,
    side: &Side<'_>,
    stretches: &[Span],
) -> bool {
    let target = hit.lang.other();
    let beside = scope.hits_in(hit.lang, &scope.around(hit.lang, hit.span), hit.lang);
    let renders_another = |word: &Word| {
        let mut around =
            side.analysis.hits_in(word.span).iter().filter(|other| other.span.contains(word.span));
        around.any(|other| {
            let of_concept = |hit: &&&Hit| hit.term.concept == other.term.concept;
            other.is_sure() && beside.iter().any(|own| of_concept(&own) && !own.span.overlaps(hit.span))
        })
    };
    let opposite: Vec<&Word> = stretches
        .iter()
        .flat_map(|span| within(&side.words, *span))
        .filter(|word| !renders_another(word))
        .collect();
    let translated = |word: &Word| opposite.iter().any(|other| translate(target, other, word) >= LIKELY);
    let telling: Vec<&Word> = telling_in(source, hit).collect();
    telling.iter().filter(|word| translated(word)).count() * 2 >= telling.len()
}

/// Whether the translation has a word that the glossary itself gives for a one-word term within longer ones: *tráfico*
/// for smuggling, since gun smuggling is *tráfico de armas*.
fn has_known_head(scope: &Scope<'_>, hit: &Hit, side: &Side<'_>, stretches: &[Span]) -> bool {
    let telling_words = telling(&scope.entry(hit).term, hit.lang);
    let [word] = telling_words.as_slice() else { return false };
    let Some(heads) = scope.index.heads(scope.termbase, hit.lang, word) else { return false };
    let mut words = stretches.iter().flat_map(|span| within(&side.words, *span));
    words.any(|other| heads.contains(&other.stem))
}

fn issue(scope: &Scope<'_>, missing: &Missing<'_>, target: Lang) -> Issue {
    let hit = missing.hit;
    let written = scope.side(hit.lang).map_or("", |side| hit.span.of(side.text()));
    let form = agreeing(missing.offered, target, scope.matcher.rule(hit.pattern));
    let message = scope.say(
        format!("“{written}” is not rendered by any of its terms"),
        format!("«{written}» no está traducido con ninguno de sus términos"),
    );
    Issue::new(hit.lang, hit.span, message)
        .help(scope.say(format!("the glossary has “{form}”"), format!("el glosario tiene «{form}»")))
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    const GLOSSARY: &str = "
[[concept]]
terms.es = \"solicitante de asilo\"
terms.en = \"asylum seeker\"
[[concept]]
terms.es = \"peso\"
terms.en = \"peso\"
";

    #[test]
    fn a_figure_before_a_term_is_no_excuse_and_a_unit_is_none_of_ours() {
        for (es, en, wanted) in [
            ("Los 300 solicitantes de asilo durmieron en el puente.", "The 300 men slept on the bridge.", 1),
            (
                "Los 300 solicitantes de asilo durmieron en el puente.",
                "The 300 asylum seekers slept on the bridge.",
                0,
            ),
            ("El boleto del puente cuesta 300 pesos.", "The bridge ticket costs Mex$300.", 0),
        ] {
            assert_eq!(found("term-not-rendered", GLOSSARY, Lang::Es, es, en).len(), wanted, "{es} {en}");
        }
    }
}
