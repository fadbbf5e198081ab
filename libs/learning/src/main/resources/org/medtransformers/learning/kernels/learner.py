# What is called from Java. The state of a training is a list of tensors: those of the network in the
# order of `names`, then those of `companions`, such as a teacher's. Gradients and each slot of the
# optimizer's state are in the order of `trainable`. `views` are the views of a batch's images, each
# [n, channels, height, width]; `uniform` are numbers for drop path, `hyper` see below.
class Learner(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  names : str
  companions : str
  trainable : str
  method : str
  settings : Dict[str, float]
  frozen : bool
  label_smoothing : float
  class_weights : List[float]
  optimizer : str
  arguments : Dict[str, float]
  groups : List[List[int]]
  group_lr : List[float]
  group_decays : List[bool]
  group_apart : List[bool]
  lars_trust_coef : float
  lars_eps : float
  clip : float
  clips_each : bool
  mixed : str
  scales_loss : bool
  ema_decay : float

  def by_name(self: __torch__.Learner, state: List[Tensor]) -> Dict[str, Tensor]:
    w = annotate(Dict[str, Tensor], {})
    names = torch.split(self.names, "\n")
    if self.companions != "":
      names = torch.add(names, torch.split(self.companions, "\n"))
    for i in range(torch.len(state)):
      w[names[i]] = state[i]
    return w

  # The tensors of a teacher, without the first part of their names.
  def teacher_of(self: __torch__.Learner, w: Dict[str, Tensor]) -> Dict[str, Tensor]:
    teacher = annotate(Dict[str, Tensor], {})
    for name in torch.keys(w):
      if torch.startswith(name, "teacher.", 0, -1):
        teacher[torch.slice(name, 8, None, 1)] = w[name]
    return teacher

  # What moves over a training, of float64 numbers in this order: the learning rate, and that of the
  # tensors that the method keeps apart (below 0: they rest); momentum or beta1; the weight decay;
  # the scale of the loss; how much of a teacher stays in an update, the temperature of its output.
  def moving(self: __torch__.Learner, hyper: Tensor) -> Dict[str, float]:
    h = annotate(Dict[str, float], {})
    names = [
        "lr", "apart_lr", "momentum", "weight_decay", "scale", "teacher_momentum",
        "teacher_temperature"]
    values = torch.cpu(hyper)
    for i in range(torch.len(names)):
      h[names[i]] = float(values[i])
    return h

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

  # Images [n, channels, height, width] -> [output of the head [n, outputs], embedding [n, features]]
  def evaluate(self: __torch__.Learner, x: Tensor, state: List[Tensor]) -> List[Tensor]:
    w = (self).by_name(state, )
    x = torch.type_as(x, state[0])
    embedding = __torch__.encoder.embed(x, w, 0., x, False, 0)
    return [__torch__.encoder.head(embedding, w, False, 0), embedding]

  def class_attention(self: __torch__.Learner, x: Tensor, state: List[Tensor]) -> Tensor:
    w = (self).by_name(state, )
    return __torch__.vision_transformer.class_attention(torch.type_as(x, state[0]), w)

  def grad_cam(
      self: __torch__.Learner, x: Tensor, weights: Tensor, state: List[Tensor]) -> Tensor:
    w = (self).by_name(state, )
    return __torch__.grad_cam.grad_cam(torch.type_as(x, state[0]), w, weights)

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
    # Numbers of classes are whole, what is true of an image's outputs is not.
    if torch.is_floating_point(labels):
      mean = __torch__.losses.binary_cross_entropy(
          logits, labels, self.class_weights, self.label_smoothing)
    else:
      mean = __torch__.losses.cross_entropy(
          logits, labels, self.class_weights, self.label_smoothing)
    return mean

  # Mean loss, logits and the gradient of each trainable tensor. Moves the running statistics.
  def gradients(
      self: __torch__.Learner, views: List[Tensor], labels: Tensor, uniform: Tensor,
      state: List[Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    x = torch.type_as(views[0], state[0])
    w = (self).by_name(state, )
    return (self).supervised(x, labels, uniform, 1., w, )

  # Mean loss, logits, gradients of `scale` times the loss.
  def supervised(
      self: __torch__.Learner, x: Tensor, labels: Tensor, uniform: Tensor, scale: float,
      w: Dict[str, Tensor]) -> Tuple[Tensor, Tensor, List[Tensor]]:
    torch.set_grad_enabled(not self.frozen)
    embedding = __torch__.encoder.embed(
        x, w, self.settings["drop_path"], uniform, not self.frozen,
        (self).training_precision(x, ))
    torch.set_grad_enabled(True)
    logits = __torch__.encoder.head(embedding, w, True, 0)
    loss = (self).loss(logits, labels, )
    nothing = annotate(List[Tensor], [])
    gradients = __torch__.optimizers.gathered(
        nothing, loss, (self).trainable_of(w, ), scale)
    return (torch.detach(loss), torch.detach(logits), gradients)

  # What a batch teaches: mean loss, gradients of the scaled loss, what the mean was divided by, and
  # what tells of collapse, [entropy of the teacher's output, spread of the embeddings], NaN where the
  # method has none.
  def learn(
      self: __torch__.Learner, views: List[Tensor], labels: Tensor, uniform: Tensor,
      h: Dict[str, float],
      state: List[Tensor]) -> Tuple[Tensor, List[Tensor], Tensor, List[Tensor]]:
    w = (self).by_name(state, )
    x = annotate(List[Tensor], [])
    for view in views:
      kept = torch.append(x, torch.type_as(view, state[0]))
    precision = (self).training_precision(x[0], )
    parameters = (self).trainable_of(w, )
    teacher = (self).teacher_of(w, )
    images = torch.full_like(torch.select(torch.flatten(x[0]), 0, 0), torch.size(x[0], 0))
    entropy = torch.mul(images, float("nan"))
    spread = entropy
    divisor = images
    if self.method == "dino":
      loss, gradients, entropy, spread, = __torch__.dino.learn(
          x, w, teacher, w["center"], parameters, uniform, self.settings, h, precision)
    elif self.method == "byol":
      loss, gradients, spread, = __torch__.byol.learn(
          x, w, teacher, parameters, uniform, self.settings, h, precision)
    elif self.method == "simsiam":
      loss, gradients, spread, = __torch__.simsiam.learn(
          x, w, parameters, uniform, self.settings, h, precision)
    else:
      loss, logits, gradients, = (self).supervised(x[0], labels, uniform, h["scale"], w, )
      divisor = __torch__.losses.divisor(labels, self.class_weights, logits)
    return (loss, gradients, divisor, [entropy, spread])

  # Undoes the scale of the loss, clips, then moves the trainable tensors. `slots` is the optimizer's
  # state, slot by slot, the step counters last. Gives the norm before clipping. Where the loss is
  # scaled and the norm is not finite, nothing moves.
  def update(
      self: __torch__.Learner, hyper: Tensor, gradients: List[Tensor], state: List[Tensor],
      slots: List[Tensor]) -> Tensor:
    h = (self).moving(hyper, )
    parameters = (self).trainable_of((self).by_name(state, ), )
    gradients = __torch__.optimizers.laid_out_like(gradients, parameters)
    if self.scales_loss:
      torch._foreach_mul_(gradients, 1. / h["scale"])
    if self.clips_each:
      norm = __torch__.optimizers.clip_each_by_norm(gradients, self.clip)
    else:
      norm = __torch__.optimizers.clip_by_total_norm(gradients, self.clip)
    skipped = False
    if self.scales_loss:
      skipped = not torch.isfinite(float(norm))
    if not skipped:
      for group in range(torch.len(self.groups)):
        (self).update_group(h, group, parameters, gradients, slots, )
    return norm

  def update_group(
      self: __torch__.Learner, h: Dict[str, float], group: int, parameters: List[Tensor],
      gradients: List[Tensor], slots: List[Tensor]) -> None:
    rate = h["lr"]
    if self.group_apart[group]:
      rate = h["apart_lr"]
    if rate >= 0.:
      members = self.groups[group]
      p = __torch__.optimizers.members_of(parameters, members, 0)
      g = __torch__.optimizers.members_of(gradients, members, 0)
      n = torch.len(parameters)
      of_group = annotate(List[List[Tensor]], [])
      for slot in range(torch.floordiv(torch.len(slots), n)):
        kept = torch.append(of_group, __torch__.optimizers.members_of(slots, members, slot * n))
      lr = rate * self.group_lr[group]
      decay = 0.
      if self.group_decays[group]:
        decay = h["weight_decay"]
      if self.lars_trust_coef > 0.:
        g = __torch__.optimizers.lars(p, g, decay, self.lars_trust_coef, self.lars_eps)
        decay = 0.
      __torch__.optimizers.step(
          self.optimizer, self.arguments, p, g, of_group, lr, h["momentum"], decay)

  # The teacher follows the student; it keeps its own running statistics.
  def teach_the_teacher(
      self: __torch__.Learner, h: Dict[str, float], state: List[Tensor]) -> None:
    w = (self).by_name(state, )
    teacher = (self).teacher_of(w, )
    averages = annotate(List[Tensor], [])
    values = annotate(List[Tensor], [])
    for name in torch.split(self.trainable, "\n"):
      if torch.__contains__(teacher, name):
        average = torch.append(averages, teacher[name])
        value = torch.append(values, w[name])
    if torch.len(averages) > 0:
      __torch__.optimizers.follow(averages, values, h["teacher_momentum"])

  # One whole training step: float64 [loss before the update, gradient norm before clipping, entropy,
  # spread].
  def train_step(
      self: __torch__.Learner, views: List[Tensor], labels: Tensor, uniform: Tensor,
      hyper: Tensor, state: List[Tensor], slots: List[Tensor]) -> Tensor:
    h = (self).moving(hyper, )
    loss, gradients, divisor, collapse, = (self).learn(views, labels, uniform, h, state, )
    norm = (self).update(hyper, gradients, state, slots, )
    (self).teach_the_teacher(h, state, )
    return torch.to(torch.stack(torch.add([loss, norm], collapse)), 7)

  # Adds a batch's gradients to those of the batches before it. `sums` has one tensor per trainable
  # tensor and, last, the sum of the losses' divisors, so that sums over divisors is the gradient of
  # the mean over all these batches. float64 [loss of the batch, norm of that gradient, entropy,
  # spread].
  def accumulate(
      self: __torch__.Learner, views: List[Tensor], labels: Tensor, uniform: Tensor,
      hyper: Tensor, state: List[Tensor], sums: List[Tensor]) -> Tensor:
    h = (self).moving(hyper, )
    loss, gradients, divisor, collapse, = (self).learn(views, labels, uniform, h, state, )
    torch._foreach_mul_(gradients, divisor)
    torch._foreach_add_(sums, torch.add(gradients, [divisor]))
    n = torch.len(gradients)
    norm = torch.div(__torch__.optimizers.total_norm(torch.slice(sums, 0, n, 1)), sums[n])
    if self.scales_loss:
      norm = torch.div(norm, h["scale"])
    return torch.to(torch.stack(torch.add([loss, norm], collapse)), 7)

  # The last batch of a group: one update for all of them. Leaves `sums` at zero.
  def accumulated_step(
      self: __torch__.Learner, views: List[Tensor], labels: Tensor, uniform: Tensor,
      hyper: Tensor, state: List[Tensor], slots: List[Tensor], sums: List[Tensor]) -> Tensor:
    out = (self).accumulate(views, labels, uniform, hyper, state, sums, )
    n = torch.len(sums) - 1
    gradients = torch._foreach_div(torch.slice(sums, 0, n, 1), sums[n])
    norm = (self).update(hyper, gradients, state, slots, )
    (self).teach_the_teacher((self).moving(hyper, ), state, )
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

  # In the host's memory and row-major, copied where needed, for reading out.
  def row_major(self: __torch__.Learner, tensors: List[Tensor]) -> List[Tensor]:
    return __torch__.optimizers.row_major(tensors)

  # Copies in the host's memory that training leaves alone, for reading out beside it.
  def row_major_copies(self: __torch__.Learner, tensors: List[Tensor]) -> List[Tensor]:
    return __torch__.optimizers.row_major_copies(tensors)
