#!/usr/bin/env python3
"""Us beside PyTorch, in turns, on an idle machine: python3 bench/compare.py [--rounds 3] [--steps 4]

Prints a line per pair, medians over the rounds, ours / theirs = ratio: the median step and the peak memory of a
training step; or, with --augment DIR or --prepare DIR, images per second. Those need a Python with torchvision.
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


def compare(title, own, peer, keys, rounds):
    medtrans = str(HERE.parent / "medtrans")
    pairs = [(measure([medtrans, "bench", *own]), measure(peer)) for _ in range(rounds)]
    line = f"{title:36}"
    for key in keys:
        ours, theirs = (statistics.median(pair[side][key] for pair in pairs) for side in (0, 1))
        line += f"  {key} {ours:.0f} / {theirs:.0f} = {ours / theirs:.2f}"
    print(line, flush=True)


def compare_steps(pairs, a):
    for model, ours, theirs in pairs:
        own = ["train-step", model, "--steps", str(a.steps), *ours]
        peer = [sys.executable, str(HERE / "peer_step.py"), model, "--steps", str(a.steps), *theirs]
        compare(f"{model} {' '.join(theirs)}", own, peer, ("ms_median", "peak_rss_mib"), a.rounds)


def compare_images(folder, pipeline, a):
    own = ["prepare", folder] if pipeline == "prepare" else ["augment", folder, pipeline]
    peer = [a.python, str(HERE / "peer_augment.py"), folder, pipeline]
    compare(f"{pipeline} {pathlib.Path(folder).name}", own, peer, ("images_per_s",), a.rounds)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=4)
    parser.add_argument("--bf16", action="store_true", help="steps in bfloat16 instead")
    parser.add_argument("--augment", metavar="DIR", help="instead: batches of the images in DIR")
    parser.add_argument("--prepare", metavar="DIR", help="instead: decoding and resizing those in DIR")
    parser.add_argument("--python", default="/usr/bin/python3", help="one with torchvision (%(default)s)")
    a = parser.parse_args()
    if a.augment:
        compare_images(a.augment, "supervised", a)
        compare_images(a.augment, "dino", a)
    if a.prepare:
        compare_images(a.prepare, "prepare", a)
    if not a.augment and not a.prepare:
        compare_steps(BFLOAT16 if a.bf16 else PAIRS, a)


main()
