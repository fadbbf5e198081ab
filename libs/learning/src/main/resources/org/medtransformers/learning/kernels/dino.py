# DINO: self-distillation with no labels.
# Emerging Properties in Self-Supervised Vision Transformers, Caron et al., 2021.
# https://arxiv.org/abs/2104.14294
#
# Views are crops, the first two of them global. The teacher sees the global ones, the student all.
# `a` holds what stays over a training, `h` what moves.


# The teacher's distribution: equation 1, centred as section 3.1 says.
def sharpened(output: Tensor, center: Tensor, temperature: float) -> Tensor:
  return torch.softmax(torch.div(torch.sub(output, center), temperature), -1)


# What crop `crop` is to predict, of the teacher's distributions [2 n, outputs] of both global crops:
# equation 3 leaves a global crop itself out. A sum of two distributions for a local crop.
def target(teacher: Tensor, crop: int) -> Tensor:
  of_first, of_second, = torch.chunk(teacher, 2)
  out = of_first
  if crop == 0:
    out = of_second
  elif crop > 1:
    out = torch.add(of_first, of_second)
  return out


# The share in equation 3 of the student's outputs [(to - from) n, outputs] of the crops `from` until
# `to`; the shares of all crops add up to the mean over pairs of crops and over images.
def loss(
    output: Tensor, teacher: Tensor, first: int, last: int, crops: int,
    temperature: float) -> Tensor:
  log_p = torch.chunk(torch.log_softmax(torch.div(output, temperature), -1), last - first)
  terms = 2 * crops - 2
  sum = torch.mul(torch.sum(output), 0.)
  for i in range(last - first):
    q = __torch__.dino.target(teacher, first + i)
    cross_entropy = torch.mean(torch.sum(torch.mul(q, log_p[i]), [-1]))
    sum = torch.sub(sum, torch.div(cross_entropy, terms))
  return sum


# Equation 4.
def move_center(center: Tensor, output: Tensor, momentum: float) -> None:
  moved = torch.lerp_(center, torch.mean(output, [0], True), 1. - momentum)


# Until where the crops from `first` on can be computed together.
def group_end(views: List[Tensor], first: int, one_at_a_time: bool) -> int:
  last = first + 1
  grows = not one_at_a_time
  while grows:
    if last < torch.len(views):
      grows = torch.size(views[last]) == torch.size(views[first])
    else:
      grows = False
    if grows:
      last = last + 1
  return last


# Algorithm 1 until the gradients: loss, gradients of `parameters`, entropy of the teacher's output,
# spread of its embedding. The loss is a sum over crops whose teacher is given, so each group of crops
# goes forward and back by itself: no more than one group's activations are held.
def learn(
    views: List[Tensor], student: Dict[str, Tensor], teacher: Dict[str, Tensor], center: Tensor,
    parameters: List[Tensor], uniform: Tensor, a: Dict[str, float], h: Dict[str, float],
    precision: int) -> Tuple[Tensor, List[Tensor], Tensor, Tensor]:
  n = torch.size(views[0], 0)
  crops = torch.len(views)
  torch.set_grad_enabled(False)
  x = torch.cat([views[0], views[1]])
  embedding = __torch__.encoder.embed(x, teacher, 0., x, True, precision)
  output = __torch__.encoder.head(embedding, teacher, True, precision)
  q = __torch__.dino.sharpened(output, center, h["teacher_temperature"])
  __torch__.dino.move_center(center, output, a["center_momentum"])
  total = torch.zeros_like(output[0][0])
  gradients = annotate(List[Tensor], [])
  first = 0
  while first < crops:
    last = __torch__.dino.group_end(views, first, a["one_at_a_time"] != 0.)
    torch.set_grad_enabled(True)
    x = torch.cat(torch.slice(views, first, last, 1))
    draws = torch.slice(uniform, 1, first * n, last * n)
    p = __torch__.encoder.project(x, student, a["drop_path"], draws, precision)
    loss = __torch__.dino.loss(p, q, first, last, crops, a["student_temperature"])
    gradients = __torch__.optimizers.gathered(gradients, loss, parameters, h["scale"])
    torch.set_grad_enabled(False)
    total = torch.add(total, torch.detach(loss))
    first = last
  return (total, gradients, __torch__.collapse.entropy(q), __torch__.collapse.spread(embedding))
