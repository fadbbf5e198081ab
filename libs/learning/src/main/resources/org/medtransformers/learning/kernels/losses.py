# Means over the batch.


# logits [n, classes], labels int64 [n]
def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
  return torch.cross_entropy_loss(logits, labels, None, 1, -100, 0.)


# logits [n, 1], labels float32 [n, 1]
def binary_cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
  return torch.binary_cross_entropy_with_logits(logits, labels, None, None, 1)
