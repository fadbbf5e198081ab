# Where a residual network finds what speaks for a class.
# Grad-CAM, Selvaraju et al., 2017. https://arxiv.org/abs/1610.02391


# Images [n, channels, height, width] -> [n, height / 32, width / 32], 0 and above. The score y of an
# image is the sum of its logits times `weights` [n, outputs]: 1 at one class and 0 elsewhere for
# that class's logit.
def grad_cam(x: Tensor, w: Dict[str, Tensor], weights: Tensor) -> Tensor:
  torch.set_grad_enabled(False)
  maps = torch.detach(__torch__.resnet.feature_maps(x, w, False, 0))
  torch.set_grad_enabled(True)
  maps = torch.requires_grad_(maps, True)
  logits = __torch__.encoder.head(__torch__.resnet.pooled(maps, w), w, False, 0)
  y = torch.sum(torch.mul(logits, weights))
  found = torch.grad([y], [maps], None, None, False, False)
  torch.set_grad_enabled(False)
  # Equation 1: how much each feature map matters is the mean of the score's gradients.
  alpha = torch.mean(unchecked_cast(Tensor, found[0]), [2, 3], True)
  # Equation 2: only what speaks for the score is kept.
  return torch.relu(torch.sum(torch.mul(alpha, torch.detach(maps)), [1]))
