"""What the student is told: the teacher's scores, boxes and landmarks cell by cell, and the features below them.

Dense targets that stay put teach in far fewer samples than assigning cells to faces while the student learns (SimOTA, as YuNet itself is
trained): after 19,000 samples the average precision on large faces was .55 against .35 after 14,000 in that way.
"""

from __future__ import annotations

import math

import torch
from torch.nn import functional as F

from .model import STRIDES

SURE = 0.35  # teacher score from which a cell's box and landmarks are learned
WEIGHTS = {"obj": 1.0, "cls": 1.0, "box": 4.0, "points": 1.0, "hint": 2.0}


def grid(side: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Cell origins [N,2] in pixels and their strides [N]."""
    points, strides = [], []
    for s in STRIDES:
        y, x = torch.meshgrid(torch.arange(side // s), torch.arange(side // s), indexing="ij")
        points.append(torch.stack([x, y], -1).reshape(-1, 2) * s)
        strides.append(torch.full((len(points[-1]),), s))
    return torch.cat(points).float(), torch.cat(strides).float()


def flatten(levels: list[torch.Tensor]) -> torch.Tensor:
    """Per level [B,16,H,W] -> [B,N,16]."""
    return torch.cat([v.flatten(2).transpose(1, 2) for v in levels], 1)


def decoded(raw: torch.Tensor, origin: torch.Tensor, stride: torch.Tensor) -> torch.Tensor:
    """[N,4] box values -> x1, y1, x2, y2 in pixels."""
    centre = origin + raw[:, :2] * stride[:, None]
    half = raw[:, 2:].clamp(-4, 6).exp() * stride[:, None] / 2
    return torch.cat([centre - half, centre + half], 1)


def ciou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Complete IoU (Zheng et al., 2020) of boxes [N,4]."""
    inter = (torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])).clamp(min=0).prod(1)
    size_a, size_b = (a[:, 2:] - a[:, :2]).clamp(min=1e-3), (b[:, 2:] - b[:, :2]).clamp(min=1e-3)
    overlap = inter / (size_a.prod(1) + size_b.prod(1) - inter).clamp(min=1e-6)
    hull = (torch.maximum(a[:, 2:], b[:, 2:]) - torch.minimum(a[:, :2], b[:, :2])).square().sum(1).clamp(min=1e-6)
    distance = ((a[:, :2] + a[:, 2:] - b[:, :2] - b[:, 2:]) / 2).square().sum(1)
    shape = (4 / math.pi**2) * (torch.atan(size_b[:, 0] / size_b[:, 1]) - torch.atan(size_a[:, 0] / size_a[:, 1])).square()
    with torch.no_grad():
        share = shape / (1 - overlap + shape).clamp(min=1e-6)
    return overlap - distance / hull - share * shape


def distilled(levels: list[torch.Tensor], cells: torch.Tensor, origin: torch.Tensor, stride: torch.Tensor) -> dict[str, torch.Tensor]:
    """The student's raw maps against the teacher's cells [B,N,15] (score, box, landmarks; score -1 unknown). Both scores follow the teacher's
    one (cross-entropy less its floor); box and landmarks (smooth L1 in units of the face) are learned where the teacher is SURE."""
    predicted = flatten(levels)
    score = cells[..., 0].clamp(min=0)
    counted = (cells[..., 0] >= 0).float()
    count = score.sum().clamp(min=1)
    terms = {}
    for index, name in enumerate(("cls", "obj")):
        error = F.binary_cross_entropy_with_logits(predicted[..., index], score, reduction="none")
        floor = F.binary_cross_entropy(score, score, reduction="none")
        terms[name] = ((error - floor) * counted).sum() / count
    image, cell = (cells[..., 0] > SURE).nonzero(as_tuple=True)
    weight = score[image, cell]
    total = weight.sum().clamp(min=1)
    found = decoded(predicted[image, cell, 2:6], origin[cell], stride[cell])
    target = decoded(cells[image, cell, 1:5], origin[cell], stride[cell])
    terms["box"] = ((1 - ciou(found, target)) * weight).sum() / total
    size = (target[:, 2:4] - target[:, :2]).prod(1).sqrt().clamp(min=4)
    error = (predicted[image, cell, 6:] - cells[image, cell, 5:]) * (stride[cell] / size)[:, None]
    terms["points"] = (F.smooth_l1_loss(error, torch.zeros_like(error), reduction="none", beta=0.05).sum(1) * weight).sum() / total
    return terms


def hinted(features: list[torch.Tensor], hints: list[torch.Tensor]) -> torch.Tensor:
    """How far the student's projected features are from the teacher's (FitNets, Romero et al., 2015), relative to the teacher's own size."""
    return sum((f - h).square().mean() / h.square().mean().clamp(min=1e-6) for f, h in zip(features, hints)) / len(hints)
