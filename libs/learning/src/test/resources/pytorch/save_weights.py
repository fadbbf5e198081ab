"""Saves weight files of many kinds with the PyTorch at hand, and what a reader must make of them.

python save_weights.py FOLDER writes NAME.pth and NAME.json for each case: {"where", "tensors":
{name: {"dtype", "shape", "bytes": hex of the row-major little-endian elements}}}, or {"refused":
part of the message}.
"""

import argparse
import collections
import datetime
import io
import json
import os
import pickle
import struct
import sys
import zipfile

import torch

FOLDER = sys.argv[1]
DTYPES = {
    torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16",
    torch.int64: "I64", torch.int32: "I32", torch.int16: "I16", torch.int8: "I8",
    torch.uint8: "U8", torch.bool: "BOOL",
}
for unsigned in ("uint16", "uint32", "uint64"):
    if hasattr(torch, unsigned):
        DTYPES[getattr(torch, unsigned)] = unsigned.upper().replace("UINT", "U")


def elements(tensor):
    flat = tensor.detach().contiguous().reshape(-1)
    return b"" if flat.numel() == 0 else bytes(flat.view(torch.uint8).tolist())


def describe(tensors, where):
    return {
        "where": where,
        "tensors": {
            name: {
                "dtype": DTYPES[t.dtype],
                "shape": list(t.shape),
                "bytes": elements(t).hex(),
            }
            for name, t in tensors.items()
            if isinstance(t, torch.Tensor)
        },
    }


def write(name, content, expected):
    with open(os.path.join(FOLDER, name + ".pth"), "wb") as f:
        f.write(content)
    with open(os.path.join(FOLDER, name + ".json"), "w") as f:
        json.dump(expected, f)


def saved(obj, **options):
    buffer = io.BytesIO()
    torch.save(obj, buffer, **options)
    return buffer.getvalue()


def good(name, obj, tensors, where="top level"):
    expected = describe(tensors, where)
    for protocol in (2, 3, 4, 5):
        write("%s_zip_%d" % (name, protocol), saved(obj, pickle_protocol=protocol), expected)
        old = saved(obj, pickle_protocol=protocol, _use_new_zipfile_serialization=False)
        write("%s_legacy_%d" % (name, protocol), old, expected)


def refused(name, obj, message, **options):
    write("refused_" + name, saved(obj, **options), {"refused": message})


def zipped(name, entries, expected, **options):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **options) as archive:
        for entry, content in entries:
            with archive.open("archive/" + entry, "w", force_zip64=True) as f:
                f.write(content)
    write(name, buffer.getvalue(), expected)


def parts(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return [(i.filename.split("/", 1)[1], archive.read(i)) for i in archive.infolist()]


def all_types():
    torch.manual_seed(1)
    tensors = {}
    for dtype in DTYPES:
        if dtype.is_floating_point:
            tensors[str(dtype)] = torch.randn(3, 4).to(dtype)
        elif dtype == torch.bool:
            tensors[str(dtype)] = torch.randn(5) > 0
        else:
            tensors[str(dtype)] = torch.tensor([0, 1, 2, 127]).to(dtype)
    tensors["limits"] = torch.tensor([-(2**63), 2**63 - 1, 2**53 + 1])
    tensors["not numbers"] = torch.tensor([float("nan"), float("inf"), -0.0, 1e-45])
    return tensors


def views():
    torch.manual_seed(3)
    base = torch.arange(120, dtype=torch.float32)
    cube = base.reshape(4, 5, 6)
    convolution = torch.randn(8, 3, 5, 5).to(memory_format=torch.channels_last)
    return collections.OrderedDict(
        [
            ("base", base), ("cube", cube), ("permuted", cube.permute(2, 0, 1)),
            ("slice", cube[1:3, ::2, 3:]), ("column", cube[:, 2, 3]), ("one", cube[3, 4, 5]),
            ("tied", base), ("expanded", base[:3].reshape(3, 1).expand(3, 7)),
            ("all one", torch.ones(1).expand(2, 3, 4)), ("empty", torch.empty(0, 3)),
            ("empty slice", base[5:5]), ("scalar", torch.tensor(2.5)), ("channels last", convolution),
            ("windows", base.unfold(0, 4, 2)), ("single", base.as_strided((1, 4), (999, 1))),
            ("diagonal", base[:100].reshape(10, 10).diagonal()), ("h\u00e9\u4e2d\U0001f600", base[7:9]),
        ]
    )


def network():
    torch.manual_seed(2)
    return torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.Flatten(), torch.nn.Linear(4, 2)
    )


def checkpoint(key):
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [3, 7])
    model(torch.randn(2, 3, 3, 3)).sum().backward()
    optimizer.step()
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    sgd.step()
    namespace = argparse.Namespace(lr=0.1, nested=argparse.Namespace(a=[1, (2, None)]))
    content = {
        "epoch": 12, "best": 0.75, "arch": "r18", "nothing": None, "flags": [True, False],
        "deep": {"a": [1, (2, {"b": [3.5]}), ()], 7: "seven", (1, 2): "tuple", None: 0, 2.5: 1},
        "set": {1, 2}, "frozen": frozenset([3]), "bytes": b"\x00\xff", "array": bytearray(b"ab"),
        "large": 2**70, "negative": -(2**40), "size": torch.Size([1, 2]), "dtype": torch.float16,
        "device": torch.device("cpu"), "counter": collections.Counter("abca"),
        "ordered": collections.OrderedDict(a=1), "args": namespace,
        "optimizer": optimizer.state_dict(), "sgd": sgd.state_dict(),
        "scheduler": scheduler.state_dict(), "tensor": torch.ones(2),
        key: model.state_dict(),
    }
    return content, model.state_dict()


def main():
    good("types", all_types(), all_types())
    good("views", views(), views())
    parameters = {n: torch.nn.Parameter(torch.randn(2, 3)) for n in "ab"}
    good("parameters", parameters, parameters)
    good("module", network().state_dict(), network().state_dict())
    for key in ("state_dict", "model", "teacher", "student"):
        content, state = checkpoint(key)
        good("checkpoint_" + key, content, state, "key '%s'" % key)
    both = {"student": {"w": torch.zeros(1)}, "teacher": {"w": torch.ones(1)}, "epoch": 1}
    good("teacher_and_student", both, both["teacher"], "key 'teacher'")
    mixed = {"w": torch.ones(3), "epoch": 3, "note": "x"}
    good("mixed", mixed, mixed)
    many = {"layer.%d.weight" % i: torch.full((2,), float(i)) for i in range(3000)}
    good("many", many, many)
    attributed = torch.ones(2)
    attributed.note = "attribute"
    parameter = torch.nn.Parameter(torch.ones(2))
    parameter.note = 1
    good("attributes", {"t": attributed, "p": parameter}, {"t": attributed, "p": parameter})
    rewritten()
    not_weights()
    bombs()


def rewritten():
    """Archives that PyTorch reads and writes on other machines."""
    tensors = all_types()
    expected = describe(tensors, "top level")
    entries = [e for e in parts(saved(tensors)) if e[0] != "byteorder"]
    zipped("zip64_entries", entries, expected)
    widths = [t.element_size() for t in tensors.values()]
    swapped = []
    for name, content in entries:
        if name.startswith("data/"):
            width = widths[int(name[5:])]
            content = b"".join(
                content[i : i + width][::-1] for i in range(0, len(content), width)
            )
        swapped.append((name, content))
    zipped("big_endian", swapped + [("byteorder", b"big")], expected)
    zipped("refused_byte_order", entries + [("byteorder", b"middle")], {"refused": "byteorder"})
    zipped("refused_two_pickles", entries + [("data.pkl", b".")], {"refused": "two entries"})
    compressed = zipfile.ZIP_DEFLATED
    zipped("refused_compressed", entries, {"refused": "compressed"}, compression=compressed)


class Custom:
    pass


def not_weights():
    ones = torch.ones(2)
    refused("complex", {"w": torch.ones(2, dtype=torch.complex64)}, "torch.ComplexFloatStorage")
    if torch.__version__ >= "2":
        refused("conjugate", {"w": torch.randn(2, dtype=torch.complex64).conj()}, "ComplexFloat")
        refused("negative", {"w": torch.randn(2, dtype=torch.complex64).conj().imag}, "negated")
        refused("float8", {"w": ones.to(torch.float8_e4m3fn)}, "torch.float8_e4m3fn")
    quantised = torch.quantize_per_tensor(ones, 1.0, 0, torch.qint8)
    refused("quantised", {"w": quantised}, "_rebuild_qtensor")
    refused("sparse", {"w": torch.eye(2).to_sparse()}, "_rebuild_sparse_tensor")
    refused("meta", {"w": torch.ones(2, device="meta")}, "_rebuild_meta_tensor")
    refused("whole_module", network(), "torch.nn.modules.container.Sequential")
    refused("custom", {"w": ones, "x": Custom()}, "__main__.Custom")
    refused("date", {"w": ones, "x": datetime.date(2020, 1, 1)}, "datetime.date")
    refused("function", {"w": ones, "x": os.system}, "posix.system")
    refused("storage", {"w": ones.storage()}, "no state dict")
    refused("tensor", ones, "the content of the file is a tensor")
    refused("list", [ones], "the content of the file is")
    refused("empty", {}, "no state dict")
    refused("numbers", {"epoch": 3, "model": {"a": 1}}, "no state dict")
    refused("numbered", {1: ones}, "the name of a tensor")
    for option in ({}, {"_use_new_zipfile_serialization": False}):
        refused("range_%d" % len(option), {"w": ones, "x": range(3)}, "range", **option)
    torch.jit.script(network()).save(os.path.join(FOLDER, "refused_script.pth"))
    with open(os.path.join(FOLDER, "refused_script.json"), "w") as f:
        json.dump({"refused": "TorchScript"}, f)
    try:
        import numpy

        refused("numpy", {"w": ones, "best": numpy.float64(1)}, "multiarray.scalar")
    except ImportError:
        pass


def pickled(name, data, message, storages=()):
    zipped("refused_" + name, [("data.pkl", data)] + list(storages), {"refused": message})


def tensor_of(shape, stride):
    """A pickle {"w": tensor of that shape over a storage of four floats}."""
    class Storage:
        pass

    class Reduced:
        def __reduce__(self):
            arguments = (Storage(), 0, shape, stride, False, collections.OrderedDict())
            return torch._utils._rebuild_tensor_v2, arguments

    class Pickler(pickle.Pickler):
        def persistent_id(self, obj):
            if isinstance(obj, Storage):
                return "storage", torch.FloatStorage, "0", "cpu", 4
            return None

    buffer = io.BytesIO()
    Pickler(buffer, 2).dump({"w%d" % i: Reduced() for i in range(40)})
    return buffer.getvalue()


def bombs():
    """Small files that would fill memory or stack of a careless reader."""
    four = [("data/0", struct.pack("<4f", 1, 2, 3, 4))]
    for name, shape, stride, message in (
        ("repeated", (1 << 30,), (0,), "repeats its storage"),
        ("repeated_often", (1 << 24,), (0,), "repeats its storage"),
        ("overflow", (1 << 62, 4), (1, 1), "beyond 64 bits"),
        ("overflow_of_strides", (3, 3), (1 << 62, 1 << 62), "beyond 64 bits"),
        ("negative_stride", (2,), (-1,), "negative"),
        ("negative_size", (-2,), (1,), "negative"),
        ("ranks", (2, 2), (1,), "differ in length"),
    ):
        pickled(name, tensor_of(shape, stride), message, four)
    pickled("deep_list", b"\x80\x02" + b"]" * 200000 + b"a" * 199999 + b".", "content of the file")
    pickled("deep_tuple", b"\x80\x02)" + b"\x85" * 500000 + b".", "content of the file")
    # A key whose hash would visit 2 ** 60 tuples.
    doubling = b"\x80\x02}(K\x01" + b"q\x00h\x00\x86" * 60 + b"K\x01u."
    pickled("doubling_key", doubling, "no state dict")
    pickled("list_as_key", b"\x80\x02}]K\x01s.", "key")
    pickled("values", b"\x80\x02" + b"]" * 4000000 + b".", "values")
    pickled("marks", b"\x80\x02" + b"(" * 2000000 + b"t" * 10 + b".", "")
    pickled("memo", b"\x80\x02K\x01r\xff\xff\xff\xff.", "content of the file")
    pickled("unknown_memo", b"\x80\x02j\xff\xff\xff\xff.", "refers to")
    pickled("unicode_length", b"\x80\x02\x8d" + b"\xff" * 8 + b".", "ends at byte")
    pickled("negative_length", b"\x80\x02T\xff\xff\xff\xff.", "ends at byte")
    pickled("frame", b"\x80\x04\x95" + b"\xff" * 8 + b".", "ends at byte")
    pickled("protocol_0", pickle.dumps({"a": 1}, 0), "instruction")
    pickled("extension", b"\x80\x02\x82\x01.", "instruction")
    pickled("nothing", b".", "where there is none")
    pickled("long_name", b"\x80\x02c" + b"a" * 1000 + b"\nb\n.", "too long")
    pickled("stack_global", b"\x80\x04\x8c\x02os\x8c\x06system\x93.", "os.system")
    pickled("call_of_a_dict", b"\x80\x02})R.", "what the pickle calls")
    pickled("attributes_of_a_list", b"\x80\x02]}b.", "object with attributes")
    pairs = b"\x80\x02ccollections\nOrderedDict\nq\x00(]q\x01(" + b"K\x01K\x02\x86" * 100000
    calls = b"e" + b"h\x00h\x01\x85R" * 1000 + b"t."
    pickled("copied_again_and_again", pairs + calls, "values")


if __name__ == "__main__":
    main()
