"""Makes resources/comparison: files of predictions, and a whole comparison recomputed from them.

Needs python3 with numpy, scipy, statsmodels and scikit-learn; draws.py lies beside it. What is compared
is read from the files and nothing else: NAME/BACKBONE_START_SEED.csv, as an evaluation leaves them.
"""

import csv
import itertools
import json
from math import ceil
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn.metrics import recall_score, roc_auc_score
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import normal_sample_size_one_tail

from draws import bca, drawn, exact, images, members, percentiles, two_sided, without_each

FOLDER = Path(__file__).parent.with_name("resources") / "comparison"
MODELS = [("random", "resnet18"), ("random", "deit_tiny"), ("ImageNet", "resnet18")]
# Images, patients (0: none are known), shares of the classes, skill of each model, metric.
SETS = {
    "breast": (64, 36, [0.5, 0.5], [1.0, 0.9, 2.4], "roc_auc"),
    "skin": (24, 0, [0.5, 0.3, 0.2], [0.6, 2.0, 0.7], "recall"),
    "rare": (40, 31, [0.92, 0.08], [1.0, 1.2, 1.1], "roc_auc"),
}
DRAWS, ROPE = 10_000, 0.02


def write():
    random = np.random.default_rng(26)
    for name, (n, patients, shares, skills, _) in SETS.items():
        (FOLDER / name).mkdir(parents=True, exist_ok=True)
        labels = random.choice(len(shares), n, p=shares)
        groups = [f"p{g}" for g in random.integers(0, patients, n)] if patients else [""] * n
        for (start, backbone), skill in zip(MODELS, skills):
            # The last model was trained once less often.
            for seed in range(2 if start == "ImageNet" else 3):
                logits = random.normal(size=(n, len(shares)))
                logits[np.arange(n), labels] += skill
                p = np.exp(logits)
                p = (p / p.sum(1, keepdims=True)).round(4)
                with open(FOLDER / name / f"{backbone}_{start}_{seed}.csv", "w", newline="") as file:
                    lines = csv.writer(file, lineterminator="\n")
                    lines.writerow(["image", "group", "label", "prediction"] + [f"probability_{c}" for c in range(len(shares))])
                    for i in range(n):
                        lines.writerow([f"{i:03}", groups[i], labels[i], p[i].argmax(), *p[i]])


class Run:
    def __init__(self, file, metric):
        with open(file, newline="") as lines:
            rows = sorted(csv.DictReader(lines), key=lambda row: row["image"])
        self.labels = np.array([int(row["label"]) for row in rows])
        self.said = np.array([int(row["prediction"]) for row in rows])
        self.score = np.array([float(row["probability_1"]) for row in rows])
        self.groups = [row["group"] or row["image"] for row in rows]
        self.metric = metric

        expected = (
            recall_score(self.labels, self.said, average="macro")
            if metric == "recall"
            else roc_auc_score(self.labels, self.score)
        )
        assert abs(self.value(slice(None)) - expected) < 1e-12

    def value(self, rows):
        """scikit-learn's, which is too slow for so many draws, by its definition."""
        labels = self.labels[rows]
        if self.metric == "recall":
            said = self.said[rows]
            # A class that is said and is not there has a recall of 0, as scikit-learn's has.
            right = [(said == labels)[labels == c].mean() if (labels == c).any() else 0 for c in np.union1d(labels, said)]
            return np.mean(right)
        of = np.bincount(labels, minlength=2)
        if of.min() == 0:
            return np.nan
        positive = stats.rankdata(self.score[rows])[labels == 1].sum()
        return (positive - of[1] * (of[1] + 1) / 2) / (of[0] * of[1])


def read(name, metric):
    runs = {}
    for start, backbone in MODELS:
        files = sorted((FOLDER / name).glob(f"{backbone}_{start}_*.csv"))
        runs[start, backbone] = [Run(file, metric) for file in files]
    return runs


def test(name, metric, first, second, values):
    a, b = values["runs"][first], values["runs"][second]
    n = min(len(a), len(b))

    def apart(key, pairs):
        return exact(np.mean([values[key][first][r] - values[key][second][r] for r in pairs], axis=0))

    draws = np.array(
        [
            exact(np.mean([values["draws"][first][r][d] - values["draws"][second][r][d] for r in drawn(0, "repetitions", d, n)]))
            for d in range(DRAWS)
        ]
    )
    of_groups = apart("draws", range(n))
    known = draws[~np.isnan(draws)]
    value = apart("whole", range(n))
    left_out = apart("left_out", range(n))
    smooth = len(known) == DRAWS and not np.isnan(left_out).any()
    low, high = bca(value, known, left_out) if smooth else percentiles(known)
    error = np.nanstd(of_groups, ddof=1)
    units = len(members(a[0].groups))
    return {
        "dataset": name,
        "metric": metric,
        "first": list(first),
        "second": list(second),
        "repetitions": n,
        "value": value,
        "low": low,
        "high": high,
        "method": "bca" if smooth else "percentile",
        "draws": len(known),
        "p": two_sided(known),
        "first_better": ((known > 0).sum() + (known == 0).sum() / 2) / len(known),
        "equivalent": (abs(known) <= ROPE).mean(),
        "units": units,
        "standard_error": error,
        "needed": ceil(normal_sample_size_one_tail(abs(value), 0.8, 0.025, std_null=error * np.sqrt(units))),
    }


def decision(found):
    """The table of ADR 30."""
    if found["equivalent"] >= 0.95:
        return "equivalent"
    if found["low"] <= 0 <= found["high"]:
        return "undecided"
    if found["p_holm"] >= 0.05:
        return "undecided_after_correction"
    return "first_better" if found["low"] > 0 else "second_better"


def ranks(means):
    """Demšar, 2006: equation 5, and Nemenyi's critical difference."""
    table = np.array(means)
    n, k = table.shape
    mean = stats.rankdata(-table, axis=1).mean(0)
    friedman = stats.friedmanchisquare(*table.T)
    q = stats.studentized_range.isf(0.05, k, np.inf) / np.sqrt(2)
    return {
        "ranks": mean.tolist(),
        "chi_square": friedman.statistic,
        "p": friedman.pvalue,
        "critical_difference": q * np.sqrt(k * (k + 1) / (6 * n)),
    }


def main():
    write()
    tests, means = [], []
    for name, (*_, metric) in SETS.items():
        runs = read(name, metric)
        groups = next(iter(runs.values()))[0].groups
        every = [images(0, groups, draw) for draw in range(DRAWS)]
        values = {
            "runs": runs,
            "whole": {m: [r.value(slice(None)) for r in own] for m, own in runs.items()},
            "draws": {m: [np.array([r.value(rows) for rows in every]) for r in own] for m, own in runs.items()},
            "left_out": {
                m: [np.array([r.value(rows) for rows in without_each(groups)]) for r in own]
                for m, own in runs.items()
            },
        }
        means.append([float(np.mean(values["whole"][m])) for m in MODELS])
        # Models of one initialisation, initialisations of one model.
        for first, second in itertools.combinations(MODELS, 2):
            if (first[0] == second[0]) != (first[1] == second[1]):
                tests.append(test(name, metric, first, second, values))
    for found, p in zip(tests, multipletests([t["p"] for t in tests], method="holm")[1]):
        found["p_holm"] = p
        found["decision"] = decision(found)
    reference = {"rope": ROPE, "means": dict(zip(SETS, means)), "tests": tests, "ranks": ranks(means)}
    (FOLDER / "comparison.json").write_text(json.dumps(reference, indent=1, default=float) + "\n")


main()
