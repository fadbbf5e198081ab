"""Makes folds.json: cross-validations of made-up predictions by scikit-learn, scipy and numpy.

Needs python3 with numpy, scipy and scikit-learn. Two models are trained by two seeds in each fold of
two divisions of the same images into five folds, patients kept together. draws.py lies beside it.
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn.metrics import cohen_kappa_score, recall_score, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold

from draws import bca, drawn, exact, images, percentiles, two_sided, without_each

DRAWS = 1_000
PAIRED_DRAWS = 10_000
FOLDS = 5
DIVISIONS = [42, 43]
SEEDS = [0, 1]
IMAGES = 90


def predictions(random, labels, skill):
    logits = random.normal(size=(len(labels), 3)).round(2)
    logits[np.arange(len(labels)), labels] += skill
    p = np.exp(logits)
    return p / p.sum(axis=1, keepdims=True)


def kappa(labels, p):
    return cohen_kappa_score(labels, p.argmax(1), weights="quadratic")


def recall(labels, p):
    return recall_score(labels, p.argmax(1), average="macro", zero_division=0)


def area(labels, p):
    return roc_auc_score(labels, p, multi_class="ovr", labels=[0, 1, 2])


def safe(metric, labels, p):
    """NaN where a class is missing, of which an area has no value."""
    if metric is area and len(set(labels)) < 3:
        found = [
            roc_auc_score(labels == c, p[:, c])
            for c in range(3)
            if 0 < (labels == c).sum() < len(labels)
        ]
        return np.mean(found) if found else np.nan
    return metric(labels, p)


def estimate(metric, labels, groups, trainings):
    """trainings: {(division, seed): p of every image by the model of its fold}"""
    pooled = [metric(labels, p) for p in trainings.values()]
    resampled = [
        np.mean([safe(metric, labels[rows], p[rows]) for p in trainings.values()])
        for rows in (images(0, groups, draw) for draw in range(DRAWS))
    ]
    low, high = percentiles(resampled)
    return {"values": pooled, "value": float(np.mean(pooled)), "low": low, "high": high}


def difference(metric, labels, groups, first, second):
    keys = list(first)

    def each(rows):
        return [metric(labels[rows], first[k][rows]) - metric(labels[rows], second[k][rows]) for k in keys]

    apart = []
    for draw in range(PAIRED_DRAWS):
        of = each(images(0, groups, draw))
        apart.append(exact(np.mean([of[i] for i in drawn(0, "repetitions", draw, len(keys))])))
    apart = np.array(apart)
    value = exact(np.mean(each(np.arange(len(labels)))))
    low, high = bca(value, apart, [exact(np.mean(each(rows))) for rows in without_each(groups)])
    return {"value": float(value), "low": low, "high": high, "p": two_sided(apart)}


def corrected_t(metric, labels, fold_of, first, second):
    """Nadeau and Bengio, 2003; a fold trained by several seeds counts once."""
    differences = []
    for division in DIVISIONS:
        for fold in range(FOLDS):
            rows = fold_of[division] == fold
            differences.append(
                np.mean(
                    [
                        safe(metric, labels[rows], first[division, seed][rows])
                        - safe(metric, labels[rows], second[division, seed][rows])
                        for seed in SEEDS
                    ]
                )
            )
    test = np.mean([(fold_of[d] == f).sum() for d in DIVISIONS for f in range(FOLDS)])
    # The next fold validates, the others train.
    train = np.mean(
        [
            ((fold_of[d] != f) & (fold_of[d] != (f + 1) % FOLDS)).sum()
            for d in DIVISIONS
            for f in range(FOLDS)
        ]
    )
    n = len(differences)
    t = np.mean(differences) / np.sqrt((1 / n + test / train) * np.var(differences, ddof=1))
    return {
        "differences": [float(d) for d in differences],
        "train": float(train),
        "test": float(test),
        "t": float(t),
        "df": n - 1,
        "p": float(2 * stats.t.sf(abs(t), n - 1)),
    }


def discordant(labels, first, second):
    right, other = first.argmax(1) == labels, second.argmax(1) == labels
    only, others = int((right & ~other).sum()), int((other & ~right).sum())
    if only + others < 25:
        p = stats.binomtest(only, only + others, 0.5).pvalue
    else:
        p = stats.chi2.sf((abs(only - others) - 1) ** 2 / (only + others), 1)
    return [only, others, float(p)]


def main():
    random = np.random.default_rng(7)
    labels = random.integers(0, 3, size=IMAGES)
    groups = random.integers(0, 40, size=IMAGES)
    fold_of = {}
    for division in DIVISIONS:
        of = np.zeros(IMAGES, dtype=int)
        folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=division)
        for fold, (_, test) in enumerate(folds.split(labels, labels, groups)):
            of[test] = fold
        fold_of[division] = of
    keys = [(d, s) for d in DIVISIONS for s in SEEDS]
    first = {k: predictions(random, labels, 1.3) for k in keys}
    second = {k: predictions(random, labels, 0.9) for k in keys}
    metrics = {"cohen_kappa": kappa, "recall": recall, "roc_auc": area}
    reference = {
        "labels": labels.tolist(),
        "groups": groups.tolist(),
        "trainings": [
            {
                "division": d,
                "seed": s,
                "folds": fold_of[d].tolist(),
                "first": first[d, s].tolist(),
                "second": second[d, s].tolist(),
                "mcnemar": discordant(labels, first[d, s], second[d, s]),
            }
            for d, s in keys
        ],
        "metrics": {
            name: {
                "pooled": estimate(metric, labels, groups, first),
                "folds": [
                    float(safe(metric, labels[fold_of[d] == f], first[d, s][fold_of[d] == f]))
                    for d, s in keys
                    for f in range(FOLDS)
                ],
                "across_folds": corrected_t(metric, labels, fold_of, first, second),
            }
            for name, metric in metrics.items()
        },
        "difference": difference(recall, labels, groups, first, second),
    }
    target = Path(__file__).parent.with_name("resources").joinpath("folds.json")
    target.write_text(json.dumps(reference) + "\n")


main()
