#!/usr/bin/env python3
"""Writes how torchvision 0.14 draws: src/test/resources/golden/draws.json.

For each transform and each of its numbers, values and the share of draws that do not exceed them.

    draw_distributions.py [--draws 100000] > src/test/resources/golden/draws.json

Needs torch, torchvision and numpy.
"""
import argparse
import json
import sys

import numpy
import torch
from torchvision.transforms import functional as F
from torchvision.transforms import transforms as T

RATIO = (3 / 4, 4 / 3)


def image(height, width):
    return torch.empty(1, height, width)


def box(top, left, height, width):
    return {"top": top, "left": left, "height": height, "width": width, "area": height * width, "ratio": width / height}


def resized_crop(height, width, args):
    return box(*T.RandomResizedCrop.get_params(image(height, width), args["scale"], RATIO))


def erasing(height, width, args):
    top, left, box_height, box_width, value = T.RandomErasing.get_params(
        image(height, width), args["scale"], args["ratio"], [0.0])
    if value.dim() == 3 and value.shape[-1] == width:  # no rectangle fitted: the image itself
        return {"erased": 0}
    return {"erased": 1, **box(top, left, box_height, box_width)}


def crop(height, width, args):
    padded = image(height + 2 * args["padding"], width + 2 * args["padding"])
    top, left, _, _ = T.RandomCrop.get_params(padded, (args["height"], args["width"]))
    return {"top": top - args["padding"], "left": left - args["padding"]}


def affine(height, width, args):
    shear = args["shear"]
    drawn = T.RandomAffine.get_params(
        (-args["degrees"], args["degrees"]), args["translate"], args["scale"], (-shear, shear), [width, height])
    angle, translate, scale, shears = drawn
    matrix = F._get_inverse_affine_matrix([width * 0.5, height * 0.5], angle, translate, scale, shears)
    return dict(zip("abcdef", matrix))


def perspective(height, width, args):
    _, end = T.RandomPerspective.get_params(width, height, args["distortion_scale"])
    return {f"{axis}{corner}": end[corner][i] for corner in range(4) for i, axis in enumerate("xy")}


CASES = [
    ("RandomResizedCrop", resized_crop, 256, 256, {"scale": [0.8, 1.2]}),
    ("RandomResizedCrop", resized_crop, 256, 256, {"scale": [0.05, 0.4]}),
    ("RandomResizedCrop", resized_crop, 7, 5, {"scale": [0.08, 1.0]}),
    ("RandomErasing", erasing, 224, 224, {"scale": [0.02, 0.33], "ratio": [0.3, 3.3]}),
    ("RandomErasing", erasing, 40, 90, {"scale": [0.3, 0.9], "ratio": [0.2, 6.0]}),
    ("RandomCrop", crop, 40, 33, {"height": 32, "width": 32, "padding": 4}),
    ("RandomCrop", crop, 50, 70, {"height": 20, "width": 69, "padding": 0}),
    ("RandomAffine", affine, 224, 200, {"degrees": 30, "translate": [0.1, 0.3], "scale": [0.7, 1.3], "shear": 15}),
    ("RandomPerspective", perspective, 101, 64, {"distortion_scale": 0.5}),
    ("RandomPerspective", perspective, 5, 224, {"distortion_scale": 1.0}),
]


def marginals(rows):
    result = {}
    for name in max(rows, key=len):
        values = numpy.sort([row[name] for row in rows if name in row])
        steps = sorted(set(float("%.9g" % v) for v in numpy.quantile(values, numpy.arange(0.05, 1, 0.05))))
        result[name] = [[step, numpy.searchsorted(values, step, side="right") / len(values)] for step in steps]
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=100_000)
    draws = parser.parse_args().draws
    torch.manual_seed(0)
    torch.set_num_threads(1)
    cases = [{"transform": name, "height": height, "width": width, "args": args,
              "shares": marginals([draw(height, width, args) for _ in range(draws)])}
             for name, draw, height, width, args in CASES]
    sys.stdout.write(json.dumps({"draws": draws, "cases": cases}).replace('{"transform"', '\n{"transform"') + "\n")


if __name__ == "__main__":
    main()
