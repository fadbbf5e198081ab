"""Prints network-sizes.csv: parameters and multiply-adds of networks as torchvision and timm build them.

Products are counted by hooks on convolutions and linear layers while an image passes, and by those of
attention that PyTorch calls. Needs torch, torchvision and timm:

    python3 network_sizes.py > ../resources/model/network-sizes.csv
"""

import timm
import torch
import torchvision


def multiply_adds(model, image):
    total = 0

    def convolution(module, inputs, output):
        nonlocal total
        total += output.numel() * module.in_channels * module.kernel_size[0] * module.kernel_size[1]

    def linear(module, inputs, output):
        nonlocal total
        total += output.numel() * module.in_features

    def attention(q, k, v, *args, **kwargs):
        nonlocal total
        total += q.numel() * k.shape[-2] + q.shape[:-1].numel() * k.shape[-2] * v.shape[-1]
        return original(q, k, v, *args, **kwargs)

    for module in model.modules():
        if isinstance(module, torch.nn.Conv2d):
            module.register_forward_hook(convolution)
        if isinstance(module, torch.nn.Linear):
            module.register_forward_hook(linear)
    original = torch.nn.functional.scaled_dot_product_attention
    torch.nn.functional.scaled_dot_product_attention = attention
    try:
        with torch.no_grad():
            model.eval()(image)
    finally:
        torch.nn.functional.scaled_dot_product_attention = original
    return total


def row(name, model, channels, outputs, height, width, patch=0):
    parameters = sum(p.numel() for p in model.parameters())
    counted = multiply_adds(model, torch.zeros(1, channels, height, width))
    print(f"{name},{channels},{outputs},{height},{width},{patch},{parameters},{counted}")


print("backbone,channels,outputs,height,width,patch,parameters,multiply_adds")
for name in ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152"]:
    row(name, getattr(torchvision.models, name)(), 3, 1000, 224, 224)
row("resnet18", torchvision.models.resnet18(num_classes=7), 3, 7, 97, 130)
row("resnet50", torchvision.models.resnet50(num_classes=1), 3, 1, 33, 70)
for name, timm_name in [
    ("deit_tiny", "deit_tiny_patch16_224"),
    ("deit_small", "deit_small_patch16_224"),
    ("deit_base", "deit_base_patch16_224"),
    ("vit_base", "vit_base_patch16_224"),
]:
    row(name, timm.create_model(timm_name), 3, 1000, 224, 224, 16)
model = timm.create_model("deit_small_patch16_224", img_size=96, patch_size=8, in_chans=1, num_classes=5)
row("deit_small", model, 1, 5, 96, 96, 8)
