"""Boxes in numpy: decoding the YuNet output layout, IoU, non-maximum suppression.

A detection row is 15 floats: x1, y1, x2, y2, score, then five landmarks (x, y) in the order right eye, left eye, nose tip, right
mouth corner, left mouth corner; pixels, top-left origin.
"""

from __future__ import annotations

import numpy as np

ROW = 15
# Landmark order after a horizontal mirror: left and right change places.
MIRRORED_LANDMARKS = np.array([1, 0, 2, 4, 3])


def decode(cls: np.ndarray, obj: np.ndarray, box: np.ndarray, kps: np.ndarray, stride: int, columns: int, threshold: float) -> np.ndarray:
    """One level: cls, obj [N] after the sigmoid, box [N,4], kps [N,10], N row-major over the grid -> [M,15] with score >= threshold."""
    score = np.sqrt(np.clip(cls, 0, 1) * np.clip(obj, 0, 1))
    keep = np.flatnonzero(score >= threshold)
    row, col = np.divmod(keep, columns)
    b, k = box[keep], kps[keep].reshape(-1, 5, 2)
    grid = np.stack([col, row], 1).astype(np.float32)
    centre = (grid + b[:, :2]) * stride
    size = np.exp(np.clip(b[:, 2:], -10, 10)) * stride
    points = (grid[:, None] + k) * stride
    return np.concatenate([centre - size / 2, centre + size / 2, score[keep, None], points.reshape(-1, 10)], 1).astype(np.float32)


def iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """[N,4+] and [M,4+] -> [N,M]."""
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:4], b[None, :, 2:4])
    inter = np.clip(high - low, 0, None).prod(2)
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    return inter / np.maximum(area_a[:, None] + area_b[None] - inter, 1e-9)


def suppress(rows: np.ndarray, threshold: float) -> list[np.ndarray]:
    """Greedy non-maximum suppression; each kept row comes back with the rows it suppressed: a list of [K,15], best first in each."""
    rows = rows[np.argsort(-rows[:, 4], kind="stable")]
    overlap = iou(rows, rows)
    alive = np.ones(len(rows), bool)
    groups = []
    for i in range(len(rows)):
        if not alive[i]:
            continue
        members = alive & (overlap[i] > threshold)
        members[i] = True
        alive &= ~members
        groups.append(rows[members])
    return groups


def nms(rows: np.ndarray, threshold: float = 0.45) -> np.ndarray:
    return np.stack([group[0] for group in suppress(rows, threshold)]) if len(rows) else rows.reshape(0, ROW)


def mirrored(rows: np.ndarray, width: float) -> np.ndarray:
    out = rows.copy()
    out[:, [0, 2]] = width - rows[:, [2, 0]]
    points = rows[:, 5:].reshape(-1, 5, 2)[:, MIRRORED_LANDMARKS].copy()
    points[..., 0] = width - points[..., 0]
    out[:, 5:] = points.reshape(-1, 10)
    return out
