"""Loads what was exported as a stranger would, and writes {"logits", "names", "buffers", "metadata"} as JSON.

    load_exported.py KIND FILE IMAGES.safetensors OUT [KIND FILE IMAGES.safetensors OUT ...]

    KIND is torchscript; torchvision, FILE is safetensors of a residual network; or timm, of a vision transformer
"""
import json
import struct
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F


def safetensors(path):
    data = bytearray(open(path, "rb").read())
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    dtypes = {"F32": torch.float32, "I64": torch.int64}
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        content = bytes(data[8 + length + begin : 8 + length + end])
        flat = torch.frombuffer(bytearray(content), dtype=dtypes[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors, metadata


class Attention(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.qkv, self.proj = nn.Linear(dim, 3 * dim), nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, c // 64, 64).permute(2, 0, 3, 1, 4)
        a = (q @ k.transpose(-2, -1) / 8).softmax(-1)
        return self.proj((a @ v).transpose(1, 2).reshape(b, n, c))


class Mlp(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(dim, 4 * dim), nn.Linear(4 * dim, dim)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm1, self.attn = nn.LayerNorm(dim, eps=1e-6), Attention(dim)
        self.norm2, self.mlp = nn.LayerNorm(dim, eps=1e-6), Mlp(dim)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    def __init__(self, channels, dim, patch):
        super().__init__()
        self.proj = nn.Conv2d(channels, dim, patch, patch)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)


class VisionTransformer(nn.Module):
    """With the parameter names of timm."""

    def __init__(self, tensors):
        super().__init__()
        dim, channels, patch, _ = tensors["patch_embed.proj.weight"].shape
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embed = nn.Parameter(torch.zeros(tensors["pos_embed"].shape))
        self.patch_embed = PatchEmbed(channels, dim, patch)
        self.blocks = nn.Sequential(*[Block(dim) for _ in range(12)])
        self.norm = nn.LayerNorm(dim, eps=1e-6)
        self.head = nn.Linear(dim, tensors["head.bias"].shape[0])

    def forward(self, x):
        x = self.patch_embed(x)
        x = torch.cat((self.cls_token.expand(x.shape[0], -1, -1), x), 1) + self.pos_embed
        return self.head(self.norm(self.blocks(x))[:, 0])


def torchvision_resnet(tensors, metadata):
    import torchvision

    model = getattr(torchvision.models, metadata["backbone"])(num_classes=tensors["fc.bias"].shape[0])
    channels = tensors["conv1.weight"].shape[1]
    if channels != 3:
        model.conv1 = nn.Conv2d(channels, 64, 7, 2, 3, bias=False)
    return model


def main(kind, file, images, out):
    x = safetensors(images)[0]["images"]
    if kind == "torchscript":
        extra = {"medtransformers.json": ""}
        model = torch.jit.load(file, _extra_files=extra)
        metadata = json.loads(extra["medtransformers.json"])
        model(x).sum().backward()
        assert all(p.grad is not None for p in model.parameters()), "a parameter does not learn"
        assert not any(b.requires_grad for b in model.buffers()), "a buffer learns"
        with torch.no_grad():
            trained = model.train()(x)
            doubled = model.double()(x.double()).float()  # every tensor is reached by conversions
        assert torch.allclose(trained, doubled, rtol=1e-3, atol=1e-3), "double differs"
        model = torch.jit.load(file)
    else:
        tensors, metadata = safetensors(file)
        model = torchvision_resnet(tensors, metadata) if kind == "torchvision" else VisionTransformer(tensors)
        model.load_state_dict(tensors, strict=True)
    with torch.no_grad():
        logits = model.eval()(x)
    buffers = [name for name, _ in model.named_buffers()]
    names = list(model.state_dict())
    with open(out, "w") as f:
        json.dump({"logits": logits.tolist(), "names": names, "buffers": buffers, "metadata": metadata}, f)


for first in range(1, len(sys.argv), 4):
    main(*sys.argv[first : first + 4])
