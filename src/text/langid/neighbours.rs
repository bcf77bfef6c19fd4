//! Text of other languages than Spanish and English, told by its words.
//!
//! Two languages are what the table knows; to it a Portuguese sentence is Spanish, a German one English. So each common
//! word in small letters is looked up in the vocabulary of both languages: nine in ten words of a text are known in its
//! own language and four in ten in that of a neighbour, and of those that are not known the neighbour's have far more
//! often four letters in a row that no word of the language has. Each word adds the logarithm of how much likelier it
//! is in another language (naive Bayes); common words of the neighbours (*não*, *dans*, *della*, *und*) add most.
//! Short segments, names and a borrowed phrase never add up to enough.

use std::sync::LazyLock;

use super::features;
use crate::lang::Lang;

/// Common words of Portuguese, Catalan, French, Italian, German and Dutch that are no words of Spanish or English.
#[rustfmt::skip]
const NEIGHBOURS: [&str; 6] = [
    "não uma um ao aos em pela pelas foi são ter têm tem muito muita muitos muitas também até você vocês ele eles \
     isso isto seu seus suas meu minha nosso nossa quem é depois ainda disse fazer pode podem foram pessoas \
     governo cidade trabalho ontem hoje amanhã feira milhões duas três quatro novo sem só bem lhe numa deste \
     desta nesse nesta nós eu às à vai vão estão já então onde quando tudo sempre outro outra outros outras mesmo \
     qual fica ficou eleições senhora obrigado maior saúde lei nem deve mulher mulheres dinheiro preço assim \
     porém embora",
    "amb els l dels és són està més perquè tot totes altres altre després abans avui ahir demà dilluns dimarts \
     dimecres dijous divendres dissabte diumenge ciutat món feina gent nosaltres vostè què això aquest aquesta \
     aquests aquestes aquell molt molta molts també seva seu seus seves sigut fer poden tenir tenen només dins \
     fora sota segons ara anys setmana pel pels vegada dir",
    "du des est et dans pour au aux ce cette ces il elle nous vous ils elles je mon ses leur leurs notre votre avec \
     sans mais où été être avait avoir ont sont fait faire dit deux trois quand aussi très toute toutes même après \
     avant chez depuis ainsi encore selon plusieurs autres autre peut doit serait seront ville gouvernement année \
     années jour jours mois monde homme femme travail lundi mardi mercredi jeudi vendredi samedi dimanche qui pas ne \
     cela ceux donc moins lors dont fois nouvelle nouveau première aujourd demain hier vivre eux quel quelle loi peu \
     beaucoup rien toujours jamais",
    "il l della dei degli delle dello nel nella nei nelle negli dal dalla dai dalle sul sulla ai alle allo che è \
     stato stata stati essere hanno anche più questo questa questi queste quello quella quelli suo nostro tra fra \
     dopo chi molto tutti tutto tutte ancora già così perché però fatto anni anno giorno giorni governo città \
     paese mondo lavoro lunedì martedì mercoledì giovedì venerdì sabato domenica quattro milioni nuovo nuova ogni \
     senza oggi ieri domani gli hai abbiamo siamo sono può settimana detto detta trovare stamattina mattina legge \
     quali anch invece mentre",
    "und ist nicht ein eine einen einem einer eines zu mit auf für im sich auch werden wird wurde wurden haben \
     sind bei nach aus wie nur noch über vor zum zur durch gegen ich wir ihr ihre ihren sein seine seinen kann \
     können soll muss mehr oder aber wenn dass daß dieser dieses jahre jahren jahr zeit heute gestern uhr \
     millionen zwei drei vier fünf regierung stadt menschen leben arbeit welt präsident montag dienstag mittwoch \
     donnerstag freitag samstag sonntag schon immer wieder keine kein seit zwischen ohne jedoch während sagte von \
     der sie er woche nächste straße wann frau mann geld preis viel viele sehr weil ab dort hier jetzt ganz",
    "het een niet zijn ook voor maar dat deze dit hij zij wij jullie hun heeft hebben wordt worden werd naar bij \
     uit nog wel geen meer aan om maandag dinsdag woensdag donderdag vrijdag zaterdag zondag jaar jaren mensen \
     stad regering wereld vandaag gisteren morgen zegt kunnen moet zal zou onze tegen tussen zonder nieuw nieuwe \
     wanneer ze je mijn zo veel heel alleen altijd nooit waar hier toen omdat",
];

/// Common words of Spanish or of English that none of the others writes.
#[rustfmt::skip]
const OURS: [&str; 2] = [
    "los las y fue están estas ese esa hay había muy pero cuando más también ya sin hasta hacia según donde aunque \
     otro otra otros otras uno años año días hoy ayer mañana gobierno ciudad trabajo nosotros usted ustedes yo eso \
     esto algo dijo dice hacer hace hizo puede pueden debe tiene tienen eran sido mismo misma después ahora siempre \
     mejor mayor nuevo nueva el",
    "the and to is were are be been have had that this those with for from not you they he she his their its our \
     your will would can could should may might must by it if which who when where there said says one year years \
     day days today city world people than then more most some any other after before between into about against \
     through very but",
];

/// Which words, and which four letters of words, Spanish and English have: two bits a slot
/// ([`train::Material::vocabulary`](super::train::Material::vocabulary)).
static VOCABULARY: &[u8; 1 << (features::VOCABULARY_BITS - 2)] =
    include_bytes!("../../../data/vocabulary.bin");

/// Of text judged to be of a language, how much likelier a word is where the text is of another one than where it
/// is not, as logarithms in sixteenths. Counted on sentences of messages and articles in nine languages.
mod weight {
    /// The language has the word.
    pub(super) const KNOWN: i32 = -12;
    /// Only the other of the two has it.
    pub(super) const OF_THE_OTHER: i32 = 26;
    /// It has all its letters, four by four; less than two thirds; or some number between.
    pub(super) const LIKE: i32 = 13;
    pub(super) const UNLIKE: i32 = 42;
    pub(super) const BETWEEN: i32 = 26;
    /// It is a common word of a neighbour.
    pub(super) const THEIRS: i32 = 42;
    /// It is a common word of Spanish or English.
    pub(super) const OURS: i32 = -36;
}

/// From this on a text is of another language.
const ENOUGH: i64 = 72;

/// What speaks for another language than Spanish, and than English.
#[derive(Clone, Copy)]
pub(super) struct Neighbours {
    listed: &'static Table,
    against: [i64; 2],
    /// Hashes of words not known that were seen last: a word that comes again says nothing new.
    recent: [u32; 8],
    next: usize,
}

impl Neighbours {
    pub(super) fn new() -> Self {
        Neighbours { listed: &TABLE, against: [0; 2], recent: [0; 8], next: 0 }
    }

    /// Counts a word in small letters with its hash.
    #[inline]
    pub(super) fn add(&mut self, word: &str, hash: u32) {
        use weight::{KNOWN, OF_THE_OTHER, OURS};
        let says = match (self.listed.get(hash), known(features::known_word(hash))) {
            (Some(Side::Ours), _) => [OURS; 2],
            (None, [true, true]) => [KNOWN; 2],
            (None, [true, false]) => [KNOWN, OF_THE_OTHER],
            (None, [false, true]) => [OF_THE_OTHER, KNOWN],
            (theirs, _) => return self.add_strange(word, hash, theirs.is_some()),
        };
        self.take(says);
    }

    #[inline]
    fn take(&mut self, says: [i32; 2]) {
        (0..2).for_each(|side| self.against[side] += i64::from(says[side]));
    }

    #[cold]
    fn add_strange(&mut self, word: &str, hash: u32, is_theirs: bool) {
        if !self.is_repeated(hash) {
            self.take(if is_theirs { [weight::THEIRS; 2] } else { strangeness(word) });
        }
    }

    fn is_repeated(&mut self, hash: u32) -> bool {
        let is_repeated = self.recent.contains(&hash);
        if !is_repeated {
            self.recent[self.next] = hash;
            self.next = (self.next + 1) % self.recent.len();
        }
        is_repeated
    }

    /// Whether a text that was judged to be of a language is of another.
    pub(super) fn are_told(&self, judged: Lang) -> bool {
        self.against[usize::from(judged == Lang::En)] >= ENOUGH
    }
}

/// Whether Spanish, and whether English has a lower-case word, as far as the vocabulary tells.
pub(super) fn languages_of(word: &str) -> [bool; 2] {
    known(features::known_word(features::hash(word)))
}

/// Whether Spanish, and whether English has what is hashed to a slot.
#[inline]
fn known(slot: usize) -> [bool; 2] {
    let bits = VOCABULARY[slot / 4] >> (slot % 4 * 2);
    [bits & 1 != 0, bits & 2 != 0]
}

/// What a word that is not known in a language says, by how many of its letters, four by four, no word of it has.
fn strangeness(word: &str) -> [i32; 2] {
    let (mut count, mut strange) = (0, [0, 0]);
    for slot in features::letters(word.chars()) {
        count += 1;
        let known = known(slot);
        (0..2).for_each(|side| strange[side] += i32::from(!known[side]));
    }
    strange.map(|strange| match strange {
        0 => weight::LIKE,
        some if 3 * some < count => weight::BETWEEN,
        _ => weight::UNLIKE,
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Theirs,
    Ours,
}

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// The listed words by their hashes, in open addressing; the lowest bit is set for those of ours. 0 is free.
struct Table([u32; 1 << Table::BITS]);

impl Table {
    /// Less than half full, so that most look-ups end at once.
    const BITS: u32 = 11;

    fn new() -> Self {
        let mut table = Table([0; 1 << Self::BITS]);
        for (lists, ours) in [(NEIGHBOURS.as_slice(), 0), (OURS.as_slice(), 1)] {
            for word in lists.iter().flat_map(|list| list.split_whitespace()) {
                let hash = features::hash(word);
                table.0[table.place(hash)] = hash & !1 | ours;
            }
        }
        table
    }

    #[inline]
    fn get(&self, hash: u32) -> Option<Side> {
        match self.0[self.place(hash)] {
            0 => None,
            entry if entry & 1 == 0 => Some(Side::Theirs),
            _ => Some(Side::Ours),
        }
    }

    /// Where a hash stands, or would.
    #[inline]
    fn place(&self, hash: u32) -> usize {
        let mut at = (hash.wrapping_mul(0x9E37_79B1) >> (32 - Self::BITS)) as usize;
        while self.0[at] != 0 && self.0[at] & !1 != hash & !1 {
            at = (at + 1) % self.0.len();
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::super::identify;
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn sentences_of_the_neighbours_are_neither() {
        let sentences = [
            "Não foi possível chegar a um entendimento com os sindicatos.",
            "As pessoas que moram na cidade têm medo da violência.",
            "Aquest matí els trens no han sortit perquè feia molt de vent.",
            "No és la primera vegada que això passa a la ciutat.",
            "Nous avons visité le musée hier après-midi avec nos amis.",
            "Les ministres ont refusé de répondre aux questions des journalistes.",
            "Il n'est pas possible de vivre sans électricité dans cette région.",
            "Non è stato possibile trovare una soluzione per gli abitanti della valle.",
            "Questa mattina il treno è arrivato in ritardo.",
            "Die Brücke ist seit gestern wieder für den Verkehr geöffnet.",
            "Wir haben das Auto mit einem neuen Motor gesehen, aber nicht gekauft.",
            "Het is niet duidelijk wanneer de brug weer open zal gaan.",
            "La frontière reste fermée pour le moment.",
            "Le comité a rejeté la demande des éleveurs.",
            "Os governos dos dois países não chegaram a acordo sobre as tarifas, disseram ontem os ministros.",
            "A ponte continua fechada por causa das chuvas que caíram ontem à noite na região.",
            "Il ponte resta chiuso per lavori fino a lunedì.",
            "El pont continua tancat per culpa de les pluges que han caigut aquesta matinada.",
            "Der Ausschuss lehnte den Antrag der Landwirte ab.",
            "De commissie wees het verzoek van de boeren af.",
        ];
        for sentence in sentences {
            assert_eq!(identify(sentence).lang, None, "{sentence}");
        }
    }

    #[test]
    fn a_borrowed_phrase_changes_nothing() {
        let sentences = [
            ("La película «Les enfants du paradis» se estrenó en París en 1945.", Lang::Es),
            ("The treaty, signed at the Palais des Nations, was called a fait accompli.", Lang::En),
            ("El portugués João não quis hablar con la prensa.", Lang::Es),
            ("He wrote his thesis on Die Zeit und das Sein.", Lang::En),
            ("coup d’état", Lang::En),
            ("The virus, a betacoronavirus, was found in pangolins, civets and horseshoe bats.", Lang::En),
            ("El pangolín, la civeta y el murciélago de herradura portan betacoronavirus.", Lang::Es),
            ("Deséchela y reemplácela cuando se humedezca.", Lang::Es),
            ("São Paulo", Lang::Es),
            ("Rio Grande do Sul", Lang::Es),
        ];
        for (sentence, lang) in sentences {
            let told = identify(sentence).lang;
            assert!(told.is_some(), "{sentence}");
            // Two words say little of which; a sentence says it.
            assert!(sentence.split(' ').count() < 5 || told == Some(lang), "{sentence}");
        }
    }

    #[test]
    fn no_word_of_the_others_is_an_everyday_word_of_ours() {
        let ours =
            ["no", "me", "te", "son", "he", "come", "sin", "fin", "the", "los", "puede", "said", "would"];
        for word in NEIGHBOURS.iter().flat_map(|list| list.split_whitespace()) {
            assert!(!ours.contains(&word), "{word}");
            assert!(!Lang::Es.is_function_word(word) && !Lang::En.is_function_word(word), "{word}");
        }
    }
}
