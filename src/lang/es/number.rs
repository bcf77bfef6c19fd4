//! Singular and plural of single words: *nación ↔ naciones*, *juez ↔ jueces*, *régimen ↔ regímenes*.

use super::accent;
use super::adjective;
use crate::lang::forms::like_case;
use crate::lang::word_set::WordSet;

/// The plurals of a singular word, the usual one first; none when it has none of its own (*crisis*, *lunes*).
pub(super) fn plurals(word: &str) -> Vec<String> {
    if let Some(listed) = irregular(word) {
        return listed;
    }
    let Some(last) = word.chars().next_back() else { return Vec::new() };
    match last.to_lowercase().next().unwrap_or(last) {
        'a' | 'e' | 'i' | 'o' | 'u' | 'á' | 'é' | 'ó' => vec![format!("{word}s")],
        'í' | 'ú' => vec![format!("{word}es"), format!("{word}s")],
        'z' => vec![accent::retail(word, word.len() - 1, "ces")],
        's' | 'x' => sibilant_plurals(word),
        'y' => y_plurals(word),
        'n' | 'l' | 'd' | 'j' => vec![accent::append(word, "es")],
        'r' if accent::is_oxytone(word) => vec![accent::append(word, "es")],
        'r' => vec![accent::append(word, "es"), format!("{word}s")],
        'b' | 'f' | 'm' | 'h' => vec![format!("{word}s"), accent::append(word, "es")],
        _ if last.is_alphabetic() => vec![format!("{word}s")],
        _ => Vec::new(),
    }
}

/// What a plural word may be the plural of, the likelier first; none when the word is not a plural.
pub(super) fn singulars(word: &str) -> Vec<String> {
    if let Some(listed) = irregular_singular(word) {
        return vec![listed];
    }
    if !is_plural(word) {
        return Vec::new();
    }
    let Some(stem) = word.strip_suffix("es") else {
        return vec![word[..word.len() - 1].to_owned()];
    };
    let without_s = format!("{stem}e");
    match stem.chars().next_back() {
        Some('c') => vec![format!("{}z", &stem[..stem.len() - 1]), without_s],
        Some('í' | 'ú') => vec![stem.to_owned()],
        Some('n' | 'l' | 'r' | 'd' | 's' | 'y' | 'j') if is_open_end(stem) => {
            vec![accent::retail(word, stem.len(), ""), without_s]
        }
        _ => vec![without_s],
    }
}

/// Whether a word is a plural: it ends in an unstressed -s and is none of the singulars that do.
pub(super) fn is_plural(word: &str) -> bool {
    let lower = word.to_lowercase();
    let stressed_end = ["ás", "és", "ís", "ós", "ús"].iter().any(|ending| lower.ends_with(ending));
    if stressed_end {
        return STRESSED_PLURALS.has(&lower);
    }
    PLURALS_LIKE_SINGULARS.has(&lower)
        || lower.ends_with('s')
            && accent::syllables(&lower) > 1
            && !["sis", "xis", "tis", "us", "ps", "ss"].iter().any(|ending| lower.ends_with(ending))
            && !INVARIABLE.has(&lower)
}

/// One consonant after a vowel, not *ll*: a singular may end so.
fn is_open_end(stem: &str) -> bool {
    let mut letters = stem.chars().rev().skip(1);
    letters.next().is_some_and(|c| "aeiouáéíóú".contains(c))
}

/// *país → países*, *mes → meses*, *fax → faxes*; *crisis*, *tórax* stay.
fn sibilant_plurals(word: &str) -> Vec<String> {
    let invariable = !accent::is_oxytone(word) || INVARIABLE.has(&word.to_lowercase());
    if invariable { Vec::new() } else { vec![accent::append(word, "es")] }
}

/// *ley → leyes*; the English *lobby → lobbies, lobbys, lobis*.
fn y_plurals(word: &str) -> Vec<String> {
    let stem = &word[..word.len() - 1];
    if stem.ends_with(['a', 'e', 'o', 'u', 'A', 'E', 'O', 'U']) {
        return vec![format!("{word}es")];
    }
    vec![format!("{word}s"), format!("{stem}ies"), format!("{stem}is")]
}

fn irregular(word: &str) -> Option<Vec<String>> {
    let lower = word.to_lowercase();
    if let Some(short) = adjective::apocope(&lower) {
        return Some(vec![like_case(word, short.plural)]);
    }
    let (_, plurals) = IRREGULAR.iter().find(|(singular, _)| *singular == lower)?;
    Some(plurals.split_ascii_whitespace().map(|plural| like_case(word, plural)).collect())
}

fn irregular_singular(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let found = IRREGULAR.iter().find(|(_, plurals)| plurals.split(' ').any(|plural| plural == lower));
    found.map(|(singular, _)| like_case(word, singular))
}

/// Plurals that move the stress, and borrowed ones.
const IRREGULAR: &[(&str, &str)] = &[
    ("régimen", "regímenes"),
    ("espécimen", "especímenes"),
    ("carácter", "caracteres"),
    ("ínterin", "intérines"),
    ("júnior", "juniores júniors"),
    ("sénior", "seniores séniors"),
    ("club", "clubes clubs"),
    ("álbum", "álbumes álbums"),
    ("memorándum", "memorandos memorándums memoranda"),
    ("memorando", "memorandos"),
    ("currículum", "currículos currículums currícula"),
    ("ultimátum", "ultimatos ultimátums"),
    ("referéndum", "referendos referéndums referenda"),
    ("cualquier", "cualesquier cualesquiera"),
    ("quienquiera", "quienesquiera"),
    ("jersey", "jerséis"),
    ("espray", "espráis"),
    ("sí", "síes"),
    ("no", "noes"),
    ("lord", "lores"),
    ("estándar", "estándares"),
    ("hipérbaton", "hipérbatos"),
    ("maíz", "maíces"),
    ("currículo", "currículos"),
    ("bisturí", "bisturíes bisturís"),
    ("menú", "menús"),
    ("champú", "champús"),
    ("gay", "gais gays"),
    ("hobby", "hobbies hobbys"),
    ("blog", "blogs"),
    ("web", "webs"),
    ("film", "filmes films"),
    ("test", "tests test"),
    ("flash", "flashes"),
];

/// Singular words in -s that have no other plural and are no plurals.
static INVARIABLE: WordSet = WordSet::new(
    "lunes martes miércoles jueves viernes atlas caries herpes paraguas parabrisas paracaídas pararrayos cumpleaños \
     rascacielos portaaviones guardacostas guardaespaldas salvavidas abrelatas sacacorchos rompecabezas trabalenguas \
     limpiabotas lavaplatos mecenas pelagatos quitamanchas aguafiestas correveidile \
     bíceps tríceps fórceps dosis ántrax bilis brindis chasis cutis gratis iris oasis tenis apenas \
     menos más además antes después lejos jamás quizás entonces ambages \
     lapsus campus corpus estatus virus microondas reposapiés ciempiés trespiés isósceles gris seis dos tres",
);

/// Plurals whose ending is mostly that of singulars (*virus*, *tesis*).
static PLURALS_LIKE_SINGULARS: WordSet = WordSet::new("tribus espíritus ímpetus taxis bikinis");

/// Plurals that are stressed on the last syllable.
static STRESSED_PLURALS: WordSet = WordSet::new(
    "cafés bebés comités papás mamás sofás chalés purés carnés menús bisturís israelís iraquís iranís bambús champús \
     tés dominós tabús rubís esquís colibrís corsés clichés canapés bidés maniquís pagarés  \
     jacarandás  capós popurrís manatís cebús ñandús hindús zulús bantús marroquís paquistanís",
);
