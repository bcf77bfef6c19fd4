//! Spanish function words: articles, pronouns, prepositions, conjunctions, auxiliaries and the commonest adverbs.

/// Whether `word` (NFC, lower case, accents kept) is a function word, which tells nothing of a text's subject.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// Sorted by bytes.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "a", "acá", "además", "ahora", "ahí", "al", "algo", "alguien", "alguna", "algunas", "alguno",
    "algunos", "algún", "allá", "allí", "ambas", "ambos", "ante", "antes", "apenas", "aquel", "aquella",
    "aquellas", "aquello", "aquellos", "aquí", "asimismo", "así", "aun", "aunque", "aún", "bajo",
    "bien", "cada", "casi", "como", "con", "contra", "cual", "cuales", "cualquier", "cuando", "cuanto",
    "cuya", "cuyas", "cuyo", "cuyos", "cuál", "cuáles", "cuándo", "cuánto", "cómo", "de", "del",
    "desde", "después", "donde", "durante", "dónde", "e", "el", "ella", "ellas", "ello", "ellos", "en",
    "entonces", "entre", "era", "eran", "es", "esa", "esas", "ese", "eso", "esos", "esta", "estaba",
    "estaban", "estamos", "estar", "estas", "este", "esto", "estos", "estuvo", "está", "están",
    "excepto", "fue", "fueron", "ha", "haber", "había", "habían", "hacia", "han", "hasta", "hay", "he",
    "hemos", "hoy", "incluso", "la", "las", "le", "les", "lo", "los", "luego", "mas", "me", "mediante",
    "menos", "mi", "mientras", "mis", "misma", "mismas", "mismo", "mismos", "mucha", "muchas", "mucho",
    "muchos", "muy", "más", "mí", "nada", "nadie", "ni", "ninguna", "ninguno", "ningún", "no", "nos",
    "nosotras", "nosotros", "nuestra", "nuestras", "nuestro", "nuestros", "nunca", "o", "os", "otra",
    "otras", "otro", "otros", "para", "pero", "poca", "pocas", "poco", "pocos", "por", "porque", "pues",
    "que", "quien", "quienes", "quién", "quiénes", "qué", "se", "sea", "sean", "según", "ser", "será",
    "serán", "si", "sido", "siempre", "sin", "sino", "sobre", "solo", "son", "su", "sus", "sí", "sólo",
    "tal", "tales", "también", "tampoco", "tan", "tanta", "tantas", "tanto", "tantos", "te", "tener",
    "tenía", "tiene", "tienen", "toda", "todas", "todavía", "todo", "todos", "tras", "tu", "tus", "tú",
    "u", "un", "una", "unas", "uno", "unos", "usted", "ustedes", "va", "van", "y", "ya", "yo", "él",
    "ésta", "éstas", "éste", "éstos",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_for_the_binary_search() {
        assert!(FUNCTION_WORDS.is_sorted());
    }
}
