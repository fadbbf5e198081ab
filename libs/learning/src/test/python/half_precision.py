#!/usr/bin/env python3
"""Trainings in float16 under PyTorch's autocast and GradScaler, of the tiny networks, on the CPU.

    python3 half_precision.py ../resources/pytorch      # with the Python of make_models.py

Writes half_precision.json. The head stays in float32, as in ours, and so do the layer norms, which
autocast keeps in float32 on a GPU but not on a CPU. `scale` is the largest power of two at which
nothing overflows. One training of a network begins there, two updates before the scale grows: what
grew overflows and is taken back. Another begins at four times of it, where two updates are left out.
`edge` tells how far these decisions are from being others.
"""
import json, pathlib, sys
import make_models
import tiny_networks
import torch

STEPS = 6


class Classifier(tiny_networks.Classifier):
    def forward(self, x):
        e = self.backbone(x)
        with torch.autocast("cpu", enabled=False):
            return self.fc(e.float())


def float32_norms(net):
    for module in net.modules():
        if isinstance(module, torch.nn.LayerNorm):
            def forward(x, module=module):
                with torch.autocast("cpu", enabled=False):
                    return torch.nn.functional.layer_norm(x.float(), module.normalized_shape, module.weight, module.bias, module.eps)
            module.forward = forward
    return net


def tiny(c):
    net = float32_norms(Classifier(c))
    rows = make_models.state_rows(net)
    state = net.state_dict()
    with torch.no_grad():
        for name, shape, _, scale, offset in rows:
            n = 1
            for side in shape:
                n *= side
            state[name].copy_(torch.from_numpy(make_models.fill(name, n, scale, offset)).reshape(shape))
    return net, rows


def train(c, half, lr, scale=1.0, good=0):
    torch.manual_seed(0)
    net, rows = tiny(c)
    net.train()
    x = torch.from_numpy(make_models.fill("images", c["batch"] * c["channels"] * c["size"] ** 2, 4.0, 0.0))
    x = x.reshape(c["batch"], c["channels"], c["size"], c["size"])
    y = torch.tensor([(3 * i + 1) % c["classes"] for i in range(c["batch"])])
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    scaler = torch.amp.GradScaler("cpu", enabled=half)
    if half:
        scaler.load_state_dict({"scale": scale, "growth_factor": 2.0, "backoff_factor": 0.5, "growth_interval": 2000, "_growth_tracker": good})
    steps = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.float16, enabled=half):
            logits = net(x)
        loss = torch.nn.functional.cross_entropy(logits, y)
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        norm = torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        scaler.step(optimizer)
        scaler.update()
        steps.append({"loss": loss.item(), "norm": norm.item(), "scale": scaler.get_scale() if half else 1.0, "good": scaler._get_growth_tracker() if half else 0})
    return steps, rows


def overflows(c, scale):
    return not all(s["norm"] < float("inf") for s in train(c, True, 1e-4, scale)[0][:3])


def main(folder):
    cases = []
    for c in [dict(arch="test_vit", size=32, patch=8, batch=4, channels=3, classes=5),
              dict(arch="test_resnet", size=64, batch=6, channels=1, classes=5)]:
        low = 1.0
        while not overflows(c, low * 2):
            low *= 2
        edge = low
        while not overflows(c, edge * 1.05):
            edge *= 1.05
        print(c["arch"], "largest scale that does not overflow:", edge)
        for lr, scale, good in [(3e-5, low, 1998), (1e-3, 4 * low, 5)]:
            half, rows = train(c, True, lr, scale, good)
            single, _ = train(c, False, lr)
            print(*[[s[key] for s in steps] for key in ("scale", "norm", "loss") for steps in (half, single)], sep="\n")
            cases.append({**c, "lr": lr, "scale": scale, "good": good, "edge": edge, "state": rows, "steps": half, "float32": single})
    text = json.dumps({"cases": cases}).replace("Infinity", '"Infinity"').replace("NaN", '"NaN"')
    (pathlib.Path(folder) / "half_precision.json").write_text(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
