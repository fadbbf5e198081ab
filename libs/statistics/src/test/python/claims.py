"""Makes claims.json: what comparisons and operating points claim, by scipy, scikit-learn and statsmodels.

Needs python3 with numpy, scipy, scikit-learn and statsmodels.
"""

import json
from pathlib import Path

import numpy as np
from scipy import optimize, stats
from sklearn import metrics
from statsmodels.stats.power import normal_sample_size_one_tail


def corrected_t(differences, train, test):
    """Nadeau & Bengio, 2003, equation 8, written as scipy's t-test of a shrunken sample."""
    d = np.array(differences)
    n = len(d)
    plain = stats.ttest_1samp(d, 0)
    t = plain.statistic * np.sqrt((1 / n) / (1 / n + test / train))
    return {
        "differences": d.tolist(),
        "train": train,
        "test": test,
        "mean": d.mean(),
        "t": t,
        "degrees_of_freedom": int(plain.df),
        "p": 2 * stats.t.sf(abs(t), plain.df),
    }


def studentized_range():
    """Infinite degrees of freedom: the range of normal values."""
    grid = [
        [k, q, stats.studentized_range.sf(q, k, np.inf)]
        for k in (2, 3, 5, 10, 30, 100)
        for q in (0.01, 0.3, 1.0, 2.0, 3.3, 4.5, 6.0, 9.0)
    ]
    quantiles = [
        [k, p, stats.studentized_range.isf(p, k, np.inf)]
        for k in (2, 3, 4, 8, 20, 50)
        for p in (0.9, 0.1, 0.05, 0.01)
    ]
    return {"survival": grid, "quantiles": quantiles}


def ranks(random):
    losses = random.uniform(0.2, 0.9, (7, 4)).round(1)
    losses[2] = 0.5
    test = stats.friedmanchisquare(*losses.T)
    return {
        "losses": losses.tolist(),
        "mean_ranks": stats.rankdata(losses, axis=1).mean(0).tolist(),
        "chi_square": test.statistic,
        "p": test.pvalue,
    }


def operating(random):
    """Images that count any number of times are weights to scikit-learn."""
    validation, test, counts = (random.integers(0, 2, 90), random.integers(0, 2, 70), random.poisson(1, 70))
    lv = (2 * random.normal(validation - 0.5, 1)).round(2)
    lt = (2 * random.normal(test - 0.5, 1)).round(2)
    fpr, tpr, thresholds = metrics.roc_curve(validation, lv, drop_intermediate=False)
    points = {"youden": thresholds[np.argmax(tpr - fpr)]}
    for wanted in (0.8, 0.95, 1.0):
        points[str(wanted)] = thresholds[np.argmax(tpr >= wanted - 1e-12)]
    said, p = lt >= points["0.8"], 1 / (1 + np.exp(-lt))
    fpr, tpr, _ = metrics.roc_curve(test, lt, sample_weight=counts, drop_intermediate=False)
    (tn, fp), (fn, tp) = metrics.confusion_matrix(test, said, sample_weight=counts)
    values = {
        "sensitivity": metrics.recall_score(test, said, sample_weight=counts),
        "specificity": metrics.recall_score(1 - test, ~said, sample_weight=counts),
        "ppv": metrics.precision_score(test, said, sample_weight=counts),
        "npv": tn / (tn + fn),
        "mcc": metrics.matthews_corrcoef(test, said, sample_weight=counts),
        "balanced_accuracy": metrics.balanced_accuracy_score(test, said, sample_weight=counts),
        "brier": metrics.brier_score_loss(test, p, sample_weight=counts),
        "log_loss": metrics.log_loss(test, p, sample_weight=counts),
    }
    for s in ("0.80", "0.90", "0.95"):
        values["sensitivity_at_specificity_" + s] = tpr[fpr <= 1 - float(s) + 1e-12].max()
    loss = lambda t: metrics.log_loss(validation, 1 / (1 + np.exp(-lv / t)))
    best = optimize.minimize_scalar(loss, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-12})
    return {
        "validation": {"labels": validation.tolist(), "logits": lv.tolist()},
        "test": {"labels": test.tolist(), "logits": lt.tolist(), "counts": counts.tolist()},
        "thresholds": points,
        "values": values,
        "temperature": best.x,
    }


def main():
    random = np.random.default_rng(1)
    reference = {
        "corrected_t": [
            corrected_t(random.normal(shift, 0.03, size=n).round(4), train, test)
            for n, shift, train, test in [
                (2, 0.05, 30, 30),
                (5, 0.0, 80, 20),
                (10, -0.05, 90, 10),
                (50, 0.004, 1066.7, 266.6),
                (100, 0.2, 900, 100),
            ]
        ],
        "studentized_range": studentized_range(),
        "ranks": ranks(random),
        "operating": operating(random),
        "required": [
            [n, d, se, normal_sample_size_one_tail(d, 0.8, 0.025, std_null=se * np.sqrt(n))]
            for n, d, se in [(100, 0.02, 0.015), (37, -0.004, 0.02), (1000, 0.1, 0.01)]
        ],
    }
    file = Path(__file__).parent.with_name("resources") / "claims.json"
    file.write_text(json.dumps(reference, indent=1, default=float) + "\n")


main()
