# BYOL: an online network predicts what its own moving average, the target, says of another view.
# Bootstrap Your Own Latent, Grill et al., 2020. https://arxiv.org/abs/2006.07733


# Equation 2: the squared distance between normalised prediction and target, 2 - 2 cos, as a mean
# over the batch.
def loss(prediction: Tensor, target: Tensor) -> Tensor:
  p = __torch__.heads.normalised(prediction)
  z = __torch__.heads.normalised(target)
  return torch.rsub(torch.mul(torch.mean(torch.sum(torch.mul(p, z), [-1])), 2.), 2.)


# Until the gradients: loss, gradients of `parameters`, spread of the target's projections. Each
# view's prediction goes forward and back by itself, against the target's projection of the other
# view; the sum of both is the symmetrised loss, equation 3.
def learn(
    views: List[Tensor], online: Dict[str, Tensor], target: Dict[str, Tensor],
    parameters: List[Tensor], uniform: Tensor, a: Dict[str, float], h: Dict[str, float],
    precision: int) -> Tuple[Tensor, List[Tensor], Tensor]:
  n = torch.size(views[0], 0)
  torch.set_grad_enabled(False)
  z = annotate(List[Tensor], [])
  for view in views:
    kept = torch.append(z, __torch__.encoder.project(view, target, 0., view, precision))
  total = torch.zeros_like(z[0][0][0])
  gradients = annotate(List[Tensor], [])
  for i in range(2):
    torch.set_grad_enabled(True)
    draws = torch.slice(uniform, 1, i * n, (i + 1) * n)
    y = __torch__.encoder.project(views[i], online, a["drop_path"], draws, precision)
    p = __torch__.heads.predictor(y, online, True, precision)
    loss = __torch__.byol.loss(p, z[1 - i])
    gradients = __torch__.optimizers.gathered(gradients, loss, parameters, h["scale"])
    torch.set_grad_enabled(False)
    total = torch.add(total, torch.detach(loss))
  return (total, gradients, __torch__.collapse.spread(torch.cat(z)))
