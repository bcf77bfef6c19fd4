//! Language tags as other programs write them: `es_MX`, `SPA`, `Spanish`, made BCP 47.

use super::sheet::folded;
use crate::termbase::LangTag;

/// A tag put right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// The tag in the usual case of letters (`es-MX`, `zh-Hant-TW`).
    pub(super) tag: LangTag,
    /// Whether more than the case of letters was put right.
    pub(super) repaired: bool,
}

/// A tag of BCP 47 (RFC 5646, section 2.1), or what can be made one. Where nothing can, the language is `und`.
pub(super) fn tag(written: &str) -> Tag {
    let hyphens = written.trim().replace('_', "-");
    let trimmed = hyphens.trim_matches('-');
    let (primary, rest) = trimmed.split_once('-').unwrap_or((trimmed, ""));
    let known = if is_special(primary, rest) { None } else { named(primary) };
    let primary = known.unwrap_or(primary).to_ascii_lowercase();
    let mut subtags = vec![primary.clone()];
    subtags.extend(rest.split('-').filter(|part| !part.is_empty()).map(str::to_owned));
    if !well_formed(&subtags) {
        return Tag { tag: LangTag("und".to_owned()), repaired: written != "und" };
    }
    let tag = in_usual_case(&subtags);
    let repaired = !tag.eq_ignore_ascii_case(written);
    Tag { tag: LangTag(tag), repaired }
}

/// The tag of a word that stands for a language and for nothing else: a tag with a region, a code, or a name.
pub(super) fn of_heading(written: &str) -> Option<LangTag> {
    let word = written.trim();
    let (primary, rest) = word.split_once(['-', '_']).unwrap_or((word, ""));
    let known = named(primary).is_some() || CODES.contains(&primary.to_ascii_lowercase().as_str());
    let plain = rest.is_empty() || rest.split(['-', '_']).all(is_region);
    let private = is_special(primary, rest) && tag(word).tag.as_str() != "und";
    (private || (known && plain && word.len() > 1)).then(|| tag(word).tag)
}

/// The tag of a language and a region in words, folded: `english united states`, `espanol de mexico`, `es mx`.
pub(super) fn of_words(folded: &str) -> Option<LangTag> {
    let (language, rest) = folded.split_once(' ')?;
    let code = || CODES.contains(&language).then_some(language);
    let language = named(language).or_else(code)?;
    Some(LangTag(format!("{language}-{}", region_named(rest)?)))
}

/// The region of a term: a tag with one; or a country, by its name or its code in capitals, as of the term's language.
pub(super) fn of_region(written: &str, language: &LangTag) -> Option<LangTag> {
    let is_word = written.chars().any(char::is_lowercase) && !written.contains(['-', '_']);
    let is_code = written.chars().all(|c| c.is_ascii_uppercase() || !c.is_alphabetic());
    let region = if is_word && written.len() > 3 || is_code { region_named(&folded(written)) } else { None };
    match region {
        Some(region) => Some(LangTag(format!("{}-{region}", primary(language)))),
        None => of_heading(written).filter(|tag| tag.region().is_some()),
    }
}

/// The code of a region by its folded name or code, articles or not.
fn region_named(folded: &str) -> Option<&'static str> {
    let words = folded
        .split(' ')
        .filter(|word| !matches!(*word, "de" | "del" | "la" | "los" | "el" | "las" | "of" | "the"));
    let name = words.collect::<Vec<_>>().join(" ");
    let is_it = |(code, names): &&(&str, &[&str])| {
        code.eq_ignore_ascii_case(&name) || names.iter().any(|known| *known == name || *known == folded)
    };
    REGIONS.iter().find(is_it).map(|(code, _)| *code)
}

/// A region (`MX`, `419`) or a script (`Hant`).
fn is_region(part: &str) -> bool {
    let letters = part.bytes().all(|b| b.is_ascii_alphabetic());
    match part.len() {
        2 | 4 => letters,
        3 => part.bytes().all(|b| b.is_ascii_digit()),
        _ => false,
    }
}

/// The primary subtag (`es` of `es-MX`); the whole of a tag that has none (`x-desk`).
pub(super) fn primary(tag: &LangTag) -> &str {
    match tag.as_str().split_once('-') {
        Some((primary, rest)) if !is_special(primary, rest) => primary,
        _ => tag.as_str(),
    }
}

fn is_special(primary: &str, rest: &str) -> bool {
    matches!(primary, "x" | "X" | "i" | "I") && !rest.is_empty()
}

fn well_formed(subtags: &[String]) -> bool {
    let [primary, rest @ ..] = subtags else { return false };
    let special = is_special(primary, rest.first().map_or("", String::as_str));
    let language = (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    let part =
        |part: &String| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    (special || language) && rest.iter().all(part)
}

/// Language in lower case, script with a capital, region in capitals; what follows a single letter in lower case.
fn in_usual_case(subtags: &[String]) -> String {
    let mut out = String::new();
    let mut private = false;
    for (at, part) in subtags.iter().enumerate() {
        let lower = part.to_ascii_lowercase();
        let letters = part.bytes().all(|b| b.is_ascii_alphabetic());
        let shown = match part.len() {
            _ if at == 0 || private => lower.clone(),
            2 if letters => part.to_ascii_uppercase(),
            4 if letters => part[..1].to_ascii_uppercase() + &lower[1..],
            _ => lower.clone(),
        };
        private |= part.len() == 1;
        out += if at == 0 { "" } else { "-" };
        out += &shown;
    }
    out
}

/// The two-letter code for three-letter codes (ISO 639-2) and names in Spanish and English.
fn named(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&word.as_str())).map(|(code, _)| *code)
}

/// Languages of which glossaries here have columns, beside [`NAMES`].
const CODES: &[&str] = &[
    "es", "en", "fr", "de", "it", "pt", "ca", "gl", "eu", "nl", "pl", "ru", "ja", "zh", "ko", "ar", "he",
    "hi", "sv", "da", "nb", "nn", "fi", "cs", "sk", "hu", "ro", "bg", "el", "tr", "uk", "vi", "th", "nah",
    "myn", "yua", "mix", "zap", "ht", "qu", "und", "hr", "sr", "sl", "lt", "lv", "et",
];

const NAMES: &[(&str, &[&str])] = &[
    ("es", &["spa", "esp", "spanish", "español", "espanol", "castellano"]),
    ("en", &["eng", "ing", "english", "inglés", "ingles"]),
    ("fr", &["fra", "fre", "french", "francés", "frances"]),
    ("de", &["deu", "ger", "german", "alemán", "aleman"]),
    ("it", &["ita", "italian", "italiano"]),
    ("pt", &["por", "portuguese", "portugués", "portugues"]),
    ("ca", &["cat", "catalan", "catalán"]),
    ("nl", &["nld", "dut", "dutch", "neerlandés"]),
    ("ru", &["rus", "russian", "ruso"]),
    ("ja", &["jpn", "japanese", "japonés"]),
    ("zh", &["zho", "chi", "chinese", "chino"]),
    ("ko", &["kor", "korean", "coreano"]),
    ("ar", &["ara", "arabic", "árabe"]),
    ("pl", &["pol", "polish", "polaco"]),
];

/// Regions (ISO 3166-1, UN M.49) of both languages, by their folded names without articles.
const REGIONS: &[(&str, &[&str])] = &[
    ("MX", &["mexico", "mx", "mexicano", "mexican"]),
    (
        "US",
        &[
            "united states",
            "united states america",
            "estados unidos",
            "estados unidos america",
            "eeuu",
            "ee uu",
            "u s",
            "u s a",
            "usa",
            "us",
            "eua",
            "american",
        ],
    ),
    ("ES", &["spain", "espana", "international sort", "modern sort", "traditional sort"]),
    ("GB", &["united kingdom", "reino unido", "uk", "great britain", "british"]),
    ("CA", &["canada"]),
    ("AU", &["australia"]),
    ("IE", &["ireland", "irlanda"]),
    ("AR", &["argentina"]),
    ("BO", &["bolivia"]),
    ("CL", &["chile"]),
    ("CO", &["colombia"]),
    ("CR", &["costa rica"]),
    ("CU", &["cuba"]),
    ("DO", &["dominican republic", "republica dominicana"]),
    ("EC", &["ecuador"]),
    ("GT", &["guatemala"]),
    ("HN", &["honduras"]),
    ("NI", &["nicaragua"]),
    ("PA", &["panama"]),
    ("PE", &["peru"]),
    ("PR", &["puerto rico"]),
    ("PY", &["paraguay"]),
    ("SV", &["el salvador", "salvador"]),
    ("UY", &["uruguay"]),
    ("VE", &["venezuela"]),
    ("419", &["latin america", "latinoamerica", "america latina", "latinoamericano"]),
];

/// The English name of a language, for formats that want it; else its code.
pub(super) fn english_name(tag: &LangTag) -> String {
    let code = primary(tag);
    let name = NAMES
        .iter()
        .find(|(known, _)| *known == code)
        .and_then(|(_, names)| names.iter().find(|name| name.len() > 3 && name.is_ascii()));
    let name = name.copied().unwrap_or(code);
    name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_put_right_or_undetermined() {
        let cases = [
            ("es", "es", false),
            ("ES", "es", false),
            ("es-mx", "es-MX", false),
            ("es-419", "es-419", false),
            ("zh-hant-tw", "zh-Hant-TW", false),
            ("es_MX", "es-MX", true),
            ("SPA", "es", true),
            ("english_US", "en-US", true),
            ("x-desk", "x-desk", false),
            ("i-klingon", "i-klingon", false),
            ("en-", "en", true),
            ("und", "und", false),
            ("", "und", true),
            ("e", "und", true),
            ("x", "und", true),
            ("no language", "und", true),
            ("es-demasiadolargo", "und", true),
        ];
        for (written, wanted, repaired) in cases {
            let wanted = Tag { tag: LangTag(wanted.to_owned()), repaired };
            assert_eq!(tag(written), wanted, "{written:?}");
        }
    }

    #[test]
    fn regions_are_told_in_words() {
        for (words, wanted) in [
            ("english united states", Some("en-US")),
            ("english united states of america", Some("en-US")),
            ("espanol de mexico", Some("es-MX")),
            ("spanish el salvador", Some("es-SV")),
            ("spanish latin america", Some("es-419")),
            ("english", None),
            ("english note", None),
            ("mexico", None),
        ] {
            assert_eq!(of_words(words).map(|tag| tag.0).as_deref(), wanted, "{words:?}");
        }
    }

    #[test]
    fn headings_name_languages_only_where_they_are_meant() {
        for (heading, wanted) in [
            ("es", Some("es")),
            ("EN-US", Some("en-US")),
            ("Español", Some("es")),
            ("es_MX", Some("es-MX")),
            ("id", None),
            ("x-desk", Some("x-desk")),
            ("English_Def", None),
            ("term", None),
            ("note", None),
            ("pos", None),
            ("es la hora", None),
            ("", None),
        ] {
            assert_eq!(of_heading(heading).map(|tag| tag.0).as_deref(), wanted, "{heading:?}");
        }
    }
}
