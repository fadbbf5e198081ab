# Mixed precision: products of matrices and convolutions in a type of 16 bits, as PyTorch's autocast
# does it; sums, norms, losses and the weights themselves stay in float32. `precision` says how:
#   0  float32
#   1  bfloat16
#   2  bfloat16 for a processor that cannot multiply it: operands are rounded to bfloat16, multiplied
#      in float32 and the result rounded, which gives what 1 gives but for the order of its sums
#   3  float16
# Mixed Precision Training, Micikevicius et al., 2017. https://arxiv.org/abs/1710.03740


def lowered(x: Tensor, precision: int) -> Tensor:
  if precision == 1:
    x = torch.to(x, 15)
  elif precision == 2:
    x = torch.to(torch.to(x, 15), 6)
  elif precision == 3:
    x = torch.to(x, 5)
  return x


def result(x: Tensor, precision: int) -> Tensor:
  if precision == 2:
    x = torch.to(x, 15)
  return x


def lowered_or_none(x: Optional[Tensor], precision: int) -> Optional[Tensor]:
  out = x
  if x is not None:
    out = __torch__.precision.lowered(unchecked_cast(Tensor, x), precision)
  return out


def linear(x: Tensor, weight: Tensor, bias: Optional[Tensor], precision: int) -> Tensor:
  y = torch.linear(
      __torch__.precision.lowered(x, precision), __torch__.precision.lowered(weight, precision),
      __torch__.precision.lowered_or_none(bias, precision))
  return __torch__.precision.result(y, precision)


def convolution(
    x: Tensor, weight: Tensor, bias: Optional[Tensor], stride: int, padding: int,
    precision: int) -> Tensor:
  y = torch.conv2d(
      __torch__.precision.lowered(x, precision), __torch__.precision.lowered(weight, precision),
      __torch__.precision.lowered_or_none(bias, precision), [stride, stride], [padding, padding],
      [1, 1], 1)
  return __torch__.precision.result(y, precision)


# softmax(q k^T / sqrt(features of a head)) v, each [n, heads, tokens, features]
def attention(q: Tensor, k: Tensor, v: Tensor, precision: int) -> Tensor:
  q = __torch__.precision.lowered(q, precision)
  k = __torch__.precision.lowered(k, precision)
  v = __torch__.precision.lowered(v, precision)
  if precision == 1 and not ops.prim.is_cuda(q):
    y = __torch__.precision.unfused_attention(q, k, v)
  else:
    y = torch.scaled_dot_product_attention(q, k, v, None, 0., False)
  return __torch__.precision.result(y, precision)


# The same by products of whole batches. libtorch's fused attention on a CPU hands each tile of 16
# bits to oneDNN as a product of its own, and each costs more than its arithmetic. The softmax is
# computed in float32 and rounded, whatever it is given.
def unfused_attention(q: Tensor, k: Tensor, v: Tensor) -> Tensor:
  scale = torch.pow(torch.size(q, 3), -0.5)
  scores = torch.matmul(torch.mul(q, scale), torch.transpose(k, 2, 3))
  return torch.matmul(torch.softmax(scores, -1), v)
