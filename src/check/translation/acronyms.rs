//! Acronyms that no glossary lists: those that stand for long names of the source, and those of the source where the
//! translation has introduced its own.

use super::dictionary::Dictionary;
use super::introduced::{introductions, is_explained, is_well_known};
use super::words::{Word, within};
use super::{Scope, Side};
use crate::check::quantity::number_word;
use crate::lang::Lang;
use crate::text::{Span, fold, tokens};

/// The first mentions of acronyms that a translation explains nowhere, each with the long name that the source has instead.
pub(super) fn of_long_names(scope: &Scope<'_>, target: Lang) -> Vec<(Span, Span)> {
    let (Some(source), Some(side)) = (scope.side(target.other()), scope.side(target)) else {
        return Vec::new();
    };
    let mut found: Vec<(Span, Span)> = Vec::new();
    for span in tokens::words(side.text()).filter(|span| is_acronym(span.of(side.text()))) {
        let written = span.of(side.text());
        let is_told = found.iter().any(|(first, _)| first.of(side.text()) == written);
        if is_told
            || is_known(written, target)
            || scope.is_code(target, span)
            || has_word(source.text(), written)
        {
            continue;
        }
        let mentions = tokens::words(side.text()).filter(|other| other.of(side.text()) == written);
        if mentions.into_iter().any(|other| is_explained(side.text(), other)) {
            continue;
        }
        let stretches = scope.opposite(target, span);
        let name = stretches.iter().find_map(|stretch| long_name(source, target.other(), *stretch, written));
        found.extend(name.map(|name| (span, name)));
    }
    found
}

/// Readers of a language know these letters of their own country and of the world.
fn is_known(written: &str, lang: Lang) -> bool {
    const OF_MEXICO: &[&str] = &[
        "SAT", "TLCAN", "IMSS", "INE", "CFE", "UNAM", "PRI", "PAN", "PGR", "FGR", "SRE", "IFE", "INM", "OMC",
        "OCDE", "OEA", "OMS", "FMI", "PIB", "VIH", "ADN", "IVA", "UE", "ONU", "OTAN", "ONG",
    ];
    const OF_THE_STATES: &[&str] = &[
        "USMCA", "NAFTA", "CBP", "DHS", "CDC", "FDA", "IRS", "TSA", "WTO", "OECD", "WHO", "IMF", "GDP",
        "OAS", "HIV", "DNA", "VAT", "NGO", "UN", "NATO", "AG", "DA",
    ];
    let of_others = if lang == Lang::Es { OF_THE_STATES } else { OF_MEXICO };
    is_well_known(written) && !of_others.contains(&written)
}

/// Three letters or more, capitals and digits only, without a hyphen: COMAR, 2FA.
fn is_acronym(written: &str) -> bool {
    let capitals = written.chars().filter(|c| c.is_uppercase()).count();
    (3..=7).contains(&written.chars().count())
        && capitals >= 2
        && written.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
}

fn has_word(text: &str, written: &str) -> bool {
    text.contains(written) && tokens::words(text).any(|span| span.of(text) == written)
}

/// The words of a source that begin with the letters of an acronym, in their order or from the last to the first, as the
/// other language turns them round: *chronic obstructive pulmonary disease*, EPOC. An initial may be that of a translation.
fn long_name(side: &Side<'_>, lang: Lang, stretch: Span, acronym: &str) -> Option<Span> {
    let words: Vec<&Word> = within(&side.words, stretch).iter().filter(|word| !word.is_function).collect();
    let letters: Vec<char> = fold::key(acronym).chars().collect();
    let begin = |words: &[&Word], letters: &mut dyn Iterator<Item = &char>| {
        words.iter().zip(letters).all(|(word, letter)| may_begin(side, lang, word, *letter))
    };
    let is_name = |words: &&[&Word]| {
        let all_capital = words.iter().all(|word| word.span.of(side.text()).starts_with(char::is_uppercase));
        let own = words.iter().zip(&letters).filter(|(word, letter)| begins(side, word, **letter)).count();
        // Single letters may begin any words: small ones are a name where most letters are their own, or where one is a digit.
        let has_digit = letters.iter().any(char::is_ascii_digit);
        begin(words, &mut letters.iter()) && (all_capital || own == letters.len() || has_digit)
            || begin(words, &mut letters.iter().rev()) && (all_capital || letters.len() > 3)
    };
    let name = words.windows(letters.len()).find(is_name)?;
    Some(Span::new(name.first()?.span.start, name.last()?.span.end))
}

fn begins(side: &Side<'_>, word: &Word, letter: char) -> bool {
    fold::key(word.span.of(side.text())).starts_with(letter)
}

/// Whether a word, its translation or its figure begins with a letter.
fn may_begin(side: &Side<'_>, lang: Lang, word: &Word, letter: char) -> bool {
    let key = fold::key(word.span.of(side.text()));
    key.starts_with(letter)
        || letter.is_ascii_digit()
            && number_word(&key, lang).is_some_and(|value| value.to_string().starts_with(letter))
        || word.entry.is_some_and(|entry| Dictionary::shipped().begins(entry, lang, letter))
}

/// Acronyms of the source that stand in a translation which has introduced its own in their place, with that: “(PAHO)” for
/// «(OPS)», and then “the OPS”.
pub(super) fn of_the_source<'s>(scope: &'s Scope<'_>, target: Lang) -> Vec<(Span, &'s str)> {
    let (Some(source), Some(side)) = (scope.side(target.other()), scope.side(target)) else {
        return Vec::new();
    };
    let [theirs, own] = [source, side].map(|side| introductions(side.text()));
    let mut found = Vec::new();
    for bead in scope.sure_beads() {
        let here = |spans: &[Span], lang: Lang| -> Vec<Span> {
            spans.iter().copied().filter(|span| scope.bead_at(lang, *span) == Some(bead)).collect()
        };
        let (theirs, own) = (here(&theirs, target.other()), here(&own, target));
        let ([one], [other]) = (theirs.as_slice(), own.as_slice()) else { continue };
        let (one, other) = (one.of(source.text()), other.of(side.text()));
        if one == other || !is_acronym(one) || !is_acronym(other) {
            continue;
        }
        let mentions = tokens::words(side.text()).filter(|span| span.of(side.text()) == one);
        let open = mentions.filter(|span| !is_in_brackets(side.text(), *span));
        found.extend(open.map(|span| (span, other)));
    }
    found
}

fn is_in_brackets(text: &str, span: Span) -> bool {
    text[..span.start].trim_end().ends_with('(') || text[..span.start].ends_with(['/', '«', '“'])
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use crate::lang::Lang;

    #[test]
    fn acronyms_stand_for_the_long_names_of_the_source() {
        for (source, es, en, wanted) in [
            (
                Lang::Es,
                "El Instituto Mexicano de la Propiedad Industrial negó el registro.",
                "The IMPI refused the registration.",
                "IMPI",
            ),
            (
                Lang::En,
                "Active la 2FA para proteger su cuenta.",
                "Turn on two-factor authentication to protect your account.",
                "2FA",
            ),
            (
                Lang::En,
                "La EPOC puede requerir oxígeno.",
                "Chronic obstructive pulmonary disease may require oxygen.",
                "EPOC",
            ),
            (
                Lang::Es,
                "El Instituto Mexicano de la Propiedad Industrial negó el registro.",
                "The Mexican Institute of Industrial Property (IMPI) refused the registration.",
                "",
            ),
            (Lang::En, "La ONU pidió calma.", "The United Nations called for calm.", ""),
            (Lang::En, "La PRC negó el registro.", "The company refused the registration.", ""),
        ] {
            assert_eq!(found("acronym-not-introduced", "", source, es, en).join(" "), wanted, "{es} {en}");
        }
    }

    #[test]
    fn acronyms_of_the_source_are_left_where_the_translation_has_its_own() {
        let (es, en) = (
            "La Organización Panamericana de la Salud (OPS) publicó una guía. La OPS pide medir más.",
            "The Pan American Health Organization (PAHO) published a guide. The OPS asks for more measuring.",
        );
        assert_eq!(found("untranslated-term", "", Lang::Es, es, en), ["OPS"]);
        let same = en.replace("The OPS", "PAHO");
        assert!(found("untranslated-term", "", Lang::Es, es, &same).is_empty());
    }
}
