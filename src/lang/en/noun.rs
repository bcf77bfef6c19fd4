//! Singular and plural of English words: *policy ↔ policies*, *woman ↔ women*, *criterion ↔ criteria*.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::lang::forms::like_case;
use crate::lang::word_set::WordSet;

/// The plurals of a singular word, the usual one first; none when it has none of its own (*species*).
pub(super) fn plurals(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    if UNCHANGED.has(&lower) || PLURAL_ONLY.has(&lower) {
        return Vec::new();
    }
    let mut found: Vec<String> = match irregular(&lower) {
        Some(listed) => listed.into_iter().map(|plural| like_case(word, &plural)).collect(),
        None => regular(word, &lower),
    };
    found.retain(|plural| !NEVER.has(plural));
    found
}

/// What a plural word may be the plural of, the likelier first; none when the word is not a plural.
pub(super) fn singulars(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    if let Some(singular) = irregular_singular(&lower) {
        return vec![like_case(word, &singular)];
    }
    if !is_plural(word) {
        return Vec::new();
    }
    let cut = |letters: usize| word.get(..word.len() - letters).unwrap_or(word);
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return if IE.has(&lower) {
            vec![cut(1).to_owned()]
        } else {
            vec![format!("{stem}y"), cut(1).to_owned()]
        };
    }
    let hissing = ["ches", "shes", "sses", "xes", "zzes"].iter().any(|ending| lower.ends_with(ending));
    if hissing {
        return vec![cut(2).to_owned(), cut(1).to_owned()];
    }
    if lower.ends_with("oes") || ES_AFTER_S.has(&lower) {
        return vec![cut(2).to_owned()];
    }
    vec![cut(1).to_owned()]
}

/// Whether a word is a plural that has a singular.
pub(super) fn is_plural(word: &str) -> bool {
    let lower = word.to_lowercase();
    if irregular_singular(&lower).is_some() {
        return true;
    }
    lower.len() > 3
        && lower.ends_with('s')
        && !["ss", "us", "is", "ics", "ous"].iter().any(|ending| lower.ends_with(ending))
        && !UNCHANGED.has(&lower)
        && !PLURAL_ONLY.has(&lower)
        && !SINGULAR_S.has(&lower)
}

/// The regular plural, which is also the third person of verbs.
pub(super) fn with_s(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    let before_last = lower.chars().rev().nth(1).unwrap_or('a');
    let after_consonant = !"aeiou".contains(before_last);
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|ending| lower.ends_with(ending));
    match word.strip_suffix('y') {
        Some(stem) if after_consonant || lower.ends_with("quy") => vec![format!("{stem}ies")],
        _ if HARD_CH.has(&lower) => vec![format!("{word}s")],
        _ if hissing => vec![format!("{word}es")],
        _ if lower.ends_with('o') && after_consonant => o_plurals(word, &lower),
        _ => vec![format!("{word}s")],
    }
}

fn regular(word: &str, lower: &str) -> Vec<String> {
    if let Some(stem) = word.strip_suffix("man").filter(|_| !MAN_IS_NOT_MAN.has(lower)) {
        return vec![format!("{stem}men")];
    }
    if let Some(stem) = word.strip_suffix("sis") {
        return vec![format!("{stem}ses")];
    }
    if let Some(stem) = word.strip_suffix("woman") {
        return vec![format!("{stem}women")];
    }
    with_s(word)
}

/// *hero → heroes*, *photo → photos*, *cargo → cargoes, cargos*.
fn o_plurals(word: &str, lower: &str) -> Vec<String> {
    let (s, es) = (format!("{word}s"), format!("{word}es"));
    if O_ES.has(lower) {
        vec![es]
    } else if O_BOTH.has(lower) {
        vec![es, s]
    } else {
        vec![s]
    }
}

/// [`IRREGULAR`] both ways.
#[derive(Default)]
struct Irregulars {
    plurals: FxHashMap<&'static str, &'static str>,
    singulars: FxHashMap<&'static str, &'static str>,
}

fn irregulars() -> &'static Irregulars {
    static INDEX: OnceLock<Irregulars> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Irregulars::default();
        for (singular, plurals) in IRREGULAR {
            index.plurals.insert(singular, plurals);
            index.singulars.extend(plurals.split(' ').map(|plural| (plural, *singular)));
        }
        index
    })
}

fn irregular(lower: &str) -> Option<Vec<String>> {
    let (prefix, plurals) = in_compounds(lower, &irregulars().plurals)?;
    Some(plurals.split(' ').map(|plural| format!("{prefix}{plural}")).collect())
}

fn irregular_singular(lower: &str) -> Option<String> {
    if let Some(stem) = lower.strip_suffix("men").filter(|stem| !stem.is_empty() && !NOT_MEN.has(lower)) {
        return Some(format!("{stem}man"));
    }
    let (prefix, singular) = in_compounds(lower, &irregulars().singulars)?;
    Some(format!("{prefix}{singular}"))
}

/// Looks a word up, or its second part when it is a compound (*grandchild*).
fn in_compounds<'a>(
    lower: &'a str,
    index: &FxHashMap<&'static str, &'static str>,
) -> Option<(&'a str, &'static str)> {
    if let Some(found) = index.get(lower) {
        return Some(("", found));
    }
    let prefix = COMPOUND.iter().find(|prefix| lower.starts_with(**prefix))?.len();
    index.get(&lower[prefix..]).map(|found| (&lower[..prefix], *found))
}

/// First parts of compounds whose second is an irregular noun: *grandchildren*, *policewomen*, *midwives*.
const COMPOUND: &[&str] = &[
    "grand", "god", "step", "school", "mid", "house", "book", "pen", "jack", "were", "sub", "super", "meta",
    "bio",
];

/// Irregular plurals, singular first.
const IRREGULAR: &[(&str, &str)] = &[
    ("man", "men"),
    ("child", "children"),
    ("person", "people persons"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("goose", "geese"),
    ("mouse", "mice"),
    ("louse", "lice"),
    ("ox", "oxen"),
    ("die", "dice dies"),
    ("penny", "pennies pence"),
    ("brother", "brothers brethren"),
    ("leaf", "leaves"),
    ("half", "halves"),
    ("knife", "knives"),
    ("life", "lives"),
    ("wife", "wives"),
    ("wolf", "wolves"),
    ("shelf", "shelves"),
    ("self", "selves"),
    ("elf", "elves"),
    ("thief", "thieves"),
    ("calf", "calves"),
    ("loaf", "loaves"),
    ("sheaf", "sheaves"),
    ("hoof", "hooves hoofs"),
    ("scarf", "scarves scarfs"),
    ("dwarf", "dwarves dwarfs"),
    ("wharf", "wharves wharfs"),
    ("handkerchief", "handkerchiefs handkerchieves"),
    ("axis", "axes"),
    ("testis", "testes"),
    ("criterion", "criteria criterions"),
    ("phenomenon", "phenomena phenomenons"),
    ("automaton", "automata automatons"),
    ("polyhedron", "polyhedra polyhedrons"),
    ("ganglion", "ganglia"),
    ("mitochondrion", "mitochondria"),
    ("alumnus", "alumni"),
    ("alumna", "alumnae"),
    ("nucleus", "nuclei"),
    ("stimulus", "stimuli"),
    ("focus", "focuses foci focusses"),
    ("radius", "radii radiuses"),
    ("cactus", "cacti cactuses"),
    ("syllabus", "syllabi syllabuses"),
    ("fungus", "fungi funguses"),
    ("bacillus", "bacilli"),
    ("locus", "loci"),
    ("terminus", "termini terminuses"),
    ("hippopotamus", "hippopotamuses hippopotami"),
    ("octopus", "octopuses octopi"),
    ("thesaurus", "thesauruses thesauri"),
    ("emeritus", "emeriti"),
    ("genus", "genera"),
    ("corpus", "corpora corpuses"),
    ("opus", "opuses opera"),
    ("larva", "larvae"),
    ("vertebra", "vertebrae vertebras"),
    ("formula", "formulas formulae"),
    ("antenna", "antennas antennae"),
    ("nebula", "nebulae nebulas"),
    ("alga", "algae"),
    ("persona", "personas personae"),
    ("datum", "data"),
    ("medium", "media mediums"),
    ("bacterium", "bacteria"),
    ("curriculum", "curricula curriculums"),
    ("memorandum", "memoranda memorandums"),
    ("stratum", "strata"),
    ("referendum", "referendums referenda"),
    ("symposium", "symposia symposiums"),
    ("millennium", "millennia millenniums"),
    ("addendum", "addenda addendums"),
    ("erratum", "errata"),
    ("ovum", "ova"),
    ("forum", "forums fora"),
    ("stadium", "stadiums stadia"),
    ("aquarium", "aquariums aquaria"),
    ("consortium", "consortia consortiums"),
    ("spectrum", "spectra spectrums"),
    ("quantum", "quanta"),
    ("moratorium", "moratoriums moratoria"),
    ("podium", "podiums podia"),
    ("sanatorium", "sanatoriums sanatoria"),
    ("honorarium", "honoraria honorariums"),
    ("equilibrium", "equilibria equilibriums"),
    ("gymnasium", "gymnasiums gymnasia"),
    ("auditorium", "auditoriums auditoria"),
    ("continuum", "continua continuums"),
    ("desideratum", "desiderata"),
    ("index", "indexes indices"),
    ("appendix", "appendices appendixes"),
    ("matrix", "matrices matrixes"),
    ("vertex", "vertices vertexes"),
    ("vortex", "vortices vortexes"),
    ("codex", "codices"),
    ("cortex", "cortices cortexes"),
    ("helix", "helices helixes"),
    ("apex", "apexes apices"),
    ("bureau", "bureaus bureaux"),
    ("plateau", "plateaus plateaux"),
    ("tableau", "tableaux tableaus"),
    ("chateau", "chateaux chateaus"),
    ("château", "châteaux"),
    ("beau", "beaux beaus"),
    ("milieu", "milieus milieux"),
    ("adieu", "adieus adieux"),
    ("quiz", "quizzes"),
    ("bus", "buses busses"),
    ("minibus", "minibuses minibusses"),
    ("gas", "gases gasses"),
    ("plus", "pluses plusses"),
    ("virtuoso", "virtuosos virtuosi"),
    ("graffito", "graffiti"),
    ("paparazzo", "paparazzi"),
    ("schema", "schemas schemata"),
    ("stigma", "stigmas stigmata"),
    ("dogma", "dogmas dogmata"),
    ("fish", "fish fishes"),
    ("passerby", "passersby"),
    ("money", "monies moneys"),
    ("staff", "staff staffs staves"),
    ("no", "noes nos"),
    ("yes", "yeses yesses"),
    ("roof", "roofs rooves"),
    ("seraph", "seraphim seraphs"),
    ("cherub", "cherubim cherubs"),
    ("kibbutz", "kibbutzim"),
];

/// The same in both numbers.
static UNCHANGED: WordSet = WordSet::new(
    "sheep deer moose elk bison salmon trout shrimp cod squid swine species series aircraft spacecraft hovercraft \
     watercraft offspring means headquarters crossroads barracks gallows counsel chassis corps rendezvous \
     chinese japanese vietnamese portuguese swiss lebanese guyanese sudanese taiwanese senegalese quid bourgeois",
);

/// Nouns in -s without a singular of that meaning.
static PLURAL_ONLY: WordSet = WordSet::new(
    "customs goods news arms clothes thanks odds outskirts proceeds premises remains savings earnings belongings \
     surroundings whereabouts trousers pants jeans shorts scissors binoculars pajamas pyjamas tweezers pliers \
     tongs alms riches valuables amends annals doldrums environs gentry measles mumps rabies diabetes billiards darts \
     checkers suds tidings congratulations regards particulars spectacles shenanigans leggings \
     tights genitals bowels innards smithereens heads-up humanities",
);

/// Singulars in -s that take a plural.
static SINGULAR_S: WordSet = WordSet::new(
    "lens bias canvas atlas chaos alias pancreas cosmos ethos pathos kudos rhinoceros christmas asbestos perhaps \
     always afterwards towards besides sometimes has was does texas kansas arkansas honduras bahamas paris mars \
     athens brussels wales naples gas herpes species series molasses biceps triceps forceps mas pampas \
     hercules achilles james charles yes plus",
);

/// Hissing plurals whose singular is without -e: the others are like *houses*.
static ES_AFTER_S: WordSet = WordSet::new(
    "buses minibuses gases viruses campuses bonuses statuses censuses lenses biases canvases atlases aliases \
     surpluses choruses circuses apparatuses consensuses geniuses prospectuses sinuses walruses lotuses crocuses \
     octopuses quizzes waltzes blitzes topazes viscountesses",
);

/// *movies* has *movie*, not *movy*.
static IE: WordSet = WordSet::new(
    "movies cookies calories zombies pies ties lies dies selfies rookies smoothies hippies genies prairies \
     collies brownies birdies bogies budgies eyries laddies lassies magpies menageries neckties \
     organdies reveries sorties veggies walkie-talkies foodies hoodies newbies townies techies junkies \
     groupies yuppies indies series",
);

/// -ch said as k.
static HARD_CH: WordSet = WordSet::new("stomach monarch patriarch matriarch epoch eunuch oligarch loch tech");

static O_ES: WordSet = WordSet::new("potato tomato hero echo veto torpedo embargo go do");

static O_BOTH: WordSet = WordSet::new(
    "cargo mosquito volcano tornado buffalo domino mango motto zero halo memento tuxedo desperado manifesto \
     archipelago banjo fresco ghetto grotto peccadillo portico innuendo avocado proviso salvo lasso undergo forego",
);

/// Words in -man that are no compounds of man.
static MAN_IS_NOT_MAN: WordSet = WordSet::new(
    "human german roman ottoman talisman shaman caiman norman superhuman nonhuman mussulman brahman turkoman \
     hetman toman ataman cayman",
);

/// Words in -men that are no plurals.
static NOT_MEN: WordSet =
    WordSet::new("amen omen specimen regimen abdomen acumen semen stamen yemen ramen hymen dolmen");

/// Plurals that are other words altogether.
static NEVER: WordSet = WordSet::new("as is its his was yes us this thus has news less hers ours theirs");
