"""What the other programs draw and how they read draws: a second writing-down of the Java side's rules.

The numbers are those of CounterRandom: SplitMix64 keyed by SHA-256 of seed and stream.
"""

import hashlib
import struct

import numpy as np
from scipy.stats import norm

MASK = (1 << 64) - 1


def uniform(seed, stream, positions):
    digest = hashlib.sha256(struct.pack(">q", seed) + stream.encode()).digest()
    key = int.from_bytes(digest[:8], "big")
    values = []
    for position in positions:
        z = (key + (position + 1) * 0x9E3779B97F4A7C15) & MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        z ^= z >> 31
        values.append((z >> 11) * 2.0**-53)
    return values


def drawn(seed, stream, draw, n):
    return [int(u * n) for u in uniform(seed, stream, range(draw * n, draw * n + n))]


def members(groups):
    """Rows of each group, in the order of their first appearance."""
    groups = np.asarray(groups)
    return [np.flatnonzero(groups == g) for g in dict.fromkeys(groups.tolist())]


def images(seed, groups, draw):
    """Rows of a resample."""
    of = members(groups)
    return np.concatenate([of[g] for g in drawn(seed, "bootstrap", draw, len(of))])


def without_each(groups):
    """Rows without each group in turn."""
    return [np.setdiff1d(np.arange(len(groups)), rows) for rows in members(groups)]


def exact(value):
    """Equal metrics have no difference, whatever rounding makes of them."""
    return np.round(value, 12)


def percentiles(values):
    return [float(v) for v in np.percentile(values, [2.5, 97.5])]


def bca(value, values, left_out):
    """Efron, 1987; values equal to that of the sample count half below it."""
    values, left_out = np.asarray(values), np.asarray(left_out)
    u = left_out.mean() - left_out
    a = (u**3).sum() / (6 * (u**2).sum() ** 1.5)
    z0 = norm.ppf(((values < value).sum() + (values == value).sum() / 2) / len(values))
    z = z0 + norm.ppf([0.025, 0.975])
    return [float(v) for v in np.quantile(values, norm.cdf(z0 + z / (1 - a * z)))]


def two_sided(values):
    tails = min((values <= 0).sum(), (values >= 0).sum())
    return min(1.0, 2.0 * (tails + 1) / (len(values) + 1))
