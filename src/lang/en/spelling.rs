//! American and British spelling: *labor, labour*; *program, programme*; *organize, organise*.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::lang::forms::like_case;
use crate::lang::word_set::WordSet;

/// The term with every word spelt the American way, and the British way; only what differs from the term.
pub(super) fn variants(term: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for respell in [american, british] {
        let other = respell_words(term, respell);
        if other != term && !found.contains(&other) {
            found.push(other);
        }
    }
    found
}

fn respell_words(term: &str, respell: fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(term.len() + 2);
    for (at, piece) in term.split_inclusive([' ', '-']).enumerate() {
        let word = piece.trim_end_matches([' ', '-']);
        // A capital inside the phrase is a name’s: Labour Party stays.
        let name = at > 0 && word.starts_with(char::is_uppercase);
        match respell(&word.to_lowercase()).filter(|_| !name) {
            Some(other) => out.push_str(&like_case(word, &other)),
            None => out.push_str(word),
        }
        out.push_str(&piece[word.len()..]);
    }
    out
}

fn british(word: &str) -> Option<String> {
    pairs().to_british.get(word).cloned().or_else(|| our(word)).or_else(|| ise(word))
}

/// The American spelling of a lower-case word that is written the British way.
pub(crate) fn american(word: &str) -> Option<String> {
    // Programs are programmed everywhere.
    if word.starts_with("programm") && !word.starts_with("programme") || word == "programmed" {
        return None;
    }
    pairs().to_american.get(word).cloned().or_else(|| or(word)).or_else(|| ize(word))
}

/// The pairs of [`PAIRS`] both ways, with the endings of nouns and verbs.
#[derive(Default)]
struct Pairs {
    to_british: FxHashMap<String, String>,
    to_american: FxHashMap<String, String>,
}

fn pairs() -> &'static Pairs {
    static INDEX: OnceLock<Pairs> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Pairs::default();
        for (american, british) in PAIRS {
            for (american, british) in endings(american).into_iter().zip(endings(british)) {
                index.to_american.insert(british.clone(), american.clone());
                index.to_british.insert(american, british);
            }
        }
        index
    })
}

/// *centre, centres, centred, centring*.
fn endings(word: &str) -> [String; 4] {
    let stem = word.strip_suffix('e').unwrap_or(word);
    [word.to_owned(), format!("{word}s"), format!("{stem}ed"), format!("{stem}ing")]
}

/// *labor → labour*, *neighborhood → neighbourhood*; not *laboratory*, *humorous*.
fn our(word: &str) -> Option<String> {
    let (stem, suffix) = around(word, "or")?;
    Some(format!("{stem}our{suffix}"))
}

fn or(word: &str) -> Option<String> {
    let (stem, suffix) = around(word, "our")?;
    Some(format!("{stem}or{suffix}"))
}

/// What stands before and after the ending, if it is one of [`OR_STEMS`] and a suffix that keeps the u.
fn around<'a>(word: &'a str, ending: &str) -> Option<(&'a str, &'a str)> {
    word.match_indices(ending).map(|(at, _)| (&word[..at], &word[at + ending.len()..])).find(
        |(stem, suffix)| {
            let known =
                PREFIXES.iter().any(|prefix| stem.strip_prefix(prefix).is_some_and(|s| OR_STEMS.has(s)));
            known && OR_SUFFIXES.contains(suffix)
        },
    )
}

const PREFIXES: [&str; 5] = ["", "un", "dis", "mis", "over"];

/// *organize → organise*, *analyze → analyse*.
fn ise(word: &str) -> Option<String> {
    let at = word.rfind("iz").or_else(|| word.rfind("yz"))?;
    let known =
        IZ_SUFFIXES.contains(&&word[at + 2..]) && at > 2 && !KEEP_Z.iter().any(|keep| word.starts_with(keep));
    known.then(|| format!("{}s{}", &word[..=at], &word[at + 2..]))
}

fn ize(word: &str) -> Option<String> {
    if let Some(at) =
        word.rfind("lys").filter(|&at| matches!(&word[at + 3..], "e" | "ed" | "ing" | "er" | "ers"))
    {
        return Some(format!("{}lyz{}", &word[..at], &word[at + 3..]));
    }
    let at = word.rfind("is")?;
    let suffix = &word[at + 2..];
    let base = format!("{}ise", &word[..at]);
    let known = IZ_SUFFIXES.contains(&suffix) && suffix != "es" || matches!(suffix, "es");
    let keeps = KEEP_S.has(&base) || ["wise", "raise"].iter().any(|end| base.ends_with(end));
    (known && at > 2 && !keeps).then(|| format!("{}iz{suffix}", &word[..at]))
}

const IZ_SUFFIXES: &[&str] =
    &["e", "es", "ed", "ing", "er", "ers", "ation", "ations", "ational", "able", "ability"];

/// Words whose -iz- is not the verb ending.
const KEEP_Z: &[&str] =
    &["prize", "seize", "capsize", "downsize", "resize", "citizen", "horizon", "oversize", "assize"];

/// Words in -ise everywhere, by their base form.
static KEEP_S: WordSet = WordSet::new(
    "advise revise exercise supervise surprise rise arise raise promise practise premise franchise comprise compromise \
     enterprise expertise merchandise otherwise precise concise wise noise praise cruise disguise despise devise \
     improvise televise excise incise circumcise chastise demise guise bruise poise paradise treatise tortoise porpoise \
     turquoise mayonnaise apprise reprise disfranchise enfranchise likewise clockwise counterclockwise uprise sunrise \
     moonrise malaise braise appraise reappraise valise marquise chemise cerise imprecise unwise equipoise streetwise \
     liaise surmise counterpoise anise vise bise mortise \
     affranchise",
);

/// What stands before -or, -our.
static OR_STEMS: WordSet = WordSet::new(
    "lab col fav hon neighb behavi harb hum rum flav vap vig rig savi endeav arm parl cand clam od tum splend demean misdemean \
     ard ferv val succ ranc glam multicol watercol discol enam sav",
);

/// What may follow -or, -our.
const OR_SUFFIXES: &[&str] = &[
    "", "s", "ed", "ing", "er", "ers", "able", "ably", "ful", "less", "ite", "ites", "itism", "hood",
    "hoods", "ly", "al", "ally", "ings", "y", "ies",
];

/// Other pairs, American first.
const PAIRS: &[(&str, &str)] = &[
    ("center", "centre"),
    ("epicenter", "epicentre"),
    ("theater", "theatre"),
    ("meter", "metre"),
    ("kilometer", "kilometre"),
    ("centimeter", "centimetre"),
    ("millimeter", "millimetre"),
    ("liter", "litre"),
    ("fiber", "fibre"),
    ("caliber", "calibre"),
    ("saber", "sabre"),
    ("specter", "spectre"),
    ("somber", "sombre"),
    ("meager", "meagre"),
    ("luster", "lustre"),
    ("maneuver", "manoeuvre"),
    ("reconnoiter", "reconnoitre"),
    ("defense", "defence"),
    ("offense", "offence"),
    ("pretense", "pretence"),
    ("license", "licence"),
    ("practice", "practise"),
    ("program", "programme"),
    ("catalog", "catalogue"),
    ("dialog", "dialogue"),
    ("analog", "analogue"),
    ("traveler", "traveller"),
    ("counselor", "counsellor"),
    ("councilor", "councillor"),
    ("counseling", "counselling"),
    ("modeling", "modelling"),
    ("labeling", "labelling"),
    ("channeling", "channelling"),
    ("traveling", "travelling"),
    ("canceled", "cancelled"),
    ("signaling", "signalling"),
    ("jeweler", "jeweller"),
    ("jewelry", "jewellery"),
    ("marvelous", "marvellous"),
    ("woolen", "woollen"),
    ("fulfill", "fulfil"),
    ("fulfillment", "fulfilment"),
    ("enroll", "enrol"),
    ("enrollment", "enrolment"),
    ("installment", "instalment"),
    ("skillful", "skilful"),
    ("willful", "wilful"),
    ("distill", "distil"),
    ("instill", "instil"),
    ("appall", "appal"),
    ("gray", "grey"),
    ("plow", "plough"),
    ("pediatric", "paediatric"),
    ("pediatrician", "paediatrician"),
    ("anesthesia", "anaesthesia"),
    ("anemia", "anaemia"),
    ("leukemia", "leukaemia"),
    ("diarrhea", "diarrhoea"),
    ("hemorrhage", "haemorrhage"),
    ("orthopedic", "orthopaedic"),
    ("gynecologist", "gynaecologist"),
    ("archeology", "archaeology"),
    ("encyclopedia", "encyclopaedia"),
    ("fetus", "foetus"),
    ("estrogen", "oestrogen"),
    ("aluminum", "aluminium"),
    ("airplane", "aeroplane"),
    ("mold", "mould"),
    ("skeptic", "sceptic"),
    ("skeptical", "sceptical"),
    ("skepticism", "scepticism"),
    ("cozy", "cosy"),
    ("pajamas", "pyjamas"),
    ("mustache", "moustache"),
    ("judgment", "judgement"),
    ("acknowledgment", "acknowledgement"),
    ("abridgment", "abridgement"),
    ("aging", "ageing"),
    ("artifact", "artefact"),
    ("inquiry", "enquiry"),
    ("sulfur", "sulphur"),
    ("checkbook", "chequebook"),
    ("smolder", "smoulder"),
    ("defenseless", "defenceless"),
    ("toward", "towards"),
    ("yogurt", "yoghurt"),
    ("livable", "liveable"),
    ("sizable", "sizeable"),
];
