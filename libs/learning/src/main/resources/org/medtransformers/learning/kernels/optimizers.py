# One update of every parameter in place, by PyTorch's own fused kernels. What varies over a training
# is passed in: lr, and beta1 for Adam or momentum for SGD.


# Scales the gradients in place so that all of them together have at most the norm `limit` (0: no
# limit); gives the norm before that.
def clip_by_total_norm(gradients: List[Tensor], limit: float) -> Tensor:
  norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients, 2)))
  if limit > 0.:
    factor = limit / (float(norm) + 1e-06)
    if factor < 1.:
      torch._foreach_mul_(gradients, factor)
  return norm


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


# Adam: A Method for Stochastic Optimization, Kingma & Ba, 2014. https://arxiv.org/abs/1412.6980
# The weight decay is added to the gradient (L2).
def adam(
    p: List[Tensor], g: List[Tensor], mean: List[Tensor], square: List[Tensor],
    steps: List[Tensor], lr: float, beta1: float, beta2: float, decay: float, eps: float) -> None:
  torch._foreach_add_(steps, 1)
  none = annotate(List[Tensor], [])
  torch._fused_adam_(
      p, g, mean, square, none, steps, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay,
      eps=eps, amsgrad=False, maximize=False)


# Decoupled Weight Decay Regularization, Loshchilov & Hutter, 2017. https://arxiv.org/abs/1711.05101
def adamw(
    p: List[Tensor], g: List[Tensor], mean: List[Tensor], square: List[Tensor],
    steps: List[Tensor], lr: float, beta1: float, beta2: float, decay: float, eps: float) -> None:
  torch._foreach_add_(steps, 1)
  none = annotate(List[Tensor], [])
  torch._fused_adamw_(
      p, g, mean, square, none, steps, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay,
      eps=eps, amsgrad=False, maximize=False)


# `velocity` has one tensor per parameter, or none where momentum is always 0. A schedule may bring
# momentum to 0 on its way; the fused kernel then wants none and PyTorch leaves them as they are.
def sgd(
    p: List[Tensor], g: List[Tensor], velocity: List[Tensor], steps: List[Tensor], lr: float,
    momentum: float, dampening: float, decay: float, nesterov: bool) -> None:
  first = False
  if dampening != 0.:
    first = float(steps[0]) == 0.
  torch._foreach_add_(steps, 1)
  moving = velocity
  if momentum == 0.:
    moving = annotate(List[Tensor], [])
  torch._fused_sgd_(
      p, g, moving, weight_decay=decay, momentum=momentum, lr=lr, dampening=dampening,
      nesterov=nesterov, maximize=False, is_first_step=first)
