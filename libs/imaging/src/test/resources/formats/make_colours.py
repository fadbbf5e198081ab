"""Made the files jpeg_*.dcm beside it: DICOM that says RGB, whose JPEG says nothing of its colours.

What must come out is what PIL (libjpeg) reads of the same picture where nothing is hidden from it.
Run with pydicom 3, numpy and PIL 12 in reach.
"""
import io
import os

import numpy as np
from PIL import Image
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGBaseline8Bit

HERE = os.path.dirname(os.path.abspath(__file__))


def picture():
    """A fan of speckle on black with a coloured patch, as colour Doppler has it."""
    rng = np.random.RandomState(5)
    y, x = np.mgrid[0:40, 0:48]
    fan = (np.abs(x - 24) < 4 + y * 0.5) & (y > 4)
    grey = np.where(fan, 40 + 120 * rng.rand(40, 48), 0)
    rgb = np.repeat(grey[:, :, None], 3, 2)
    rgb[20:28, 20:30] = [190, 40, 30]
    return Image.fromarray(rgb.astype(np.uint8))


def segments(jpeg):
    """(marker, bytes) up to the scan, which is the last one's."""
    at = 2
    while jpeg[at + 1] != 0xDA:
        length = 2 + int.from_bytes(jpeg[at + 2:at + 4], "big")
        yield jpeg[at + 1], jpeg[at:at + length]
        at += length
    yield 0xDA, jpeg[at:]


def silent(jpeg):
    """Without JFIF and Adobe segments, components called 1, 2 and 3."""
    out = jpeg[:2]
    for marker, part in segments(jpeg):
        if marker in (0xE0, 0xEE):
            continue
        part = bytearray(part)
        if marker == 0xC0:
            part[10::3] = bytes([1, 2, 3])
        if marker == 0xDA:
            part[5:11:2] = bytes([1, 2, 3])
        out += bytes(part)
    return out


def write(name, jpeg, expected):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    meta.MediaStorageSOPInstanceUID = "1.2.826.0.1.3680043.8.498.1"
    meta.TransferSyntaxUID = JPEGBaseline8Bit
    ds = FileDataset("x", Dataset(), file_meta=meta, preamble=b"\0" * 128)
    ds.SOPClassUID, ds.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    ds.Rows, ds.Columns, ds.SamplesPerPixel, ds.PlanarConfiguration = 40, 48, 3, 0
    ds.PhotometricInterpretation = "RGB"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 8, 8, 7, 0
    ds.PixelData = encapsulate([silent(jpeg)])
    ds["PixelData"].VR = "OB"
    ds["PixelData"].is_undefined_length = True
    ds.save_as(os.path.join(HERE, name + ".dcm"), enforce_file_format=True)
    expected.save(os.path.join(HERE, name + ".ppm"))


def jpeg(**how):
    out = io.BytesIO()
    picture().save(out, "JPEG", quality=92, **how)
    return out.getvalue()


for name, how in (("jpeg_halved_ycc", dict(subsampling=2)), ("jpeg_full_ycc", dict(subsampling=0)),
                  ("jpeg_rgb", dict(keep_rgb=True))):
    data = jpeg(**how)
    write(name, data, Image.open(io.BytesIO(data)))
