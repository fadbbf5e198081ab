"""Numbers of scikit-learn, scipy and numpy for ReferenceTest: python3 reference.py > reference.json

The bootstrap repeats Bootstrap.java: draws are SplitMix64 (CounterRandom) keyed by SHA-256.
"""

import hashlib
import json
import struct

import numpy as np
from scipy import stats
from sklearn import metrics

MASK = (1 << 64) - 1


def key(seed, stream):
    digest = hashlib.sha256(struct.pack(">q", seed) + stream.encode()).digest()
    return int.from_bytes(digest[:8], "big")


def uniform(k, position):
    z = (k + (position + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    z ^= z >> 31
    return (z >> 11) * 2.0**-53


def interval(groups, values, resamples):
    """values(rows) -> {name: value}; rows repeat as drawn."""
    k = key(0, "bootstrap")
    units = list(dict.fromkeys(g or f"image {i}" for i, g in enumerate(groups)))
    members = {u: [] for u in units}
    for i, g in enumerate(groups):
        members[g or f"image {i}"].append(i)
    everything = np.arange(len(groups))
    whole = values(everything)
    without = [values(np.setdiff1d(everything, members[u])) for u in units]
    found = {}
    for r in range(resamples):
        rows = []
        for i in range(len(units)):
            rows += members[units[int(uniform(k, r * len(units) + i) * len(units))]]
        for name, value in values(np.array(rows)).items():
            found.setdefault(name, []).append(value)
    return {n: bounds(n, whole[n], np.array(v), np.array([w[n] for w in without])) for n, v in found.items()}


def bounds(name, value, draws, without):
    """BCa (Efron & Tibshirani, 1993, equations 14.9 to 14.15), of percentiles for average precision."""
    shares = np.array([0.025, 0.975])
    if name != "average_precision":
        z0 = stats.norm.ppf(stats.percentileofscore(draws, value, kind="mean") / 100)
        u = without.mean() - without
        a = (u**3).sum() / (6 * (u**2).sum() ** 1.5)
        z = z0 + stats.norm.ppf(shares)
        shares = stats.norm.cdf(z0 + z / (1 - a * z))
    return [float(v) for v in np.percentile(draws, 100 * shares)]


def multi_class(rng):
    n, classes = 240, 4
    labels = rng.choice(classes, n, p=[0.5, 0.25, 0.15, 0.1])
    logits = rng.normal(0, 1, (n, classes)).round(1)
    logits[np.arange(n), labels] += 1
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    said = p.argmax(1)
    groups = [f"p{g}" if g else "" for g in rng.integers(0, 90, n)]

    def values(rows):
        y, h, q = labels[rows], said[rows], p[rows]
        found = [c for c in range(classes) if 0 < (y == c).sum() < len(y)]
        return {
            "accuracy": metrics.accuracy_score(y, h),
            "precision": metrics.precision_score(y, h, average="macro", zero_division=0),
            "recall": metrics.recall_score(y, h, average="macro", zero_division=0),
            "f1": metrics.f1_score(y, h, average="macro", zero_division=0),
            "cohen_kappa": metrics.cohen_kappa_score(
                y, h, labels=list(range(classes)), weights="quadratic"),
            "roc_auc": float(np.mean([metrics.roc_auc_score(y == c, q[:, c]) for c in found])),
        }

    point = values(np.arange(n))
    assert abs(point["roc_auc"] - metrics.roc_auc_score(labels, p, multi_class="ovr")) < 1e-12
    per_class = []
    precision, recall, f1, support = metrics.precision_recall_fscore_support(labels, said)
    for c in range(classes):
        per_class.append([
            int(support[c]), precision[c], recall[c], f1[c],
            metrics.roc_auc_score(labels == c, p[:, c]),
            metrics.average_precision_score(labels == c, p[:, c])])
    confidence = p.max(1)
    bins = np.clip(np.ceil(confidence * 15) - 1, 0, 14).astype(int)
    ece = sum(
        (bins == b).mean() * abs((said == labels)[bins == b].mean() - confidence[bins == b].mean())
        for b in range(15) if (bins == b).any())
    fpr, tpr, at = metrics.roc_curve(labels == 1, p[:, 1], drop_intermediate=False)
    prec, rec, pr_at = metrics.precision_recall_curve(labels == 1, p[:, 1])
    return {
        "task": "multi_class",
        "labels": labels.tolist(), "groups": groups, "probabilities": p.tolist(),
        "values": point, "intervals": interval(groups, values, 200),
        "classes": per_class, "ece": ece,
        "roc": {"fpr": fpr.tolist(), "tpr": tpr.tolist(), "thresholds": at[1:].tolist()},
        "pr": {"precision": prec.tolist(), "recall": rec.tolist(), "thresholds": pr_at.tolist()},
    }


def binary(rng):
    n = 150
    labels = rng.choice(2, n, p=[0.7, 0.3])
    p = 1 / (1 + np.exp(-rng.normal(labels * 1.5 - 1, 1).round(1)))

    def values(rows):
        y, q = labels[rows], p[rows]
        h = (q > 0.5).astype(int)
        return {
            "accuracy": metrics.accuracy_score(y, h),
            "precision": metrics.precision_score(y, h, average="macro", zero_division=0),
            "recall": metrics.recall_score(y, h, average="macro", zero_division=0),
            "f1": metrics.f1_score(y, h, average="macro", zero_division=0),
            "roc_auc": metrics.roc_auc_score(y, q),
            "average_precision": metrics.average_precision_score(y, q),
        }

    groups = [""] * n
    return {
        "task": "binary",
        "labels": labels.tolist(), "groups": groups,
        "probabilities": np.stack([1 - p, p], 1).tolist(),
        "values": values(np.arange(n)), "intervals": interval(groups, values, 200),
    }


print(json.dumps([multi_class(np.random.default_rng(1)), binary(np.random.default_rng(2))]))
