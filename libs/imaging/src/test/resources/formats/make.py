"""Made the files beside it: DICOM by pydicom and dcmtk, what must come out by pydicom and numpy.

NAME.dcm goes with NAME.pgm or NAME.ppm. Run with pydicom 2.3, numpy, PIL and dcmtk in reach.
"""
import os
import subprocess

import numpy as np
import pydicom
from PIL import Image
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.pixel_data_handlers.util import apply_modality_lut, apply_windowing, convert_color_space
from pydicom.uid import (
    ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEGBaseline8Bit,
    RLELossless, generate_uid)

HERE = os.path.dirname(os.path.abspath(__file__))
H, W = 19, 23
RNG = np.random.RandomState(7)


def dataset(pixels, stored, high=None, signed=False, photometric="MONOCHROME2",
            syntax=ExplicitVRLittleEndian, planar=0, **more):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    meta.MediaStorageSOPInstanceUID = "1.2.826.0.1.3680043.8.498.1"
    meta.TransferSyntaxUID = syntax
    ds = FileDataset("x", {}, file_meta=meta, preamble=b"\0" * 128)
    ds.is_little_endian = syntax != ExplicitVRBigEndian
    ds.is_implicit_VR = syntax == ImplicitVRLittleEndian
    ds.SOPClassUID, ds.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    ds.StudyInstanceUID, ds.SeriesInstanceUID = "1.2.3", "1.2.4"
    ds.PatientID, ds.PatientName = "P1", "Test"
    inner = pydicom.Dataset()
    inner.CodeValue, inner.CodeMeaning = "R", "right"
    outer = pydicom.Dataset()
    outer.ViewCodeSequence = [inner]
    ds.ViewCodeSequence = [outer]
    ds["ViewCodeSequence"].is_undefined_length = True
    outer.is_undefined_length_sequence_item = True
    ds.Rows, ds.Columns = pixels.shape[:2]
    ds.SamplesPerPixel = 1 if pixels.ndim == 2 else 3
    ds.PhotometricInterpretation = photometric
    if pixels.ndim == 3:
        ds.PlanarConfiguration = planar
    bits = pixels.dtype.itemsize * 8
    ds.BitsAllocated, ds.BitsStored = bits, stored
    ds.HighBit = stored - 1 if high is None else high
    ds.PixelRepresentation = int(signed)
    for key, value in more.items():
        setattr(ds, key, value)
    raw = pixels.astype(pixels.dtype.newbyteorder("<" if ds.is_little_endian else ">"))
    if pixels.ndim == 3 and planar:
        raw = raw.transpose(2, 0, 1)
    data = raw.tobytes()
    ds.PixelData = data + b"\0" * (len(data) % 2)
    ds["PixelData"].VR = "OW" if bits > 8 else "OB"
    return ds


def save(name, ds):
    path = os.path.join(HERE, name + ".dcm")
    ds.save_as(path, write_like_original=False)
    return path


def grey(ds, values):
    """Of stored values, by pydicom's modality and window; without a window by the bits stored."""
    v = apply_modality_lut(values, ds).astype(np.float64)
    if "WindowCenter" in ds:
        # pydicom's range of the output is that of the bits stored, rescaled: brought back to 0..1.
        lo, hi = bounds(ds)
        out = (apply_windowing(apply_modality_lut(values, ds), ds, index=0) - lo) / (hi - lo)
    else:
        lo, hi = bounds(ds)
        out = (v - lo) / (hi - lo)
    out = np.floor(out * 255 + 0.5)
    return (255 - out if ds.PhotometricInterpretation == "MONOCHROME1" else out).astype(np.uint8)


def bounds(ds):
    signed, bits = ds.PixelRepresentation, ds.BitsStored
    lo, hi = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    slope, intercept = float(ds.get("RescaleSlope", 1)), float(ds.get("RescaleIntercept", 0))
    a, b = lo * slope + intercept, hi * slope + intercept
    return min(a, b), max(a, b)


def expect(name, pixels):
    Image.fromarray(pixels).save(os.path.join(HERE, name + (".pgm" if pixels.ndim == 2 else ".ppm")))


def stored_values(low, high, dtype=np.uint16):
    return RNG.randint(low, high, (H, W)).astype(dtype)


def monochrome(name, values, raw=None, **how):
    ds = dataset(values if raw is None else raw, **how)
    save(name, ds)
    expect(name, grey(ds, values))
    return ds


u12 = stored_values(0, 4096)
monochrome("explicit_12bit_depth", u12, stored=12)
monochrome("implicit_window", u12, stored=12, syntax=ImplicitVRLittleEndian,
           WindowCenter=2000, WindowWidth=1500)
monochrome("big_endian_window", u12, stored=12, syntax=ExplicitVRBigEndian,
           WindowCenter=[1000, 3000], WindowWidth=[801, 55])
monochrome("monochrome1", u12, stored=12, photometric="MONOCHROME1",
           WindowCenter=2048, WindowWidth=4096)
monochrome("eight_bit", stored_values(0, 256, np.uint8), stored=8)
i16 = stored_values(-1024, 3000, np.int16)
monochrome("signed_rescaled_ct", i16, stored=16, signed=True, RescaleSlope="1.5",
           RescaleIntercept="-24", WindowCenter=40, WindowWidth=400)
monochrome("window_exact", i16, stored=16, signed=True, WindowCenter=300.5, WindowWidth=700,
           VOILUTFunction="LINEAR_EXACT", RescaleSlope=1, RescaleIntercept=0)
monochrome("window_sigmoid", i16, stored=16, signed=True, WindowCenter=300, WindowWidth=700,
           VOILUTFunction="SIGMOID")
monochrome("negative_slope_depth", u12, stored=12, RescaleSlope=-1, RescaleIntercept=4095)
u10 = stored_values(0, 1024)
monochrome("high_bit_15", u10, raw=(u10 << 6).astype(np.uint16) | 5, stored=10, high=15)

rgb = RNG.randint(0, 256, (H, W, 3)).astype(np.uint8)
for name, planar in (("rgb", 0), ("rgb_planar", 1)):
    save(name, dataset(rgb, 8, photometric="RGB", planar=planar))
    expect(name, rgb)
ybr = dataset(rgb, 8, photometric="YBR_FULL")
save("ybr_full", ybr)
expect("ybr_full", convert_color_space(rgb, "YBR_FULL", "RGB"))


def compressed(name, source, command, *options):
    subprocess.run([command, *options, os.path.join(HERE, source + ".dcm"),
                    os.path.join(HERE, name + ".dcm")], check=True)
    end = ".ppm" if os.path.exists(os.path.join(HERE, source + ".ppm")) else ".pgm"
    with open(os.path.join(HERE, source + end), "rb") as f, \
            open(os.path.join(HERE, name + end), "wb") as g:
        g.write(f.read())


compressed("rle_12bit", "implicit_window", "dcmcrle")
compressed("rle_rgb", "rgb", "dcmcrle")
compressed("rle_signed", "signed_rescaled_ct", "dcmcrle")
compressed("lossless_57", "implicit_window", "dcmcjpeg", "+el", "+sv", "4")
compressed("lossless_70", "signed_rescaled_ct", "dcmcjpeg", "+e1")
compressed("lossless_8bit", "eight_bit", "dcmcjpeg", "+e1")
compressed("lossless_rgb", "rgb", "dcmcjpeg", "+e1")

smooth = np.add.outer(np.arange(48) * 3, np.arange(40) * 2).astype(np.uint8)
for name, pixels, photometric in (
        ("baseline_grey", smooth, "MONOCHROME2"),
        ("baseline_colour", np.stack([smooth, 255 - smooth, smooth // 2], 2), "YBR_FULL_422")):
    Image.fromarray(pixels).save("/tmp/frame.jpg", quality=90)
    ds = dataset(pixels, 8, photometric=photometric, syntax=JPEGBaseline8Bit)
    with open("/tmp/frame.jpg", "rb") as f:
        ds.PixelData = encapsulate([f.read()])
    ds["PixelData"].is_undefined_length = True
    save(name, ds)
    expect(name, np.asarray(Image.open("/tmp/frame.jpg")))
