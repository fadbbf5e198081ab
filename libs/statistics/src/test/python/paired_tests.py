"""Makes paired_tests.json: paired tests of made-up predictions by statsmodels, scikit-learn and numpy.

Needs python3 with numpy, scipy, statsmodels and scikit-learn; draws.py lies beside it.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics import cohen_kappa_score, recall_score, roc_auc_score
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from draws import bca, drawn, exact, images, two_sided, without_each

SEED, DRAWS = 3, 400


def predictions(random, labels, skill):
    """Probabilities of three classes that know the label more or less."""
    logits = random.normal(size=(len(labels), 3))
    logits[np.arange(len(labels)), labels] += skill
    probabilities = np.exp(logits)
    return probabilities / probabilities.sum(axis=1, keepdims=True)


def kappa(labels, p):
    return cohen_kappa_score(labels, p.argmax(1), weights="quadratic")


def recall(labels, p):
    return recall_score(labels, p.argmax(1), average="macro", zero_division=0)


def area(labels, p):
    return roc_auc_score(labels == 2, p[:, 2])


def bootstrap(metric, labels, groups, first, second):
    def apart(rows, pairs):
        return exact(
            np.mean(
                [metric(labels[rows], first[r][rows]) - metric(labels[rows], second[r][rows]) for r in pairs]
            )
        )

    all_pairs = range(len(first))
    differences = np.array(
        [
            apart(images(SEED, groups, draw), drawn(SEED, "repetitions", draw, len(first)))
            for draw in range(DRAWS)
        ]
    )
    value = apart(np.arange(len(labels)), all_pairs)
    low, high = bca(value, differences, [apart(rows, all_pairs) for rows in without_each(groups)])
    return {
        "value": value,
        "low": low,
        "high": high,
        "p": two_sided(differences),
    }


def main():
    random = np.random.default_rng(0)
    labels = random.integers(0, 3, size=60)
    groups = random.integers(0, 25, size=60)
    first = [predictions(random, labels, 1.2) for _ in range(3)]
    second = [predictions(random, labels, 0.8) for _ in range(3)]
    tables = [[0, 0], [3, 0], [5, 9], [12, 12], [1, 23], [12, 13], [40, 22], [150, 190], [7, 93]]
    p_values = [[0.01, 0.04, 0.03, 0.005], [0.2, 0.9, 0.2], [0.7], [1e-5, 0.5, 0.02, 0.02, 0.02]]
    reference = {
        "seed": SEED,
        "draws": DRAWS,
        "labels": labels.tolist(),
        "groups": groups.tolist(),
        "first": [p.tolist() for p in first],
        "second": [p.tolist() for p in second],
        "cohen_kappa": bootstrap(kappa, labels, groups, first, second),
        "recall": bootstrap(recall, labels, groups, first, second),
        "roc_auc": bootstrap(area, labels, groups, first, second),
        "accuracy_of_images": bootstrap(
            lambda y, p: np.mean(y == p.argmax(1)), labels, np.arange(60), first[:1], second[:1]
        ),
        "mcnemar": [
            {
                "counts": [b, c],
                "p": mcnemar([[10, b], [c, 10]], exact=b + c < 25, correction=True).pvalue,
            }
            for b, c in tables
        ],
        "holm": [
            {"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()} for p in p_values
        ],
    }
    Path(__file__).parent.with_name("resources").joinpath("paired_tests.json").write_text(json.dumps(reference, indent=1) + "\n")


main()
