//! The forms in which a candidate stands in texts, and the one to name it by: its dictionary form, with the capitals
//! that it has inside sentences.

use std::collections::BTreeMap;

use crate::lang::{Inflectable, Lang};
use crate::tagger::{Class, Classes, Tagger};
use crate::termbase::PartOfSpeech;
use crate::text::fold;

/// Which form a candidate is named by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// As it stands most often.
    AsFound,
    /// The singular, of an adjective the masculine.
    Singular,
    /// The infinitive.
    Infinitive,
}

/// Forms with how often each occurs.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// By their lower case.
    list: BTreeMap<String, Form>,
}

#[derive(Debug, Default)]
struct Form {
    weight: usize,
    /// As written, with how often where a capital means something.
    written: BTreeMap<String, usize>,
}

/// A plural that occurs so often and never in the singular is one that has none: *human rights*.
const PLURAL_ONLY: usize = 8;

impl Forms {
    /// Counts a form; `begins` tells that it begins a sentence, where a capital says nothing.
    pub(super) fn add(&mut self, text: &str, begins: bool, weight: usize) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let form = self.list.entry(fold::lower(&text)).or_default();
        form.weight += weight;
        *form.written.entry(text).or_default() += usize::from(!begins);
    }

    /// The form to name the candidate by.
    pub(super) fn name(&self, lang: Lang, naming: Naming) -> String {
        let Some(most) = self.most_frequent() else { return String::new() };
        let written = self.written(most, lang);
        if naming == Naming::AsFound || is_name(&written) {
            return written;
        }
        let base = match naming {
            Naming::Infinitive => self.infinitive(lang),
            _ => self.singular(&written, lang),
        };
        base.unwrap_or(written)
    }

    /// The form of the greatest weight; among those nearly as frequent the one with the fewest words.
    fn most_frequent(&self) -> Option<&str> {
        let most = self.list.values().map(|form| form.weight).max()?;
        let frequent = self.list.iter().filter(|(_, form)| form.weight * 2 >= most);
        let by_words = |(text, form): &(&String, &Form)| {
            (text.split(' ').count(), std::cmp::Reverse(form.weight), text.len())
        };
        frequent.min_by_key(by_words).map(|(text, _)| text.as_str())
    }

    /// A form with the capitals that it has inside sentences.
    fn written(&self, form: &str, lang: Lang) -> String {
        let Some(Form { written, .. }) = self.list.get(form) else { return form.to_owned() };
        let best = written.iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| a.cmp(b)));
        match best {
            Some((text, 0)) if !is_name_at_start(text, lang) => lower_first(text),
            Some((text, _)) => text.clone(),
            None => form.to_owned(),
        }
    }

    /// The singular of a plural: one that occurs, else one that the rules make of a common noun.
    fn singular(&self, written: &str, lang: Lang) -> Option<String> {
        let noun = Inflectable { term: written, pos: Some(PartOfSpeech::Noun), gender: None, feminine: None };
        let made = lang.inflect(&noun).into_iter().filter(|made| made.rule == "singular");
        let made: Vec<String> = made.map(|made| made.form).chain(masculine(written, lang)).collect();
        if let Some(found) =
            made.iter().map(|made| fold::lower(made)).find(|made| self.list.contains_key(made))
        {
            return Some(self.written(&found, lang));
        }
        let often: usize = self.list.values().map(|form| form.weight).sum();
        let known = Classes::of(&[Class::Noun, Class::Adjective]);
        let is_word = |word: &str| Tagger::of(lang).entry(&fold::lower(word)).classes.meets(known);
        // Irregular plurals have a life of their own: data, media.
        let is_plain = lang == Lang::Es || head(written, lang).ends_with('s');
        made.into_iter().find(|singular| often < PLURAL_ONLY && is_plain && is_word(head(singular, lang)))
    }

    /// The infinitive of a verb: one whose forms most of the occurrences are.
    fn infinitive(&self, lang: Lang) -> Option<String> {
        let all: usize = self.list.values().map(|form| form.weight).sum();
        let mut tried: Vec<String> = self.list.keys().flat_map(|form| infinitives(form, lang)).collect();
        tried.sort();
        tried.dedup();
        let weight = |infinitive: &String| {
            let verb =
                Inflectable { term: infinitive, pos: Some(PartOfSpeech::Verb), gender: None, feminine: None };
            let forms = lang.inflect(&verb);
            let made = forms.iter().map(|made| made.form.as_str()).chain([infinitive.as_str()]);
            made.filter_map(|form| self.list.get(form)).map(|form| form.weight).sum::<usize>()
        };
        let weighed = tried.into_iter().map(|infinitive| (weight(&infinitive), infinitive));
        let best = weighed.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
        best.filter(|(weight, _)| weight * 2 > all).map(|(_, infinitive)| infinitive)
    }
}

/// Whether words are written like a name: the first and the last have capitals.
pub(super) fn is_name(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    text.starts_with(char::is_uppercase) && !last.starts_with(char::is_lowercase)
}

/// Whether what stands at the beginning of sentences only would have its capital elsewhere too.
fn is_name_at_start(text: &str, lang: Lang) -> bool {
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default();
    if first.chars().skip(1).any(char::is_uppercase) {
        return true;
    }
    let mut others = words.filter(|word| !lang.is_function_word(word)).peekable();
    if others.peek().is_some() {
        return others.all(is_name);
    }
    Tagger::of(lang).entry(&fold::lower(first)).classes.within(Classes::of(&[Class::Name]))
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The word of a phrase that decides what the phrase is: in Spanish the first, in English the last before a
/// preposition.
pub(super) fn head(phrase: &str, lang: Lang) -> &str {
    match lang {
        Lang::Es => phrase.split([' ', '-']).next().unwrap_or(phrase),
        Lang::En => {
            let core = [" of ", " for ", " in ", " to ", " on "]
                .iter()
                .filter_map(|bridge| phrase.find(bridge))
                .min();
            let core = &phrase[..core.unwrap_or(phrase.len())];
            core.rsplit([' ', '-']).next().unwrap_or(core)
        }
    }
}

/// The masculine singular of an adjective that is no noun too: interna, interno.
fn masculine(form: &str, lang: Lang) -> Option<String> {
    if lang == Lang::En || form.contains(' ') {
        return None;
    }
    let stem = form.strip_suffix("as").or_else(|| form.strip_suffix('a'))?;
    let made = format!("{stem}o");
    let only_adjective = |word: &str| {
        let classes = Tagger::of(lang).entry(word).classes;
        classes.has(Class::Adjective) && !classes.has(Class::Noun)
    };
    (only_adjective(form) && only_adjective(&made)).then_some(made)
}

/// What a form may be of, if it is a verb's: dictionary words only.
fn infinitives(form: &str, lang: Lang) -> Vec<String> {
    let tagger = Tagger::of(lang);
    let is_verb = |word: &String| tagger.entry(word).classes.has(Class::Verb);
    let made: Vec<String> = match lang {
        Lang::Es => (2..form.len())
            .filter(|&end| form.is_char_boundary(end))
            .flat_map(|end| ["ar", "er", "ir"].map(|ending| form[..end].to_owned() + ending))
            .collect(),
        Lang::En => {
            let cut = ["", "s", "es", "d", "ed", "ing"].iter().filter_map(|ending| form.strip_suffix(ending));
            cut.flat_map(|stem| {
                let single =
                    stem.strip_suffix(|c: char| stem.ends_with([c, c].iter().collect::<String>().as_str()));
                [
                    Some(stem.to_owned()),
                    Some(format!("{stem}e")),
                    single.map(str::to_owned),
                    stem.strip_suffix('i').map(|stem| format!("{stem}y")),
                ]
            })
            .flatten()
            .collect()
        }
    };
    made.into_iter().filter(is_verb).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(list: &[(&str, usize)]) -> Forms {
        let mut forms = Forms::default();
        for &(text, count) in list {
            (0..count).for_each(|_| forms.add(text, false, 1));
        }
        forms
    }

    #[test]
    fn candidates_are_named_by_their_dictionary_form() {
        use Naming::{AsFound, Infinitive, Singular};
        for (lang, found, naming, name) in [
            (Lang::Es, &[("aranceles", 5), ("arancel", 1)][..], Singular, "arancel"),
            (Lang::Es, &[("aranceles", 5), ("arancel", 1)], AsFound, "aranceles"),
            (
                Lang::Es,
                &[("organizaciones terroristas extranjeras", 3)],
                Singular,
                "organización terrorista extranjera",
            ),
            (Lang::Es, &[("derechos humanos", 9)], Singular, "derechos humanos"),
            (Lang::Es, &[("Estados Unidos", 4)], Singular, "Estados Unidos"),
            (Lang::Es, &[("interna", 3)], Singular, "interno"),
            (Lang::Es, &[("deportaron", 1), ("deportado", 2), ("deportarla", 1)], Infinitive, "deportar"),
            (Lang::Es, &[("arancel", 2)], Infinitive, "arancel"),
            (Lang::En, &[("rules of origin", 3)], Singular, "rule of origin"),
            (Lang::En, &[("biometric data", 3)], Singular, "biometric data"),
            (Lang::En, &[("Mexican cartels", 3)], Singular, "Mexican cartel"),
            (Lang::En, &[("subsidies", 3)], Singular, "subsidy"),
            (Lang::En, &[("seized", 3), ("seizes", 1)], Infinitive, "seize"),
            (Lang::En, &[("deported", 2)], Infinitive, "deport"),
            (Lang::En, &[("banned", 2), ("carries", 1), ("bans", 1)], Infinitive, "ban"),
        ] {
            assert_eq!(forms(found).name(lang, naming), name, "{found:?}");
        }
    }

    #[test]
    fn capitals_are_those_inside_sentences() {
        for (lang, begins, inside, name) in [
            (Lang::Es, "Aranceles", None, "aranceles"),
            (Lang::Es, "México", None, "México"),
            (Lang::En, "Customs brokers", None, "customs brokers"),
            (Lang::En, "Customs Law", None, "Customs Law"),
            (Lang::En, "Border", Some("border"), "border"),
            (Lang::En, "ICE", None, "ICE"),
        ] {
            let mut forms = Forms::default();
            forms.add(begins, true, 1);
            inside.into_iter().for_each(|inside| forms.add(inside, false, 1));
            assert_eq!(forms.name(lang, Naming::AsFound), name);
        }
    }
}
