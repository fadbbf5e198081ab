#!/usr/bin/env python3
"""Our step beside PyTorch's, in turns, on an idle machine: python3 bench/compare.py [--rounds 3] [--steps 4]

Prints a line per pair: the median over the rounds of each side's median step and of its peak memory,
and our numbers divided by PyTorch's.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
PAIRS = [
    ("deit_small", [], []),
    ("resnet50", [], []),
    ("resnet50", [], ["--channels-last"]),
    ("deit_small", ["--evaluate"], ["--evaluate"]),
    ("resnet50", ["--evaluate"], ["--evaluate", "--channels-last"]),
]
BFLOAT16 = [
    ("deit_small", ["--bf16"], ["--bf16"]),
    ("resnet50", ["--bf16"], ["--bf16", "--channels-last"]),
]


def measure(command):
    environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--bf16", action="store_true", help="the pairs in bfloat16 instead")
    a = parser.parse_args()
    common = ["--steps", str(a.steps)]
    for model, ours, theirs in BFLOAT16 if a.bf16 else PAIRS:
        rounds = []
        for _ in range(a.rounds):
            own = [str(HERE.parent / "medtrans"), "bench", "train-step", model, *common, *ours]
            peer = [sys.executable, str(HERE / "peer_step.py"), model, *common, *theirs]
            rounds.append((measure(own), measure(peer)))
        line = f"{model} {' '.join(theirs):28}"
        for key in ("ms_median", "peak_rss_mib"):
            own, peer = (statistics.median(r[side][key] for r in rounds) for side in (0, 1))
            line += f"  {key} {own:.0f} / {peer:.0f} = {own / peer:.2f}"
        print(line, flush=True)


main()
