"""Numbers of scikit-learn and numpy for CurveGridTest: python3 curve_grid.py > curve_grid.json"""

import json

import numpy as np
from sklearn import metrics

PLACES = np.arange(101) / 100
random = np.random.default_rng(7)


def roc(truth, score):
    fpr, tpr, _ = metrics.roc_curve(truth, score, drop_intermediate=False)
    return np.interp(PLACES, fpr, tpr)


def precision_at(precision, recall, wanted):
    """The precision of the highest threshold with that recall: scikit-learn's come the other way round."""
    reached = np.flatnonzero(recall >= wanted if wanted > 0 else recall > 0)
    return precision[reached[-1]]


def precision_recall(truth, score):
    precision, recall, _ = metrics.precision_recall_curve(truth, score)
    fine = (np.arange(200_000) + 0.5) / 200_000
    area = np.mean([precision_at(precision, recall, r) for r in fine[::97]])
    assert abs(area - metrics.average_precision_score(truth, score)) < 2e-3
    return np.array([precision_at(precision, recall, r) for r in PLACES])


def case(classes, images):
    """Ties, and a class that is rare; the same images for three trainings."""
    truth = random.choice(classes, images, p=[0.5] + [0.5 / (classes - 1)] * (classes - 1))
    trainings = []
    for _ in range(3):
        logits = random.normal(size=(images, classes)) + 1.2 * np.eye(classes)[truth]
        p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
        p = np.round(p, 2)
        each = range(classes) if classes > 2 else [1]
        trainings.append(
            {
                "probabilities": p.tolist(),
                "roc": np.mean([roc(truth == c, p[:, c]) for c in each], 0).tolist(),
                "pr": np.mean([precision_recall(truth == c, p[:, c]) for c in each], 0).tolist(),
            }
        )
    curves = np.array([t["roc"] for t in trainings])
    return {
        "classes": classes,
        "truth": truth.tolist(),
        "trainings": trainings,
        "mean": curves.mean(0).tolist(),
        "low": np.quantile(curves, 0.05, axis=0).tolist(),
        "high": np.quantile(curves, 0.95, axis=0).tolist(),
    }


print(json.dumps([case(2, 100), case(4, 150)]))
