# Logistic regression by stochastic gradient descent with momentum, for several learning rates at once.
class Logistic(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  batch : float
  momentum : float
  softmax : bool

  # One epoch. Features [n, d], the last of them 1; targets [n, outputs] of 0 and 1; the order int64
  # [n]; rates [steps, models * outputs, 1]; weights [models * outputs, d] and their velocities ->
  # [weights, velocities]. The loss of a model is the mean of the cross-entropies over the batch, with
  # several findings over them too; its gradient is (prediction - target) * features / count.
  def epoch(
      self: __torch__.Logistic, features: Tensor, targets: Tensor, order: Tensor, rates: Tensor,
      weights: Tensor, velocities: Tensor) -> List[Tensor]:
    n = torch.size(features, 0)
    size = int(self.batch)
    outputs = torch.size(targets, 1)
    w = weights
    v = velocities
    for step in range(torch.size(rates, 0)):
      rows = torch.slice(order, 0, step * size, ops.prim.min(n, (step + 1) * size))
      x = torch.index_select(features, 0, rows)
      y = torch.unsqueeze(torch.index_select(targets, 0, rows), 1)
      logits = torch.reshape(torch.linear(x, w), [torch.size(x, 0), -1, outputs])
      if self.softmax:
        error = torch.div(torch.sub(torch.softmax(logits, -1), y), torch.size(x, 0))
      else:
        error = torch.div(torch.sub(torch.sigmoid(logits), y), torch.size(x, 0) * outputs)
      gradient = torch.matmul(torch.t(torch.flatten(error, 1)), x)
      v = torch.add(torch.mul(v, self.momentum), gradient)
      w = torch.sub(w, torch.mul(v, torch.select(rates, 0, step)))
    return [w, v]

  # Features [n, d] -> logits [n, models * outputs].
  def logits(self: __torch__.Logistic, features: Tensor, weights: Tensor) -> Tensor:
    return torch.linear(features, weights)
