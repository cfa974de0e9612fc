"""Which cells learn which face, and the losses of a batch against its labels.

Task-aligned assignment (Feng et al., TOOD, 2021): a face takes the cells near it whose predictions already fit it best, more by their overlap than
by their score. `obj` learns that alignment on every cell, `cls` the overlap on the cells that hold a face, so that sqrt(cls * obj) ranks boxes by how
well they fit. A doubtful face is taught a share of it. Cells inside ignored regions learn nothing. All of a batch at once, in tensors of fixed shape: nothing waits for the device.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch.nn import functional as F

from .album import IGNORED
from .synthesis import Labels

CELLS = 10  # most cells a face takes
SCORE_POWER, OVERLAP_POWER = 0.5, 6.0
NEAR = 1.0  # strides from a face's centre within which a cell may take it, however small it is
FLOOR = 0.3  # least alignment that the best cell of a face is taught
BETA = 0.02  # of the landmarks' smooth L1, in units of the face
EYES = 2.0  # weight of an eye against another landmark: eyes mode rests on them
WEIGHTS = {"obj": 1.0, "cls": 0.5, "box": 5.0, "points": 1.5}


def overlap(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """IoU of boxes [...,4] that broadcast against each other."""
    inter = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0).prod(-1)
    area_a, area_b = (a[..., 2:] - a[..., :2]).clamp(min=0).prod(-1), (b[..., 2:] - b[..., :2]).clamp(min=0).prod(-1)
    return inter / (area_a + area_b - inter).clamp(min=1e-6)


def eiou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Efficient IoU (Zhang et al., 2021) of boxes [...,4]: IoU less the distances of centres, widths and heights against the common hull."""
    size_a, size_b = a[..., 2:] - a[..., :2], b[..., 2:] - b[..., :2]
    hull = (torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])).clamp(min=1.0)
    centre = (a[..., :2] + a[..., 2:] - b[..., :2] - b[..., 2:]) / 2
    return overlap(a, b) - centre.square().sum(-1) / hull.square().sum(-1) - ((size_a - size_b) / hull).square().sum(-1)


def ciou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Complete IoU (Zheng et al., 2020) of boxes [...,4]: IoU less the distance of centres against the common hull and what the shapes differ by."""
    (wa, ha), (wb, hb) = ((box[..., 2:] - box[..., :2]).clamp(min=1e-3).unbind(-1) for box in (a, b))
    hull = torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])
    centre, fit = (a[..., :2] + a[..., 2:] - b[..., :2] - b[..., 2:]) / 2, overlap(a, b)
    shape = 4 / math.pi ** 2 * (torch.atan(wa / ha) - torch.atan(wb / hb)).square()
    share = (shape / (1 - fit + shape).clamp(min=1e-6)).detach()
    return fit - centre.square().sum(-1) / hull.square().sum(-1).clamp(min=1.0) - share * shape


FITS = {"eiou": eiou, "ciou": ciou}


def boxes_of(raw: torch.Tensor, origin: torch.Tensor, stride: torch.Tensor) -> torch.Tensor:
    """[B,N,16] head values -> [B,N,4] x1, y1, x2, y2 in pixels."""
    centre = origin + raw[..., 2:4] * stride[:, None]
    half = raw[..., 4:6].clamp(-4, 5).exp() * stride[:, None] / 2
    return torch.cat([centre - half, centre + half], -1)


@torch.no_grad()
def assigned(found: torch.Tensor, score: torch.Tensor, labels: Labels, origin: torch.Tensor, stride: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """For each cell [B,N]: the row of its face, the alignment it is taught (0 = background), the overlap of its box, whether it counts."""
    faces = labels.rows[..., :4]
    middle = origin + stride[:, None] / 2
    centre, half = (faces[..., :2] + faces[..., 2:]) / 2, (faces[..., 2:] - faces[..., :2]) / 2
    away = (middle[None, None] - centre[:, :, None]).abs()  # [B,F,N,2]
    near = (away <= torch.maximum(half[:, :, None], NEAR * stride[None, None, :, None])).all(-1)
    fit = overlap(found[:, None], faces[:, :, None])
    closeness = 1e-3 / (1 + away.sum(-1) / stride)  # breaks ties while no box overlaps
    own = near & labels.learned[:, :, None]
    metric = score[:, None].clamp(min=1e-4).pow(SCORE_POWER) * (fit + closeness).clamp(max=1).pow(OVERLAP_POWER) * own
    least = metric.topk(CELLS, 2).values[..., -1:]
    taken = own & (metric >= least.clamp(min=1e-30))
    first = metric.amax(2, keepdim=True)
    claim = torch.where(taken, fit + (metric >= first) + 1e-3, torch.zeros_like(fit))  # a face's best cell is its own whatever else it overlaps
    strongest, face = claim.max(1)
    holds = strongest > 0
    mine = taken & (face[:, None] == torch.arange(faces.shape[1], device=face.device)[None, :, None]) & holds[:, None]
    fit_here = (fit * mine).sum(1)
    best_metric = (metric * mine).amax(2, keepdim=True).clamp(min=1e-30)
    best_fit = (fit * mine).amax(2, keepdim=True).clamp(min=FLOOR)
    aligned = (metric / best_metric * best_fit * mine).sum(1).clamp(max=1)
    hidden = (near & (labels.kind == IGNORED)[:, :, None]).any(1)
    return face, aligned, fit_here, holds | ~hidden


def losses(levels: list[torch.Tensor], labels: Labels, origin: torch.Tensor, stride: torch.Tensor,
           box: Callable[[torch.Tensor, torch.Tensor], torch.Tensor] = eiou) -> dict[str, torch.Tensor]:
    """The terms by name, and their weighted sum as `total`. levels: [B,16,H,W] each; box: how well boxes fit, 1 at best."""
    raw = torch.cat([v.flatten(2).transpose(1, 2) for v in levels], 1).float()
    found = boxes_of(raw, origin, stride)
    score = (raw[..., 0].detach().sigmoid() * raw[..., 1].detach().sigmoid()).sqrt()
    face, aligned, fit, counted = assigned(found.detach(), score, labels, origin, stride)
    aligned = aligned * labels.share.gather(1, face)
    total = aligned.sum().clamp(min=1)
    terms = {"obj": (F.binary_cross_entropy_with_logits(raw[..., 1], aligned, reduction="none") * counted).sum() / total}
    holds = (aligned > 0).float()
    terms["cls"] = (F.binary_cross_entropy_with_logits(raw[..., 0], fit.clamp(0, 1), reduction="none") * holds).sum() / holds.sum().clamp(min=1)
    rows = labels.rows.gather(1, face[..., None].expand(-1, -1, 15))
    seen = labels.seen.gather(1, face[..., None].expand(-1, -1, 5)).float()
    sure = aligned * rows[..., 4].clamp(0.3, 1)
    terms["box"] = ((1 - box(found, rows[..., :4])) * sure).sum() / total
    size = (rows[..., 2:4] - rows[..., :2]).clamp(min=1).prod(-1).sqrt()
    marks = origin[:, None] + raw[..., 6:].unflatten(2, (5, 2)) * stride[:, None, None]
    error = (marks - rows[..., 5:].unflatten(2, (5, 2))) / size[..., None, None]
    error = F.smooth_l1_loss(error, torch.zeros_like(error), reduction="none", beta=BETA).sum(-1)
    error = error * seen
    terms["points"] = ((error.sum(-1) + (EYES - 1) * error[..., :2].sum(-1)) * sure).sum() / total
    terms["total"] = sum(weight * terms[name] for name, weight in WEIGHTS.items())
    terms["fit"] = (fit * holds).sum() / holds.sum().clamp(min=1)
    return {name: value if name == "total" else value.detach() for name, value in terms.items()}
