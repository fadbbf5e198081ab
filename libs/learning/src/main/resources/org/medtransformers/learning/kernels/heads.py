# The heads of self-supervised methods. Products of matrices are multiplied as `precision` says, see
# precision.py; what a head gives is of the type that it takes.


def linear(x: Tensor, w: Dict[str, Tensor], name: str, precision: int) -> Tensor:
  return __torch__.precision.linear(x, w[name + ".weight"], w[name + ".bias"], precision)


# Rows of length 1.
def normalised(x: Tensor) -> Tensor:
  length = torch.clamp_min(torch.linalg_vector_norm(x, 2, [-1], True), 1e-12)
  return torch.div(x, length)


# DINO's head: a multilayer perceptron, l2 normalisation and a layer whose weights are normalised.
# Emerging Properties in Self-Supervised Vision Transformers, Caron et al., 2021, section 3.2 and
# appendix C. https://arxiv.org/abs/2104.14294
def dino(x: Tensor, w: Dict[str, Tensor], precision: int) -> Tensor:
  h = torch.gelu(__torch__.heads.linear(x, w, "fc.mlp.0", precision))
  h = torch.gelu(__torch__.heads.linear(h, w, "fc.mlp.2", precision))
  h = torch.type_as(__torch__.heads.linear(h, w, "fc.mlp.4", precision), x)
  direction = torch._weight_norm(w["fc.last_layer.weight_v"], w["fc.last_layer.weight_g"], 0)
  out = __torch__.precision.linear(__torch__.heads.normalised(h), direction, None, precision)
  return torch.type_as(out, x)


# ReLU(norm(W x)), a hidden layer of the heads below.
def hidden(
    x: Tensor, w: Dict[str, Tensor], layer: str, norm: str, training: bool,
    precision: int) -> Tensor:
  h = __torch__.heads.linear(x, w, layer, precision)
  return torch.relu_(__torch__.resnet.batch_norm(h, w, norm, training))


# The projector of BYOL and SimSiam: two layers or three, each with batch norm, the last without
# ReLU.
# Exploring Simple Siamese Representation Learning, Chen & He, 2020, section 3.
# https://arxiv.org/abs/2011.10566
def projector(x: Tensor, w: Dict[str, Tensor], training: bool, precision: int) -> Tensor:
  h = __torch__.heads.hidden(x, w, "fc.net.fc_in.0", "fc.net.fc_in.1", training, precision)
  if torch.__contains__(w, "fc.net.fc_h.0.weight"):
    h = __torch__.heads.hidden(h, w, "fc.net.fc_h.0", "fc.net.fc_h.1", training, precision)
  h = __torch__.heads.linear(h, w, "fc.net.fc_out.0", precision)
  return torch.type_as(__torch__.resnet.batch_norm(h, w, "fc.net.fc_out.1", training), x)


# The predictor of BYOL and SimSiam: from one projection to that of another view.
def predictor(x: Tensor, w: Dict[str, Tensor], training: bool, precision: int) -> Tensor:
  h = __torch__.heads.hidden(x, w, "predictor.net.0", "predictor.net.1", training, precision)
  return torch.type_as(__torch__.heads.linear(h, w, "predictor.net.3", precision), x)
