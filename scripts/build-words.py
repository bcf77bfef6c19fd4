#!/usr/bin/env python3
"""Builds data/words/es.txt and data/words/en.txt, the everyday words of each language. Standard library only.

usage: build-words.py ES_TEXT EN_TEXT

ES_TEXT, EN_TEXT: parallel prose, one paragraph a line (line i translates line i). From it come the words that are
frequent, written in lower case and more at home in their own language's text than in the other's. The lemmas in
data/words/lemmas.*.txt, which technical prose lacks, are added in all their common forms (cargo run --example
inflect). One sorted word a line. See docs/words.md."""
import collections, re, subprocess, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORD = re.compile(r"(?<![\w./:@`'’\-])[^\W\d_]+(?![\w./:@`'’(=\-]*[\w(=])")
# Seen less often, a word may be a slip.
MIN_COUNT = {"es": 6, "en": 3}
# A word this many times rarer than the same with accents is a slip (funcion, metodo).
SLIP = 4
BARE = str.maketrans("áéíóúü", "aeiouu")
LETTERS = {"es": re.compile(r"[a-záéíóúüñ]+"), "en": re.compile(r"[a-z]+")}
POS = {"noun": "noun", "verb": "verb", "adj": "adj"}
# Tenses too rare for everyday words; they would double the size of the Spanish list.
RARE = {"future subjunctive", "verb with pronoun", "spelling variant"}
RARE_ENDINGS = ("ais", "eis", "áis", "éis", "steis", "ríais", "ese", "eses", "ésemos", "esen", "ase", "ases", "ásemos",
                "asen", "ríamos", "remos", "ad", "ed", "id")


def counts(path):
    """Lower-case words and how often each is written."""
    found = collections.Counter()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            found.update(word for word in WORD.findall(line) if word.islower())
    return found


def frequent(lang, own, other):
    """Words seen often enough, and relatively more often in their own text."""
    own_total, other_total = sum(own.values()), sum(other.values())
    accented = collections.Counter()
    for word, count in own.items():
        if word.translate(BARE) != word:
            accented[word.translate(BARE)] += count
    for word, count in own.items():
        at_home = count / own_total >= 2 * other[word] / other_total
        if count >= MIN_COUNT[lang] and at_home and LETTERS[lang].fullmatch(word) and len(word) > 1 \
                and accented[word] < SLIP * count:
            yield word


def lemmas(lang):
    """(part of speech, word) of the typed list."""
    for line in (ROOT / f"data/words/lemmas.{lang}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#") and ":" in line:
            pos, words = line.split(":", 1)
            yield from ((POS.get(pos, "-"), word) for word in words.split())


def expanded(lang):
    """The typed words in their common forms."""
    typed = list(lemmas(lang))
    request = "".join(f"{lang}\t{pos}\t{word}\n" for pos, word in typed if pos != "-")
    run = subprocess.run(["cargo", "run", "--quiet", "--example", "inflect"], input=request, cwd=ROOT,
                         capture_output=True, text=True, check=True)
    yield from (word for pos, word in typed if pos == "-")
    for line in run.stdout.splitlines():
        form, rule = line.split("\t")
        rare = rule in RARE or (rule not in ("term", "plural") and lang == "es" and form.endswith(RARE_ENDINGS)
                                and len(form) > 5)
        if not rare and LETTERS[lang].fullmatch(form):
            yield form


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    texts = {"es": counts(sys.argv[1]), "en": counts(sys.argv[2])}
    for lang, other in (("es", "en"), ("en", "es")):
        words = set(frequent(lang, texts[lang], texts[other])) | set(expanded(lang))
        path = ROOT / f"data/words/{lang}.txt"
        path.write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {len(words)} words, {path.stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
