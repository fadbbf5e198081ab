# One update of every parameter in place, by PyTorch's own fused kernels where it has them and by its
# `foreach` operators elsewhere. What varies over a training is passed in: lr, and beta1 for Adam or
# momentum. `a` holds the other arguments by PyTorch's names.


# Adds the gradients of `scale` times `loss` to those gathered before it, if there are any.
def gathered(
    before: List[Tensor], loss: Tensor, parameters: List[Tensor], scale: float) -> List[Tensor]:
  objective = loss
  if scale != 1.:
    objective = torch.mul(loss, scale)
  found = torch.grad([objective], parameters, None, None, False, False)
  torch.set_grad_enabled(False)
  gradients = annotate(List[Tensor], [])
  for gradient in found:
    kept = torch.append(gradients, unchecked_cast(Tensor, gradient))
  if torch.len(before) > 0:
    torch._foreach_add_(before, gradients)
    gradients = before
  return gradients


# Scales the gradients in place so that all of them together have at most the norm `limit` (0: no
# limit); gives the norm before that.
def clip_by_total_norm(gradients: List[Tensor], limit: float) -> Tensor:
  norm = __torch__.optimizers.total_norm(gradients)
  if limit > 0.:
    factor = limit / (float(norm) + 1e-06)
    if factor < 1.:
      torch._foreach_mul_(gradients, factor)
  return norm


# Scales each gradient in place so that it has at most the norm `limit` by itself (0: no limit); gives
# the norm of all of them before that.
def clip_each_by_norm(gradients: List[Tensor], limit: float) -> Tensor:
  norms = torch.stack(torch._foreach_norm(gradients, 2))
  if limit > 0.:
    factors = torch.clamp_max(torch.mul(torch.reciprocal(torch.add(norms, 1e-06)), limit), 1.)
    torch._foreach_mul_(gradients, torch.unbind(factors, 0))
  return torch.linalg_vector_norm(norms)


def total_norm(tensors: List[Tensor]) -> Tensor:
  return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(tensors, 2)))


# The fused kernels walk through memory, so a gradient must lie in memory as its parameter does.
def laid_out_like(gradients: List[Tensor], parameters: List[Tensor]) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  for i in range(torch.len(parameters)):
    gradient = gradients[i]
    if torch.stride(gradient) != torch.stride(parameters[i]):
      gradient = torch.copy_(torch.empty_like(parameters[i]), gradient)
    kept = torch.append(out, gradient)
  return out


def members_of(tensors: List[Tensor], members: List[int], offset: int) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  for i in members:
    kept = torch.append(out, tensors[offset + i])
  return out


# Gradients with the weight decay in them, each scaled so that its length is `trust` times that of
# its parameter. A gradient or parameter that is all zeros is not scaled.
# Large Batch Training of Convolutional Networks, You et al., 2017, equation 6.
# https://arxiv.org/abs/1708.03888
def lars(
    p: List[Tensor], g: List[Tensor], decay: float, trust: float, eps: float) -> List[Tensor]:
  of_p = torch.stack(torch._foreach_norm(p, 2))
  of_g = torch.stack(torch._foreach_norm(g, 2))
  ratio = torch.div(
      torch.mul(of_p, trust), torch.add(torch.add(of_g, of_p, alpha=decay), eps))
  defined = torch.logical_and(torch.gt(of_p, 0), torch.gt(of_g, 0))
  ratio = torch.where(defined, ratio, torch.ones_like(ratio))
  scaled = torch._foreach_add(g, p, alpha=decay)
  torch._foreach_mul_(scaled, torch.unbind(ratio, 0))
  return scaled


# The update by the optimizer called `kind`. `slots` is its state, slot by slot, the step counters
# last.
def step(
    kind: str, a: Dict[str, float], p: List[Tensor], g: List[Tensor], slots: List[List[Tensor]],
    lr: float, momentum: float, decay: float) -> None:
  steps = slots[torch.len(slots) - 1]
  torch._foreach_add_(steps, 1)
  if kind == "SGD":
    __torch__.optimizers.sgd(a, p, g, slots, lr, momentum, decay)
  elif kind == "RMSprop":
    __torch__.optimizers.rmsprop(a, p, g, slots, lr, momentum, decay)
  elif kind == "Adagrad":
    __torch__.optimizers.adagrad(a, p, g, slots, lr, decay)
  else:
    __torch__.optimizers.adam(kind == "AdamW", a, p, g, slots, lr, momentum, decay)


# Adam: A Method for Stochastic Optimization, Kingma & Ba, 2014. https://arxiv.org/abs/1412.6980
# The weight decay is added to the gradient (L2), or is `decoupled` from it:
# Decoupled Weight Decay Regularization, Loshchilov & Hutter, 2017. https://arxiv.org/abs/1711.05101
# AMSGrad: On the Convergence of Adam and Beyond, Reddi et al., 2018.
# https://arxiv.org/abs/1904.09237
def adam(
    decoupled: bool, a: Dict[str, float], p: List[Tensor], g: List[Tensor],
    slots: List[List[Tensor]], lr: float, beta1: float, decay: float) -> None:
  steps = slots[torch.len(slots) - 1]
  largest = annotate(List[Tensor], [])
  amsgrad = a["amsgrad"] != 0.
  if amsgrad:
    largest = slots[2]
  if decoupled:
    torch._fused_adamw_(
        p, g, slots[0], slots[1], largest, steps, lr=lr, beta1=beta1, beta2=a["beta2"],
        weight_decay=decay, eps=a["eps"], amsgrad=amsgrad, maximize=False)
  else:
    torch._fused_adam_(
        p, g, slots[0], slots[1], largest, steps, lr=lr, beta1=beta1, beta2=a["beta2"],
        weight_decay=decay, eps=a["eps"], amsgrad=amsgrad, maximize=False)


# There is no velocity where momentum is always 0. A schedule may bring momentum to 0 on its way; the
# fused kernel then wants none and PyTorch leaves them as they are. A tensor's first gradient is not
# dampened.
def sgd(
    a: Dict[str, float], p: List[Tensor], g: List[Tensor], slots: List[List[Tensor]], lr: float,
    momentum: float, decay: float) -> None:
  steps = slots[torch.len(slots) - 1]
  first = annotate(List[int], [])
  later = annotate(List[int], [])
  for i in range(torch.len(p)):
    if a["dampening"] != 0. and float(steps[i]) == 1.:
      starts = torch.append(first, i)
    else:
      goes_on = torch.append(later, i)
  __torch__.optimizers.sgd_members(a, p, g, slots, lr, momentum, decay, first, True)
  __torch__.optimizers.sgd_members(a, p, g, slots, lr, momentum, decay, later, False)


def sgd_members(
    a: Dict[str, float], p: List[Tensor], g: List[Tensor], slots: List[List[Tensor]], lr: float,
    momentum: float, decay: float, members: List[int], first: bool) -> None:
  if torch.len(members) > 0:
    velocity = annotate(List[Tensor], [])
    if momentum != 0.:
      velocity = __torch__.optimizers.members_of(slots[0], members, 0)
    torch._fused_sgd_(
        __torch__.optimizers.members_of(p, members, 0),
        __torch__.optimizers.members_of(g, members, 0), velocity, weight_decay=decay,
        momentum=momentum, lr=lr, dampening=a["dampening"], nesterov=a["nesterov"] != 0.,
        maximize=False, is_first_step=first)


# Generating Sequences With Recurrent Neural Networks, Graves, 2013, equations 38 to 45, for the
# centred one. https://arxiv.org/abs/1308.0850
def rmsprop(
    a: Dict[str, float], p: List[Tensor], g: List[Tensor], slots: List[List[Tensor]], lr: float,
    momentum: float, decay: float) -> None:
  if decay != 0.:
    g = torch._foreach_add(g, p, alpha=decay)
  rest = 1. - a["alpha"]
  torch._foreach_mul_(slots[0], a["alpha"])
  torch._foreach_addcmul_(slots[0], g, g, value=rest)
  if a["centered"] != 0.:
    torch._foreach_lerp_(slots[1], g, rest)
    root = torch._foreach_addcmul(slots[0], slots[1], slots[1], value=-1)
    torch._foreach_sqrt_(root)
  else:
    root = torch._foreach_sqrt(slots[0])
  torch._foreach_add_(root, a["eps"])
  if momentum > 0.:
    velocity = slots[torch.len(slots) - 2]
    torch._foreach_mul_(velocity, momentum)
    torch._foreach_addcdiv_(velocity, g, root)
    torch._foreach_add_(p, velocity, alpha=-lr)
  else:
    torch._foreach_addcdiv_(p, g, root, value=-lr)


# Adaptive Subgradient Methods, Duchi et al., 2011. https://jmlr.org/papers/v12/duchi11a.html
def adagrad(
    a: Dict[str, float], p: List[Tensor], g: List[Tensor], slots: List[List[Tensor]], lr: float,
    decay: float) -> None:
  if decay != 0.:
    g = torch._foreach_add(g, p, alpha=decay)
  rate = lr
  if a["lr_decay"] != 0.:
    rate = lr / (1. + (float(slots[1][0]) - 1.) * a["lr_decay"])
  torch._foreach_addcmul_(slots[0], g, g)
  root = torch._foreach_sqrt(slots[0])
  torch._foreach_add_(root, a["eps"])
  torch._foreach_addcdiv_(p, g, root, value=-rate)


# Moves averages towards the values that they follow: m average + (1 - m) value.
def follow(averages: List[Tensor], values: List[Tensor], momentum: float) -> None:
  torch._foreach_lerp_(averages, values, 1. - momentum)


def row_major(tensors: List[Tensor]) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  for tensor in tensors:
    kept = torch.append(out, torch.cpu(torch.contiguous(tensor)))
  return out


def row_major_copies(tensors: List[Tensor]) -> List[Tensor]:
  out = annotate(List[Tensor], [])
  host = torch.device("cpu")
  for tensor in tensors:
    copy = torch.to(tensor, host, ops.prim.dtype(tensor), False, True, 0)
    kept = torch.append(out, copy)
  return out
