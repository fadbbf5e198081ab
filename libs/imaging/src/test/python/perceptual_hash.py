"""Pictures, their perceptual hashes and how alike they are, by PIL, NumPy and SciPy.

python perceptual_hash.py FOLDER     writes FOLDER/*.png and FOLDER/looks.json

The hash is that of ImageHash's phash (hash_size=8, highfreq_factor=4), but that the picture is first
reduced by whole numbers and then resized bilinearly: scipy's DCT-II of 32 x 32 greys, the 8 x 8
lowest frequencies, each against the median of all 64. The likeness is Pearson's correlation of what
is left of the greys without the mean of the 3 x 3 around, cut off at the median of its sizes of half
a grey level and more.
"""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance
from scipy.fft import dctn
from scipy.ndimage import uniform_filter


def greys(image):
    across, down = max(1, image.width // 128), max(1, image.height // 128)
    if across > 1 or down > 1:
        whole = (0, 0, image.width // across * across, image.height // down * down)
        image = image.crop(whole).reduce((across, down))
    return np.asarray(image.convert("L").resize((32, 32), Image.BILINEAR), dtype=np.float64)


def phash(image):
    low = dctn(greys(image), type=2)[:8, :8]
    bits = (low > np.median(low)).ravel()
    return "%016x" % int("".join("01"[int(b)] for b in bits), 2)


def detail(image):
    rest = greys(image) - uniform_filter(greys(image), 3, mode="nearest")
    sizes = np.sort(np.abs(rest)[np.abs(rest) >= 0.5 - 1e-9])
    most = sizes[len(sizes) // 2]
    return np.clip(rest, -most, most)


def likeness(one, other):
    return float(np.corrcoef(detail(one).ravel(), detail(other).ravel())[0, 1])


def drawn(seed, width, height, channels):
    """Blocks of 10 x 10 pixels, darker towards a corner."""
    random = np.random.RandomState(seed)
    blocks = random.randint(0, 200, (-(-height // 10), -(-width // 10), channels))
    pixels = blocks.repeat(10, 0).repeat(10, 1)[:height, :width]
    pixels = pixels + (55 * np.arange(width) // width)[None, :, None]
    return Image.fromarray(pixels.squeeze().astype(np.uint8))


def main(folder):
    small = drawn(1, 28, 28, 1)
    wide = drawn(2, 431, 262, 3)
    images = {
        "small": small,
        "wide": wide,
        "wide-half": wide.resize((215, 131), Image.BICUBIC),
        "wide-bright": ImageEnhance.Brightness(wide).enhance(1.1),
        "other": drawn(3, 431, 262, 3),
        "tall-grey": drawn(4, 150, 700, 1),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, image in images.items():
        image.save(folder / (name + ".png"), optimize=True)
    pairs = [("wide", n) for n in ("wide", "wide-half", "wide-bright", "other", "tall-grey")]
    looks = {
        "hashes": {name: phash(image) for name, image in images.items()},
        "likeness": [[a, b, likeness(images[a], images[b])] for a, b in pairs],
    }
    (folder / "looks.json").write_text(json.dumps(looks, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
