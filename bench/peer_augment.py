#!/usr/bin/python3
"""torchvision's time, on PIL images, for what `medtrans bench augment` and `medtrans bench prepare` measure.

    /usr/bin/python3 peer_augment.py DIR supervised|dino|prepare [--rounds 3]

`prepare`: decode, resize to 256 x 256. `supervised` and `dino`: that and the views of an image, to normalised
tensors; nothing is kept from one epoch to the next, as in torchvision's own recipes.
One process, one thread. Prints one JSON line: images per second of the fastest round. Needs torchvision and PIL:
on Debian the package python3-torchvision and Debian's own interpreter.
"""
import argparse
import glob
import json
import os
import random
import time

import torch
from PIL import Image, ImageFilter, ImageOps
from torchvision import transforms as T

torch.set_num_threads(1)
NORMALIZE = [T.ToTensor(), T.Normalize((0.415, 0.221, 0.073), (0.275, 0.150, 0.081))]


class Blur:
    def __init__(self, p):
        self.p = p

    def __call__(self, image):
        if random.random() > self.p:
            return image
        return image.filter(ImageFilter.GaussianBlur(random.uniform(0.1, 2.0)))


class Solarize:
    def __call__(self, image):
        return ImageOps.solarize(image, 128) if random.random() <= 0.2 else image


def jitter(brightness, contrast, saturation, hue):
    return T.RandomApply([T.ColorJitter(brightness, contrast, saturation, hue)], 0.8)


def supervised():
    crop = T.RandomResizedCrop(224, (0.8, 1.2))
    flips = [T.RandomVerticalFlip(), T.RandomHorizontalFlip()]
    return [T.Compose([crop, *flips, jitter(0.2, 0.2, 0.1, 0.1), *NORMALIZE])]


def crop(size, scale, blur, solarize=()):
    steps = [T.RandomResizedCrop(size, scale), T.RandomHorizontalFlip(), jitter(0.4, 0.4, 0.2, 0.1)]
    return T.Compose([*steps, T.RandomGrayscale(0.2), Blur(blur), *solarize, *NORMALIZE])


def dino():
    large = [crop(224, (0.4, 1), 1.0), crop(224, (0.4, 1), 0.1, [Solarize()])]
    return large + [crop(96, (0.05, 0.4), 0.5)] * 6


PIPELINES = {"prepare": list, "supervised": supervised, "dino": dino}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("pipeline", choices=PIPELINES)
    parser.add_argument("--rounds", type=int, default=3)
    a = parser.parse_args()
    files = sorted(f for e in ("png", "jpg") for f in glob.glob(os.path.join(a.folder, "*." + e)))
    resize = T.Resize((256, 256))
    views = PIPELINES[a.pipeline]()
    best = 0.0
    for _ in range(a.rounds):
        start = time.perf_counter()
        for file in files:
            image = resize(Image.open(file).convert("RGB"))
            for view in views:
                view(image)
        best = max(best, len(files) / (time.perf_counter() - start))
    peer = "torchvision on PIL"
    print(json.dumps({"peer": peer, "pipeline": a.pipeline, "images": len(files), "images_per_s": round(best, 1)}))


main()
