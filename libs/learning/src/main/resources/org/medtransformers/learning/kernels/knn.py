# Weighted nearest neighbours on embeddings.
# Unsupervised Feature Learning via Non-Parametric Instance Discrimination, Wu et al., 2018, section
# 3.4. https://arxiv.org/abs/1805.01978
class Knn(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  k : float
  temperature : float

  def normalised(self: __torch__.Knn, features: Tensor) -> Tensor:
    return __torch__.heads.normalised(features)

  # Weights [n, N] of the k most similar of the bank: exp(cosine / temperature), 0 for all others. Of
  # equally similar ones at the border the first in the bank are taken.
  def weights(self: __torch__.Knn, queries: Tensor, bank: Tensor) -> Tensor:
    similarity = torch.linear((self).normalised(queries, ), bank)
    weight = torch.exp(torch.div(similarity, self.temperature))
    k = int(self.k)
    if k < torch.size(bank, 0):
      best, where, = torch.topk(similarity, k, 1)
      border = torch.slice(best, 1, k - 1, k)
      nearer = torch.gt(similarity, border)
      tied = torch.eq(similarity, border)
      free = torch.rsub(torch.sum(nearer, [1], True), k)
      near = torch.logical_or(nearer, torch.logical_and(tied, torch.le(torch.cumsum(tied, 1), free)))
      weight = torch.masked_fill(weight, torch.logical_not(near), 0.)
    return weight

  # Queries [n, features], normalised bank [N, features] and the bank's targets [N, classes] ->
  # [votes [n, classes], sum of the weights [n, 1]]
  def vote(
      self: __torch__.Knn, queries: Tensor, bank: Tensor, targets: Tensor) -> List[Tensor]:
    w = (self).weights(queries, bank, )
    return [torch.matmul(w, targets), torch.sum(w, [1], True)]
