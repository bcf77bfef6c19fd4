#!/usr/bin/env python3
"""Trains data/langid.bin, the table that tells Spanish from English. Standard library only.

usage: train-langid.py --es FILE... --en FILE... [--pairs ES EN] [--words DIR] -o data/langid.bin
       --pairs  two files whose lines translate one another: words that stand on both sides of a line
                (names, identifiers) are left out of account
       --words  a folder with es.txt and en.txt: everyday words, one or more a line, that count like text

Model: every word (a run of letters) gives its character 2-, 3- and 4-grams, word ends included, and itself
as one feature more. A feature's weight is its log-odds between the languages, counted over words whose
frequencies are damped, so that a frequent technical word does not drown the spelling of all others. Then a
logistic regression (a few passes over short spans of the training text) corrects what naive Bayes counts
twice. Weights are rounded to a signed byte; the table is addressed by a hash (src/text/langid.rs must
compute the same one).
"""
import argparse
import collections
import math
import random
import re

BITS = 17
WORD = re.compile(r"[^\W\d_]+")
# Codes of letters; 0 is the word's end. Must agree with `code` in src/text/langid.rs.
LETTERS = {c: i + 1 for i, c in enumerate("abcdefghijklmnopqrstuvwxyzñáéíóúü")}
OTHER = 34
MULTIPLIERS = {2: 0x9E3779B1, 3: 0x85EBCA6B, 4: 0xC2B2AE35, 0: 0x27D4EB2F}
POWER = 0.35  # word frequencies count as frequency ** POWER
DAMPING = 0.4  # naive Bayes counts overlapping n-grams several times; the regression starts from a part of it
RATE = 0.05  # step of the gradient
LISTED_COUNT = 40  # what a word of the everyday list counts like
SCALE = 16  # steps of the signed byte for one unit of log-odds


def slot(value, order):
    return (value * MULTIPLIERS[order] & 0xFFFFFFFF) >> (32 - BITS)


def slots(word):
    """The table slots of a word's features."""
    codes = [0] + [LETTERS.get(c, OTHER) for c in word] + [0]
    found = []
    window = 0
    whole = 0
    for i, code in enumerate(codes):
        window = (window << 6 | code) & 0xFFFFFF
        whole = (whole * 0x01000193 + code + 1) & 0xFFFFFFFF
        if i >= 1:
            found.append(slot(window & 0xFFF, 2))
        if i >= 2:
            found.append(slot(window & 0x3FFFF, 3))
        if i >= 3:
            found.append(slot(window, 4))
    found.append(slot(whole, 0))
    return found


def words(line):
    return [w.lower() for w in WORD.findall(line)]


def plain_lines(paths):
    for path in paths:
        with open(path, encoding="utf-8") as f:
            for line in f:
                yield words(line)


def paired_lines(es_path, en_path):
    """Lines of both sides without the words that both have; very short ones stay (a, no, he, me)."""
    with open(es_path, encoding="utf-8") as es, open(en_path, encoding="utf-8") as en:
        for a, b in zip(es, en):
            a, b = words(a), words(b)
            both = {w for w in set(a) & set(b) if len(w) > 3}
            yield [w for w in a if w not in both], [w for w in b if w not in both]


def log_odds(counts):
    """Naive Bayes weights: slot -> log P(es) / P(en)."""
    sums = [collections.Counter(), collections.Counter()]
    for side in (0, 1):
        for word, n in counts[side].items():
            for s in slots(word):
                sums[side][s] += n**POWER
    total = [sum(c.values()) for c in sums]
    weights = [0.0] * (1 << BITS)
    for s in set(sums[0]) | set(sums[1]):
        p = [(sums[i][s] + 1) / (total[i] + (1 << 14)) for i in (0, 1)]
        weights[s] = math.log(p[0] / p[1])
    return weights


def spans(lines, rng, count):
    """Short pieces of lines, 1 to 8 words."""
    lines = [line for line in lines if line]
    for _ in range(count):
        line = rng.choice(lines)
        n = rng.choice((1, 1, 2, 2, 3, 4, 5, 8))
        at = rng.randrange(len(line))
        yield line[at:at + n]


def refine(weights, lines, rng, count, rate):
    """Logistic regression by stochastic gradient, from the naive Bayes weights on."""
    cache = {}
    sample = [(s, 1.0) for s in spans(lines[0], rng, count)] + [(s, 0.0) for s in spans(lines[1], rng, count)]
    rng.shuffle(sample)
    for span, target in sample:
        features = []
        for w in span:
            if w not in cache:
                cache[w] = slots(w)
            features += cache[w]
        z = sum(weights[s] for s in features)
        p = 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))
        if abs(target - p) > 0.01:
            for s in features:
                weights[s] += rate * (target - p)
    return weights


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--es", nargs="*", default=[])
    p.add_argument("--en", nargs="*", default=[])
    p.add_argument("--pairs", nargs=2)
    p.add_argument("--words")
    p.add_argument("-o", required=True)
    p.add_argument("--spans", type=int, default=100000, help="training spans of each language")
    a = p.parse_args()
    rng = random.Random(1)
    lines = [list(plain_lines(a.es)), list(plain_lines(a.en))]
    if a.pairs:
        for es, en in paired_lines(*a.pairs):
            lines[0].append(es)
            lines[1].append(en)
    counts = [collections.Counter(w for line in side for w in line) for side in lines]
    if a.words:
        for side, code in enumerate(("es", "en")):
            listed = [w for line in plain_lines([f"{a.words}/{code}.txt"]) for w in line]
            for w in listed:
                counts[side][w] += LISTED_COUNT
            lines[side] += [[w] for w in listed] * 5
    weights = refine([DAMPING * w for w in log_odds(counts)], lines, rng, a.spans, RATE)
    table = bytes(max(-127, min(127, round(w * SCALE))) & 0xFF for w in weights)
    with open(a.o, "wb") as f:
        f.write(table)
    print(f"{a.o}: {len(table)} slots, {sum(b != 0 for b in table)} in use")


if __name__ == "__main__":
    main()
