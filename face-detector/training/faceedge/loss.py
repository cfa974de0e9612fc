"""Which cells answer for which face, and the loss.

Assignment follows SimOTA (Ge et al., YOLOX, 2021), as YuNet's does: per face the cheapest k cells near its centre, k from how well they
already fit. A prior on face size per stride keeps early assignments sensible. The objective: binary cross-entropy for obj, quality
focal loss (Li et al., Generalized Focal Loss, 2020) for cls with the IoU as target, CIoU (Zheng et al., 2020) for boxes, smooth L1 for
landmarks in units of the face size.
"""

from __future__ import annotations

import math

import torch
from torch.nn import functional as F

from .model import STRIDES

RADIUS = 1.5  # cells, from the face centre
TOP = 8
SIZE_RANGE = (1.0, 14.0)  # face size over stride that a level may answer for
TYPICAL_SIZE = 4.0  # face size over stride that a level answers for best
WEIGHTS = {"obj": 1.0, "cls": 1.0, "box": 4.0, "points": 1.0}


def grid(side_w: int, side_h: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Cell origins [N,2] in pixels and their strides [N]."""
    points, strides = [], []
    for s in STRIDES:
        rows, cols = side_h // s, side_w // s
        y, x = torch.meshgrid(torch.arange(rows), torch.arange(cols), indexing="ij")
        points.append(torch.stack([x, y], -1).reshape(-1, 2) * s)
        strides.append(torch.full((rows * cols,), s))
    return torch.cat(points).float(), torch.cat(strides).float()


def flatten(levels: list[torch.Tensor]) -> torch.Tensor:
    """Per level [B,16,H,W] -> [B,N,16]."""
    return torch.cat([v.flatten(2).transpose(1, 2) for v in levels], 1)


def decoded(raw: torch.Tensor, origin: torch.Tensor, stride: torch.Tensor) -> torch.Tensor:
    """[...,N,4] box values -> x1, y1, x2, y2 in pixels."""
    centre = origin + raw[..., :2] * stride[:, None]
    half = raw[..., 2:].clamp(-4, 6).exp() * stride[:, None] / 2
    return torch.cat([centre - half, centre + half], -1)


def pair_iou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Elementwise over the leading dimensions."""
    low, high = torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:4], b[..., 2:4])
    inter = (high - low).clamp(min=0).prod(-1)
    area = (a[..., 2:4] - a[..., :2]).prod(-1) + (b[..., 2:4] - b[..., :2]).prod(-1)
    return inter / (area - inter).clamp(min=1e-6)


def ciou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    overlap = pair_iou(a, b)
    size_a, size_b = (a[:, 2:] - a[:, :2]).clamp(min=1e-3), (b[:, 2:] - b[:, :2]).clamp(min=1e-3)
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).square().sum(1).clamp(min=1e-6)
    distance = ((a[:, :2] + a[:, 2:] - b[:, :2] - b[:, 2:]) / 2).square().sum(1)
    shape = (4 / math.pi**2) * (torch.atan(size_b[:, 0] / size_b[:, 1]) - torch.atan(size_a[:, 0] / size_a[:, 1])).square()
    with torch.no_grad():
        share = shape / (1 - overlap + shape).clamp(min=1e-6)
    return overlap - distance / hull - share * shape


@torch.no_grad()
def assign(predicted: torch.Tensor, boxes: torch.Tensor, faces: torch.Tensor, origin: torch.Tensor,
           stride: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """predicted [B,N,16], boxes [B,N,4], faces [B,M,15] -> owner [B,N] (face index, -1 none) and ignored [B,N]."""
    faces = faces[:, :max(1, int((faces[..., 3] > faces[..., 1]).sum(1).max()))]
    gt = faces[..., :4]
    size = (gt[..., 2:] - gt[..., :2]).clamp(min=0)
    present = size[..., 1] > 0
    centre = (gt[..., :2] + gt[..., 2:]) / 2
    offset = (centre[:, :, None] - origin).abs()  # [B,M,N,2]
    near = (offset <= RADIUS * stride[:, None]).all(-1) & (offset <= size[:, :, None] / 2 + stride[:, None] / 2).all(-1)
    ratio = size.prod(-1).sqrt()[..., None] / stride
    candidate = near & (ratio >= SIZE_RANGE[0]) & (ratio <= SIZE_RANGE[1]) & (present & (faces[..., 4] > 0))[..., None]
    overlap = pair_iou(boxes[:, None], gt[:, :, None]) * candidate
    score = (predicted[..., 0].sigmoid() * predicted[..., 1].sigmoid()).sqrt()[:, None]
    size_cost = (ratio.clamp(min=1e-3) / TYPICAL_SIZE).log2().abs()
    cost = -3 * overlap.clamp(min=1e-4).log() - (score.clamp(1e-4, 1 - 1e-4)).log() + 1.5 * size_cost
    cost = cost.masked_fill(~candidate, 1e6)
    k = overlap.topk(TOP, -1).values.sum(-1).round().clamp(1, TOP)
    cheapest = cost.topk(TOP, -1, largest=False)
    chosen = torch.zeros_like(candidate).scatter_(-1, cheapest.indices, torch.arange(TOP) < k[..., None]) & candidate
    best, owner = cost.masked_fill(~chosen, 1e7).min(1)
    owner = torch.where(best < 1e6, owner, torch.full_like(owner, -1))
    uncertain = present & (faces[..., 4] <= 0)
    inside = ((origin >= gt[:, :, None, :2] - stride[:, None] / 2) & (origin <= gt[:, :, None, 2:] + stride[:, None] / 2)).all(-1)
    ignored = (inside & uncertain[..., None]).any(1) & (owner < 0)
    return owner, ignored


def loss(levels: list[torch.Tensor], faces: torch.Tensor, origin: torch.Tensor, stride: torch.Tensor) -> dict[str, torch.Tensor]:
    """Terms by name; "total" is their weighted sum."""
    predicted = flatten(levels)
    boxes = decoded(predicted[..., 2:6], origin, stride)
    owner, ignored = assign(predicted, boxes, faces, origin, stride)
    positive = owner >= 0
    counted = (~ignored).float()
    image, cell = positive.nonzero(as_tuple=True)
    target = faces[image, owner[image, cell]]
    count = max(len(image), 1)
    found = boxes[image, cell]
    quality = torch.zeros_like(counted)
    quality[image, cell] = pair_iou(found.detach(), target[:, :4])
    cls, obj = predicted[..., 0], predicted[..., 1]
    focus = (quality - cls.sigmoid()).abs().square().detach()
    terms = {
        "cls": (F.binary_cross_entropy_with_logits(cls, quality, reduction="none") * focus * counted).sum() / count * 2,
        "obj": (F.binary_cross_entropy_with_logits(obj, positive.float(), reduction="none") * counted).sum() / count,
        "box": (1 - ciou(found, target[:, :4])).sum() / count,
    }
    size = (target[:, 2:4] - target[:, :2]).prod(1).sqrt().clamp(min=4)
    points = origin[cell][:, None] + predicted[image, cell, 6:].reshape(-1, 5, 2) * stride[cell][:, None, None]
    error = (points - target[:, 5:].reshape(-1, 5, 2)) / size[:, None, None]
    terms["points"] = F.smooth_l1_loss(error, torch.zeros_like(error), reduction="sum", beta=0.05) / count
    terms["total"] = sum(weight * terms[name] for name, weight in WEIGHTS.items())
    return terms


def distilled(levels: list[torch.Tensor], cells: torch.Tensor, origin: torch.Tensor, stride: torch.Tensor) -> dict[str, torch.Tensor]:
    """The student against the teacher's cells [B,N,15] (score, box, landmarks; score -1 unknown): both scores follow the teacher's, box and
    landmarks are learned where it is rather sure."""
    predicted = flatten(levels)
    score = cells[..., 0].clamp(min=0)
    counted = (cells[..., 0] >= 0).float()
    sure = cells[..., 0] > 0.35
    count = score.sum().clamp(min=1)
    terms = {}
    for index, name in enumerate(("cls", "obj")):
        error = F.binary_cross_entropy_with_logits(predicted[..., index], score, reduction="none")
        floor = F.binary_cross_entropy(score, score, reduction="none")
        terms[name] = ((error - floor) * counted).sum() / count
    image, cell = sure.nonzero(as_tuple=True)
    weight = score[image, cell]
    found = decoded(predicted[image, cell, 2:6], origin[cell], stride[cell])
    target = decoded(cells[image, cell, 1:5], origin[cell], stride[cell])
    total = weight.sum().clamp(min=1)
    terms["box"] = ((1 - ciou(found, target)) * weight).sum() / total
    size = (target[:, 2:4] - target[:, :2]).prod(1).sqrt().clamp(min=4)
    error = (predicted[image, cell, 6:] - cells[image, cell, 5:]) * (stride[cell] / size)[:, None]
    terms["points"] = (F.smooth_l1_loss(error, torch.zeros_like(error), reduction="none", beta=0.05).sum(1) * weight).sum() / total
    terms["total"] = sum(weight * terms[name] for name, weight in WEIGHTS.items())
    return terms


def hinted(features: list[torch.Tensor], hints: list[torch.Tensor]) -> torch.Tensor:
    """How far the student's projected features are from the teacher's (FitNets, Romero et al., 2015), relative to those's own size."""
    return sum((f - h).square().mean() / h.square().mean().clamp(min=1e-6) for f, h in zip(features, hints)) / len(hints)
