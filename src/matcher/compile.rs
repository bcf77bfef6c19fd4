//! From the terms of a termbase to their patterns, within bounds: a glossary may be hostile, or a mistake.
//!
//! What a bound leaves out is not silent: [`Compilation::findings`] names the term.

use super::MatchKind;
use super::infer::Inference;
use super::pattern::{Pattern, patterns};
use super::store::Patterns;
use crate::check::{Finding, Severity};
use crate::termbase::{TermRef, Termbase};

/// The bounds of a compilation.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// With so many patterns, the terms that follow get no inflected ones. Each takes about a hundred bytes.
    pub most_patterns: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { most_patterns: 20_000_000 }
    }
}

/// The patterns of a termbase.
#[derive(Debug, Default)]
pub struct Compilation {
    /// The patterns.
    pub patterns: Patterns,
    /// Terms that have more forms than are kept.
    pub cut: Vec<TermRef>,
    /// The first term without its inflected forms, where there are too many in all.
    pub full_at: Option<TermRef>,
}

/// Makes the patterns of all terms.
pub fn compile(termbase: &Termbase, bounds: Bounds) -> Compilation {
    let (mut cut, mut full_at, mut count) = (Vec::new(), None, 0);
    let lang = |at| termbase.section(at).tag.lang();
    let mut inference = Inference::new(termbase);
    let all = termbase
        .terms()
        .filter_map(|(at, term)| Some((at, patterns(&inference.readings(at, term), at, lang(at)?))));
    let packed = Patterns::pack(all.flat_map(|(at, mut made)| {
        if made.cut {
            cut.push(at);
        }
        if count >= bounds.most_patterns {
            full_at.get_or_insert(at);
            made.patterns.retain(|pattern: &Pattern| pattern.kind != MatchKind::Inflected);
        }
        count += made.patterns.len();
        made.patterns
    }));
    Compilation { patterns: packed, cut, full_at }
}

impl Compilation {
    /// A warning for each term of the termbase that a bound cut short.
    pub fn findings(&self, termbase: &Termbase) -> Vec<Finding> {
        let warning = |at: TermRef, message: String, help: &str| {
            let place = termbase.term(at).place.clone();
            Finding { place, ..Finding::new(Severity::Warning, "too-many-forms", message).help(help) }
        };
        let shown = |at: TermRef| termbase.term(at).term.chars().take(40).collect::<String>();
        let cut = self.cut.iter().map(|&at| {
            let message =
                format!("“{}” has more forms than are kept; the last ones are not found", shown(at));
            warning(at, message, "list fewer `forms`, or make several terms of it")
        });
        let full = self.full_at.map(|at| {
            let message = format!(
                "the terms from “{}” on are found as entered only: there are too many forms in all",
                shown(at)
            );
            warning(at, message, "divide the glossary, or write inflect = false where terms have one form")
        });
        cut.chain(full).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::termbase::{Source, read};

    fn termbase(terms: &str) -> Termbase {
        read(&[Source::toml("g.toml", &format!("[[concept]]\nterms.es = [{terms}]\n"))]).termbase
    }

    #[test]
    fn a_term_with_too_many_forms_is_named() {
        let forms: Vec<String> = (0..3_000).map(|n| format!("\"forma {n}\"")).collect();
        let termbase = termbase(&format!("'cuota', {{ term = 'arancel', forms = [{}] }}", forms.join(",")));
        let compiled = compile(&termbase, Bounds::default());
        let [finding] = &compiled.findings(&termbase)[..] else { panic!("one finding") };
        assert!(finding.message.contains("“arancel”") && finding.place.is_some());
        assert!((2_000..2_100).contains(&compiled.patterns.len()), "{}", compiled.patterns.len());
    }

    #[test]
    fn too_many_forms_in_all_leave_the_terms_as_entered() {
        let termbase = termbase("{ term = 'deportar', pos = 'verb' }, 'cuota', 'arancel'");
        let compiled = compile(&termbase, Bounds { most_patterns: 10 });
        let [finding] = &compiled.findings(&termbase)[..] else { panic!("one finding") };
        assert!(finding.message.contains("“cuota”"));
        let last: Vec<MatchKind> = compiled
            .patterns
            .iter()
            .filter(|pattern| pattern.term().term == 2)
            .map(|pattern| pattern.kind())
            .collect();
        assert_eq!(last, [MatchKind::Exact]);
    }

    #[test]
    fn long_terms_take_bounded_room() {
        for long in
            ["re-entrada ".repeat(1_000), "EE. UU. ".repeat(1_200), "a".repeat(10_000), "x-".repeat(5_000)]
        {
            let compiled = compile(&termbase(&format!("'{long}'")), Bounds::default());
            let words: usize = compiled.patterns.iter().map(|pattern| pattern.word_count()).sum();
            assert!((1..400_000).contains(&words), "{words} words of {}", &long[..10]);
        }
    }
}
