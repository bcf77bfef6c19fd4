#!/usr/bin/env python3
"""Makes a large corpus of the small one, to measure with: pairs of Markdown files with dates and desks.

    scripts/vary-corpus.py DOCUMENTS FOLDER

Each pair has the paragraphs of a pair of plain texts in corpus/ from one on, in order and all around, with other
numbers (the same on both sides); the English text says that it translates the Spanish one. Now and then a Spanish
term is replaced by one that the glossary advises against, more often in the first months than in the last. Equal
arguments make equal files.
"""

import pathlib
import random
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DESKS = ["economy", "metro", "politics", "world"]
WRONG = [("arancel ", "tarifa "), ("aranceles", "tarifas"), ("tariff", "customs fee"), ("presunto", "alegado")]


def pairs():
    """The plain texts that have a counterpart with as many paragraphs."""
    for es in sorted((ROOT / "corpus/es").glob("*.txt")):
        en = ROOT / "corpus/en" / es.name
        if en.exists():
            texts = [path.read_text(encoding="utf-8").strip().split("\n\n") for path in (es, en)]
            if len(texts[0]) == len(texts[1]):
                yield texts


def varied(paragraphs, start, seed):
    """The paragraphs from `start` on, all around, with numbers of three and more digits changed."""
    turned = paragraphs[start:] + paragraphs[:start]
    change = lambda found: str(int(found.group()) + seed % 89)
    return re.sub(r"(?<![\d.,])\d{3}(?![\d.,])", change, "\n\n".join(turned))


def main():
    count, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    sources = list(pairs())
    for number in range(count // 2):
        chance = random.Random(number)
        es, en = sources[number % len(sources)]
        start = chance.randrange(len(es))
        month = number % 18
        date = f"{2025 + month // 12}-{month % 12 + 1:02}-{number % 28 + 1:02}"
        name, desk = f"{number:05}", DESKS[number % len(DESKS)]
        for lang, text, of in [("es", es, ""), ("en", en, f"translation-of: es-{name}\n")]:
            body = varied(text, start, number)
            if chance.random() < 0.3 - month / 80:
                for right, wrong in WRONG:
                    body = body.replace(right, wrong)
            head = f"---\nid: {lang}-{name}\ntitle: {number}\ndate: {date}\ndesk: {desk}\n{of}lang: {lang}\n---\n\n"
            path = folder / lang / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(head + body + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
