"""Reference numbers of PyTorch for the training kernels.

    python3 reference.py ../resources/pytorch

Everything is computed in float64; a tolerance is ten times what PyTorch's own float32 run deviates
by, at least 2e-6. Tensors are filled by the rule of the golden files (Golden.fill).
"""
import json
import pathlib
import sys
import zlib

import torch

PARAMS = {"a.weight": [4, 3], "a.bias": [4], "n.weight": [4], "b.weight": [2, 4]}
STEPS = 60
SHOWN = [1, 2, 3, 10, 59, 60]


def fill(name, shape, scale, offset=0.0, dtype=torch.float64):
    base = zlib.crc32(name.encode())
    n = 1
    for side in shape:
        n *= side
    values = []
    for i in range(n):
        x = (base + i * 0x9E3779B9) & 0xFFFFFFFF
        x ^= x >> 16
        x = x * 0x7FEB352D & 0xFFFFFFFF
        x ^= x >> 15
        x = x * 0x846CA68B & 0xFFFFFFFF
        x ^= x >> 16
        values.append(((x >> 8) * 2.0**-24 - 0.5) * scale + offset)
    return torch.tensor(values, dtype=torch.float64).to(torch.float32).to(dtype).reshape(shape)


def numbers(tensor):
    return [float(f"{v:.9g}") for v in tensor.detach().double().flatten().tolist()]


class Lars:
    """What torchlars.LARS does around an optimizer."""

    def __init__(self, optimizer, eps, trust_coef):
        self.optimizer, self.eps, self.trust_coef = optimizer, eps, trust_coef

    def step(self):
        decays = [group["weight_decay"] for group in self.optimizer.param_groups]
        for group, decay in zip(self.optimizer.param_groups, decays):
            for p in group["params"]:
                of_p, of_g = p.norm(), p.grad.norm()
                ratio = 1.0
                if of_p > 0 and of_g > 0:
                    ratio = self.trust_coef * of_p / (of_g + decay * of_p + self.eps)
                p.grad = (p.grad + decay * p.detach()) * ratio
            group["weight_decay"] = 0
        self.optimizer.step()
        for group, decay in zip(self.optimizer.param_groups, decays):
            group["weight_decay"] = decay


def run(config, dtype):
    params = {k: fill("optim." + k, s, 2.0, dtype=dtype).requires_grad_() for k, s in PARAMS.items()}
    arguments = dict(config["optimizer"])
    kind = getattr(torch.optim, arguments.pop("type"))
    groups = []
    for name, p in params.items():
        group = {"params": [p], "lr": arguments["lr"] * config["lr_scale"].get(name, 1.0)}
        if p.dim() == 1 or name.endswith(".bias"):
            group["weight_decay"] = 0.0
        groups.append(group)
    optimizer = kind(groups, **arguments)
    if "lars" in config:
        optimizer = Lars(optimizer, **config["lars"])
    shown = []
    for step in range(STEPS):
        scale = 4.0 if step % 2 == 0 else 0.25
        for name, p in params.items():
            p.grad = fill(f"optim.grad.{name}.step{step}", PARAMS[name], scale, dtype=dtype)
        limit = config["grad_clipping_total_norm"]
        norm = torch.nn.utils.clip_grad_norm_(params.values(), limit or float("inf"))
        optimizer.step()
        if step + 1 in SHOWN:
            shown.append((step + 1, float(norm), {k: p.detach().double().clone() for k, p in params.items()}))
    return shown


def optimizer_case(name, optimizer, clip=0.0, lars=None, lr_scale=None):
    config = {
        "optimizer": optimizer,
        "grad_clipping_total_norm": clip,
        "steps": STEPS,
        "params": PARAMS,
        "lr_scale": lr_scale or {},
        "no_gradient_for_b.weight_in_steps": [],
    }
    if lars:
        config["lars"] = lars
    wide, narrow = run(config, torch.float64), run(config, torch.float32)
    seen = max(float((a - narrow[i][2][k]).abs().max()) for i, w in enumerate(wide) for k, a in w[2].items())
    return {
        "case": name,
        "config": config,
        "tolerance": {"atol": max(2e-6, 10 * seen), "why": f"float32 deviates by {seen:.1e}"},
        "expected": [
            {"step": s, "grad_norm_before_clip": float(f"{n:.9g}"), "params": {k: numbers(p) for k, p in ps.items()}}
            for s, n, ps in wide
        ],
    }


def optimizers():
    adam = {"type": "Adam", "lr": 0.01}
    adamw = {"type": "AdamW", "lr": 0.01}
    sgd = {"type": "SGD", "lr": 0.02}
    rms = {"type": "RMSprop", "lr": 0.005}
    ada = {"type": "Adagrad", "lr": 0.05}
    return [
        optimizer_case("adam_betas_eps", {**adam, "betas": [0.8, 0.95], "eps": 1e-3}),
        optimizer_case("adam_amsgrad", {**adam, "amsgrad": True, "weight_decay": 0.05}),
        optimizer_case("adamw_defaults", adamw),
        optimizer_case("adamw_amsgrad", {**adamw, "amsgrad": True, "weight_decay": 0.1}, clip=0.5),
        optimizer_case("sgd_plain", {**sgd, "weight_decay": 0.01}),
        optimizer_case("sgd_dampening", {**sgd, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.01}),
        optimizer_case("sgd_nesterov", {**sgd, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01}, clip=1.0),
        optimizer_case("rmsprop_defaults", rms),
        optimizer_case("rmsprop_momentum", {**rms, "momentum": 0.9, "weight_decay": 0.02}, clip=1.0),
        optimizer_case("rmsprop_centered", {**rms, "centered": True, "alpha": 0.9, "eps": 1e-6}),
        optimizer_case(
            "rmsprop_centered_momentum",
            {**rms, "centered": True, "momentum": 0.5, "alpha": 0.95, "weight_decay": 0.1}),
        optimizer_case("adagrad_defaults", ada),
        optimizer_case("adagrad_decays", {**ada, "lr_decay": 0.05, "weight_decay": 0.1}, clip=1.0),
        optimizer_case("adagrad_initial", {**ada, "initial_accumulator_value": 0.5, "eps": 1e-6}),
        optimizer_case(
            "lars_sgd",
            {"type": "SGD", "lr": 2.0, "momentum": 0.9, "weight_decay": 0.01},
            lars={"eps": 1e-8, "trust_coef": 0.001}),
        optimizer_case(
            "lars_adam", {**adam, "weight_decay": 0.05}, lars={"eps": 1e-3, "trust_coef": 0.02}, clip=1.0),
        optimizer_case(
            "adamw_lr_scale", {**adamw, "weight_decay": 0.1}, lr_scale={"a.weight": 0.25, "a.bias": 0.25, "n.weight": 0.5}),
    ]


def loss_case(classes, labels, weights, smoothing):
    logits = fill(f"loss.logits.{classes}", [len(labels), classes], 6.0).requires_grad_()
    if classes > 1:
        weight = torch.tensor(weights, dtype=torch.float64) if weights else None
        loss = torch.nn.functional.cross_entropy(
            logits, torch.tensor(labels), weight=weight, label_smoothing=smoothing)
    else:
        target = torch.tensor(labels, dtype=torch.float64)[:, None]
        weight = torch.tensor([weights[k] for k in labels], dtype=torch.float64)[:, None] if weights else None
        smooth = target * (1 - smoothing) + smoothing / 2
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, smooth, weight=weight)
    loss.backward()
    return {
        "classes": classes, "labels": labels, "weights": weights, "smoothing": smoothing,
        "loss": float(f"{float(loss):.9g}"), "gradient": numbers(logits.grad)}


def losses():
    five, two = [0, 4, 2, 2, 1, 3, 0], [1, 0, 0, 1, 1, 0]
    weights = [0.3, 1.7, 0.9, 2.5, 1.0]
    return [loss_case(5, five, w, s) for w in ([], weights) for s in (0.0, 0.1, 0.4)] + [
        loss_case(1, two, w, s) for w in ([], [0.4, 1.6]) for s in (0.0, 0.2)]


def averages():
    decay = 0.9
    average = fill("ema.0", [3, 4], 2.0)
    update = torch.optim.swa_utils.get_ema_multi_avg_fn(decay)
    expected = []
    for step in range(1, 21):
        update([average], [fill(f"ema.{step}", [3, 4], 2.0)], step)
        expected.append(numbers(average))
    return {"decay": decay, "shape": [3, 4], "expected": expected}


def loss_scale():
    """What GradScaler makes of runs of gradients that overflow and that do not."""
    p = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([p], lr=0.0)
    scaler = torch.amp.GradScaler("cpu")
    scaler.scale(torch.zeros(1))
    out = []
    for finite, times in [(True, 10), (False, 3), (True, 1999), (True, 1), (True, 1500), (False, 1), (True, 4001)]:
        for _ in range(times):
            p.grad = torch.full((1,), 1.0 if finite else float("inf"))
            scaler.step(optimizer)
            scaler.update()
        out.append({"finite": finite, "times": times, "scale": scaler.get_scale(), "good": scaler._get_growth_tracker()})
    return out


def plateaus():
    losses = [0.9, 0.8, 0.79, 0.785, 0.5, 0.48, 0.475, 0.47, 0.4, 0.39, 0.389, 0.388, 0.387]
    metrics = [-0.1, 0.2, 0.21, 0.215, 0.5, 0.51, 0.52, 0.525, 0.7, 0.71, 0.711, 0.712, 0.713]
    cases = []
    for mode, values in (("min", losses), ("max", metrics)):
        for threshold_mode in ("rel", "abs"):
            for cooldown in (0, 2):
                params = {
                    "mode": mode, "threshold_mode": threshold_mode, "threshold": 0.03, "patience": 1,
                    "factor": 0.5, "cooldown": cooldown}
                optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
                scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **params)
                lr = []
                for value in values:
                    scheduler.step(value)
                    lr.append(optimizer.param_groups[0]["lr"])
                cases.append({"params": params, "lr": 0.1, "values": values, "expected": lr})
    return cases


def write(folder, name, content):
    path = folder / (name + ".json")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content) + "\n")


def main(folder):
    for case in optimizers():
        write(folder, "optimizers/" + case["case"], case)
    write(folder, "losses", losses())
    write(folder, "averages", averages())
    write(folder, "loss_scale", loss_scale())
    write(folder, "plateaus", plateaus())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
