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
  label_smoothing : float
  class_weights : List[float]
  optimizer : str
  arguments : Dict[str, float]
  groups : List[List[int]]
  group_lr : List[float]
  group_decay : List[float]
  lars_trust_coef : float
  lars_eps : float
  clip : float
  mixed : str
  scales_loss : bool
  ema_decay : float

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
    x = torch.type_as(x, w["fc.weight"])
    embedding = (self).embed(x, w, x, False, 0, )
    return [torch.linear(embedding, w["fc.weight"], w["fc.bias"]), embedding]

  def class_attention(self: __torch__.Learner, x: Tensor, state: List[Tensor]) -> Tensor:
    w = (self).by_name(state, )
    return __torch__.vision_transformer.class_attention(torch.type_as(x, w["fc.weight"]), w)

  def position_embedding(
      self: __torch__.Learner, size: Tensor, state: List[Tensor]) -> Tensor:
    side = int(size)
    return __torch__.vision_transformer.position_embedding((self).by_name(state, ), side, side)

  def trainable_of(self: __torch__.Learner, w: Dict[str, Tensor]) -> List[Tensor]:
    parameters = annotate(List[Tensor], [])
    for name in torch.split(self.trainable, "\n"):
      kept = torch.append(parameters, w[name])
    return parameters

  def loss(self: __torch__.Learner, logits: Tensor, labels: Tensor) -> Tensor:
    if self.binary:
      mean = __torch__.losses.binary_cross_entropy(
          logits, labels, self.class_weights, self.label_smoothing)
    else:
      mean = __torch__.losses.cross_entropy(
          logits, labels, self.class_weights, self.label_smoothing)
    return mean

  # Mean loss, logits and the gradient of each trainable tensor. Moves the running statistics.
  def gradients(
      self: __torch__.Learner, x: Tensor, labels: Tensor, uniform: Tensor,
      state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    return (self).scaled_gradients(x, labels, uniform, 1., state, )

  # The same, the gradients (not the loss) multiplied by `scale`.
  def scaled_gradients(
      self: __torch__.Learner, x: Tensor, labels: Tensor, uniform: Tensor, scale: float,
      state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    w = (self).by_name(state, )
    x = torch.type_as(x, w["fc.weight"])
    torch.set_grad_enabled(not self.frozen)
    embedding = (self).embed(x, w, uniform, not self.frozen, (self).training_precision(x, ), )
    torch.set_grad_enabled(True)
    logits = torch.linear(embedding, w["fc.weight"], w["fc.bias"])
    loss = (self).loss(logits, labels, )
    objective = loss
    if self.scales_loss:
      objective = torch.mul(loss, scale)
    parameters = (self).trainable_of(w, )
    found = torch.grad([objective], parameters, None, None, False, False)
    torch.set_grad_enabled(False)
    gradients = annotate(List[Tensor], [])
    for gradient in found:
      kept = torch.append(gradients, unchecked_cast(Tensor, gradient))
    return (torch.detach(loss), torch.detach(logits), gradients)

  # Undoes the scale of the loss, clips, then moves the trainable tensors. `hyper` is float64 [lr,
  # momentum or beta1, scale of the loss], `slots` the optimizer's state, slot by slot, the step
  # counters last. Gives the norm before clipping. Where the loss is scaled and the norm is not
  # finite, nothing moves.
  def update(
      self: __torch__.Learner, hyper: Tensor, gradients: List[Tensor], state: List[Tensor],
      slots: List[Tensor]) -> Tensor:
    parameters = (self).trainable_of((self).by_name(state, ), )
    gradients = __torch__.optimizers.laid_out_like(gradients, parameters)
    if self.scales_loss:
      torch._foreach_mul_(gradients, 1. / float(hyper[2]))
    norm = __torch__.optimizers.clip_by_total_norm(gradients, self.clip)
    skipped = False
    if self.scales_loss:
      skipped = not torch.isfinite(float(norm))
    if not skipped:
      for group in range(torch.len(self.groups)):
        (self).update_group(hyper, group, parameters, gradients, slots, )
    return norm

  def update_group(
      self: __torch__.Learner, hyper: Tensor, group: int, parameters: List[Tensor],
      gradients: List[Tensor], slots: List[Tensor]) -> None:
    members = self.groups[group]
    p = __torch__.optimizers.members_of(parameters, members, 0)
    g = __torch__.optimizers.members_of(gradients, members, 0)
    n = torch.len(parameters)
    of_group = annotate(List[List[Tensor]], [])
    for slot in range(torch.floordiv(torch.len(slots), n)):
      kept = torch.append(of_group, __torch__.optimizers.members_of(slots, members, slot * n))
    lr = float(hyper[0]) * self.group_lr[group]
    decay = self.group_decay[group]
    if self.lars_trust_coef > 0.:
      g = __torch__.optimizers.lars(p, g, decay, self.lars_trust_coef, self.lars_eps)
      decay = 0.
    __torch__.optimizers.step(
        self.optimizer, self.arguments, p, g, of_group, lr, float(hyper[1]), decay)

  # One whole training step: float64 [loss before the update, gradient norm before clipping].
  def train_step(
      self: __torch__.Learner, x: Tensor, labels: Tensor, uniform: Tensor, hyper: Tensor,
      state: List[Tensor], slots: List[Tensor]) -> Tensor:
    hyper = torch.cpu(hyper)
    loss, logits, gradients, = (self).scaled_gradients(
        x, labels, uniform, float(hyper[2]), state, )
    norm = (self).update(hyper, gradients, state, slots, )
    return torch.to(torch.stack([loss, norm]), 7)

  # Adds a batch's gradients to those of the batches before it. `sums` has one tensor per trainable
  # tensor and, last, the sum of the losses' divisors, so that sums over divisors is the gradient of
  # the mean over all these batches. float64 [loss of the batch, norm of that gradient].
  def accumulate(
      self: __torch__.Learner, x: Tensor, labels: Tensor, uniform: Tensor, hyper: Tensor,
      state: List[Tensor], sums: List[Tensor]) -> Tensor:
    hyper = torch.cpu(hyper)
    loss, logits, gradients, = (self).scaled_gradients(
        x, labels, uniform, float(hyper[2]), state, )
    divisor = __torch__.losses.divisor(labels, self.class_weights, logits)
    torch._foreach_mul_(gradients, divisor)
    torch._foreach_add_(sums, torch.add(gradients, [divisor]))
    n = torch.len(gradients)
    norm = torch.div(__torch__.optimizers.total_norm(torch.slice(sums, 0, n, 1)), sums[n])
    if self.scales_loss:
      norm = torch.div(norm, float(hyper[2]))
    return torch.to(torch.stack([loss, norm]), 7)

  # The last batch of a group: one update for all of them. Leaves `sums` at zero.
  def accumulated_step(
      self: __torch__.Learner, x: Tensor, labels: Tensor, uniform: Tensor, hyper: Tensor,
      state: List[Tensor], slots: List[Tensor], sums: List[Tensor]) -> Tensor:
    out = (self).accumulate(x, labels, uniform, hyper, state, sums, )
    n = torch.len(sums) - 1
    gradients = torch._foreach_div(torch.slice(sums, 0, n, 1), sums[n])
    norm = (self).update(torch.cpu(hyper), gradients, state, slots, )
    torch._foreach_zero_(sums)
    return out

  # Moves the averages of the trainable tensors towards them; everything else is copied.
  def average(
      self: __torch__.Learner, state: List[Tensor], averages: List[Tensor]) -> Tensor:
    torch.set_grad_enabled(False)
    moved = 0
    names = torch.split(self.names, "\n")
    trainable = torch.split(self.trainable, "\n")
    for i in range(torch.len(state)):
      moves = False
      if moved < torch.len(trainable):
        moves = names[i] == trainable[moved]
      if moves:
        average = torch.lerp_(averages[i], state[i], 1. - self.ema_decay)
        moved = moved + 1
      else:
        copied = torch.copy_(averages[i], state[i])
    return averages[0]

  # A copy in memory of libtorch's own.
  def copy(self: __torch__.Learner, tensor: Tensor) -> Tensor:
    return torch.clone(tensor)

  # Row-major copies where needed, for reading out.
  def row_major(self: __torch__.Learner, tensors: List[Tensor]) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    for tensor in tensors:
      kept = torch.append(out, torch.contiguous(tensor))
    return out
