# Two numbers that tell whether a method without labels has collapsed to a constant.


# Mean entropy of distributions [n, outputs], in nats: 0 where each is one output, log(outputs) where
# all are uniform. DINO's two ways to collapse, Caron et al., 2021, section 5.3.
def entropy(distribution: Tensor) -> Tensor:
  return torch.mean(torch.sum(torch.special_entr(distribution), [-1]))


# Standard deviation over the batch of each feature of the l2-normalised rows [n, features], averaged
# over the features: 0 if all rows are the same, 1 / sqrt(features) if they point everywhere.
# Exploring Simple Siamese Representation Learning, Chen & He, 2020, section 4.1.
def spread(rows: Tensor) -> Tensor:
  return torch.mean(torch.std(__torch__.heads.normalised(rows), [0], False))
