//! What the rules mean: one table that `glosa explain RULE` and the manual show. Rules about translations bring their
//! explanation along ([`super::translation::RULES`]).

use super::translation;

/// A rule and its explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleDoc {
    /// The id in findings, in kebab-case.
    pub id: &'static str,
    /// What it finds, in half a sentence.
    pub summary: &'static str,
    /// What it looks at.
    pub what: &'static str,
    /// Why that is bad.
    pub why: &'static str,
    /// A piece of a glossary that it finds.
    pub example: &'static str,
    /// What to do.
    pub fix: &'static str,
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static RuleDoc> {
    all().find(|rule| rule.id == id)
}

/// All rules: those about glossaries, then those about translations.
pub fn all() -> impl Iterator<Item = &'static RuleDoc> {
    RULES.iter().chain(translation::RULES.iter().map(|rule| &rule.doc))
}

/// The rules about glossaries: first those of reading, then those of `glosa lint`, each in alphabetical order.
pub const RULES: &[RuleDoc] = &[
    RuleDoc {
        id: "bad-date",
        summary: "a date that is not in the calendar",
        what: "Dates are written as 2026-11-22, \"2026-11\" or \"2026\", and the day must exist.",
        why: "22/11/2026 and 11/22/2026 are read differently on the two sides of the border.",
        example: "as-of = \"22/11/2026\"",
        fix: "as-of = 2026-11-22",
    },
    RuleDoc {
        id: "bad-language-tag",
        summary: "a key or value that is not a language tag",
        what: "Languages are named by BCP 47 tags: es, en, es-MX, en-US. Working languages begin with es or en.",
        why: "Terms under a mistyped tag would never be found.",
        example: "terms.spa = \"arancel\"",
        fix: "terms.es = \"arancel\"",
    },
    RuleDoc {
        id: "duplicate-id",
        summary: "one id for two concepts of a file",
        what: "An id names exactly one concept. (A later file may repeat an id on purpose, to change a concept.)",
        why: "References and reports could not tell the two apart.",
        example: "[[concept]]\nid = \"banco\"\nterms.es = \"banco\"\n[[concept]]\nid = \"banco\"\nterms.es = \"banca\"",
        fix: "Give one of them another id, or put both terms into one concept.",
    },
    RuleDoc {
        id: "duplicate-key",
        summary: "a key that is written twice in a table",
        what: "TOML allows each key once in a table.",
        why: "It is not clear which value is meant.",
        example: "note = \"a tax\"\nnote = \"on imports\"",
        fix: "Keep one of them. Several terms go into an array: terms.en = [\"tariff\", \"duty\"].",
    },
    RuleDoc {
        id: "empty-languages",
        summary: "no working language",
        what: "`languages` states at least one tag that begins with es or en.",
        why: "Without a working language nothing can be shown.",
        example: "languages = []",
        fix: "languages = [\"es-MX\", \"en-US\"], or no such key: this is the default.",
    },
    RuleDoc {
        id: "empty-path",
        summary: "an empty path",
        what: "Paths in `corpus`, `include` and `pairs` name files or folders, relative to the glossary.",
        why: "An empty path would name the whole project by accident.",
        example: "corpus = [\"\"]",
        fix: "corpus = [\"corpus\"]",
    },
    RuleDoc {
        id: "empty-term",
        summary: "a term without text",
        what: "Every term has text, and every `terms.LANG` at least one term.",
        why: "An empty term would match everywhere, or nowhere.",
        example: "terms.en = [\"tariff\", \"\"]",
        fix: "terms.en = \"tariff\"",
    },
    RuleDoc {
        id: "empty-value",
        summary: "a key with an empty text",
        what: "A key other than a term is written with an empty string. It counts as not stated.",
        why: "It is mostly left over from a template.",
        example: "subject = \"\"",
        fix: "Write something, or leave the key out.",
    },
    RuleDoc {
        id: "existing-term",
        summary: "a term that is in the glossary already",
        what: "`glosa add` looks for the new terms first, case and accents aside.",
        why: "Two entries for one thing drift apart.",
        example: "glosa add arancel tariff, with terms.es = \"arancel\" in the glossary",
        fix: "Add to the entry that is there; force a new one only for another thing.",
    },
    RuleDoc {
        id: "extra-columns",
        summary: "a row with more columns than languages",
        what: "Two-column tables hold one term for each language; what stands beside them is not read.",
        why: "Notes in a third column would be lost in silence.",
        example: "arancel,tariff,see also duty",
        fix: "Keep two columns; put richer entries into a .toml file.",
    },
    RuleDoc {
        id: "inline-concepts",
        summary: "concepts in one array, which no edit can add to",
        what: "`glosa add` and `glosa pin` work on [[concept]] tables.",
        why: "An array of inline tables leaves no room for comments and long entries.",
        example: "concept = [{ id = \"a\", terms.es = \"arancel\" }]",
        fix: "[[concept]]\nid = \"a\"\nterms.es = \"arancel\"",
    },
    RuleDoc {
        id: "missing-key",
        summary: "a table without the key that makes it one",
        what: "A term needs `term`, a definition `text`, a corpus entry `path`, a context or a pair its languages.",
        why: "The rest of the table says something about nothing.",
        example: "terms.en = [{ type = \"acronym\" }]",
        fix: "terms.en = [{ term = \"USMCA\", type = \"acronym\" }]",
    },
    RuleDoc {
        id: "missing-reference",
        summary: "a reference to a concept that does not exist",
        what: "replaced-by, related, broader, not-to-confuse and holder-of name concepts by their ids.",
        why: "The link would lead nowhere.",
        example: "replaced-by = \"t-mecc\"",
        fix: "replaced-by = \"t-mec\"",
    },
    RuleDoc {
        id: "no-terms",
        summary: "a concept without terms",
        what: "After all files are read, every concept has a term in some language.",
        why: "Nothing can be found or shown. Often the id of a concept in another file is mistyped.",
        example: "[[concept]]\nid = \"arancel\"",
        fix: "[[concept]]\nid = \"arancel\"\nterms.es = \"arancel\"",
    },
    RuleDoc {
        id: "out-of-range",
        summary: "a number outside its scale",
        what: "`reliability` goes from 1 (a guess) to 5 (proved).",
        why: "Another scale would be compared with this one.",
        example: "reliability = 9",
        fix: "reliability = 5",
    },
    RuleDoc {
        id: "single-brackets",
        summary: "[concept] in place of [[concept]]",
        what: "In TOML [concept] is one table, and [[concept]] the next of several.",
        why: "A second [concept] would replace the first.",
        example: "[concept]\nterms.es = \"arancel\"",
        fix: "[[concept]]\nterms.es = \"arancel\"",
    },
    RuleDoc {
        id: "merge-conflict",
        summary: "a merge that nobody has settled",
        what: "`glosa merge` or git has marked what two sides state differently: one version, `=======`, the other.",
        why: "With the marks in it the file is no TOML, so nothing can be read.",
        example: "<<<<<<< ours\nnote = \"one\"\n=======\nnote = \"other\"\n>>>>>>> theirs",
        fix: "Keep one of the two, or write a third, and take the lines of the marks out.",
    },
    RuleDoc {
        id: "toml-syntax",
        summary: "text that is not TOML",
        what: "The file must be TOML. Reading goes on behind the place as well as it can.",
        why: "What cannot be read is lost.",
        example: "terms.es = arancel",
        fix: "terms.es = \"arancel\"",
    },
    RuleDoc {
        id: "too-many-forms",
        summary: "a term with more forms than are kept",
        what: "Of a term 2,000 forms are kept; after twenty million of a whole glossary, terms are found as entered only.",
        why: "Somebody may have generated them, and a search needs room for each.",
        example: "{ term = \"cuota\", forms = [\"cuota 1\", \"cuota 2\", …] }",
        fix: "List fewer forms, or write inflect = false where terms have one form.",
    },
    RuleDoc {
        id: "unknown-key",
        summary: "a key that does not exist",
        what: "Only known keys are allowed; foreign categories live under [concept.x].",
        why: "A mistyped key would be ignored, and its value lost.",
        example: "defintion.en = \"a tax on imports\"",
        fix: "definition.en = \"a tax on imports\"",
    },
    RuleDoc {
        id: "unknown-rule",
        summary: "a rule that does not exist",
        what: "`[check.rules]` names rules of `glosa check` by their ids.",
        why: "A mistyped rule would go on as before, and nobody would know.",
        example: "[check.rules]\nfalse-frend = \"error\"",
        fix: "[check.rules]\nfalse-friend = \"error\"",
    },
    RuleDoc {
        id: "unknown-word",
        summary: "a word that a key does not know",
        what: "Keys such as status, type, kind, pos and review take one of a few words.",
        why: "Reports and exports count on these words.",
        example: "status = \"prefered\"",
        fix: "status = \"preferred\"",
    },
    RuleDoc {
        id: "wrong-type",
        summary: "a value of the wrong type",
        what: "A string stands where a table is wanted, a number where a string is wanted, and so on.",
        why: "The value cannot be used.",
        example: "terms = \"arancel\"",
        fix: "terms.es = \"arancel\"",
    },
    RuleDoc {
        id: "all-deprecated",
        summary: "a concept that offers no term to use",
        what: "All terms of a language are deprecated, superseded or forbidden, and the concept is still valid.",
        why: "The reader learns what not to write, but not what to write.",
        example: "terms.en = [{ term = \"illegal alien\", status = \"deprecated\" }]",
        fix: "Add the term to use, or say with replaced-by which concept took its place.",
    },
    RuleDoc {
        id: "colliding-acronyms",
        summary: "one acronym for two concepts",
        what: "Two concepts have the same acronym in the same language.",
        why: "Every hit is ambiguous, and readers may expand it wrongly.",
        example: "SE for Secretaría de Economía and for Secretaría de Energía",
        fix: "Drop the acronym where it is not in use, or name the other concept in not-to-confuse.",
    },
    RuleDoc {
        id: "contradictory-forms",
        summary: "a form that is both listed and excluded",
        what: "A term has the same form, whatever its case, among `forms` and `exclude`.",
        why: "Excluded forms are never found, so listing it does nothing.",
        example: "{ term = \"México\", forms = [\"Méjico\"], exclude = [\"Méjico\"] }",
        fix: "{ term = \"México\", exclude = [\"Méjico\"] }",
    },
    RuleDoc {
        id: "duplicate-term",
        summary: "one term in two concepts",
        what: "Two concepts have the same term of a language, case and accents aside.",
        why: "Mostly one thing was entered twice, and the two entries drift apart.",
        example: "[[concept]]\nterms.es = \"arancel\"\n[[concept]]\nterms.es = \"Arancel\"",
        fix: "Merge the two. If they are homographs, name each in the other's not-to-confuse.",
    },
    RuleDoc {
        id: "missing-language",
        summary: "a concept without terms in a working language",
        what: "Every concept has a term in each of the working languages.",
        why: "A look-up from the other side finds nothing to write.",
        example: "[[concept]]\nterms.es = \"maquiladora\"",
        fix: "[[concept]]\nterms.es = \"maquiladora\"\nterms.en = \"maquiladora\"",
    },
    RuleDoc {
        id: "no-reason",
        summary: "a term to avoid without a reason or replacement",
        what: "A deprecated or forbidden term states `reason` or `replace-with`.",
        why: "Writers follow a rule that they understand, and want to know what to write.",
        example: "{ term = \"illegal alien\", forbidden = true }",
        fix: "{ term = \"illegal alien\", forbidden = true, replace-with = \"undocumented immigrant\" }",
    },
    RuleDoc {
        id: "repeated-term",
        summary: "one term twice in a concept",
        what: "A language section lists the same term twice.",
        why: "Its status and counts are then unclear.",
        example: "terms.en = [\"duty\", \"tariff\", \"duty\"]",
        fix: "terms.en = [\"duty\", \"tariff\"]",
    },
    RuleDoc {
        id: "replaced-without-end",
        summary: "a replaced concept without a last day",
        what: "A concept with replaced-by states valid-until.",
        why: "For texts from before that day the old term is still right.",
        example: "replaced-by = \"t-mec\"",
        fix: "replaced-by = \"t-mec\"\nvalid-until = 2020-06-30",
    },
    RuleDoc {
        id: "suspicious-characters",
        summary: "a term with characters that nobody sees",
        what: "No-break spaces, zero-width characters, space at the ends, unbalanced quotes or brackets, \
               Cyrillic or Greek letters among Latin ones.",
        why: "They come with copied text, and make equal terms unequal.",
        example: "terms.es = \"arancel \"",
        fix: "terms.es = \"arancel\"",
    },
    RuleDoc {
        id: "two-preferred",
        summary: "two preferred terms in one scope",
        what: "Two terms of a language section are preferred for the same region, client, project, register, role, \
               direction and time.",
        why: "Checks cannot tell which of them is demanded.",
        example: "terms.en = [{ term = \"tariff\", status = \"preferred\" }, { term = \"duty\", status = \"preferred\" }]",
        fix: "terms.en = [\"tariff\", \"duty\"]",
    },
    RuleDoc {
        id: "unmatchable-term",
        summary: "a term that no text can contain",
        what: "A term without letters or digits, with itself among `exclude`, or of more than 40 words.",
        why: "It is never found, and seems to be missing from every text.",
        example: "{ term = \"PAN\", exclude = [\"PAN\"] }",
        fix: "Correct the term or its exclude; put a long text into definition or context.",
    },
    RuleDoc {
        id: "unmatched-language",
        summary: "a section in a language that is neither Spanish nor English",
        what: "Sections in other languages are kept and exported, but never looked for.",
        why: "It may be a mistyped tag.",
        example: "terms.se = \"arancel\"",
        fix: "terms.es = \"arancel\"",
    },
    RuleDoc {
        id: "unwritten-id",
        summary: "concepts whose ids are not written",
        what: "Ids that are not written are derived from the first term.",
        why: "They change when the first term does, and references to them break.",
        example: "[[concept]]\nterms.es = \"arancel\"",
        fix: "Run `glosa fmt`: it writes the ids.",
    },
    RuleDoc {
        id: "broken-document",
        summary: "a document that cannot be read",
        what: "The container of a Word file, an EPUB or the like, or what is in it, is damaged, protected by a password, or grows beyond all bounds when unpacked.",
        why: "Half a document would give wrong counts.",
        example: "error: `informe.docx` cannot be read as a Word document: its container is damaged",
        fix: "Open it in the program it comes from and save it anew, without a password.",
    },
    RuleDoc {
        id: "broken-json",
        summary: "JSON that cannot be read",
        what: "The file, or a line of it, is no JSON. Other lines of JSON lines are read all the same.",
        why: "The texts in it are missing from every count.",
        example: "{\"text\": \"un arancel\"",
        fix: "{\"text\": \"un arancel\"}",
    },
    RuleDoc {
        id: "broken-xml",
        summary: "XML that cannot be read",
        what: "Elements do not close, lie too deep in one another, or a reference other than &amp; &lt; &gt; &quot; &apos; and those by number stands in the text.",
        why: "What other references stand for would have to be fetched or expanded, which hostile files use to do harm.",
        example: "<seg>caf&eacute;</seg>",
        fix: "<seg>café</seg>",
    },
    RuleDoc {
        id: "cannot-read",
        summary: "a file or folder that cannot be read",
        what: "It is not there, its rights forbid it, it is a pipe or a device, or it is larger than documents may be.",
        why: "What is not read is missing from every count.",
        example: "error: `corpus/nota.txt` is not there",
        fix: "Check the spelling and the rights; divide very large files, or scan them: `glosa scan` takes plain text of any size.",
    },
    RuleDoc {
        id: "cannot-write",
        summary: "a file that cannot be written",
        what: "The folder is not there or is read-only, the file is protected, or the disk is full. The old file is as it was.",
        why: "A result is written whole or not at all.",
        example: "error: `/media/cd/glossary.html` cannot be written",
        fix: "Name another place with -o, or make room.",
    },
    RuleDoc {
        id: "encoding",
        summary: "a file that is not UTF-8",
        what: "The text was read by the encoding that its bytes suggest (Windows-1252, UTF-16); or single bytes of it could not be read and are shown as �.",
        why: "A wrong guess garbles accents, and offsets count the converted text.",
        example: "warning: `nota.txt` is not UTF-8; it was read as windows-1252",
        fix: "Save the file as UTF-8 where accents look wrong.",
    },
    RuleDoc {
        id: "foreign-language",
        summary: "texts in neither Spanish nor English",
        what: "One side of a bilingual file, or units of a memory, state another language and were left out.",
        why: "Terms are looked for in Spanish and English only.",
        example: "<file source-language=\"en\" target-language=\"fr\">",
        fix: "Mend the language where it is wrong; else leave the file out.",
    },
    RuleDoc {
        id: "include",
        summary: "a pattern of `include` that names no file",
        what: "Nothing matches the pattern, which is relative to the glossary file that has it.",
        why: "The terms of the missing file would be missed in silence.",
        example: "include = [\"mas/*.toml\"]",
        fix: "Correct the path or take the pattern out; * and ? stand for parts of a name, ** for folders.",
    },
    RuleDoc {
        id: "no-glossary",
        summary: "no glossary.toml here or above",
        what: "Commands that need a glossary look for glossary.toml in the working folder and in those above it.",
        why: "Without a glossary there is nothing to find.",
        example: "$ glosa scan nota.txt",
        fix: "Run `glosa init` here, or name a file with -g or the variable GLOSA_GLOSSARY.",
    },
    RuleDoc {
        id: "no-history",
        summary: "git does not tell the history of a glossary",
        what: "There is no git, the file is in no repository, or nothing has been committed.",
        why: "`glosa log` tells what commits have changed of an entry.",
        example: "error: `glossary.toml` is in no git repository",
        fix: "Install git, make a repository with `git init`, or commit the file.",
    },
    RuleDoc {
        id: "no-text",
        summary: "a PDF without a text that can be read",
        what: "Its pages are pictures, or its fonts do not say which characters its glyphs are.",
        why: "Its terms are missing from every count.",
        example: "warning: `oficio.pdf` has no text layer: its pages are pictures",
        fix: "Let a program for character recognition (OCR) add the text, or give the text that it was made from.",
    },
    RuleDoc {
        id: "not-text",
        summary: "a file that is no text",
        what: "The bytes are those of a program, a picture, a PDF or another container, whatever the name says.",
        why: "Terms found in such bytes would be accidents.",
        example: "error: `informe.txt` is a PDF, not text",
        fix: "Give the text itself, or the file its own extension (docs/documents.md lists them).",
    },
    RuleDoc {
        id: "other-xml",
        summary: "XML of a kind that is not read",
        what: "The root element is none of NewsML-G2, NITF, XLIFF, TMX or XHTML; the file was passed over.",
        why: "XML is data as often as text.",
        example: "<project/>",
        fix: "Give the text as HTML or plain text, or leave the file out of the folder.",
    },
    RuleDoc {
        id: "passed-over",
        summary: "something in a folder that was passed over",
        what: "A link that leads back to its own folder, or a folder that may not be entered.",
        why: "The rest was read; what lies there is missing from the counts.",
        example: "warning: something in `corpus` was passed over",
        fix: "Mend or remove the link, or give the rights to enter.",
    },
    RuleDoc {
        id: "exchanged",
        summary: "an English text in the place of the Spanish one",
        what: "Of two texts to align the first is English and the second Spanish.",
        why: "They were aligned as if the Spanish one had come first; in JSON the numbers stay with the places.",
        example: "glosa align nota.en.txt nota.es.txt",
        fix: "Nothing has to be mended; name the Spanish text first to be rid of the note.",
    },
    RuleDoc {
        id: "language",
        summary: "texts to align that are not Spanish and English",
        what: "Both texts seem to be in one language, or one of them in neither Spanish nor English.",
        why: "They were aligned all the same, by names, numbers and lengths; the result may be worthless.",
        example: "glosa align nota.es.txt nota.es.md",
        fix: "Name a Spanish text and its English translation.",
    },
    RuleDoc {
        id: "like-names",
        summary: "texts whose names make a pair, but not their contents",
        what: "Two names differ in language and version only, but one text does not translate the other.",
        why: "A pair by mistake would spoil memories and counts; the two texts stay without counterpart.",
        example: "Contrato_ESP_VF.docx, Contrato_EN_v3.docx",
        fix: "If they are a pair, state it under `pairs` in the glossary file, or align the two by themselves.",
    },
    RuleDoc {
        id: "stated-pair",
        summary: "a pair in the settings that came to nothing",
        what: "One of the two documents is not in the corpus, or is part of another pair.",
        why: "The documents were taken as single texts, without aligned contexts.",
        example: "pairs = [{ es = \"corpus/nota.txt\", en = \"corpus/story.txt\" }]",
        fix: "Write both paths as they are in the corpus, relative to the glossary file.",
    },
    RuleDoc {
        id: "unused-suppression",
        summary: "a decision not to show findings that hides none",
        what: "A comment `<!-- glosa: ignore RULE -->` in a text, or an entry of `ignore` in [check], is about nothing that was found.",
        why: "It has served its time, or it is misspelt and does not do what was meant.",
        example: "<!-- glosa: ignore regional-mixx -->",
        fix: "Take it out, or correct the rule, path or text.",
    },
    RuleDoc {
        id: "format-unknown",
        summary: "a format that is not known, or a file in none",
        what: "The name after --to or --from is no format's, or the file is in a format that nobody knows or that is written only.",
        why: "A file read in the wrong format gives nonsense.",
        example: "$ glosa convert terms.sdltb --to toml",
        fix: "`glosa convert --help` lists the formats; for .sdltb, export MultiTerm XML.",
    },
    RuleDoc {
        id: "format-syntax",
        summary: "a termbase file that is broken or not safe to read",
        what: "It is not well formed, is cut off, unpacks to far more than its terms can be, or declares entities.",
        why: "Half a termbase looks like a whole one; so nothing is read, and nothing written.",
        example: "error: terms.tbx:7:3: not well formed: the text ends before its elements do",
        fix: "Correct the place named, or export the file again.",
    },
    RuleDoc {
        id: "format-columns",
        summary: "a column that a table does not have",
        what: "What --column says is of a heading or a number that the table does not have, or of a file that is no table.",
        why: "Terms read from another column than was meant are wrong in silence; so nothing is read.",
        example: "error: `terms.csv` has no column “Notes”; its headings are: Español | Inglés | Notas",
        fix: "Give a heading as the table has it, or the number of its column.",
    },
    RuleDoc {
        id: "import-repaired",
        summary: "something in a termbase file that was put right",
        what: "A value in another spelling, a category without a key (kept under `x`), a language tag, an id that stands twice.",
        why: "Other programs read the file more strictly, or otherwise.",
        example: "warning: terms.tbx:9:5: the language “es_MX” is read as `es-MX`",
        fix: "Nothing needs to be done; write the file again with `glosa convert` to have it in order.",
    },
    RuleDoc {
        id: "import-skipped",
        summary: "something in a termbase file that was left out",
        what: "An empty term, a row without terms, a cell beyond the columns, a formula without a value.",
        why: "What is left out is not in the glossary.",
        example: "warning: terms.csv:3:1: a row without terms is left out",
        fix: "Correct the place named and convert again.",
    },
    RuleDoc {
        id: "export-limit",
        summary: "an entry that breaks a limit of the target",
        what: "A phrase is too long, stands twice, or has characters that the target does not take; or the file would be too large, or have no entry at all.",
        why: "The target would refuse the file or drop the entry in silence; so nothing is written.",
        example: "error: `usmca` cannot go into Amazon Translate: “Tratado …” has 212 bytes, 200 are allowed",
        fix: "Shorten the term, take one of two equal ones out, or divide the termbase.",
    },
    RuleDoc {
        id: "export-loss",
        summary: "something that the target has no place for",
        what: "The keys named are not in the written file, or are there in another form.",
        why: "What is lost in one conversion is missing in all that follow.",
        example: "warning: `definition` left out (the format has no place for it): 3 values in arancel, cupo, muro",
        fix: "Keep the original; `--strict` writes nothing where anything would be lost. docs/formats.md tells what each format holds.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_every_part_is_told() {
        for rule in all() {
            assert_eq!(find(rule.id), Some(rule), "{} stands twice", rule.id);
            assert!(rule.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", rule.id);
            for part in [rule.summary, rule.what, rule.why, rule.example, rule.fix] {
                assert!(!part.is_empty() && !part.contains("  "), "{}: {part}", rule.id);
            }
        }
    }
}
