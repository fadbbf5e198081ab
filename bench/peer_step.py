#!/usr/bin/env python3
"""PyTorch's time for the steps that `medtrans bench train-step` measures, with the same fields.

    python3 peer_step.py resnet50|deit_small|deit_tiny [--batch 16] [--size 224] [--steps 8] [--threads 2]
                         [--bf16] [--channels-last] [--evaluate]

Eager PyTorch as its tutorials write it: autocast for --bf16, torch.no_grad for --evaluate.
"""
import argparse
import json
import resource
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

CLASSES = 5
WARM_UP = 2


def convolution(inputs, outputs, kernel, stride=1):
    layer = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
    return nn.Sequential(layer, nn.BatchNorm2d(outputs))


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.first = convolution(inputs, width, 1)
        self.second = convolution(width, width, 3, stride)
        self.third = convolution(width, 4 * width, 1)
        same = stride == 1 and inputs == 4 * width
        self.shortcut = nn.Identity() if same else convolution(inputs, 4 * width, 1, stride)

    def forward(self, x):
        y = F.relu(self.second(F.relu(self.first(x), True)), True)
        return F.relu(self.third(y) + self.shortcut(x), True)


def resnet50():
    blocks, inputs = [], 64
    for stage, depth in enumerate((3, 4, 6, 3)):
        for block in range(depth):
            blocks.append(Bottleneck(inputs, 64 << stage, 2 if stage and block == 0 else 1))
            inputs = 256 << stage
    stem = [convolution(3, 64, 7, 2), nn.ReLU(True), nn.MaxPool2d(3, 2, 1)]
    head = [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2048, CLASSES)]
    return nn.Sequential(*stem, *blocks, *head)


class Block(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.heads = features // 64
        self.norm1, self.norm2 = nn.LayerNorm(features, 1e-6), nn.LayerNorm(features, 1e-6)
        self.qkv, self.proj = nn.Linear(features, 3 * features), nn.Linear(features, features)
        self.fc1, self.fc2 = nn.Linear(features, 4 * features), nn.Linear(4 * features, features)

    def forward(self, x):
        n, tokens, features = x.shape
        qkv = self.qkv(self.norm1(x)).reshape(n, tokens, 3, self.heads, 64)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        y = ((q @ k.transpose(2, 3)) / 8).softmax(-1) @ v
        x = x + self.proj(y.transpose(1, 2).reshape(n, tokens, features))
        return x + self.fc2(F.gelu(self.fc1(self.norm2(x))))


class VisionTransformer(nn.Module):
    def __init__(self, features, size):
        super().__init__()
        self.patches = nn.Conv2d(3, features, 16, 16)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, features))
        self.pos_embed = nn.Parameter(torch.zeros(1, (size // 16) ** 2 + 1, features))
        self.blocks = nn.Sequential(*(Block(features) for _ in range(12)))
        self.norm, self.head = nn.LayerNorm(features, 1e-6), nn.Linear(features, CLASSES)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed
        return self.head(self.norm(self.blocks(x))[:, 0])


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", choices=["resnet50", "deit_small", "deit_tiny"])
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--size", type=int, default=224)
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    for flag in ("--bf16", "--channels-last", "--evaluate"):
        parser.add_argument(flag, action="store_true")
    return parser.parse_args()


def main():
    a = arguments()
    torch.set_num_threads(a.threads)
    features = {"deit_small": 384, "deit_tiny": 192}.get(a.model)
    net = VisionTransformer(features, a.size) if features else resnet50()
    images = torch.randn(a.batch, 3, a.size, a.size)
    labels = torch.randint(0, CLASSES, (a.batch,))
    if a.channels_last:
        net = net.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(net.parameters(), 1e-4)

    def train():
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=a.bf16):
            loss = F.cross_entropy(net(images), labels)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        loss.item()

    @torch.no_grad()
    def evaluate():
        net(images).sum().item()

    net.train(not a.evaluate)
    times = []
    for _ in range(WARM_UP + a.steps):
        start = time.perf_counter()
        (evaluate if a.evaluate else train)()
        times.append(1e3 * (time.perf_counter() - start))
    times = times[WARM_UP:]
    print(
        json.dumps(
            {
                "peer": f"pytorch {torch.__version__}",
                "model": a.model,
                "batch": a.batch,
                "size": a.size,
                "bf16": a.bf16,
                "channels_last": a.channels_last,
                "ms_median": round(statistics.median(times), 1),
                "ms_min": round(min(times), 1),
                "peak_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
