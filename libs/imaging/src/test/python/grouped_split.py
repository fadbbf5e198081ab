"""Writes src/test/resources/split/grouped.json: a grouped split and a fold, found without our code.

Run from libs/imaging: python3 src/test/python/grouped_split.py
"""

import hashlib
import json
import random
from collections import Counter
from fractions import Fraction

MASK = (1 << 64) - 1


def order(key):
    """First output of SplitMix64 (Steele et al. 2014), keyed by SHA-256 of seed 42 and the name; signed."""
    digest = hashlib.sha256((42).to_bytes(8, "big") + key.encode()).digest()
    z = (int.from_bytes(digest[:8], "big") + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    z ^= z >> 31
    return z - (1 << 64) if z >> 63 else z


def assign(images, shares):
    """Exact arithmetic: where each group makes the sum of squares least, by evaluating it whole."""
    groups = {}
    for image in images:
        key = "group " + image["group"] if image["group"] else "image " + image["id"]
        groups.setdefault(key, []).append(image)
    total = Counter(c for image in images for c in image["classes"])
    counts = [Counter() for _ in shares]
    sizes = [0] * len(shares)
    part_of = {}

    def sum_of_squares(counts):
        return sum(
            f * (Fraction(counts[p][c]) / (f * n) - 1) ** 2
            for p, f in enumerate(shares)
            for c, n in total.items()
        )

    names = sorted(groups, key=lambda k: (-len(groups[k]), order(k), k))
    for position, name in enumerate(names):
        members = groups[name]
        own = Counter(c for image in members for c in image["classes"])
        empty = [p for p in range(len(shares)) if sizes[p] == 0]
        candidates = empty if len(names) - position <= len(empty) else range(len(shares))

        def cost(p):
            moved = [c + own if q == p else c for q, c in enumerate(counts)]
            return sum_of_squares(moved), Fraction(2 * sizes[p] + len(members)) / shares[p], p

        best = min(candidates, key=cost)
        counts[best] += own
        sizes[best] += len(members)
        for image in members:
            part_of[image["id"]] = best
    return part_of


def ids(part_of, *parts):
    return sorted(i for i, p in part_of.items() if p in parts)


random.seed(7)
IMAGES = []
for g in range(45):
    for i in range(random.choice([1, 1, 2, 3, 5])):
        several = random.random() < 0.1
        IMAGES.append(
            {
                "id": f"img_{g:02d}_{i}",
                "group": "" if g % 6 == 0 else f"p{g}",
                "classes": [0, 3] if several else [random.choice([0, 0, 0, 1, 1, 2])],
            }
        )
grouped = assign(IMAGES, [Fraction(60, 100), Fraction(25, 100), Fraction(15, 100)])
fold = assign(IMAGES, [Fraction(1, 4)] * 4)
result = {
    "images": IMAGES,
    "grouped": [ids(grouped, p) for p in range(3)],
    "fold": [ids(fold, 1, 2), ids(fold, 0), ids(fold, 3)],
}
with open("src/test/resources/split/grouped.json", "w") as out:
    json.dump(result, out, indent=1)
    out.write("\n")
