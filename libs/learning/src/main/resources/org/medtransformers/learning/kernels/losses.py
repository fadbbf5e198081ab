# Means over the batch, with the meaning of PyTorch's CrossEntropyLoss and BCEWithLogitsLoss.


# One weight per class, or none.
def class_weights(weights: List[float], logits: Tensor) -> Optional[Tensor]:
  out = annotate(Optional[Tensor], None)
  if torch.len(weights) > 0:
    # A list that was read from an archive does not tell torch.tensor what it is a list of.
    values = annotate(List[float], [])
    for weight in weights:
      kept = torch.append(values, weight)
    out = torch.tensor(values, dtype=6, device=ops.prim.device(logits))
  return out


# logits [n, classes], labels int64 [n]. With weights it is the weighted mean.
# Label smoothing: Rethinking the Inception Architecture, Szegedy et al., 2015, section 7.
# https://arxiv.org/abs/1512.00567
def cross_entropy(
    logits: Tensor, labels: Tensor, weights: List[float], smoothing: float) -> Tensor:
  of_class = __torch__.losses.class_weights(weights, logits)
  return torch.cross_entropy_loss(logits, labels, of_class, 1, -100, smoothing)


# logits [n, outputs], labels float32 [n, outputs]; the mean is over both. With one output the weight of
# an image is that of its class; several have no weights. Smoothed labels are those of the cross-entropy
# over the logits (0, logit).
def binary_cross_entropy(
    logits: Tensor, labels: Tensor, weights: List[float], smoothing: float) -> Tensor:
  of_image = __torch__.losses.class_weights(weights, logits)
  labels = torch.type_as(labels, logits)
  if torch.len(weights) > 0:
    of_class = unchecked_cast(Tensor, of_image)
    of_image = torch.add(torch.mul(labels, of_class[1] - of_class[0]), of_class[0])
  targets = labels
  if smoothing > 0.:
    targets = torch.add(torch.mul(labels, 1. - smoothing), smoothing / 2.)
  return torch.binary_cross_entropy_with_logits(logits, targets, of_image, None, 1)


# What the mean divides by: a loss times its divisor can be summed over batches.
def divisor(labels: Tensor, weights: List[float], logits: Tensor) -> Tensor:
  out = torch.full_like(torch.select(torch.flatten(logits), 0, 0), torch.size(logits, 0))
  if torch.len(weights) == torch.size(logits, 1):
    of_class = unchecked_cast(Tensor, __torch__.losses.class_weights(weights, logits))
    out = torch.sum(torch.index_select(of_class, 0, labels))
  return out
