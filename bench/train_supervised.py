#!/usr/bin/env python3
"""The recipe of configs/aptos2019-small.json in plain PyTorch and torchvision, to compare metrics with.

    python3 train_supervised.py DATA_LOCATION [--epochs 12] [--seeds 0 1 2] [--size 64] [--save DIR]

ResNet-18 from random weights on DATA_LOCATION/APTOS2019, which must have val_ids.json. Images are decoded and resized
once per process. Prints per seed the quadratic kappa of the test split for the epoch with the best validation kappa;
saves the weights of that epoch, and those of the last one with the optimizer's state.
"""
import argparse
import copy
import csv
import json
import math
import pathlib
import random

import torch
from PIL import Image
from torch import nn
from torchvision import models, transforms as T

MEAN, STD = (0.415, 0.221, 0.073), (0.275, 0.150, 0.081)
LR, ETA_MIN, WARM_UP, BATCH = 5e-4, 1e-6, 8, 16


def kappa(truth, guess, classes=5):
    table = torch.zeros(classes, classes, dtype=torch.float64)
    for t, g in zip(truth, guess):
        table[t, g] += 1
    chance = table.sum(1)[:, None] * table.sum(0)[None] / table.sum()
    weight = (torch.arange(classes)[:, None] - torch.arange(classes)[None]).double() ** 2
    return (1 - (weight * table).sum() / (weight * chance).sum()).item()


def read(location, resize):
    root = pathlib.Path(location) / "APTOS2019"
    labels = {r["id_code"]: int(r["diagnosis"]) for r in csv.DictReader(open(root / "train.csv"))}
    held_out = json.load(open(root / "val_ids.json"))
    held_out = held_out["val_split"] if isinstance(held_out, dict) else held_out
    small = T.Resize((resize, resize))
    images = {}
    for name in labels:
        with Image.open(root / "train_images" / f"{name}.png") as image:
            images[name] = small(image.convert("RGB"))
    names = list(labels)
    held_out = [names[i] if isinstance(i, int) else i for i in held_out]  # rows, or ids
    half = len(held_out) // 2
    training = [name for name in labels if name not in set(held_out)]
    return images, labels, training, held_out[:half], held_out[half:]


def learning_rate(iteration, iterations):
    """The reference's sequence: a warm-up with one increment too many, then half a cosine."""
    top = LR + (LR - 1e-8) / WARM_UP
    if iteration <= WARM_UP:
        return 1e-8 + (iteration + 1) * (LR - 1e-8) / WARM_UP
    done = (iteration - WARM_UP) / (iterations - WARM_UP)
    return ETA_MIN + (top - ETA_MIN) * (1 + math.cos(math.pi * done)) / 2


def run(seed, epochs, data, size, save):
    images, labels, training, validation, test = data
    random.seed(seed)
    torch.manual_seed(seed)
    normalise = [T.ToTensor(), T.Normalize(MEAN, STD)]
    augment = T.Compose(
        [T.RandomResizedCrop(size, (0.8, 1.2)), T.RandomVerticalFlip(), T.RandomHorizontalFlip()] + normalise
    )
    plain = T.Compose([T.CenterCrop(size)] + normalise)
    net = models.resnet18(num_classes=5)
    flat = [p for n, p in net.named_parameters() if p.dim() == 1]
    deep = [p for n, p in net.named_parameters() if p.dim() > 1]
    groups = [{"params": deep, "weight_decay": 0.01}, {"params": flat, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, LR)

    def measure(names):
        net.eval()
        with torch.no_grad():
            guess = net(torch.stack([plain(images[n]) for n in names])).argmax(1).tolist()
        return kappa([labels[n] for n in names], guess)

    steps = len(training) // BATCH
    best, chosen, iteration = -2, None, 0
    for _ in range(epochs):
        order = random.sample(training, len(training))
        net.train()
        for k in range(steps):
            names = order[k * BATCH : (k + 1) * BATCH]
            for group in optimizer.param_groups:
                group["lr"] = learning_rate(iteration, steps * epochs)
            optimizer.zero_grad()
            logits = net(torch.stack([augment(images[n]) for n in names]))
            nn.functional.cross_entropy(logits, torch.tensor([labels[n] for n in names])).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            iteration += 1
        found = measure(validation)
        if found > best:
            best, chosen = found, copy.deepcopy(net.state_dict())
    if save:
        torch.save(chosen, save / f"best-{seed}.pth")
        torch.save({"model": net.state_dict(), "optimizer": optimizer.state_dict()}, save / f"last-{seed}.pth")
    net.load_state_dict(chosen)
    return best, measure(test)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data_location")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--size", type=int, default=64, help="pixels of a side (%(default)s)")
    parser.add_argument("--resize", type=int, default=72, help="before cropping (%(default)s)")
    parser.add_argument("--save", type=pathlib.Path, metavar="DIR", help="an existing folder for weights")
    a = parser.parse_args()
    data = read(a.data_location, a.resize)
    for seed in a.seeds:
        validation, test = run(seed, a.epochs, data, a.size, a.save)
        print(f"seed {seed}: validation kappa {validation:.3f}, test kappa {test:.3f}", flush=True)


main()
