"""Writes src/test/resources/split/fraction.json: fewer training images, found without our code.

Run from libs/imaging: python3 src/test/python/training_fraction.py
"""

import hashlib
import json
import random
from collections import Counter
from fractions import Fraction

MASK = (1 << 64) - 1
SEED = 42


def order(key):
    """First output of SplitMix64 (Steele et al. 2014), keyed by SHA-256 of seed and name; signed."""
    digest = hashlib.sha256(SEED.to_bytes(8, "big") + f"train_fraction {key}".encode()).digest()
    z = (int.from_bytes(digest[:8], "big") + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    z ^= z >> 31
    return z - (1 << 64) if z >> 63 else z


def kept(images, classes, fraction):
    """Group after group: of those that hold the class that is furthest behind, the first."""
    groups = {}
    for image in images:
        key = "group " + image["group"] if image["group"] else "image " + image["id"]
        groups.setdefault(key, []).append(image)
    shown = {k: Counter(c for i in g for c in i["classes"] or [classes]) for k, g in groups.items()}
    total = sum(shown.values(), Counter())
    left = sorted(groups, key=lambda k: (order(k), k))
    have, chosen = Counter(), []
    wanted = max(1, int(fraction * len(images) + Fraction(1, 2)))
    while len(chosen) < wanted:
        behind = min(
            (c for c in total if have[c] < total[c]),
            key=lambda c: (Fraction(have[c], total[c]), total[c], c),
        )
        best = next(k for k in left if behind in shown[k])
        left.remove(best)
        have += shown[best]
        chosen += [i["id"] for i in groups[best]]
    return [i["id"] for i in images if i["id"] in chosen]


random.seed(11)
IMAGES = []
for g in range(60):
    for i in range(random.choice([1, 1, 2, 3, 5])):
        IMAGES.append(
            {
                "id": f"img_{g:02d}_{i}",
                "group": "" if g % 6 == 0 else f"p{g}",
                "classes": random.choice([[0], [0], [0], [1], [1], [2], [0, 3], []]),
            }
        )
random.shuffle(IMAGES)
shares = [Fraction(5, 100), Fraction(10, 100), Fraction(25, 100), Fraction(50, 100), Fraction(75, 100)]
result = {
    "images": IMAGES,
    "kept": {str(float(f)): kept(IMAGES, 4, f) for f in shares},
}
with open("src/test/resources/split/fraction.json", "w") as out:
    json.dump(result, out, indent=1)
    out.write("\n")
