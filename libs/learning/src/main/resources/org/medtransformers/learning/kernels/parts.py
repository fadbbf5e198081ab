# Heads and losses of the self-supervised methods by themselves, with their gradients.
class Parts(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  names : str
  trainable : str
  center_momentum : float

  def output(
      self: __torch__.Parts, x: Tensor, w: Dict[str, Tensor], training: bool) -> Tensor:
    if torch.__contains__(w, "predictor.net.0.weight"):
      out = __torch__.heads.predictor(x, w, training, 0)
    else:
      out = __torch__.encoder.head(x, w, training, 0)
    return out

  def by_name(self: __torch__.Parts, state: List[Tensor]) -> Dict[str, Tensor]:
    w = annotate(Dict[str, Tensor], {})
    names = torch.split(self.names, "\n")
    for i in range(torch.len(names)):
      w[names[i]] = state[i]
    return w

  # [output in training mode; gradients of the sum of output * cotangent by x and the trainable
  # tensors]
  def train_head(
      self: __torch__.Parts, x: Tensor, cotangent: Tensor, state: List[Tensor]) -> List[Tensor]:
    torch.set_grad_enabled(True)
    w = (self).by_name(state, )
    leaf = torch.requires_grad_(torch.detach(x), True)
    out = (self).output(leaf, w, True, )
    parameters = [leaf]
    for name in torch.split(self.trainable, "\n"):
      kept = torch.append(parameters, w[name])
    objective = torch.sum(torch.mul(out, cotangent))
    nothing = annotate(List[Tensor], [])
    gradients = __torch__.optimizers.gathered(nothing, objective, parameters, 1.)
    return torch.add([torch.detach(out)], gradients)

  def evaluate_head(self: __torch__.Parts, x: Tensor, state: List[Tensor]) -> Tensor:
    return (self).output(x, (self).by_name(state, ), False, )

  # Outputs of student [crops n, outputs] and teacher [2 n, outputs], the centre, float64 [crops,
  # temperatures of student and teacher] -> [loss, gradient by the student's output, moved centre]
  def dino(
      self: __torch__.Parts, student: Tensor, teacher: Tensor, center: Tensor,
      numbers: Tensor) -> List[Tensor]:
    torch.set_grad_enabled(True)
    crops = int(numbers[0])
    q = __torch__.dino.sharpened(teacher, center, float(numbers[2]))
    moved = torch.clone(center)
    __torch__.dino.move_center(moved, teacher, self.center_momentum)
    leaf = torch.requires_grad_(torch.detach(student), True)
    loss = __torch__.dino.loss(leaf, q, 0, crops, crops, float(numbers[1]))
    nothing = annotate(List[Tensor], [])
    gradients = __torch__.optimizers.gathered(nothing, loss, [leaf], 1.)
    return [torch.detach(loss), gradients[0], moved]

  # Predictions p and targets z of both views -> [loss, gradient by either prediction], BYOL's and
  # then SimSiam's
  def pairs(
      self: __torch__.Parts, p1: Tensor, p2: Tensor, z1: Tensor, z2: Tensor) -> List[Tensor]:
    torch.set_grad_enabled(True)
    p = [torch.requires_grad_(torch.detach(p1), True), torch.requires_grad_(torch.detach(p2), True)]
    byol = torch.add(__torch__.byol.loss(p[0], z2), __torch__.byol.loss(p[1], z1))
    simsiam = torch.add(__torch__.simsiam.loss(p[0], z2), __torch__.simsiam.loss(p[1], z1))
    out = annotate(List[Tensor], [])
    for loss in [byol, simsiam]:
      nothing = annotate(List[Tensor], [])
      gradients = __torch__.optimizers.gathered(nothing, loss, p, 1.)
      out = torch.add(torch.add(out, [torch.detach(loss)]), gradients)
    return out

  # Row-major copies where needed, for reading out.
  def row_major(self: __torch__.Parts, tensors: List[Tensor]) -> List[Tensor]:
    return __torch__.optimizers.row_major(tensors)
