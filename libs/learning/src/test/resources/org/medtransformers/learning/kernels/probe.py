# Tells in which types the networks' parts compute.
class Probe(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # x [n, 64, 8, 8], precision, weights of a 64 x 64 layer -> type numbers of activations: MLP,
  # attention, convolution, batch norm, residual block
  def types(
      self: __torch__.Probe, x: Tensor, precision: Tensor, weight: Tensor,
      bias: Tensor) -> Tensor:
    p = int(precision)
    w = annotate(Dict[str, Tensor], {})
    for name in ["fc1", "fc2", "qkv", "proj"]:
      w["m." + name + ".weight"] = weight
      w["m." + name + ".bias"] = bias
    w["m.qkv.weight"] = torch.cat([weight, weight, weight])
    w["m.qkv.bias"] = torch.cat([bias, bias, bias])
    kernel = torch.reshape(weight, [64, 64, 1, 1])
    for name in ["1", "2"]:
      w["b.conv" + name + ".weight"] = torch.expand(kernel, [64, 64, 3, 3])
      w["b.bn" + name + ".weight"] = bias
      w["b.bn" + name + ".bias"] = bias
      w["b.bn" + name + ".running_mean"] = torch.clone(bias)
      w["b.bn" + name + ".running_var"] = torch.clone(bias)
      w["b.bn" + name + ".num_batches_tracked"] = torch.zeros_like(precision)
    tokens = torch.transpose(torch.flatten(x, 2), 1, 2)
    mlp = __torch__.vision_transformer.mlp(tokens, w, "m", p)
    attention = __torch__.vision_transformer.attention(tokens, w, "m", p)
    convolution = __torch__.resnet.convolution(x, w, "b.conv1", 1, 1, p)
    norm = __torch__.resnet.batch_norm(convolution, w, "b.bn1", True)
    block = __torch__.resnet.residual_block(norm, w, "b", 1, True, p)
    return torch.tensor([
        ops.prim.dtype(mlp), ops.prim.dtype(attention), ops.prim.dtype(convolution),
        ops.prim.dtype(norm), ops.prim.dtype(block)])

  # Queries, keys and values [n, heads, tokens, 64] -> attention in float32
  def attended(
      self: __torch__.Probe, q: Tensor, k: Tensor, v: Tensor, precision: Tensor) -> Tensor:
    return torch.to(__torch__.precision.attention(q, k, v, int(precision)), 6)
