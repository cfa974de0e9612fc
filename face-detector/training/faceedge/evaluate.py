"""Average precision at IoU 0.5 on a folder of labelled images, over all faces and over those at least 5% and 10% of the side high.

Faces below the height limit, and unmatched predictions below it, are ignored: neither right nor wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from . import boxes

LIMITS = {"all": 0.0, ">=5%": 0.05, ">=10%": 0.10}
Detect = Callable[[np.ndarray], np.ndarray]  # BGR image -> [N,15] in pixels of that image


@dataclass(frozen=True)
class Curve:
    """Precision and recall as the score falls; precision is made monotone as in PASCAL VOC 2010."""

    recall: np.ndarray
    precision: np.ndarray
    faces: int

    @property
    def average_precision(self) -> float:
        recall = np.concatenate([[0.0], self.recall])
        envelope = np.maximum.accumulate(self.precision[::-1])[::-1]
        return float(((recall[1:] - recall[:-1]) * envelope).sum())

    def recall_at(self, precision: float) -> float:
        good = self.precision >= precision
        return float(self.recall[good].max()) if good.any() else 0.0


def load(folder: Path, labels: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """Images with their boxes [N,4] as x1, y1, x2, y2."""
    items = []
    for entry in json.loads(labels.read_text())["images"]:
        image = cv2.imread(str(folder / entry["file"]))
        faces = [[f["x"], f["y"], f["x"] + f["width"], f["y"] + f["height"]] for f in entry["faces"]]
        items.append((image, np.array(faces, np.float32).reshape(-1, 4)))
    return items


def curve(truth: list[np.ndarray], found: list[np.ndarray], heights: list[int], limit: float) -> Curve:
    scores, right, faces = [], [], 0
    for gt, rows, height in zip(truth, found, heights):
        counted = (gt[:, 3] - gt[:, 1]) >= limit * height
        faces += int(counted.sum())
        taken = np.zeros(len(gt), bool)
        overlap = boxes.iou(rows, gt) if len(rows) and len(gt) else np.zeros((len(rows), len(gt)))
        for index in np.argsort(-rows[:, 4], kind="stable"):
            free = np.where(taken, -1.0, overlap[index])
            best = int(free.argmax()) if len(gt) else -1
            if best >= 0 and free[best] >= 0.5:
                taken[best] = True
                if counted[best]:
                    scores.append(rows[index, 4])
                    right.append(True)
            elif rows[index, 3] - rows[index, 1] >= limit * height:
                scores.append(rows[index, 4])
                right.append(False)
    order = np.argsort(-np.array(scores), kind="stable")
    hits = np.array(right, bool)[order]
    true = np.cumsum(hits)
    return Curve(true / max(faces, 1), true / np.arange(1, len(hits) + 1), faces)


def evaluate(items: list[tuple[np.ndarray, np.ndarray]], detect: Detect) -> dict[str, Curve]:
    found = [detect(image) for image, _ in items]
    truth = [gt for _, gt in items]
    heights = [image.shape[0] for image, _ in items]
    return {name: curve(truth, found, heights, limit) for name, limit in LIMITS.items()}


def resized(detect: Detect, side: int) -> Detect:
    """The detector on the image stretched to side x side, boxes back in the image's own pixels."""

    def run(image: np.ndarray) -> np.ndarray:
        h, w = image.shape[:2]
        rows = detect(cv2.resize(image, (side, side), interpolation=cv2.INTER_LINEAR)).copy()
        rows[:, [0, 2]] *= w / side
        rows[:, [1, 3]] *= h / side
        return rows

    return run
