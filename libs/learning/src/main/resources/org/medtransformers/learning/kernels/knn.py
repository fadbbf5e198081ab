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

  def weight(self: __torch__.Knn, similarity: Tensor) -> Tensor:
    return torch.exp(torch.div(similarity, self.temperature))

  # Queries [n, features], normalised bank [N, features], the bank's targets [N, classes] and int64
  # numbers of neighbours [ks], none above self.k -> for each of them [votes [n, classes], sum of the
  # weights [n, 1]] of so many most similar of the bank, each with the weight exp(cosine /
  # temperature). The bank is searched once, for the largest.
  def votes(
      self: __torch__.Knn, queries: Tensor, bank: Tensor, targets: Tensor,
      neighbours: Tensor) -> List[Tensor]:
    similarity = torch.linear((self).normalised(queries, ), bank)
    largest = ops.prim.min(int(self.k), torch.size(bank, 0))
    found = (self).most_similar(similarity, ops.prim.min(largest + 1, torch.size(bank, 0)), )
    best = found[0]
    where = found[1]
    out = annotate(List[Tensor], [])
    for i in range(torch.size(neighbours, 0)):
      k = ops.prim.min(int(torch.select(neighbours, 0, i)), largest)
      both = (self).of_nearest(similarity, best, where, targets, k, )
      votes = torch.append(out, both[0])
      weights = torch.append(out, both[1])
    return out

  # Similarities [n, N] -> [the k largest of each row, falling; int64 where they are]. Of groups of
  # eight that lie N / 8 apart, those k with the largest maxima hold all of them, but for the rest of
  # fewer than eight: to look only there takes less than to keep the k best of a whole row.
  def most_similar(self: __torch__.Knn, similarity: Tensor, k: int) -> List[Tensor]:
    n = torch.size(similarity, 0)
    N = torch.size(similarity, 1)
    columns = torch.floordiv(N, 8)
    if torch.lt(columns, torch.mul(4, k)):
      best, where, = torch.topk(similarity, k, 1)
      out = [best, where]
    else:
      even = torch.slice(similarity, 1, 0, torch.mul(8, columns))
      tops = torch.amax(torch.reshape(even, [n, 8, columns]), [1])
      top, column, = torch.topk(tops, k, 1, True, False)
      rows = torch.reshape(torch.mul(torch.arange(8, device=ops.prim.device(column)), columns), [1, 8, 1])
      at = torch.flatten(torch.add(torch.unsqueeze(column, 1), rows), 1)
      rest = torch.arange(torch.mul(8, columns), N, device=ops.prim.device(column))
      among = torch.cat([at, torch.expand(torch.unsqueeze(rest, 0), [n, -1])], 1)
      best, which, = torch.topk(torch.gather(similarity, 1, among), k, 1)
      out = [best, torch.gather(among, 1, which)]
    return out

  # The votes of the first k of the best, which are sorted and one more than k where the bank has one.
  def of_nearest(
      self: __torch__.Knn, similarity: Tensor, best: Tensor, where: Tensor, targets: Tensor,
      k: int) -> List[Tensor]:
    border = torch.slice(best, 1, k - 1, k)
    if bool(torch.any(torch.eq(torch.slice(best, 1, k, k + 1), border))):
      out = (self).vote_with_ties(similarity, border, targets, k, )
    else:
      w = (self).weight(torch.slice(best, 1, 0, k), )
      near = torch.flatten(torch.slice(where, 1, 0, k))
      of_near = torch.reshape(
          torch.index_select(targets, 0, near), [torch.size(w, 0), k, torch.size(targets, 1)])
      votes = torch.squeeze(torch.bmm(torch.unsqueeze(w, 1), of_near), 1)
      out = [votes, torch.sum(w, [1], True)]
    return out

  # The same where the k-th is as similar as the one after it: of equally similar ones the first in
  # the bank are taken, whatever order topk has.
  def vote_with_ties(
      self: __torch__.Knn, similarity: Tensor, border: Tensor, targets: Tensor,
      k: int) -> List[Tensor]:
    nearer = torch.gt(similarity, border)
    tied = torch.eq(similarity, border)
    free = torch.rsub(torch.sum(nearer, [1], True), k)
    near = torch.logical_or(nearer, torch.logical_and(tied, torch.le(torch.cumsum(tied, 1), free)))
    w = torch.masked_fill((self).weight(similarity, ), torch.logical_not(near), 0.)
    return [torch.matmul(w, targets), torch.sum(w, [1], True)]
