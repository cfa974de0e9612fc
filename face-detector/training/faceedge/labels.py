"""Fuses what the passes saw into labels: weighted box fusion over groups of at most one detection of each pass, boxes and landmarks averaged by score.

The confidence of a face is the sum of its scores over the number of passes, so that a pass which does not see it counts as 0. On the evaluation images, faces of
which it is at least .5 are right in 74% (under 5% of the side high, where the set's own labels end) to 100% of cases, those under .15 in 2% to 10%.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import boxes
from .prepare import Seen

SAME = 0.5  # IoU with a group's average box, to belong to it
SURE = 0.5  # confidence of a face that is learned as one
UNSURE = (0.15, 0.25)  # below it, and with no pass above LOUD, a detection is dropped; between, it is ignored. The second is for faces from LARGE up
LARGE = 0.1  # of the side
LOUD = 0.45
PART = 0.6  # share of an unsure box inside a sure one, from which it is a part of that face
SMALLEST = 10.0  # px high where the photo is 640 px long: a face that the largest pass hardly resolves is ignored


@dataclass(frozen=True)
class Labels:
    """faces [N,15] (a confidence in place of the score) and, for each, whether it is a face (else a region to ignore)."""

    faces: np.ndarray
    sure: np.ndarray


def fuse(found: np.ndarray, passes: int) -> tuple[np.ndarray, np.ndarray]:
    """Detections [N,RAW] of a number of passes -> groups [M,15], by falling confidence, and the best score in each."""
    groups: list[list[np.ndarray]] = []
    centres: list[np.ndarray] = []
    for row in found[np.argsort(-found[:, 4], kind="stable")]:
        overlap = boxes.iou(row[None], np.stack(centres))[0] if centres else np.zeros(0)
        near = [i for i in np.argsort(-overlap, kind="stable") if overlap[i] >= SAME]
        free = next((i for i in near if all(member[-1] != row[-1] for member in groups[i])), None)
        if free is not None:
            groups[free].append(row)
            members = np.stack(groups[free])
            centres[free] = np.average(members[:, :boxes.ROW], axis=0, weights=members[:, 4])
        elif not near:  # a pass's second box on a face that it has already is dropped
            groups.append([row])
            centres.append(row[:boxes.ROW].copy())
    if not groups:
        return np.zeros((0, boxes.ROW), np.float32), np.zeros(0, np.float32)
    fused = np.stack(centres).astype(np.float32)
    fused[:, 4] = [sum(row[4] for row in group) / passes for group in groups]
    best = np.array([max(row[4] for row in group) for group in groups], np.float32)
    order = np.argsort(-fused[:, 4], kind="stable")
    return fused[order], best[order]


def label(seen: Seen) -> Labels:
    faces, best = fuse(seen.found, seen.passes)
    high = (faces[:, 3] - faces[:, 1]) / max(seen.height, seen.width)
    sure = (faces[:, 4] >= SURE) & (high * 640 >= SMALLEST)
    unsure = ~sure & ((faces[:, 4] >= np.where(high >= LARGE, UNSURE[1], UNSURE[0])) | (best >= LOUD))
    if sure.any():
        low = np.maximum(faces[:, None, :2], faces[None, sure, :2])
        inside = np.clip(np.minimum(faces[:, None, 2:4], faces[None, sure, 2:4]) - low, 0, None).prod(2)
        unsure &= (inside.max(1) < PART * np.maximum((faces[:, 2:4] - faces[:, :2]).prod(1), 1e-6)) & (boxes.iou(faces, faces[sure]).max(1) < 0.35)
    kept = sure | unsure
    return Labels(faces[kept], sure[kept])


def face_free(seen: Seen, threshold: float = 0.2) -> bool:
    """Whether no pass saw a face with this score or more."""
    return not (seen.found[:, 4] >= threshold).any()
