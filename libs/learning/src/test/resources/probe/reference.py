"""Numbers of PyTorch for LinearProbeTest: python3 reference.py > reference.json

The same algorithm with torch.nn.Linear, autograd, torch.optim.SGD and LambdaLR.
"""

import hashlib
import json
import math
import struct

import torch

MASK = (1 << 64) - 1
RATES = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1]
EPOCHS, BATCH = 100, 256


def uniform(seed, position):
    digest = hashlib.sha256(struct.pack(">q", seed) + b"linear probe").digest()
    k = int.from_bytes(digest[:8], "big")
    z = (k + (position + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    z ^= z >> 31
    return (z >> 11) * 2.0**-53


def order(n, epoch):
    rows = list(range(n))
    for i in range(n - 1, 0, -1):
        other = int(uniform(epoch, i) * (i + 1))
        rows[i], rows[other] = rows[other], rows[i]
    return rows


def fit(x, y, queries, loss, outputs):
    mean, std = x.mean(0), x.std(0, unbiased=False)
    x, queries = (x - mean) / std, (queries - mean) / std
    orders = [order(len(x), e) for e in range(EPOCHS)]
    steps = math.ceil(len(x) / BATCH) * EPOCHS
    found = []
    for rate in RATES:
        model = torch.nn.Linear(x.shape[1], outputs)
        torch.nn.init.zeros_(model.weight)
        torch.nn.init.zeros_(model.bias)
        optimizer = torch.optim.SGD(model.parameters(), lr=rate, momentum=0.9)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: (1 + math.cos(math.pi * step / steps)) / 2)
        for rows in orders:
            for start in range(0, len(x), BATCH):
                batch = rows[start:start + BATCH]
                optimizer.zero_grad()
                loss(model(x[batch]), y[batch]).backward()
                optimizer.step()
                schedule.step()
        found.append(model(queries).flatten().tolist())
    return found


def case(name, outputs, loss, labels):
    torch.manual_seed(7)
    n, features = 300, 4
    x = torch.randn(n, features) * torch.tensor([1.0, 5.0, 0.2, 1.0]) + 3
    x[:, 3] += x[:, 0]
    y = labels(x)
    queries = torch.randn(6, features) * 2 + 3
    rounded = lambda t: [round(v, 5) for v in t.flatten().tolist()]
    x, queries = (torch.tensor(rounded(t)).reshape(-1, features) for t in (x, queries))
    targets = torch.nn.functional.one_hot(y).float() if name == "one_of_several" else y
    return {
        "name": name, "outputs": outputs, "features": rounded(x), "queries": rounded(queries),
        "targets": [int(v) for v in targets.flatten().tolist()],
        "logits": fit(x, y, queries, loss, outputs),
    }


print(json.dumps([
    case("one_of_several", 3, torch.nn.CrossEntropyLoss(),
         lambda x: (x[:, 0] + torch.randn(len(x)) > 3).long() + (x[:, 1] > 4).long()),
    case("each_by_itself", 2, torch.nn.BCEWithLogitsLoss(),
         lambda x: torch.stack([x[:, 0] + torch.randn(len(x)) > 3, x[:, 2] > 3.1], 1).float()),
]))
