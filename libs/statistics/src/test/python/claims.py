"""Makes claims.json: what a comparison claims, by scipy and numpy.

Needs python3 with numpy and scipy.
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats


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
    }
    file = Path(__file__).parent.with_name("resources") / "claims.json"
    file.write_text(json.dumps(reference, indent=1) + "\n")


main()
