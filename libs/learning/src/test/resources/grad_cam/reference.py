"""Grad-CAM of a torchvision resnet18, written with hooks and autograd: compares with the maps that
the kernels made of the same weights, images and classes. python3 reference.py CASE.safetensors"""
import json
import struct
import sys

import torch
import torchvision


def read(path):
    data = open(path, "rb").read()
    (length,) = struct.unpack_from("<Q", data)
    tensors = {}
    for name, entry in json.loads(data[8:8 + length]).items():
        if name != "__metadata__":
            first, last = (8 + length + at for at in entry["data_offsets"])
            dtype = {"F32": torch.float32, "I64": torch.int64}[entry["dtype"]]
            values = torch.frombuffer(bytearray(data[first:last]), dtype=dtype)
            tensors[name] = values.reshape(entry["shape"])
    return tensors


case = read(sys.argv[1])
images, classes, ours = (case.pop("case." + name) for name in ("images", "classes", "maps"))
net = torchvision.models.resnet18(num_classes=case["fc.weight"].shape[0]).eval()
net.load_state_dict({name.replace("backbone.", ""): t for name, t in case.items()})
kept = {}
net.layer4.register_forward_hook(lambda module, inputs, output: kept.update(maps=output))
logits = net(images)
maps = kept["maps"]
score = logits.gather(1, classes[:, None]).sum()
(gradients,) = torch.autograd.grad(score, maps)
expected = torch.relu((gradients.mean((2, 3), keepdim=True) * maps).sum(1))
assert expected.max() > 0
error = (expected - ours).abs().max() / expected.max()
assert error < 1e-4, f"relative error {error}"
