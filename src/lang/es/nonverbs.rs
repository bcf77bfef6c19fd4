//! Words that look like infinitives and are not: *mujer*, *lugar*, *militar*.

use super::verb;
use crate::lang::word_set::WordSet;

/// Whether a term without a stated part of speech begins with an infinitive (or is one).
pub(crate) fn looks_like_verb(term: &str) -> bool {
    let head = term.split(' ').next().unwrap_or(term);
    let verb = head.strip_suffix("se").filter(|verb| verb.len() > 3 || *verb == "ir").unwrap_or(head);
    verb::is_infinitive(verb) && !NONVERBS.has(head)
}

static NONVERBS: WordSet = WordSet::new(
    "alfar altar altamar antinuclear auxiliar ayer azahar azar bachiller bar bazar bienestar bipolar \
     calamar canciller capilar celular chofer circular collar consular cualquier curricular dispar disimilar \
     ejemplar elixir emir escolar espectacular estelar extracurricular familiar faquir granular hangar hogar \
     impar impopular insular interescolar interestelar irregular lagar lar lugar lumbar lunar malestar \
     mar menester mercader mester militar modular molar molecular monopolar mujer muscular nuclear \
     ocular paladar palomar par paramilitar particular peculiar peninsular perpendicular placer poder polar \
     popular porvenir preescolar preliminar pulgar pulmonar quehacer radar rectangular regular secular semicircular \
     ser similar singular solar taller tabular tapir telar titular triangular tubular unifamiliar ultramar \
     vascular visir vulgar alfiler alquiler deber parecer amanecer anochecer atardecer haber saber pesar \
     pilar pinar ajuar cantar avatar bulevar souvenir \
     zar per angular globular cuadrangular intramuscular extraescolar multilinear \
     manglar olivar platanar pajar colmenar seglar",
);
