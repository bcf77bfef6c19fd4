//! What the name of a file says: its language, and which other file may be its translation.
//!
//! A *mark* is a word such as `en`, `esp`, `español` or `es-MX` among the parts of a file's name or as (the end
//! of) a folder's. `corpus/en/report.txt`, `report.en.md` and `report_EN.docx` are all marked English.

use unicode_normalization::UnicodeNormalization;

use crate::lang::Lang;

/// The language that a name states, if it is clear: the mark ends the file's name, stands between dots or in
/// capitals, or is a folder. A name with marks of both languages is not clear.
pub fn lang_of_name(name: &str) -> Option<Lang> {
    let parts = parts(name);
    let clear = |part: &&Part<'_>| part.mark.is_some() && part.clear;
    let mut in_file = parts.iter().filter(|part| part.in_file).filter(clear).filter_map(|part| part.mark);
    match in_file.next() {
        Some(lang) => in_file.all(|other| other == lang).then_some(lang),
        None => parts.iter().rev().filter(|part| !part.in_file).filter(clear).find_map(|part| part.mark),
    }
}

/// A name with a language mark taken out: a document and its translation have the same key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameKey {
    /// The language of the mark.
    pub lang: Lang,
    /// The name in lower case without its extension, `*` in place of the mark.
    pub key: String,
}

/// The keys of a name, the most telling first: all marks of one language together, then each alone.
pub fn name_keys(name: &str) -> Vec<NameKey> {
    let parts = parts(name);
    let key =
        |lang: Lang, taken: &dyn Fn(usize) -> bool| NameKey {
            lang,
            key: parts
                .iter()
                .enumerate()
                .map(|(i, part)| {
                    if taken(i) { format!("*{}", part.joint) } else { format!("{}{}", part.word, part.joint) }
                })
                .collect(),
        };
    let marks: Vec<(usize, Lang)> =
        parts.iter().enumerate().rev().filter_map(|(i, part)| Some((i, part.mark?))).collect();
    let mut keys = Vec::new();
    for lang in Lang::ALL {
        if marks.iter().filter(|(_, l)| *l == lang).count() > 1 {
            keys.push(key(lang, &|i| marks.contains(&(i, lang))));
        }
    }
    keys.extend(marks.iter().map(|&(mark, lang)| key(lang, &|i| i == mark)));
    keys
}

/// The keys of a name as they are in real life (`Contrato_EN_v3`, `contrato ESP VF`): its words without the marks of one
/// language, versions and kinds of separators. None for a name without a mark or of nothing else.
pub fn loose_keys(name: &str) -> Vec<NameKey> {
    let parts = parts(name);
    let of = |lang: Lang| {
        let kept =
            |i: &usize| !parts[*i].word.is_empty() && parts[*i].mark != Some(lang) && !is_version(&parts, *i);
        let kept: Vec<&Part<'_>> = (0..parts.len()).filter(kept).map(|i| &parts[i]).collect();
        let marked = parts.iter().any(|part| part.mark == Some(lang));
        let word = |part: &&Part<'_>| format!("{}{}", part.word, if part.in_file { " " } else { "/" });
        (marked && kept.iter().any(|part| part.in_file))
            .then(|| NameKey { lang, key: kept.iter().map(word).collect() })
    };
    Lang::ALL.into_iter().filter_map(of).collect()
}

/// Whether a word of a file's name tells its version: `v3`, `VF`, `final`, `(2)`, the `1` of `v2.1`.
fn is_version(parts: &[Part<'_>], i: usize) -> bool {
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = |word: &str| {
        let prefixes = ["version", "versión", "vers", "ver", "rev", "v", "r"];
        prefixes.iter().any(|prefix| word.strip_prefix(prefix).is_some_and(is_number))
    };
    let (part, before) = (&parts[i], i.checked_sub(1).map(|i| &parts[i]));
    let follows = |joint: &str| before.is_some_and(|before| before.joint.ends_with(joint));
    let after_version = follows(".") && before.is_some_and(|before| numbered(&before.word));
    part.in_file
        && (numbered(&part.word)
            || VERSIONS.contains(&part.word.as_str())
            || (is_number(&part.word) && (follows("(") || after_version)))
}

/// What people write at the end of a file's name when they hand it on.
const VERSIONS: &[&str] = &[
    "approved",
    "aprobada",
    "aprobado",
    "borrador",
    "clean",
    "copia",
    "copy",
    "def",
    "definitiva",
    "definitivo",
    "draft",
    "final",
    "limpia",
    "limpio",
    "orig",
    "original",
    "rev",
    "revisada",
    "revisado",
    "revised",
    "signed",
    "trad",
    "traduccion",
    "traducción",
    "translation",
    "ver",
    "version",
    "versión",
    "vf",
];

/// The extension of the last part of a name.
pub(super) fn extension(name: &str) -> Option<&str> {
    let file = file_of(name);
    file.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension)
}

fn file_of(name: &str) -> &str {
    name.rsplit(is_slash).next().unwrap_or(name)
}

fn is_slash(c: char) -> bool {
    matches!(c, '/' | '\\')
}

fn is_joint(c: char) -> bool {
    is_slash(c) || matches!(c, '.' | '-' | '_' | ' ' | '(' | ')')
}

/// A word of a name, with what it says of the language.
struct Part<'a> {
    /// In NFC and lower case.
    word: String,
    /// The character after it (`/` for `\`), empty at the end.
    joint: &'a str,
    in_file: bool,
    mark: Option<Lang>,
    /// The mark can hardly be an ordinary word of the name.
    clear: bool,
}

fn parts(name: &str) -> Vec<Part<'_>> {
    let stem_end = name.len() - extension(name).map_or(0, |extension| extension.len() + 1);
    let file_start = name.len() - file_of(name).len();
    let words = words(&name[..stem_end]);
    let mut parts: Vec<Part<'_>> = (0..words.len()).map(|i| part(name, &words, i, file_start)).collect();
    for i in 1..parts.len() {
        if names_two_languages(&parts[i - 1], &parts[i]) {
            parts[i - 1].clear = false;
            parts[i].clear = false;
        }
    }
    parts
}

/// `es-en` in a name tells of both languages, so of neither.
fn names_two_languages(left: &Part<'_>, right: &Part<'_>) -> bool {
    left.joint != "/" && left.mark.is_some() && right.mark.is_some() && left.mark != right.mark
}

/// The words of a name: where each starts and ends, a regional tag such as `es-MX` being one word.
fn words(stem: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for piece in stem.split_inclusive(is_joint) {
        let end = start + piece.trim_end_matches(is_joint).len();
        match words.last_mut() {
            Some(last) if is_regional(&stem[last.0..end]) => last.1 = end,
            _ => words.push((start, end)),
        }
        start += piece.len();
    }
    words
}

/// Whether a piece of a name is a tag with a region: `es-MX`, `en_US`, `es-419`.
fn is_regional(piece: &str) -> bool {
    let Some((lang, region)) = piece.split_once(['-', '_']) else { return false };
    let known = ["mx", "us", "419", "es", "gb"].iter().any(|known| region.eq_ignore_ascii_case(known));
    known
        && lang.len() == 2
        && Lang::from_tag(lang).is_some_and(|lang| !region.eq_ignore_ascii_case(lang.other().code()))
}

fn part<'a>(name: &'a str, words: &[(usize, usize)], i: usize, file_start: usize) -> Part<'a> {
    let (start, end) = words[i];
    let written = &name[start..end];
    let next = words.get(i + 1).map_or(end, |next| next.0);
    let word = written.nfc().collect::<String>().to_lowercase();
    let mark = mark(&word);
    let in_file = start >= file_start;
    let joint = if name[end..next].contains(is_slash) { "/" } else { &name[end..next] };
    let before = name[..start].chars().next_back().filter(|c| !is_slash(*c));
    let ends = next == end || joint == "/";
    let dotted = in_file && before.is_none_or(|c| c == '.') && joint == ".";
    let capitals = in_file && written.chars().all(char::is_uppercase);
    Part { word, joint, in_file, mark, clear: ends || dotted || capitals }
}

/// The language that a word names.
fn mark(word: &str) -> Option<Lang> {
    match word {
        "es" | "esp" | "spa" | "español" | "espanol" | "spanish" | "castellano" => Some(Lang::Es),
        "en" | "eng" | "ing" | "inglés" | "ingles" | "english" => Some(Lang::En),
        _ if is_regional(word) => Lang::from_tag(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_state_a_language() {
        let cases = [
            ("x.en.md", Some(Lang::En)),
            ("corpus/en/x.txt", Some(Lang::En)),
            ("corpus/es/2025/x.txt", Some(Lang::Es)),
            ("corpus\\Español\\x.txt", Some(Lang::Es)),
            ("texts-en/x.txt", Some(Lang::En)),
            ("INFORME_ES.docx", Some(Lang::Es)),
            ("informe_ES_final.docx", Some(Lang::Es)),
            ("informe-es.txt", Some(Lang::Es)),
            ("report.es-MX.md", Some(Lang::Es)),
            ("report_en_US.md", Some(Lang::En)),
            ("es.txt", Some(Lang::Es)),
            ("in/nota (inglés).txt", Some(Lang::En)),
            ("en/nota.es.txt", Some(Lang::Es)),
            ("x.es-en.tsv", None),
            ("en-mexico.txt", None),
            ("english-channel.txt", None),
            ("nota.txt", None),
            ("res.en", None),
            ("", None),
        ];
        for (name, lang) in cases {
            assert_eq!(lang_of_name(name), lang, "{name}");
        }
    }

    #[test]
    fn names_of_real_life_share_a_loose_key() {
        let key =
            |name: &str, lang| loose_keys(name).into_iter().find(|key| key.lang == lang).map(|key| key.key);
        let cases = [
            ("Contrato_ESP_VF.docx", "Contrato_EN_v3.docx"),
            ("Contrato ES (2).docx", "contrato-en-FINAL.pdf"),
            ("ESP Informe anual v2.1.docx", "informe_anual_ENG.docx"),
            ("Español/Acta 3 borrador.txt", "English/acta_3_v10.txt"),
        ];
        for (es, en) in cases {
            let (es, en) = (key(es, Lang::Es), key(en, Lang::En));
            assert!(es.is_some() && es == en, "{es:?} {en:?}");
        }
        assert_ne!(key("acta 3 es.txt", Lang::Es), key("acta 4 en.txt", Lang::En));
        assert!(loose_keys("es/final.txt").is_empty() && loose_keys("informe final.txt").is_empty());
    }

    #[test]
    fn translations_share_a_key() {
        let cases = [
            ("corpus/es/x.txt", "corpus/en/x.docx"),
            ("x.es.md", "x.en.md"),
            ("x_ES.docx", "X_EN.docx"),
            ("es-x.txt", "en-x.txt"),
            ("español/uno.txt", "english/uno.txt"),
            ("es/x.es.md", "en/x.en.md"),
            ("es/quien-es.txt", "en/quien-es.txt"),
            ("nota es-MX.txt", "nota en-US.txt"),
        ];
        for (es, en) in cases {
            let (es_keys, en_keys) = (name_keys(es), name_keys(en));
            let shared = es_keys
                .iter()
                .any(|a| a.lang == Lang::Es && en_keys.iter().any(|b| b.lang == Lang::En && a.key == b.key));
            assert!(shared, "{es_keys:?} {en_keys:?}");
        }
        assert!(name_keys("informes/nota.txt").is_empty());
    }
}
