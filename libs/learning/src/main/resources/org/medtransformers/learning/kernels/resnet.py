# Residual networks, with the parameter names of torchvision.
# Deep Residual Learning for Image Recognition, He et al., 2015. https://arxiv.org/abs/1512.03385


def batch_norm(x: Tensor, w: Dict[str, Tensor], name: str, training: bool) -> Tensor:
  if training:
    seen = torch.add_(w[name + ".num_batches_tracked"], 1)
  return torch.batch_norm(
      x, w[name + ".weight"], w[name + ".bias"], w[name + ".running_mean"],
      w[name + ".running_var"], training, 0.1, 1e-05, True)


def convolution(
    x: Tensor, w: Dict[str, Tensor], name: str, stride: int, padding: int,
    precision: int) -> Tensor:
  return __torch__.precision.convolution(
      x, w[name + ".weight"], None, stride, padding, precision)


# [n, channels, h, w] -> [n, channels, h / stride, w / stride]
def basic_branch(
    x: Tensor, w: Dict[str, Tensor], name: str, stride: int, training: bool,
    precision: int) -> Tensor:
  h = __torch__.resnet.convolution(x, w, name + ".conv1", stride, 1, precision)
  h = torch.relu_(__torch__.resnet.batch_norm(h, w, name + ".bn1", training))
  h = __torch__.resnet.convolution(h, w, name + ".conv2", 1, 1, precision)
  return __torch__.resnet.batch_norm(h, w, name + ".bn2", training)


# The stride is on the 3x3 convolution, as in torchvision ("ResNet v1.5").
def bottleneck_branch(
    x: Tensor, w: Dict[str, Tensor], name: str, stride: int, training: bool,
    precision: int) -> Tensor:
  h = __torch__.resnet.convolution(x, w, name + ".conv1", 1, 0, precision)
  h = torch.relu_(__torch__.resnet.batch_norm(h, w, name + ".bn1", training))
  h = __torch__.resnet.convolution(h, w, name + ".conv2", stride, 1, precision)
  h = torch.relu_(__torch__.resnet.batch_norm(h, w, name + ".bn2", training))
  h = __torch__.resnet.convolution(h, w, name + ".conv3", 1, 0, precision)
  return __torch__.resnet.batch_norm(h, w, name + ".bn3", training)


def residual_block(
    x: Tensor, w: Dict[str, Tensor], name: str, stride: int, training: bool,
    precision: int) -> Tensor:
  if torch.__contains__(w, name + ".conv3.weight"):
    branch = __torch__.resnet.bottleneck_branch(x, w, name, stride, training, precision)
  else:
    branch = __torch__.resnet.basic_branch(x, w, name, stride, training, precision)
  shortcut = x
  if torch.__contains__(w, name + ".downsample.0.weight"):
    shortcut = __torch__.resnet.convolution(x, w, name + ".downsample.0", stride, 0, precision)
    shortcut = __torch__.resnet.batch_norm(shortcut, w, name + ".downsample.1", training)
  return torch.relu_(torch.add_(branch, shortcut))


# [n, channels, height, width] -> what the last stage gives, [n, features, height / 32, width / 32]
def feature_maps(
    x: Tensor, w: Dict[str, Tensor], training: bool, precision: int) -> Tensor:
  # Channels-last convolves a third faster at 224 x 224, but not below some 160 x 160. There the plain
  # layout is kept: its batch norm sums in float64, the one for channels-last in float32.
  if torch.size(x, 2) * torch.size(x, 3) >= 25600:
    x = torch.contiguous(x, memory_format=2)
  x = __torch__.resnet.convolution(x, w, "backbone.conv1", 2, 3, precision)
  x = torch.relu_(__torch__.resnet.batch_norm(x, w, "backbone.bn1", training))
  x = torch.max_pool2d(x, [3, 3], [2, 2], [1, 1], [1, 1], False)
  for stage in range(1, 5):
    block = 0
    name = torch.format("backbone.layer{}.{}", stage, block)
    while torch.__contains__(w, name + ".conv1.weight"):
      stride = 1
      if block == 0 and stage > 1:
        stride = 2
      x = __torch__.resnet.residual_block(x, w, name, stride, training, precision)
      block = block + 1
      name = torch.format("backbone.layer{}.{}", stage, block)
  return x


# Feature maps [n, features, h, w] -> embedding [n, features], their means
def pooled(x: Tensor, w: Dict[str, Tensor]) -> Tensor:
  x = torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1)
  return torch.type_as(x, w["backbone.bn1.weight"])


# [n, channels, height, width] -> embedding [n, features]
def forward(
    x: Tensor, w: Dict[str, Tensor], training: bool, precision: int) -> Tensor:
  x = __torch__.resnet.feature_maps(x, w, training, precision)
  return __torch__.resnet.pooled(x, w)
