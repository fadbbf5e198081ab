#!/usr/bin/env python3
"""Makes a folder of random cases for `medtrans parity FOLDER --group transforms`.

What torchvision 0.14 on PIL 9.4 makes of drawn images, in the format of
src/test/resources/golden: sizes from 1x1 up, one and three channels, every operation with
arguments from the whole of its range and beyond what a run would draw.

    transform_cases.py FOLDER [--seed 0] [--rounds 3] [--small]

Needs torch, torchvision, numpy and PIL. --small makes a few small images only, as in
src/test/resources/random.
"""
import argparse
import json
import random
import zlib
from pathlib import Path

import numpy
import PIL
import torch
import torchvision
from PIL import Image, ImageFilter, ImageOps
from torchvision.transforms import functional as F
from torchvision.transforms import InterpolationMode as Mode

SMALL = [(1, 1), (1, 37), (41, 1), (33, 47)]
OTHERS = [(1, 2), (2, 1), (2, 2), (3, 3), (5, 4), (16, 16), (3, 500), (500, 3), (224, 224), (257, 255), (480, 641)]
FILTERS = {"bilinear": Mode.BILINEAR, "bicubic": Mode.BICUBIC}


def nine(value):
    """Nine significant digits, as the golden files have them."""
    if isinstance(value, (list, tuple)):
        return [nine(v) for v in value]
    return value if isinstance(value, int) else float("%.9g" % value)


def pixels(rng, kind, height, width):
    """Kinds that reach every branch: noise, flat areas, hues of all sectors, nearly grey."""
    shape = (height, width, 3)
    if kind == "noise":
        return rng.integers(0, 256, shape)
    if kind == "white":
        return numpy.full(shape, 255)
    if kind == "corners":
        return rng.integers(0, 2, shape) * 255
    if kind == "nearly_grey":
        return numpy.clip(rng.integers(0, 256, (height, width, 1)) + rng.integers(-2, 3, shape), 0, 255)
    y, x = numpy.mgrid[0:height, 0:width]
    planes = [127.5 + 127.5 * numpy.sin(rng.uniform(0, 6) + x * rng.uniform(0, 0.4) + y * rng.uniform(0, 0.4))
              for _ in range(3)]
    return numpy.stack(planes, axis=2)


def affine(r, image):
    w, h = image.size
    angle, scale = nine(r.uniform(-180, 180)), nine(r.uniform(0.3, 3))
    translate = [r.randint(-w, w), r.randint(-h, h)]
    shear = [nine(r.uniform(-60, 60)), nine(r.choice([0, r.uniform(-60, 60)]))]
    matrix = F._get_inverse_affine_matrix([w * 0.5, h * 0.5], angle, translate, scale, shear)
    args = {"angle": angle, "translate": translate, "scale": scale, "shear": shear,
            "interpolation": "nearest", "fill": 0, "inverse_matrix_row_major_2x3": nine(matrix)}
    return args, F.affine(image, angle, translate, scale, shear)


def perspective(r, image):
    w, h = image.size
    reach_x, reach_y = int(r.random() * (w // 2)), int(r.random() * (h // 2))
    start = [[0, 0], [w - 1, 0], [w - 1, h - 1], [0, h - 1]]
    end = [[abs(x - r.randint(0, reach_x)), abs(y - r.randint(0, reach_y))] for x, y in start]
    try:
        coefficients = F._get_perspective_coeffs(start, end)
    except RuntimeError:  # torchvision fails on corners that coincide
        return None
    args = {"startpoints": start, "endpoints": end, "interpolation": "bilinear", "fill": 0,
            "pil_coefficients_a_to_h": nine(coefficients)}
    return args, F.perspective(image, start, end)


def resized_crop(r, image):
    w, h = image.size
    height, width = r.randint(1, h), r.randint(1, w)
    top, left = r.randint(0, h - height), r.randint(0, w - width)
    if r.random() < 0.2:  # over the edge
        height, top, left = height + r.randint(0, 9), top + r.randint(-5, 5), left - r.randint(0, 5)
    size, name = r.choice([1, 2, 7, 32, 96, width, height]), r.choice(list(FILTERS))
    args = {"top": top, "left": left, "height": height, "width": width, "size": size, "interpolation": name}
    return args, F.resized_crop(image, top, left, height, width, [size, size], FILTERS[name])


def resize(r, image):
    w, h = image.size
    height, width, name = r.choice([1, 3, 40, 224, h, 2 * h + 1]), r.choice([1, 5, 57, w, 3 * w]), r.choice(list(FILTERS))
    return ({"height": height, "width": width, "interpolation": name},
            F.resize(image, [height, width], FILTERS[name]))


def center_crop(r, image):
    height, width = r.choice([1, 2, 15, 32, 128, 301]), r.choice([1, 4, 15, 32, 129, 300])
    return {"height": height, "width": width, "fill": 0}, F.center_crop(image, [height, width])


def random_crop(r, image):
    w, h = image.size
    padding = r.choice([0, 1, 4, 50])
    size = r.randint(1, min(h, w) + 2 * padding)
    top, left = r.randint(0, h + 2 * padding - size), r.randint(0, w + 2 * padding - size)
    return ({"padding": padding, "size": size, "top": top, "left": left, "fill": 0},
            F.crop(F.pad(image, [padding]), top, left, size, size))


def rotate(r, image):
    angle = r.choice([0, 90, -90, 180, -180, 270, 360, 450, -720, 45, nine(r.uniform(-720, 720)),
                      nine(r.uniform(-30, 30)), 1e-7, 89.9999999])
    return ({"angle_degrees_counterclockwise": angle, "interpolation": "nearest", "expand": False, "fill": 0},
            F.rotate(image, angle))


def factor(r):
    return r.choice([0, 1, 2, nine(r.uniform(0, 2)), nine(r.uniform(0.6, 1.4)), nine(r.uniform(2, 20))])


def hue(r):
    return r.choice([-0.5, 0.5, 0, 0.002, -0.002, 1 / 255, nine(r.uniform(-0.5, 0.5)), nine(r.uniform(-0.1, 0.1))])


def enhance(function, argument):
    def case(r, image):
        value = argument(r)
        return {"factor": nine(value)}, function(image, nine(value))
    return case


def color_jitter(r, image):
    order = r.sample(range(4), 4)
    args = {"order_0brightness_1contrast_2saturation_3hue": order, "brightness": factor(r),
            "contrast": factor(r), "saturation": factor(r), "hue": nine(hue(r))}
    steps = [F.adjust_brightness, F.adjust_contrast, F.adjust_saturation, F.adjust_hue]
    values = [args["brightness"], args["contrast"], args["saturation"], args["hue"]]
    for i in order:
        image = steps[i](image, values[i])
    return args, image


def blur(r, image):
    radius = r.choice([0, 0.1, 0.5, 1, 2, 5.5, 40, nine(r.uniform(0.1, 2)), nine(r.uniform(0, 20))])
    return {"radius": radius}, image.filter(ImageFilter.GaussianBlur(radius))


def solarize(r, image):
    threshold = r.choice([0, 1, 127, 127.5, 128, 255, 256, r.randint(0, 256)])
    return {"threshold": threshold}, ImageOps.solarize(image, threshold)


def grayscale(r, image):
    channels = len(image.getbands())
    return {"channels": channels}, F.to_grayscale(image, channels)


def validation(r, image):
    height, width, crop = r.choice([1, 40, 256]), r.choice([1, 40, 256]), r.choice([1, 31, 32, 224])
    return ({"resize": [height, width], "center_crop": crop},
            F.center_crop(F.resize(image, [height, width]), crop))


OPERATIONS = {
    "resize": resize, "resized_crop": resized_crop, "center_crop": center_crop,
    "hflip": lambda r, image: ({}, F.hflip(image)), "vflip": lambda r, image: ({}, F.vflip(image)),
    "rotate": rotate, "adjust_brightness": enhance(F.adjust_brightness, factor),
    "adjust_contrast": enhance(F.adjust_contrast, factor),
    "adjust_saturation": enhance(F.adjust_saturation, factor), "adjust_hue": enhance(F.adjust_hue, hue),
    "grayscale": grayscale, "gaussian_blur": blur, "solarize": solarize, "affine": affine,
    "perspective": perspective, "random_crop_padding": random_crop, "color_jitter": color_jitter,
    "val_pipeline_resize_center_crop": validation,
}


def tensor_cases(r, name, image):
    """ToTensor and Normalize, and then RandomErasing's fill, which degenerate boxes leave nothing of."""
    channels, (width, height) = len(image.getbands()), image.size
    mean, std = [nine(r.uniform(0, 1)) for _ in range(channels)], [nine(r.uniform(0.05, 0.4)) for _ in range(channels)]
    tensor = F.normalize(F.to_tensor(image), mean, std)
    statistics = lambda t: {"channel_mean": nine(t.double().mean((1, 2)).tolist()),
                            "channel_l2": nine(t.double().pow(2).sum((1, 2)).sqrt().tolist())}
    yield {"input": name, "op": "to_tensor_normalize", "mean": mean, "std": std, "shape_chw": list(tensor.shape),
           "first10": nine(tensor.flatten()[:10].tolist()), **statistics(tensor)}
    box_height, box_width = r.randint(1, height), r.randint(1, width)
    top, left = r.randint(0, height - box_height), r.randint(0, width - box_width)
    value = nine(r.choice([0.0, r.uniform(-3, 3)]))
    erased = F.erase(tensor, top, left, box_height, box_width, torch.tensor([value])[:, None, None])
    yield {"input": name, "op": "random_erasing_after_normalize", "top": top, "left": left, "height": box_height,
           "width": box_width, "value": value, "mean": mean, "std": std, **statistics(erased),
           "value_at_top_left_of_box": nine(erased[:, top, left].tolist()),
           "value_left_of_box_or_null": nine(erased[:, top, left - 1].tolist()) if left else None}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=3, help="cases per operation and image")
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    rng, r = numpy.random.default_rng(options.seed), random.Random(options.seed)
    folder = options.folder / "transforms"
    folder.mkdir(parents=True)
    images, tensors = [], []
    for height, width in SMALL + ([] if options.small else OTHERS):
        for mode in ("RGB", "L"):
            kind = r.choice(["noise", "waves", "corners", "nearly_grey", "white"])
            source = Image.fromarray(pixels(rng, kind, height, width).astype("uint8")).convert(mode)
            name = f"{kind}_{height}x{width}_{mode}.png"
            source.save(folder / name)
            tensors.extend(tensor_cases(r, name, source))
            for op, make in OPERATIONS.items():
                for _ in range(options.rounds):
                    made = make(r, source)
                    if made is not None:
                        expected = f"{len(images):05d}_{op}.png"
                        made[1].save(folder / expected)
                        images.append({"input": name, "op": op, "args": made[0], "expected": expected,
                                       "size_wh": list(made[1].size), "mode": mode})
    cases = {"case": "transforms", "made_with": {"torchvision": torchvision.__version__, "PIL": PIL.__version__},
             "tolerance": "images: exact", "images": images, "tensors": tensors}
    (folder / "cases.json").write_text(json.dumps(cases))
    files = {f"transforms/{f.name}": {"bytes": f.stat().st_size, "crc32": zlib.crc32(f.read_bytes())}
             for f in sorted(folder.iterdir())}
    manifest = {"set": "random", "cases": [{"group": "transforms", "case": "transforms", "file": "transforms/cases.json"}],
                "files": files}
    (options.folder / "manifest.json").write_text(json.dumps(manifest))
    print(f"{len(images)} images, {len(tensors)} tensors")


if __name__ == "__main__":
    main()
