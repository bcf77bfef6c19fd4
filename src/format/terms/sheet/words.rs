//! The words of other programs, and of sheets in Spanish, made ours.

use toml::Value;

use super::{Foreign, folded};
use crate::termbase::{CaseMode, Concept, Review, Status, TermEntry};

/// Words of grammar that a Spanish table has, as the keys have them.
pub(super) fn in_english(key: &str, folded: &str) -> Option<&'static str> {
    Some(match (key, folded) {
        ("gender", "masculino" | "masc" | "m") => "masculine",
        ("gender", "femenino" | "fem" | "f") => "feminine",
        ("gender", "comun" | "ambos" | "m f" | "f m") => "common",
        ("number", "singular" | "sing") => "singular",
        ("number", "plural" | "pl") => "plural",
        ("number", "invariable" | "inv") => "invariable",
        ("pos", "sustantivo" | "sust" | "nombre comun" | "n") => "noun",
        ("pos", "verbo" | "v") => "verb",
        ("pos", "adjetivo") => "adjective",
        ("pos", "adverbio") => "adverb",
        ("pos", "nombre propio") => "name",
        ("type", "sigla" | "siglas" | "acronimo") => "acronym",
        ("type", "abreviatura") => "abbreviation",
        ("type", "forma completa" | "forma desarrollada") => "full form",
        ("type", "variante") => "variant",
        _ => return None,
    })
}

/// What a word says of usage.
enum Usage {
    Is(Status),
    Forbidden,
}

/// The words for usage, folded.
fn usage(folded: &str) -> Option<Usage> {
    Some(Usage::Is(match folded {
        "forbidden" | "prohibited" | "banned" | "blocked" | "not allowed" | "do not use" | "don t use"
        | "never use" | "prohibido" | "prohibida" | "vetado" | "vetada" | "no permitido" | "no permitida"
        | "no usar" | "no utilizar" | "no emplear" | "no se usa" => return Some(Usage::Forbidden),
        "preferente" | "preferido" | "preferida" | "recommended" | "recomendado" | "recomendada"
        | "normalizado" | "normalizada" => Status::Preferred,
        "admitido" | "admitida" | "aceptado" | "aceptada" | "accepted" | "acceptable" | "aceptable"
        | "allowed" | "permitido" | "permitida" => Status::Admitted,
        "non standard" | "not recommended" | "not preferred" | "obsolete" | "outdated" | "rejected"
        | "avoid" | "desaconsejado" | "desaconsejada" | "no recomendado" | "no recomendada"
        | "no preferido" | "no preferida" | "obsoleto" | "obsoleta" | "anticuado" | "anticuada"
        | "desusado" | "desusada" | "en desuso" | "evitar" | "evitese" | "rechazado" | "rechazada"
        | "descartado" | "descartada" => Status::Deprecated,
        "replaced" | "sustituido" | "sustituida" | "reemplazado" | "reemplazada" => Status::Superseded,
        known => Status::from_word(known)?,
    }))
}

/// The words of other programs for usage, made ours. A word that is none of them is kept under `x`.
pub(in crate::format::terms) fn foreign_word(word: Foreign, entry: &mut TermEntry, cell: &str) {
    let word_here = folded(cell);
    let yes = matches!(word_here.as_str(), "1" | "true" | "yes" | "verdadero" | "si" | "x");
    let no = matches!(word_here.as_str(), "0" | "false" | "no" | "falso");
    match word {
        Foreign::Preferred if yes => entry.status = Some(Status::Preferred),
        Foreign::CaseSensitive if yes => entry.case = CaseMode::Exact,
        Foreign::Translatable if no => entry.do_not_translate = true,
        Foreign::Translatable if !yes => drop(entry.x.insert("translatable".to_owned(), Value::from(cell))),
        Foreign::Info => info(entry, cell),
        Foreign::Status => match usage(&word_here) {
            Some(Usage::Forbidden) => entry.forbidden = true,
            Some(Usage::Is(status)) => entry.status = Some(status),
            None if word_here.is_empty() || stage(&word_here).is_some() => {}
            None => drop(entry.x.insert("status".to_owned(), Value::from(cell))),
        },
        _ => {}
    }
}

/// Where `x` has what memoQ says of a term, and what of it is ours.
const INFO: &str = "Term_Info";
const CASE: &str = "CaseSense";
const FORBIDDEN: &str = "Forbidden";

/// The flags of memoQ; what is not ours of them is kept, all in their order.
fn info(entry: &mut TermEntry, cell: &str) {
    let flags = || cell.split(';').map(str::trim);
    if flags().any(|flag| flag == CASE) {
        entry.case = CaseMode::Exact;
    }
    entry.forbidden |= flags().any(|flag| flag == FORBIDDEN);
    if !flags().all(|flag| [CASE, FORBIDDEN, ""].contains(&flag)) {
        entry.x.insert(INFO.to_owned(), Value::from(cell));
    }
}

/// The flags of a term as memoQ has them: those that were kept, and what has become of ours.
pub(in crate::format::terms) fn info_cell(entry: &TermEntry) -> String {
    let kept = entry.x.get(INFO).and_then(Value::as_str).unwrap_or_default();
    let ours = [(CASE, entry.case == CaseMode::Exact), (FORBIDDEN, entry.forbidden)];
    let stays = |flag: &&str| !flag.is_empty() && !ours.iter().any(|(our, is)| our == flag && !is);
    let mut flags: Vec<&str> = kept.split(';').map(str::trim).filter(stays).collect();
    for (flag, is) in ours {
        if is && !flags.contains(&flag) {
            flags.push(flag);
        }
    }
    flags.join(";")
}

/// The words of other programs, and of sheets, for the workflow, made ours.
fn stage(folded: &str) -> Option<Review> {
    Some(match folded {
        "new" | "provisional" | "proposed" | "pending" | "draft" | "in review" | "to review" | "nuevo"
        | "nueva" | "propuesto" | "propuesta" | "pendiente" | "borrador" | "en revision" | "por revisar" => {
            Review::Proposed
        }
        "reviewed" | "revisado" | "revisada" => Review::Reviewed,
        "approved" | "validated" | "aprobado" | "aprobada" | "validado" | "validada" => Review::Approved,
        _ => return None,
    })
}

/// The workflow of a concept, of which one term that nobody has looked at makes a proposal.
pub(super) fn review(word: Foreign, concept: &mut Concept, cell: &str) {
    let found = match word {
        Foreign::Status => stage(&folded(cell)),
        Foreign::Fuzzy => matches!(folded(cell).as_str(), "true" | "1").then_some(Review::Proposed),
        _ => None,
    };
    match found {
        Some(Review::Proposed) => concept.review = Some(Review::Proposed),
        Some(stage) => concept.review = concept.review.or(Some(stage)),
        None => {}
    }
}
