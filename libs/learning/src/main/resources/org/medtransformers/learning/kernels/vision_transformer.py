# Vision transformers with a class token, with the parameter names of timm.
# An Image is Worth 16x16 Words, Dosovitskiy et al., 2020. https://arxiv.org/abs/2010.11929
# Training data-efficient image transformers, Touvron et al., 2020. https://arxiv.org/abs/2012.12877


def linear(x: Tensor, w: Dict[str, Tensor], name: str, precision: int) -> Tensor:
  return __torch__.precision.linear(x, w[name + ".weight"], w[name + ".bias"], precision)


def layer_norm(x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  return torch.layer_norm(
      x, [torch.size(x, -1)], w[name + ".weight"], w[name + ".bias"], 1e-06, True)


# [n, tokens, parts * heads * 64] -> `parts` tensors [n, heads, tokens, 64]: every network here has
# heads of 64 features.
def heads_of(x: Tensor, parts: int) -> List[Tensor]:
  heads = torch.floordiv(torch.size(x, 2), 64 * parts)
  x = torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), parts, heads, 64])
  return torch.unbind(torch.permute(x, [2, 0, 3, 1, 4]), 0)


def attention(x: Tensor, w: Dict[str, Tensor], name: str, precision: int) -> Tensor:
  qkv = __torch__.vision_transformer.linear(x, w, name + ".qkv", precision)
  heads = __torch__.vision_transformer.heads_of(qkv, 3)
  y = __torch__.precision.attention(heads[0], heads[1], heads[2], precision)
  y = torch.reshape(torch.transpose(y, 1, 2), torch.size(x))
  return __torch__.vision_transformer.linear(y, w, name + ".proj", precision)


# The class token's query [n, heads, 1, 64], every token's key and value [n, heads, tokens, 64].
def class_query(
    x: Tensor, w: Dict[str, Tensor], name: str, precision: int) -> Tuple[Tensor, Tensor, Tensor]:
  features = torch.size(x, 2)
  weight = w[name + ".qkv.weight"]
  bias = w[name + ".qkv.bias"]
  q = __torch__.precision.linear(
      torch.slice(x, 1, 0, 1), torch.slice(weight, 0, 0, features),
      torch.slice(bias, 0, 0, features), precision)
  kv = __torch__.precision.linear(
      x, torch.slice(weight, 0, features), torch.slice(bias, 0, features), precision)
  heads = __torch__.vision_transformer.heads_of(kv, 2)
  return (__torch__.vision_transformer.heads_of(q, 1)[0], heads[0], heads[1])


# What the class token gathers, [n, 1, features].
def class_attention_output(
    x: Tensor, w: Dict[str, Tensor], name: str, precision: int) -> Tensor:
  q, k, v, = __torch__.vision_transformer.class_query(x, w, name, precision)
  y = __torch__.precision.attention(q, k, v, precision)
  y = torch.reshape(torch.transpose(y, 1, 2), [torch.size(x, 0), 1, torch.size(x, 2)])
  return __torch__.vision_transformer.linear(y, w, name + ".proj", precision)


def mlp(x: Tensor, w: Dict[str, Tensor], name: str, precision: int) -> Tensor:
  h = torch.gelu(__torch__.vision_transformer.linear(x, w, name + ".fc1", precision))
  return __torch__.vision_transformer.linear(h, w, name + ".fc2", precision)


# Leaves a residual branch out for some images of the batch; the others are scaled up so that the
# expectation stays. uniform: one number in [0, 1) per image.
# Deep Networks with Stochastic Depth, Huang et al., 2016. https://arxiv.org/abs/1603.09382
def drop_path(x: Tensor, rate: float, uniform: Tensor) -> Tensor:
  if rate > 0.:
    kept = torch.div(torch.ge(uniform, rate), 1. - rate)
    x = torch.mul(x, torch.type_as(torch.reshape(kept, [-1, 1, 1]), x))
  return x


# Position embeddings [1, 1 + g * g, features] brought to another grid: bicubic with a = -0.75 and
# without antialiasing, straight to the target size.
def position_embedding(w: Dict[str, Tensor], rows: int, columns: int) -> Tensor:
  embedding = w["backbone.pos_embed"]
  patches = torch.size(embedding, 1) - 1
  grid = int(torch.sqrt(patches))
  if rows != grid or columns != grid:
    features = torch.size(embedding, 2)
    of_patches = torch.slice(embedding, 1, 1)
    of_patches = torch.permute(
        torch.reshape(of_patches, [1, grid, grid, features]), [0, 3, 1, 2])
    of_patches = torch.upsample_bicubic2d(of_patches, [rows, columns], False, None, None)
    of_patches = torch.reshape(
        torch.permute(of_patches, [0, 2, 3, 1]), [1, rows * columns, features])
    embedding = torch.cat([torch.slice(embedding, 1, 0, 1), of_patches], 1)
  return embedding


# [n, channels, height, width] -> [n, 1 + patches, features], the class token first
def tokens(x: Tensor, w: Dict[str, Tensor], precision: int) -> Tensor:
  kernel = w["backbone.patch_embed.proj.weight"]
  patch = torch.size(kernel, 2)
  x = __torch__.precision.convolution(
      x, kernel, w["backbone.patch_embed.proj.bias"], patch, 0, precision)
  position = __torch__.vision_transformer.position_embedding(
      w, torch.size(x, 2), torch.size(x, 3))
  x = torch.transpose(torch.flatten(x, 2), 1, 2)
  class_token = torch.expand(w["backbone.cls_token"], [torch.size(x, 0), -1, -1])
  return torch.add(torch.cat([class_token, x], 1), position)


def depth(w: Dict[str, Tensor]) -> int:
  blocks = 0
  while torch.__contains__(w, torch.format("backbone.blocks.{}.norm1.weight", blocks)):
    blocks = blocks + 1
  return blocks


# Rate of dropped paths of a block, growing linearly with depth.
def drop_rate(block: int, blocks: int, last: float) -> float:
  rate = 0.
  if last > 0.:
    rate = last * block / (blocks - 1)
  return rate


# One number per image for a residual branch, of draws [2 * depth, n]; none where nothing is dropped.
def draws_of(branch: int, rate: float, uniform: Tensor) -> Tensor:
  draws = uniform
  if rate > 0.:
    draws = uniform[branch]
  return draws


# x + dropped(MLP(norm(x))), the second half of a block
def mlp_half(
    x: Tensor, w: Dict[str, Tensor], name: str, rate: float, draws: Tensor,
    precision: int) -> Tensor:
  h = __torch__.vision_transformer.layer_norm(x, w, name + ".norm2")
  h = __torch__.vision_transformer.mlp(h, w, name + ".mlp", precision)
  return torch.add(x, __torch__.vision_transformer.drop_path(h, rate, draws))


# [n, tokens, features] -> the same shape, through all blocks but the last.
def blocks_before_last(
    x: Tensor, w: Dict[str, Tensor], last_rate: float, uniform: Tensor,
    precision: int) -> Tensor:
  depth = __torch__.vision_transformer.depth(w)
  for block in range(depth - 1):
    name = torch.format("backbone.blocks.{}", block)
    rate = __torch__.vision_transformer.drop_rate(block, depth, last_rate)
    first = __torch__.vision_transformer.draws_of(2 * block, rate, uniform)
    second = __torch__.vision_transformer.draws_of(2 * block + 1, rate, uniform)
    h = __torch__.vision_transformer.layer_norm(x, w, name + ".norm1")
    h = __torch__.vision_transformer.attention(h, w, name + ".attn", precision)
    x = torch.add(x, __torch__.vision_transformer.drop_path(h, rate, first))
    x = __torch__.vision_transformer.mlp_half(x, w, name, rate, second, precision)
  return x


# [n, tokens, features] -> [n, 1, features]: the last block's class token. Nothing reads the other
# tokens after it, so neither they nor their gradients, which are zero, are computed.
def last_block(
    x: Tensor, w: Dict[str, Tensor], rate: float, uniform: Tensor, precision: int) -> Tensor:
  last = __torch__.vision_transformer.depth(w) - 1
  name = torch.format("backbone.blocks.{}", last)
  first = __torch__.vision_transformer.draws_of(2 * last, rate, uniform)
  second = __torch__.vision_transformer.draws_of(2 * last + 1, rate, uniform)
  h = __torch__.vision_transformer.layer_norm(x, w, name + ".norm1")
  h = __torch__.vision_transformer.class_attention_output(h, w, name + ".attn", precision)
  x = torch.add(
      torch.slice(x, 1, 0, 1), __torch__.vision_transformer.drop_path(h, rate, first))
  return __torch__.vision_transformer.mlp_half(x, w, name, rate, second, precision)


# [n, channels, height, width] -> embedding [n, features]: the class token after the last block
def forward(
    x: Tensor, w: Dict[str, Tensor], drop_rate: float, uniform: Tensor, precision: int) -> Tensor:
  x = __torch__.vision_transformer.tokens(x, w, precision)
  x = __torch__.vision_transformer.blocks_before_last(x, w, drop_rate, uniform, precision)
  x = __torch__.vision_transformer.last_block(x, w, drop_rate, uniform, precision)
  x = __torch__.vision_transformer.layer_norm(x, w, "backbone.norm")
  return torch.select(x, 1, 0)


# [n, channels, height, width] -> [n, heads, tokens]: how much the class token attends to each token
# in the last block
def class_attention(x: Tensor, w: Dict[str, Tensor]) -> Tensor:
  x = __torch__.vision_transformer.tokens(x, w, 0)
  x = __torch__.vision_transformer.blocks_before_last(x, w, 0., x, 0)
  name = torch.format("backbone.blocks.{}", __torch__.vision_transformer.depth(w) - 1)
  x = __torch__.vision_transformer.layer_norm(x, w, name + ".norm1")
  q, k, v, = __torch__.vision_transformer.class_query(x, w, name + ".attn", 0)
  scores = torch.mul(torch.matmul(q, torch.transpose(k, 2, 3)), 0.125)
  return torch.squeeze(torch.softmax(scores, -1), 2)
