#!/usr/bin/env python3
"""Runs the trainer's own kernels on a GPU, with any PyTorch for CUDA, and tells whether they are right and fast.

    ./medtrans bench kernels DIR
    python3 bench/gpu_kernels.py DIR [--device cuda:0] [--rounds 10] [--json OUT]

Right: training steps of every method, evaluation and nearest neighbours, on the device and on the CPU,
both beside the CPU in float64. What float32 deviates by on the device may be ten times what it
deviates by on the CPU, and at least 1e-5. In 16 bits the losses may be off by 0.05, or by 5 % where they are larger than 1.
Fast: milliseconds of a step of each model in float32, TF32, bfloat16 and float16, beside the same in
eager PyTorch. The exit code is 1 if something is wrong; times decide nothing.

Has been tried with --device cpu only.
"""
import argparse
import json
import math
import pathlib
import statistics
import sys
import time

import torch

import peer_step

STEPS = 3
SCALE = 4  # of hyper: what the loss is multiplied by
HALF_SCALE = 16.0
NAMES = {"float32": "", "tf32": "", "bfloat16": "bfloat16", "float16": "float16"}
DTYPES = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64, "U8": torch.uint8}


def read(file):
    """A safetensors file, in its order."""
    data = file.read_bytes()
    end = 8 + int.from_bytes(data[:8], "little")
    tensors = {}
    for name, entry in json.loads(data[8:end]).items():
        if name != "__metadata__":
            first, last = entry["data_offsets"]
            dtype = DTYPES[entry["dtype"]]
            some = first < last
            flat = torch.frombuffer(bytearray(data[end + first : end + last]), dtype=dtype) if some else torch.empty(0, dtype=dtype)
            tensors[name] = flat.reshape(entry["shape"])
    return tensors


class Step:
    """A training on a device: its kernels, its state, the batch that it sees again and again."""

    def __init__(self, folder, name, device, precision, dtype=torch.float32):
        self.kernels = torch.jit.load(folder / (name + ".pt"), map_location=device)
        self.kernels.mixed = NAMES[precision]
        self.kernels.scales_loss = precision == "float16"
        arguments = read(folder / (name + ".safetensors"))
        place = lambda t: t.to(device, dtype) if t.is_floating_point() else t.to(device)
        lists = lambda name: [place(arguments[f"{name}[]{i}"]) for i in range(sum(k.startswith(name + "[]") for k in arguments))]
        self.views, self.state, self.slots = lists("views"), lists("state"), lists("slots")
        trainable = set(self.kernels.trainable.split("\n"))
        for name, tensor in zip(self.kernels.names.split("\n"), self.state):
            tensor.requires_grad_(name in trainable)
        self.slots = [t.float() if t.dim() == 0 else t for t in self.slots]  # counters
        self.labels = place(arguments["labels"])
        self.uniform = arguments["uniform"].to(device)
        self.hyper = arguments["hyper"].clone()
        if precision == "float16":
            self.hyper[SCALE] = HALF_SCALE
        self.hyper = self.hyper.to(device)

    def train(self):
        """[loss, norm of the gradient, entropy, spread]"""
        torch.set_grad_enabled(True)  # a step leaves it off
        return self.kernels.train_step(self.views, self.labels, self.uniform, self.hyper, self.state, self.slots).tolist()

    @torch.inference_mode()
    def evaluate(self):
        own = self.state[: len(self.kernels.names.split("\n"))]
        return self.kernels.evaluate(self.views[0], own)


def tf32(allowed):
    torch.backends.cuda.matmul.allow_tf32 = allowed
    torch.backends.cudnn.allow_tf32 = allowed


def l2(tensors):
    return math.sqrt(sum(float(t.detach().double().cpu().square().sum()) for t in tensors))


def apart(found, expected):
    """Length of the difference over the length."""
    difference = [f.detach().double().cpu() - e.detach().double().cpu() for f, e in zip(found, expected, strict=True)]
    return l2(difference) / max(l2(expected), 1e-30)


def outcome(folder, name, device, precision, dtype=torch.float32):
    """What comes of a case: numbers by what they are."""
    tf32(precision == "tf32")
    step = Step(folder, name, device, precision, dtype)
    out = {"evaluation": step.evaluate()}
    numbers = torch.tensor([step.train() for _ in range(STEPS)], dtype=torch.float64)
    out["losses"], out["norms"] = [numbers[:, 0]], [numbers[:, 1]]
    out["collapse"] = [torch.nan_to_num(numbers[:, 2:])]
    out["weights"] = step.state
    return out


def neighbours(folder, device, dtype=torch.float32):
    generator = torch.Generator().manual_seed(0)
    kernels = torch.jit.load(folder / "knn.pt", map_location=device)
    bank = torch.randn(2000, 64, generator=generator)
    labels = torch.randint(0, 8, (2000,), generator=generator)
    queries = torch.randn(300, 64, generator=generator)
    with torch.inference_mode():
        near = kernels.normalised(bank.to(device, dtype))
        targets = torch.nn.functional.one_hot(labels, 8).to(device, dtype)
        asked = torch.tensor([5, 20], device=device)
        return {"votes": kernels.votes(queries.to(device, dtype), near, targets, asked)}


def compare(folder, device):
    """One line per case and number; whether all are right."""
    results = []
    cases = sorted(f.stem for f in folder.glob("compare-*.pt"))
    jobs = [(name, lambda d, t, n=name: outcome(folder, n, d, "float32", t)) for name in cases]
    jobs.append(("knn", lambda d, t: neighbours(folder, d, t)))
    for name, run in jobs:
        exact, cpu, found = run("cpu", torch.float64), run("cpu", torch.float32), run(device, torch.float32)
        for what in exact:
            deviation, usual = apart(found[what], exact[what]), apart(cpu[what], exact[what])
            results.append(line(name, "float32", what, deviation, max(1e-5, 10 * usual), usual))
        if name != "knn":
            for precision in ("bfloat16", "float16"):
                half = outcome(folder, name, device, precision)
                size = max(1.0, float(exact["losses"][0].abs().max()))
                worst = float((half["losses"][0] - exact["losses"][0]).abs().max()) / size
                results.append(line(name, precision, "losses", worst, 0.05, None))
    return results


def line(case, precision, what, deviation, allowed, usual):
    right = deviation <= allowed
    beside = "" if usual is None else f"   (CPU {usual:.1e})"
    print(f"{case:36} {precision:9} {what:10} {deviation:.1e} of {allowed:.1e}{beside}   {'right' if right else 'WRONG'}", flush=True)
    return {"case": case, "precision": precision, "what": what, "deviation": deviation, "allowed": allowed, "right": right}


def timed(step, rounds, device):
    times = []
    for _ in range(3 + rounds):
        if device.startswith("cuda"):
            torch.cuda.synchronize(device)
        start = time.perf_counter()
        step()
        if device.startswith("cuda"):
            torch.cuda.synchronize(device)
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times[3:])


def eager(model, images, labels, device, precision):
    """The same step as PyTorch's tutorials write it."""
    torch.manual_seed(0)
    features = {"deit_small": 384, "deit_tiny": 192}.get(model)
    net = (peer_step.VisionTransformer(features, 224) if features else peer_step.resnet50()).to(device).train()
    if not features:
        net = net.to(memory_format=torch.channels_last)
        images = images.contiguous(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(net.parameters(), 1e-4, fused=True)
    half = {"bfloat16": torch.bfloat16, "float16": torch.float16}.get(precision)
    scaler = torch.amp.GradScaler(device.split(":")[0], enabled=precision == "float16")

    def step():
        torch.set_grad_enabled(True)
        optimizer.zero_grad()
        with torch.autocast(device.split(":")[0], half or torch.bfloat16, enabled=half is not None):
            loss = torch.nn.functional.cross_entropy(net(images), labels)
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        scaler.step(optimizer)
        scaler.update()
        loss.item()

    return step


def measure(folder, device, rounds):
    results = []
    precisions = ["float32", "tf32", "bfloat16", "float16"] if device.startswith("cuda") else ["float32"]
    for file in sorted(folder.glob("time-*.pt")):
        model = file.stem.removeprefix("time-")
        for precision in precisions:
            tf32(precision == "tf32")
            ours = Step(folder, file.stem, device, precision)
            milliseconds = timed(ours.train, rounds, device)
            peer = None
            if model in ("deit_tiny", "deit_small", "resnet50"):
                peer = timed(eager(model, ours.views[0], ours.labels, device, precision), rounds, device)
            ratio = "" if peer is None else f"   eager {peer:8.1f} ms   ratio {milliseconds / peer:.2f}"
            print(f"{model:36} {precision:9} {milliseconds:8.1f} ms{ratio}", flush=True)
            results.append({"model": model, "precision": precision, "ms": milliseconds, "eager_ms": peer})
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--device", default="cuda:0")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--json", type=pathlib.Path)
    a = parser.parse_args()
    if a.device.startswith("cuda") and not torch.cuda.is_available():
        sys.exit(f"PyTorch {torch.__version__} sees no GPU; nvidia-smi, and a PyTorch for CUDA?")
    # As in the trainer: scripts run as they are written.
    torch._C._set_graph_executor_optimize(False)
    name = torch.cuda.get_device_name(a.device) if a.device.startswith("cuda") else a.device
    print(f"PyTorch {torch.__version__}, {name}")
    compared = compare(a.folder, a.device)
    times = measure(a.folder, a.device, a.rounds)
    wrong = sum(not c["right"] for c in compared)
    print(f"{len(compared) - wrong} right, {wrong} wrong")
    if a.json:
        a.json.write_text(json.dumps({"pytorch": torch.__version__, "device": name, "compared": compared, "times": times}, indent=1) + "\n")
    sys.exit(1 if wrong or not compared else 0)


if __name__ == "__main__":
    main()
