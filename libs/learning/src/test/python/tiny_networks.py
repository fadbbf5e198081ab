#!/usr/bin/env python3
"""Golden cases of the tiny networks, test_resnet and test_vit, made of torchvision's and timm's own classes.

    python3 tiny_networks.py OUT_DIR      # with the Python of make_models.py

Writes test_resnet_1ch_adapted.json and test_vit_32p8.json, as they lie in ../resources/golden/models.
"""
import json, sys
import make_models
import torch, timm
from torchvision.models.resnet import BasicBlock, ResNet

class TinyResNet(ResNet):
    """torchvision's own network, 8 wide: its constructor fixes the first width at 64."""
    def __init__(self, channels):
        super().__init__(BasicBlock, [1, 1, 1, 1])
        self.inplanes = 8
        self.conv1 = torch.nn.Conv2d(channels, 8, kernel_size=7, stride=2, padding=3, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(8)
        for i in range(4):
            setattr(self, f'layer{i+1}', self._make_layer(BasicBlock, 8 << i, 1, stride=1 if i == 0 else 2))
        self.fc = torch.nn.Identity()
        self.num_features = 64

def tiny_vit(channels, size):
    return timm.models.vision_transformer.VisionTransformer(img_size=size, patch_size=8, in_chans=channels, num_classes=0, global_pool='token', embed_dim=64, depth=3, num_heads=1)

class Classifier(torch.nn.Module):
    def __init__(self, c):
        super().__init__()
        self.backbone = TinyResNet(c['channels']) if c['arch'] == 'test_resnet' else tiny_vit(c['channels'], c['size'])
        self.fc = torch.nn.Linear(64, c['classes'])
    def forward(self, x, embed=False):
        e = self.backbone(x)
        return (e, self.fc(e)) if embed else self.fc(e)
make_models.Classifier = Classifier
PREFIX, STEM = 'p7.', ['backbone.conv1.weight', [8, 3, 7, 7], 'param', 0.25, 0.0]

def load(net, rows, dtype):
    # names begin with PREFIX; the residual network's stem is made for 3 channels and then made narrower
    rows = [[PREFIX + r[0], *r[1:]] for r in rows]
    state = net.state_dict()
    with torch.no_grad():
        for name, shape, kind, s, o in rows:
            n = 1
            for side in shape: n *= side
            t = state[name[len(PREFIX):]]
            if name == PREFIX + STEM[0]:
                t.copy_(torch.from_numpy(make_models.fill(name, 8 * 3 * 49, STEM[3], 0.0)).reshape(STEM[1])[:, :1])
            else:
                t.copy_(torch.from_numpy(make_models.fill(name, n, s, o)).reshape(shape).to(t.dtype))
    return net.to(dtype)
make_models.load = load
run0 = make_models.run

def attention(net, x):
    b = net.backbone
    h = b.patch_embed(x); h = b._pos_embed(h); h = b.norm_pre(h)
    for blk in b.blocks[:-1]: h = blk(h)
    a = b.blocks[-1].attn; h = b.blocks[-1].norm1(h)
    B, N, C = h.shape
    q, k, _ = a.qkv(h).reshape(B, N, 3, a.num_heads, C // a.num_heads).permute(2, 0, 3, 1, 4)
    return ((q * a.scale) @ k.transpose(-2, -1)).softmax(-1)[:, :, 0, :]

def run(c, cfg, rows, dtype):
    out = run0(c, cfg, rows, dtype)
    if c['arch'] == 'test_vit':
        net = make_models.load(Classifier(c), rows, dtype).eval()
        with torch.no_grad():
            out['last_block_cls_attention'] = {'values': attention(net, make_models.tensor(cfg['input']).to(dtype))}
            shape = list(out['last_block_cls_attention']['values'].shape)
        c['shape'] = shape
    else:
        # running statistics after the same steps
        net = make_models.load(Classifier(c), rows, dtype).train()
        opt = torch.optim.Adam(make_models.groups(net, cfg['optimizer']['weight_decay']), lr=cfg['optimizer']['lr'])
        tx, y = make_models.tensor(cfg['train_input']).to(dtype), torch.tensor(cfg['labels'])
        for _ in range(cfg['n_steps']):
            opt.zero_grad(); torch.nn.functional.cross_entropy(net(tx), y).backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), cfg['grad_clipping']); opt.step()
        bn = {}
        for name in ['backbone.bn1.', 'backbone.layer4.0.bn2.']:
            s = net.state_dict()
            bn[name] = {f'{k}_{w}': f(s[name + k]) for k in ['running_mean', 'running_var'] for w, f in [('first4', lambda t: t[:4]), ('l2', lambda t: t.norm())]}
        out['after']['batch_norm'] = bn
        stem = make_models.load(Classifier(c), rows, dtype).state_dict()[STEM[0]]
        out['adapted_stem'] = {'first8': stem.flatten()[:8], 'l2': stem.norm(), 'sum': stem.sum()}
    return out
make_models.run = run

def text(v, depth=0, width=160):
    flat = json.dumps(v)
    if len(flat) <= width or not isinstance(v, (dict, list)) or (isinstance(v, list) and not isinstance(v[0], list)):
        return flat
    pad = ' ' * (depth + 1)
    if isinstance(v, dict):
        return '{\n' + ',\n'.join(pad + json.dumps(k) + ': ' + text(x, depth + 1) for k, x in v.items()) + '\n' + ' ' * depth + '}'
    return '[\n' + ',\n'.join(pad + json.dumps(x) for x in v) + '\n' + ' ' * depth + ']'

import os, binascii

def main(out):
    os.makedirs(out, exist_ok=True)
    adam = {'type': 'Adam', 'lr': 0.001, 'weight_decay': 0.01}
    for c in [dict(case='test_resnet_1ch_adapted', arch='test_resnet', size=64, batch=2, train_batch=6, classes=5, channels=1, optimizer=adam, clip=1.0, steps=3),
              dict(case='test_vit_32p8', arch='test_vit', size=32, batch=2, train_batch=4, classes=5, channels=3, optimizer=adam, clip=1.0, steps=3)]:
        n, ch, size = c['case'], c['channels'], c['size']
        vit = {'img_size': [size], 'patch_size': 8} if c['arch'] == 'test_vit' else None
        cfg = {'arch': c['arch'], 'img_channels': ch, 'n_classes': c['classes'], 'vit': vit, 'name_prefix': PREFIX,
               'input': {'name': PREFIX + 'input.' + n, 'shape': [c['batch'], ch, size, size], 'scale': 4.0},
               'train_input': {'name': PREFIX + 'train.' + n, 'shape': [c['train_batch'], ch, size, size], 'scale': 4.0},
               'labels': [(3 * i + 1) % c['classes'] for i in range(c['train_batch'])], 'loss': 'cross_entropy',
               'optimizer': c['optimizer'], 'grad_clipping': c['clip'], 'n_steps': c['steps'], 'adapt_stem_from_3_channels': c['arch'] == 'test_resnet'}
        rows = make_models.state_rows(Classifier(c))
        f32, f64 = make_models.run(c, cfg, rows, torch.float32), make_models.run(c, cfg, rows, torch.float64)
        exp = make_models.merge(f32, f64)
        exp['train']['grad_l2'].update(order="parameters in the order of 'state' (kind param)", count=sum(r[2] == 'param' for r in rows))
        if 'shape' in c:
            exp['last_block_cls_attention'] = {'shape': c['shape'], **exp['last_block_cls_attention']}
        doc = {'case': n, 'config': cfg, 'state_columns': ['name', 'shape', 'kind', 'fill_scale', 'fill_offset'], 'state': rows}
        if c['arch'] == 'test_resnet':
            doc['fill_state_before_stem_adaptation'] = [STEM]
            exp['adapted_stem'] = {'shape': [8, 1, 7, 7], **exp['adapted_stem']}
            for bn in exp['after']['batch_norm'].values(): bn['num_batches_tracked'] = 3
        doc['expected'] = exp
        t = text(doc) + '\n'
        assert json.loads(t) == json.loads(json.dumps(doc))
        open(f'{out}/{n}.json', 'w').write(t)
        print(n, len(t), binascii.crc32(t.encode()), sum(int(__import__('numpy').prod(r[1])) for r in rows if r[2] == 'param'))
        print(' eval logits', exp['eval']['logits'], '\n loss', exp['steps']['loss'])
        print([(r[0], r[1]) for r in rows][:6], len(rows))

if __name__ == "__main__":
    main(sys.argv[1])
