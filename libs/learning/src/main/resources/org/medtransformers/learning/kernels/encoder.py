# A backbone and what lies on it, each told from the others by the names of its tensors.


# [n, channels, height, width] -> embedding [n, features]. Paths are dropped in training only.
def embed(
    x: Tensor, w: Dict[str, Tensor], drop_rate: float, uniform: Tensor, training: bool,
    precision: int) -> Tensor:
  if torch.__contains__(w, "backbone.conv1.weight"):
    embedding = __torch__.resnet.forward(x, w, training, precision)
  else:
    rate = 0.
    if training:
      rate = drop_rate
    embedding = __torch__.vision_transformer.forward(x, w, rate, uniform, precision)
  return embedding


# [n, features] -> [n, outputs]
def head(x: Tensor, w: Dict[str, Tensor], training: bool, precision: int) -> Tensor:
  if torch.__contains__(w, "fc.weight"):
    # As small as it is, this product is never lowered to 16 bits.
    out = torch.linear(x, w["fc.weight"], w["fc.bias"])
  else:
    if torch.__contains__(w, "fc.mlp.0.weight"):
      out = __torch__.heads.dino(x, w, precision)
    else:
      out = __torch__.heads.projector(x, w, training, precision)
  return out


# A head's output straight from images, for training.
def project(
    x: Tensor, w: Dict[str, Tensor], drop_rate: float, uniform: Tensor, precision: int) -> Tensor:
  embedding = __torch__.encoder.embed(x, w, drop_rate, uniform, True, precision)
  return __torch__.encoder.head(embedding, w, True, precision)
