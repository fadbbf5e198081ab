#!/usr/bin/env python3
"""Golden cases of networks that timm defines, in the format of ../../golden/README.md.

    python3 -m venv v && v/bin/pip install torch==2.13.0 numpy pillow pyyaml safetensors
    v/bin/pip install --no-deps timm==1.0.29 torchvision==0.28.0 huggingface_hub
    v/bin/python make_models.py CASES.json OUT_DIR

CASES.json is a list of objects: case, arch, timm (name), timm_args, size, batch, train_batch, classes, channels, optimizer, clip, steps.
What is expected is timm's float32 result; tolerances: the larger of 2 x |float64 - float32| and 1e-6 of the largest entry.
Dropout and stochastic depth are off. A state's names are "backbone." + timm's, the head's are "fc.weight", "fc.bias".
"""
import binascii, json, math, os, sys
import numpy as np
import torch, torch.nn.functional as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import torchvision_beside_cpu_torch  # noqa: F401
import timm

torch.set_num_threads(1)


def fill(name, n, scale, offset):
    i = np.arange(n, dtype=np.uint64)
    x = (np.uint64(binascii.crc32(name.encode())) + i * np.uint64(0x9E3779B9)) & np.uint64(0xFFFFFFFF)
    m = np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(16); x = (x * np.uint64(0x7FEB352D)) & m
    x ^= x >> np.uint64(15); x = (x * np.uint64(0x846CA68B)) & m
    x ^= x >> np.uint64(16)
    return (((x >> np.uint64(8)).astype(np.float64) * 2.0**-24 - 0.5) * scale + offset).astype(np.float32)


def scale_of(name, t, kind):
    last = name.rsplit(".", 1)[-1]
    if kind == "buffer":
        return (0.0, 1.0) if last == "running_var" else (0.0, 0.0)
    if last == "bias" or last in ("q_bias", "v_bias", "k_bias"):
        return 0.25, 0.0
    if last in ("cls_token", "pos_embed", "reg_token", "relative_position_bias_table"):
        return 1.0, 0.0
    if last == "logit_scale":
        return 0.25, 2.0
    if t.dim() == 1 or last in ("gamma", "weight") and t.numel() == t.shape[-1]:
        return 0.5, 1.0
    fan = t.numel() / t.shape[0]
    return 2.0 ** round(math.log2(math.sqrt(12 / fan))), 0.0


class Classifier(torch.nn.Module):
    def __init__(self, c):
        super().__init__()
        self.backbone = timm.create_model(c["timm"], pretrained=False, num_classes=0, in_chans=c["channels"], **c.get("timm_args", {}))
        self.fc = torch.nn.Linear(self.backbone.num_features if not hasattr(self.backbone, "head_hidden_size") else self.backbone.head_hidden_size, c["classes"])

    def forward(self, x, embed=False):
        e = self.backbone(x)
        return (e, self.fc(e)) if embed else self.fc(e)


def state_rows(net):
    params = dict(net.named_parameters())
    rows = []
    for name, t in net.state_dict().items():
        kind = "param" if name in params else "buffer"
        if kind == "buffer" and not name.rsplit(".", 1)[-1] in ("running_mean", "running_var", "num_batches_tracked"):
            continue  # tables that follow from the shape
        s, o = scale_of(name, t, kind)
        rows.append([name, list(t.shape), kind, s, o])
    return rows


def load(net, rows, dtype):
    state = net.state_dict()
    with torch.no_grad():
        for name, shape, kind, s, o in rows:
            n = int(np.prod(shape)) if shape else 1
            v = torch.from_numpy(fill(name, n, s, o)).reshape(shape)
            state[name].copy_(v.to(state[name].dtype))
    return net.to(dtype)


def tensor(d):
    return torch.from_numpy(fill(d["name"], int(np.prod(d["shape"])), d["scale"], 0.0)).reshape(d["shape"])


def groups(net, wd):
    a = [p for n, p in net.named_parameters() if p.dim() > 1 and not n.endswith(".bias")]
    b = [p for n, p in net.named_parameters() if not (p.dim() > 1 and not n.endswith(".bias"))]
    return [{"params": a, "weight_decay": wd}, {"params": b, "weight_decay": 0.0}]


def run(c, cfg, rows, dtype):
    net = load(Classifier(c), rows, dtype)
    names = [r[0] for r in rows if r[2] == "param"]
    params = dict(net.named_parameters())
    x, tx = tensor(cfg["input"]).to(dtype), tensor(cfg["train_input"]).to(dtype)
    y = torch.tensor(cfg["labels"])
    out = {}
    net.eval()
    with torch.no_grad():
        e, z = net(x, embed=True)
    out["eval"] = {"embedding_first8": e[:, :8], "embedding_l2": e.norm(dim=1), "logits": z}
    net.train()
    opt = {"AdamW": torch.optim.AdamW, "Adam": torch.optim.Adam, "SGD": torch.optim.SGD}[cfg["optimizer"]["type"]]
    kw = {k: v for k, v in cfg["optimizer"].items() if k not in ("type", "weight_decay")}
    opt = opt(groups(net, cfg["optimizer"]["weight_decay"]), **kw)
    some = [names[0], names[len(names) // 3], names[2 * len(names) // 3], "fc.weight"]
    losses, norms = [], []
    for k in range(cfg["n_steps"]):
        opt.zero_grad()
        z = net(tx)
        loss = F.cross_entropy(z, y)
        loss.backward()
        if k == 0:
            out["train"] = {"logits": z.detach(), "grad_l2": torch.stack([params[n].grad.norm() for n in names]),
                            "grad_first4": {n: params[n].grad.flatten()[:4].clone() for n in some}}
        norm = torch.nn.utils.clip_grad_norm_(net.parameters(), cfg["grad_clipping"])
        opt.step()
        losses.append(loss.detach()); norms.append(norm.detach())
    out["steps"] = {"loss": torch.stack(losses), "grad_norm": torch.stack(norms)}
    net.eval()
    with torch.no_grad():
        z = net(x)
    out["after"] = {"param_first4": {n: params[n].detach().flatten()[:4] for n in some},
                    "param_l2_total": torch.stack([p.detach().norm() for p in net.parameters()]).norm(), "eval_logits": z}
    return out


def sig(v):
    return float("%.9g" % v)


def merge(a, b):
    if isinstance(a, dict):
        return {k: merge(a[k], b[k]) for k in a}
    a64, b64 = a.double(), b.double()
    big = max(a64.abs().max().item(), 1e-30)
    dev = (a64 - b64).abs().max().item()
    per = a64.dim() == 1 and a64.numel() <= 8
    atol = [sig(max(2 * d, 1e-6 * big)) for d in (a64 - b64).abs().tolist()] if per else sig(max(2 * dev, 1e-6 * big))
    exp = a64.tolist()
    r = lambda v: [r(i) for i in v] if isinstance(v, list) else sig(v)
    return {"expected": r(exp), "atol": atol, "rtol": 1e-5, "seen": {"float64-float32": sig(dev / big)}}


def main(cases, out):
    """OUT_DIR gets models/*.json and manifest.json."""
    files, listed = {}, []
    os.makedirs(os.path.join(out, "models"), exist_ok=True)
    for c in json.load(open(cases)):
        n, ch, size = c["case"], c["channels"], c["size"]
        labels = [(3 * i + 1) % c["classes"] for i in range(c["train_batch"])]
        cfg = {"arch": c["arch"], "img_channels": ch, "n_classes": c["classes"], "img_size": [size], "timm": c["timm"], "timm_args": c.get("timm_args", {}), "vit": c.get("vit"), "name_prefix": "",
               "input": {"name": "input." + n, "shape": [c["batch"], ch, size, size], "scale": 4.0},
               "train_input": {"name": "train." + n, "shape": [c["train_batch"], ch, size, size], "scale": 4.0},
               "labels": labels, "loss": "cross_entropy", "optimizer": c["optimizer"], "grad_clipping": c["clip"], "n_steps": c["steps"], "adapt_stem_from_3_channels": False}
        net = Classifier(c)
        if cfg["vit"] is not None:
            cfg["vit"]["pool"] = net.backbone.global_pool
        rows = state_rows(net)
        f32, f64 = run(c, cfg, rows, torch.float32), run(c, cfg, rows, torch.float64)
        exp = merge(f32, f64)
        exp["train"]["grad_l2"].update(order="parameters in the order of 'state' (kind param)", count=sum(r[2] == "param" for r in rows))
        json.dump({"case": n, "config": cfg, "state_columns": ["name", "shape", "kind", "fill_scale", "fill_offset"], "state": rows, "expected": exp},
                  open(os.path.join(out, "models", n + ".json"), "w"))
        data = open(os.path.join(out, "models", n + ".json"), "rb").read()
        files["models/" + n + ".json"] = {"bytes": len(data), "crc32": binascii.crc32(data)}
        listed.append({"group": "models", "case": n, "file": "models/" + n + ".json"})
        print(n, len(rows), "tensors, loss", f32["steps"]["loss"].tolist(), "dev", exp["eval"]["logits"]["seen"], exp["steps"]["loss"]["seen"], flush=True)
    json.dump({"set": "golden-2026", "cases": listed, "files": files}, open(os.path.join(out, "manifest.json"), "w"), indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:3])
