# Vision transformers with a class token, with the parameter names of timm.
# An Image is Worth 16x16 Words, Dosovitskiy et al., 2020. https://arxiv.org/abs/2010.11929
# Training data-efficient image transformers, Touvron et al., 2020. https://arxiv.org/abs/2012.12877


def linear(x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  return torch.linear(x, w[name + ".weight"], w[name + ".bias"])


def layer_norm(x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  return torch.layer_norm(
      x, [torch.size(x, -1)], w[name + ".weight"], w[name + ".bias"], 1e-06, True)


# Query, key and value, each [n, heads, tokens, 64]: every network here has heads of 64 features.
def query_key_value(x: Tensor, w: Dict[str, Tensor], name: str) -> List[Tensor]:
  qkv = __torch__.vision_transformer.linear(x, w, name + ".attn.qkv")
  heads = torch.floordiv(torch.size(x, 2), 64)
  qkv = torch.reshape(qkv, [torch.size(x, 0), torch.size(x, 1), 3, heads, 64])
  return torch.unbind(torch.permute(qkv, [2, 0, 3, 1, 4]), 0)


def attention(x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  qkv = __torch__.vision_transformer.query_key_value(x, w, name)
  y = torch.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], None, 0., False)
  y = torch.reshape(torch.transpose(y, 1, 2), torch.size(x))
  return __torch__.vision_transformer.linear(y, w, name + ".attn.proj")


def mlp(x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
  h = torch.gelu(__torch__.vision_transformer.linear(x, w, name + ".mlp.fc1"))
  return __torch__.vision_transformer.linear(h, w, name + ".mlp.fc2")


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
def tokens(x: Tensor, w: Dict[str, Tensor]) -> Tensor:
  kernel = w["backbone.patch_embed.proj.weight"]
  patch = torch.size(kernel, 2)
  x = torch.conv2d(
      x, kernel, w["backbone.patch_embed.proj.bias"], [patch, patch], [0, 0], [1, 1], 1)
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


# [n, tokens, features] -> the same shape, through the first `blocks` blocks. The rate of dropped
# paths grows linearly with depth. uniform: [2 * depth, n].
def transformer_blocks(
    x: Tensor, w: Dict[str, Tensor], blocks: int, drop_rate: float, uniform: Tensor) -> Tensor:
  depth = __torch__.vision_transformer.depth(w)
  for block in range(blocks):
    name = torch.format("backbone.blocks.{}", block)
    rate = 0.
    first = uniform
    second = uniform
    if drop_rate > 0.:
      rate = drop_rate * block / (depth - 1)
      first = uniform[2 * block]
      second = uniform[2 * block + 1]
    h = __torch__.vision_transformer.layer_norm(x, w, name + ".norm1")
    h = __torch__.vision_transformer.attention(h, w, name)
    x = torch.add(x, __torch__.vision_transformer.drop_path(h, rate, first))
    h = __torch__.vision_transformer.layer_norm(x, w, name + ".norm2")
    h = __torch__.vision_transformer.mlp(h, w, name)
    x = torch.add(x, __torch__.vision_transformer.drop_path(h, rate, second))
  return x


# [n, channels, height, width] -> embedding [n, features]: the class token after the last block
def forward(x: Tensor, w: Dict[str, Tensor], drop_rate: float, uniform: Tensor) -> Tensor:
  x = __torch__.vision_transformer.tokens(x, w)
  x = __torch__.vision_transformer.transformer_blocks(
      x, w, __torch__.vision_transformer.depth(w), drop_rate, uniform)
  x = __torch__.vision_transformer.layer_norm(x, w, "backbone.norm")
  return torch.select(x, 1, 0)


# [n, channels, height, width] -> [n, heads, tokens]: how much the class token attends to each token
# in the last block
def class_attention(x: Tensor, w: Dict[str, Tensor]) -> Tensor:
  x = __torch__.vision_transformer.tokens(x, w)
  last = __torch__.vision_transformer.depth(w) - 1
  x = __torch__.vision_transformer.transformer_blocks(x, w, last, 0., x)
  name = torch.format("backbone.blocks.{}", last)
  x = __torch__.vision_transformer.layer_norm(x, w, name + ".norm1")
  qkv = __torch__.vision_transformer.query_key_value(x, w, name)
  query = torch.slice(qkv[0], 2, 0, 1)
  scores = torch.mul(torch.matmul(query, torch.transpose(qkv[1], 2, 3)), 0.125)
  return torch.squeeze(torch.softmax(scores, -1), 2)
