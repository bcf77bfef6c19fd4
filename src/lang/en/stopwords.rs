//! English function words: articles, pronouns, prepositions, conjunctions, auxiliaries and the commonest adverbs.

/// Whether `word` (NFC, lower case, accents kept) is a function word, which tells nothing of a text's subject.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// Sorted by bytes.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "above", "across", "after", "again", "against", "all", "almost", "along", "already",
    "also", "although", "always", "am", "among", "an", "and", "another", "any", "anyone", "anything",
    "are", "around", "as", "at", "away", "back", "be", "became", "because", "been", "before", "behind",
    "being", "below", "beneath", "beside", "besides", "between", "beyond", "both", "but", "by", "can",
    "cannot", "could", "despite", "did", "do", "does", "doing", "done", "down", "during", "each",
    "either", "else", "enough", "even", "ever", "every", "everyone", "everything", "except", "few",
    "for", "from", "further", "had", "has", "have", "having", "he", "hence", "her", "here", "hers",
    "herself", "him", "himself", "his", "how", "however", "i", "if", "in", "indeed", "inside",
    "instead", "into", "is", "it", "its", "itself", "just", "least", "less", "like", "many", "may",
    "me", "meanwhile", "might", "mine", "more", "moreover", "most", "much", "must", "my", "myself",
    "near", "neither", "never", "nevertheless", "next", "no", "nobody", "none", "nor", "not", "nothing",
    "now", "of", "off", "often", "on", "once", "one", "only", "onto", "or", "other", "others", "ought",
    "our", "ours", "ourselves", "out", "outside", "over", "own", "per", "perhaps", "rather", "same",
    "shall", "she", "should", "since", "so", "some", "someone", "something", "soon", "still", "such",
    "than", "that", "the", "their", "theirs", "them", "themselves", "then", "there", "therefore",
    "these", "they", "this", "those", "though", "through", "throughout", "thus", "to", "together",
    "too", "toward", "towards", "under", "unless", "until", "up", "upon", "us", "very", "was", "we",
    "well", "were", "what", "whatever", "when", "where", "whereas", "whether", "which", "while", "who",
    "whoever", "whom", "whose", "why", "will", "with", "within", "without", "would", "yet", "you",
    "your", "yours", "yourself", "yourselves",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_for_the_binary_search() {
        assert!(FUNCTION_WORDS.is_sorted());
    }
}
