# SimSiam: a network predicts what it says itself of another view, and no gradient flows there.
# Exploring Simple Siamese Representation Learning, Chen & He, 2020. https://arxiv.org/abs/2011.10566


# Half of equation 1, D(p, stopgrad(z)) / 2, as a mean over the batch: one of equation 4's two terms.
def loss(prediction: Tensor, projection: Tensor) -> Tensor:
  p = __torch__.heads.normalised(prediction)
  z = __torch__.heads.normalised(torch.detach(projection))
  return torch.mul(torch.mean(torch.sum(torch.mul(p, z), [-1])), -0.5)


# Algorithm 1 until the gradients: loss (equation 4), gradients of `parameters`, spread of the
# projections.
def learn(
    views: List[Tensor], w: Dict[str, Tensor], parameters: List[Tensor], uniform: Tensor,
    a: Dict[str, float], h: Dict[str, float],
    precision: int) -> Tuple[Tensor, List[Tensor], Tensor]:
  n = torch.size(views[0], 0)
  torch.set_grad_enabled(True)
  z = annotate(List[Tensor], [])
  p = annotate(List[Tensor], [])
  for i in range(2):
    draws = torch.slice(uniform, 1, i * n, (i + 1) * n)
    projection = __torch__.encoder.project(views[i], w, a["drop_path"], draws, precision)
    projected = torch.append(z, projection)
    predicted = torch.append(p, __torch__.heads.predictor(projection, w, True, precision))
  loss = torch.add(__torch__.simsiam.loss(p[0], z[1]), __torch__.simsiam.loss(p[1], z[0]))
  nothing = annotate(List[Tensor], [])
  gradients = __torch__.optimizers.gathered(nothing, loss, parameters, h["scale"])
  torch.set_grad_enabled(False)
  return (torch.detach(loss), gradients, __torch__.collapse.spread(torch.cat(z)))
