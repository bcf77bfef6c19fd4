//! Subordinate clauses that a translation leaves out with their conjunction: *unless either party objects in writing*.
//!
//! A short clause has few words by which to miss it. But where a translation has neither the conjunction, nor another of
//! its sense, nor the words of the clause, and is as much shorter, it is gone.

use super::covered::{Covered, covered};
use super::words::{Word, within};
use super::{Scope, Side};
use crate::lang::Lang;
use crate::text::{Span, fold};

/// Conjunctions by what they say, Spanish and English, with further words of the other side that may say the same. Words
/// of a phrase are joined by spaces.
const SENSES: &[Sense] = &[
    Sense {
        opens: [
            &[
                "salvo que",
                "a menos que",
                "excepto",
                "salvo",
                "siempre que",
                "siempre y cuando",
                "con tal de que",
            ],
            &["unless", "except", "provided", "as long as", "so long as"],
        ],
        says: [
            &["salvo", "menos", "excepto", "siempre", "si", "condición", "sino", "ser", "tal", "mientras"],
            &["unless", "except", "provided", "if", "long", "condition", "save", "barring", "otherwise"],
        ],
    },
    Sense {
        opens: [&["porque", "debido a que", "ya que", "puesto que", "dado que"], &["because"]],
        says: [
            &[
                "porque", "pues", "ya", "puesto", "dado", "debido", "por", "causa", "como", "razón",
                "motivo", "al",
            ],
            &[
                "because", "since", "as", "for", "due", "given", "after", "over", "reason", "cause", "so",
                "by",
            ],
        ],
    },
    Sense {
        opens: [
            &["aunque", "a pesar de que", "pese a que"],
            &["although", "though", "even though", "even if"],
        ],
        says: [
            &["aunque", "pesar", "pese", "bien", "pero", "embargo", "obstante", "aun", "aún"],
            &["although", "though", "despite", "spite", "but", "even", "while", "however", "yet", "still"],
        ],
    },
    Sense {
        opens: [&["si", "en caso de que"], &["if", "in case"]],
        says: [
            &["si", "caso", "siempre", "cuando", "condición", "supuesto", "haber", "salvo", "menos", "de"],
            &["if", "case", "provided", "when", "should", "were", "had", "unless", "whether", "event", "as"],
        ],
    },
    Sense {
        opens: [&["antes de que"], &["before"]],
        says: [
            &["antes", "previo", "previa", "previamente", "hasta"],
            &["before", "until", "prior", "ahead", "earlier", "by"],
        ],
    },
];

/// A clause that is gone.
pub(super) struct Clause {
    /// All of it.
    pub(super) span: Span,
    /// Its words that say something, from the first to the last.
    pub(super) said: Span,
    /// How many these are.
    pub(super) telling: usize,
}

struct Sense {
    opens: [&'static [&'static str]; 2],
    says: [&'static [&'static str]; 2],
}

/// A clause is missed from so many telling words on.
const TELLING: usize = 2;

/// The clauses of a bead that begin with a conjunction and go on to the next comma or the end of their sentence, where the
/// translation has nothing of either.
pub(super) fn left_out(scope: &Scope<'_>, bead: usize, source: Lang) -> Vec<Clause> {
    let (Some(side), Some(other)) = (scope.side(source), scope.side(source.other())) else {
        return Vec::new();
    };
    let opposite = scope.stretches(bead, source.other(), scope.reach(bead));
    let said: Vec<String> = opposite
        .iter()
        .flat_map(|span| within(&other.words, *span))
        .map(|word| fold::lower(word.span.of(other.text())))
        .collect();
    let is_unsaid =
        |sense: &Sense| !said.iter().any(|word| sense.says[source.other() as usize].contains(&word.as_str()));
    let clauses =
        scope.stretches(bead, source, 0).into_iter().flat_map(|stretch| clauses(side, source, stretch));
    let lacking = clauses.filter_map(|(span, sense)| {
        let words = covered(scope, source, span, &opposite);
        let content: Vec<&Covered> = words.iter().filter(|word| word.is_content).collect();
        let found = content.iter().filter(|word| word.is_found).count();
        let (first, last) = (content.first()?.span, content.last()?.span);
        let is_gone = content.len() >= TELLING && found * 4 <= content.len() && is_unsaid(sense);
        is_gone.then(|| Clause {
            span: Span::new(span.start, last.end),
            telling: content.len(),
            said: Span::new(first.start, last.end),
        })
    });
    lacking.collect()
}

/// The subordinate clauses of a sentence behind its main one.
fn clauses(side: &Side<'_>, lang: Lang, stretch: Span) -> Vec<(Span, &'static Sense)> {
    let words = within(&side.words, stretch);
    let mut found = Vec::new();
    let mut at = 1;
    while at < words.len() {
        let sense = sense_at(side, lang, &words[at..]);
        // «No se decide si es culpable» is “whether he is guilty”.
        match sense.filter(|sense| !is_open(sense) || is_behind_comma(side, &words[at])) {
            Some(sense) => {
                let end = end_of(side, &words[at..], stretch);
                let all = Span::new(words[at].span.start, end);
                found.push((all, sense));
                // «… porque se presentó fuera de plazo y ordenó pagar las costas».
                let joint = within(words, all).iter().skip(2).find(|word| is_joint(side, word));
                found.extend(joint.map(|joint| (Span::new(all.start, joint.span.start), sense)));
                at += words[at..].partition_point(|word| word.span.start < end);
            }
            None => at += 1,
        }
    }
    found
}

fn sense_at(side: &Side<'_>, lang: Lang, words: &[Word]) -> Option<&'static Sense> {
    let begins = |phrase: &&str| {
        let mut all = phrase.split(' ').zip(words);
        phrase.split(' ').count() <= words.len()
            && all.all(|(wanted, word)| fold::lower(word.span.of(side.text())) == wanted)
    };
    SENSES.iter().find(|sense| sense.opens[lang as usize].iter().any(&begins))
}

/// Whether a conjunction may begin a question too.
fn is_open(sense: &Sense) -> bool {
    sense.opens[1].contains(&"if")
}

fn is_behind_comma(side: &Side<'_>, word: &Word) -> bool {
    side.text()[..word.span.start].trim_end().ends_with(',')
}

fn is_joint(side: &Side<'_>, word: &Word) -> bool {
    matches!(word.span.of(side.text()), "y" | "e" | "pero" | "and" | "but")
}

/// Where the clause of some words ends: at a comma or another mark.
fn end_of(side: &Side<'_>, words: &[Word], stretch: Span) -> usize {
    let is_last = |pair: &&[Word]| {
        side.text()[pair[0].span.end..pair[1].span.start].contains([',', ';', ':', '.', ')', '—'])
    };
    let last = words.windows(2).find(is_last).map(|pair| pair[0].span.end);
    last.or_else(|| words.last().map(|word| word.span.end)).unwrap_or(stretch.end)
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    #[test]
    fn clauses_are_missed_with_their_conjunction() {
        for (source, es, en, wanted) in [
            (
                Lang::En,
                "Este contrato se renueva cada año.",
                "This contract is renewed every year unless either party objects in writing.",
                "unless either party objects in writing",
            ),
            (
                Lang::Es,
                "El dueño pagará una multa, salvo que el banco tenga la culpa de la demora.",
                "The owner will pay a fine.",
                "salvo que el banco tenga la culpa de la demora",
            ),
            (
                Lang::En,
                "Este contrato se renueva cada año, salvo objeción por escrito de alguna de las partes.",
                "This contract is renewed every year unless either party objects in writing.",
                "",
            ),
            (Lang::Es, "Iré si puedo.", "I will try to go.", ""),
            (
                Lang::Es,
                "El juez no decide si el acusado es culpable.",
                "The judge does not decide guilt.",
                "",
            ),
        ] {
            assert_eq!(found("omission", "", source, es, en).join(" "), wanted, "{es} {en}");
        }
    }
}
