# What is called from Java. The state of a network is a list of tensors in the order of `names`,
# gradients and each slot of the optimizer's state are in the order of `trainable`.
class Learner(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  names : str
  trainable : str
  residual : bool
  frozen : bool
  binary : bool
  drop_path : float
  optimizer : str
  beta2 : float
  eps : float
  weight_decay : float
  dampening : float
  nesterov : bool
  clip : float
  mixed : str

  def by_name(self: __torch__.Learner, state: List[Tensor]) -> Dict[str, Tensor]:
    w = annotate(Dict[str, Tensor], {})
    names = torch.split(self.names, "\n")
    for i in range(torch.len(names)):
      w[names[i]] = state[i]
    return w

  def embed(
      self: __torch__.Learner, x: Tensor, w: Dict[str, Tensor], uniform: Tensor,
      training: bool, precision: int) -> Tensor:
    if self.residual:
      embedding = __torch__.resnet.forward(x, w, training, precision)
    else:
      rate = 0.
      if training:
        rate = self.drop_path
      embedding = __torch__.vision_transformer.forward(x, w, rate, uniform, precision)
    return embedding

  # How a training step multiplies, see precision.py; evaluation is always in float32.
  def training_precision(self: __torch__.Learner, x: Tensor) -> int:
    precision = 0
    if self.mixed == "float16":
      precision = 3
    elif self.mixed == "bfloat16":
      precision = 1
      if not ops.prim.is_cuda(x) and not ops.mkldnn._is_mkldnn_bf16_supported():
        precision = 2
    return precision

  # Images [n, channels, height, width] -> [logits [n, outputs], embedding [n, features]]
  def evaluate(self: __torch__.Learner, x: Tensor, state: List[Tensor]) -> List[Tensor]:
    w = (self).by_name(state, )
    embedding = (self).embed(x, w, x, False, 0, )
    return [torch.linear(embedding, w["fc.weight"], w["fc.bias"]), embedding]

  def class_attention(self: __torch__.Learner, x: Tensor, state: List[Tensor]) -> Tensor:
    return __torch__.vision_transformer.class_attention(x, (self).by_name(state, ))

  def position_embedding(
      self: __torch__.Learner, size: Tensor, state: List[Tensor]) -> Tensor:
    side = int(size)
    return __torch__.vision_transformer.position_embedding((self).by_name(state, ), side, side)

  def trainable_of(self: __torch__.Learner, w: Dict[str, Tensor]) -> List[Tensor]:
    parameters = annotate(List[Tensor], [])
    for name in torch.split(self.trainable, "\n"):
      kept = torch.append(parameters, w[name])
    return parameters

  # Mean loss, logits and the gradient of each trainable tensor. Moves the running statistics.
  def gradients(
      self: __torch__.Learner, x: Tensor, labels: Tensor, uniform: Tensor,
      state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    w = (self).by_name(state, )
    torch.set_grad_enabled(not self.frozen)
    embedding = (self).embed(x, w, uniform, not self.frozen, (self).training_precision(x, ), )
    torch.set_grad_enabled(True)
    logits = torch.linear(embedding, w["fc.weight"], w["fc.bias"])
    if self.binary:
      loss = __torch__.losses.binary_cross_entropy(logits, labels)
    else:
      loss = __torch__.losses.cross_entropy(logits, labels)
    parameters = (self).trainable_of(w, )
    found = torch.grad([loss], parameters, None, None, False, False)
    torch.set_grad_enabled(False)
    gradients = annotate(List[Tensor], [])
    for gradient in found:
      kept = torch.append(gradients, unchecked_cast(Tensor, gradient))
    return (torch.detach(loss), torch.detach(logits), gradients)

  # Clips, then moves the trainable tensors. `hyper` is float64 [lr, momentum or beta1], `slots` the
  # optimizer's state, slot by slot, the step counters last. Gives the norm before clipping.
  def update(
      self: __torch__.Learner, hyper: Tensor, gradients: List[Tensor], state: List[Tensor],
      slots: List[Tensor]) -> Tensor:
    parameters = (self).trainable_of((self).by_name(state, ), )
    gradients = __torch__.optimizers.laid_out_like(gradients, parameters)
    norm = __torch__.optimizers.clip_by_total_norm(gradients, self.clip)
    decaying = annotate(List[int], [])
    others = annotate(List[int], [])
    names = torch.split(self.trainable, "\n")
    for i in range(torch.len(names)):
      if torch.dim(parameters[i]) > 1 and not torch.endswith(names[i], ".bias"):
        decays = torch.append(decaying, i)
      else:
        stays = torch.append(others, i)
    (self).update_group(hyper, self.weight_decay, decaying, parameters, gradients, slots, )
    (self).update_group(hyper, 0., others, parameters, gradients, slots, )
    return norm

  def update_group(
      self: __torch__.Learner, hyper: Tensor, decay: float, members: List[int],
      parameters: List[Tensor], gradients: List[Tensor], slots: List[Tensor]) -> None:
    if torch.len(members) > 0:
      n = torch.len(parameters)
      p = __torch__.optimizers.members_of(parameters, members, 0)
      g = __torch__.optimizers.members_of(gradients, members, 0)
      steps = __torch__.optimizers.members_of(slots, members, torch.len(slots) - n)
      lr = float(hyper[0])
      momentum = float(hyper[1])
      if self.optimizer == "SGD":
        velocity = annotate(List[Tensor], [])
        if torch.len(slots) > n:
          velocity = __torch__.optimizers.members_of(slots, members, 0)
        __torch__.optimizers.sgd(
            p, g, velocity, steps, lr, momentum, self.dampening, decay, self.nesterov)
      else:
        mean = __torch__.optimizers.members_of(slots, members, 0)
        square = __torch__.optimizers.members_of(slots, members, n)
        if self.optimizer == "Adam":
          __torch__.optimizers.adam(
              p, g, mean, square, steps, lr, momentum, self.beta2, decay, self.eps)
        else:
          __torch__.optimizers.adamw(
              p, g, mean, square, steps, lr, momentum, self.beta2, decay, self.eps)

  # One whole training step: float64 [loss before the update, gradient norm before clipping].
  def train_step(
      self: __torch__.Learner, x: Tensor, labels: Tensor, uniform: Tensor, hyper: Tensor,
      state: List[Tensor], slots: List[Tensor]) -> Tensor:
    loss, logits, gradients, = (self).gradients(x, labels, uniform, state, )
    norm = (self).update(hyper, gradients, state, slots, )
    return torch.to(torch.stack([loss, norm]), 7)

  # A copy in memory of libtorch's own.
  def copy(self: __torch__.Learner, tensor: Tensor) -> Tensor:
    return torch.clone(tensor)

  # Row-major copies where needed, for reading out.
  def row_major(self: __torch__.Learner, tensors: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for tensor in tensors:
      kept = torch.append(out, torch.contiguous(tensor))
    return out
