#!/usr/bin/env python3
"""Whole trainings, ours beside PyTorch's, in turns: python3 bench/end_to_end.py DATA_LOCATION [--rounds 3]

The recipe of configs/aptos2019-small.json with ResNet-18, from the command to the printed metric: `./medtrans run` on
the local stack, which must be up, beside train_supervised.py, whose Python is the one that runs this (PyTorch and
torchvision). Both validate after each epoch, evaluate the best epoch on the test split and save weights. A first
run of each, which is not counted, prepares the set and warms the services. Prints medians of the wall times.

Refuses (exit 3) while other processes keep more than 0.3 cores busy; --force measures all the same.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
MEDTRANS = str(HERE.parent / "medtrans")
RECIPE = str(HERE.parent / "configs" / "aptos2019-small.json")
ALLOWED = 0.3  # cores, as in `medtrans bench`
LOOK_SECONDS = 2

# name: epochs, pixels of a side, of a side before cropping, runs, goal for ours / theirs
CASES = {
    "20 epochs at 64 pixels": (20, 64, 72, 1, 0.75),
    "5 epochs at 224 pixels": (5, 224, 252, 1, 0.75),
    "ten runs of 20 epochs at 64 pixels": (20, 64, 72, 10, 0.7),
}


def busy_cores():
    """Cores that are busy while neither side has anything to do."""

    def busy():
        user, nice, system, _, _, *interrupts = map(int, open("/proc/stat").readline().split()[1:9])
        return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")

    before = busy()
    time.sleep(LOOK_SECONDS)
    return (busy() - before) / LOOK_SECONDS


def transforms(size, resize):
    whole = {"apply": True, "height": resize, "width": resize}
    centre = {"apply": True, "height": size, "width": size}
    plain = {"Resize": whole, "CenterCrop": centre, "Normalize": True}
    augmented = {
        "Resize": whole,
        "RandomResizedCrop": {"apply": True, "size": size, "scale": [0.8, 1.2]},
        "VerticalFlip": {"apply": True, "p": 0.5},
        "HorizontalFlip": {"apply": True, "p": 0.5},
        "Normalize": True,
    }
    return {"train_transforms": augmented, "val_transforms": plain, "test_transforms": plain}


def ours(data, folder, epochs, size, resize, runs):
    result = folder / "ours.json"
    resnet = [[{"label": "resnet18", "set": {"model_params.backbone_type": "resnet18"}}]]
    values = {
        "experiment.matrix": resnet,
        "training_params.epochs": epochs,
        **{f"dataset_params.{name}": value for name, value in transforms(size, resize).items()},
    }
    sets = [f"--set={path}={json.dumps(value)}" for path, value in values.items()]
    return [MEDTRANS, "run", RECIPE, "--data_location", data, f"--repetitions={runs}", "--json", str(result), *sets]


def theirs(data, folder, epochs, size, resize, runs):
    script = [sys.executable, str(HERE / "train_supervised.py"), data, "--save", str(folder)]
    seeds = ["--seeds", *map(str, range(runs))]
    return [*script, f"--epochs={epochs}", f"--size={size}", f"--resize={resize}", *seeds]


def require_trained(folder, runs):
    """That ours has brought as many test metrics as it was asked for."""
    found = [run["metrics"]["test"]["cohen_kappa"] for run in json.load(open(folder / "ours.json"))["runs"]]
    if len(found) != runs or None in found:
        sys.exit(f"asked for {runs} runs, got the metrics {found}")


def seconds(command):
    began = time.monotonic()
    done = subprocess.run(command, env={**os.environ, "OMP_WAIT_POLICY": "PASSIVE"}, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stdout}")
    return time.monotonic() - began


def load_before(force):
    """How many cores others keep busy; ends here if that is too many to measure beside."""
    busy = busy_cores()
    if busy > ALLOWED and not force:
        print(f"{busy:.1f} cores are busy with something else; --force measures all the same")
        sys.exit(3)
    return busy


def compare(name, data, rounds, force):
    epochs, size, resize, runs, goal = CASES[name]
    load = load_before(force)
    times = {ours: [], theirs: []}
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        for side in times:
            seconds(side(data, folder, 1, size, resize, 1))
        for _ in range(rounds):
            for side, measured in times.items():
                load = max(load, load_before(force))
                measured.append(seconds(side(data, folder, epochs, size, resize, runs)))
            require_trained(folder, runs)
    own, peer = (statistics.median(measured) for measured in times.values())
    print(f"| {name} | {own:.1f} / {peer:.1f} | {own / peer:.2f} | ≤ {goal} | {load:.1f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("data_location", help="folder with APTOS2019")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--case", choices=list(CASES), action="append", help="only this; may be repeated")
    parser.add_argument("--force", action="store_true", help="measure although the machine is busy")
    a = parser.parse_args()
    if subprocess.run([MEDTRANS, "status"], stdout=subprocess.DEVNULL).returncode != 0:
        sys.exit("the local stack must be up: ./medtrans up")
    print("| training | seconds, ours / PyTorch | ratio | goal | cores busy before |\n|---|---|---|---|---|", flush=True)
    for name in a.case or CASES:
        compare(name, a.data_location, a.rounds, a.force)


main()
