//! Other languages near Spanish and English, told by their function words.
//!
//! Two languages are what the table knows; a Portuguese sentence is Spanish to it. So common words of the neighbours
//! that neither Spanish nor English writes (*não*, *dans*, *della*, *und*) are counted, and common words that only
//! Spanish or English writes against them. Short segments and those with a borrowed phrase stay what they are: a text
//! is of another language only where at least two such words, and three tenths of all, say so.

use std::sync::LazyLock;

use super::features;

/// Common words of Portuguese, Catalan, French, Italian, German and Dutch that are no words of Spanish or English.
#[rustfmt::skip]
const OTHERS: [&str; 6] = [
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
     mejor mayor nuevo nueva el del su sus al una",
    "the and to is were are be been have had that this those with for from not you they he she his their its our \
     your will would can could should may might must by it if which who when where there said says one year years \
     day days today city world people than then more most some any other after before between into about against \
     through very but",
];

/// What has been counted in a text.
pub(super) struct Others {
    table: &'static Table,
    others: u32,
    ours: u32,
}

impl Others {
    pub(super) fn new() -> Self {
        Others { table: &TABLE, others: 0, ours: 0 }
    }

    /// Counts a word by its hash. `foreign`: it has a letter that neither Spanish nor English uses.
    #[inline]
    pub(super) fn add(&mut self, hash: u32, foreign: bool) {
        match self.table.get(hash) {
            Some(Side::Other) => self.others += 1,
            Some(Side::Ours) => self.ours += 1,
            None => self.others += u32::from(foreign),
        }
    }

    /// Whether a text of so many words is of another language.
    pub(super) fn are_told(&self, words: u32) -> bool {
        self.others >= 2 && self.others * 10 >= words * 3 && self.others > 2 * self.ours
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Other,
    Ours,
}

/// The words by their hashes, in open addressing.
struct Table(Vec<Option<(u32, Side)>>);

static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

impl Table {
    /// Less than half full, so that most look-ups end at once.
    const BITS: u32 = 11;

    fn new() -> Self {
        let mut table = Table(vec![None; 1 << Self::BITS]);
        let ours = OURS.iter().flat_map(|list| list.split_whitespace());
        ours.for_each(|word| table.insert(word, Side::Ours));
        let others = OTHERS.iter().flat_map(|list| list.split_whitespace());
        others.for_each(|word| table.insert(word, Side::Other));
        table
    }

    fn insert(&mut self, word: &str, side: Side) {
        let hash = features::hash(word);
        let mut at = Self::first(hash);
        while let Some((other, _)) = self.0[at] {
            if other == hash {
                return;
            }
            at = (at + 1) % self.0.len();
        }
        self.0[at] = Some((hash, side));
    }

    #[inline]
    fn get(&self, hash: u32) -> Option<Side> {
        let mut at = Self::first(hash);
        while let Some((other, side)) = self.0[at] {
            if other == hash {
                return Some(side);
            }
            at = (at + 1) % self.0.len();
        }
        None
    }

    fn first(hash: u32) -> usize {
        (hash.wrapping_mul(0x9E37_79B1) >> (32 - Self::BITS)) as usize
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
        let ours = OURS.iter().flat_map(|list| list.split_whitespace());
        let ours: Vec<&str> =
            ours.chain(["no", "me", "te", "son", "he", "come", "sin", "fin", "the"]).collect();
        for word in OTHERS.iter().flat_map(|list| list.split_whitespace()) {
            assert!(!ours.contains(&word), "{word}");
            assert!(!Lang::Es.is_function_word(word) && !Lang::En.is_function_word(word), "{word}");
        }
    }
}
