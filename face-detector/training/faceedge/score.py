"""Average precision and eye error on a development pack, on the device: the photos stretched to one square, batched suppression."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import torch

from .album import Pack, decoded
from .assign import boxes_of, overlap
from .model import grid

LIMITS = {"all": 0.0, ">=5%": 0.05, ">=10%": 0.10}
OVERLAPS = (0.5, 0.7)
KEPT = 256  # boxes a photo before suppression
LOWEST, SUPPRESS = 0.04, 0.45
EYES_FROM = 32  # pixels of face height on the square from which eyes are measured


class Development:
    """Photos [D,3,side,side] bytes and their faces in pixels of that square."""

    def __init__(self, sources: list[Pack], side: int, device: torch.device, most: int = 2000) -> None:
        photos = [(pack, i) for pack in sources for i in range(len(pack.offset))][:most]

        def one(item: tuple[Pack, int]) -> np.ndarray:
            pack, i = item
            with open(pack.file, "rb") as data:
                data.seek(int(pack.offset[i]))
                return cv2.resize(decoded(data.read(int(pack.length[i]))), (side, side), interpolation=cv2.INTER_LINEAR)

        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            images = list(pool.map(one, photos))
        self.side, self.device = side, device
        self.images = torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).contiguous().to(device) if images else torch.empty(0)
        self.stretch = [np.array([pack.width[i], pack.height[i]], np.float32) / side for pack, i in photos]
        self.faces = []
        for (pack, i), stretch in zip(photos, self.stretch):
            rows = pack.rows(i).copy()
            rows[:, :4] /= np.tile(stretch, 2)
            rows[:, 5:15] /= np.tile(stretch, 5)
            self.faces.append(rows)

    @torch.no_grad()
    def detect(self, net: torch.nn.Module, batch: int = 100) -> list[np.ndarray]:
        """Per photo [N,15]: box, score, landmarks, best first. The net in evaluation mode."""
        origin, stride = (t.to(self.device) for t in grid(self.side))
        found = []
        for start in range(0, len(self.images), batch):
            levels = net(self.images[start:start + batch].float().contiguous(memory_format=torch.channels_last))
            raw = torch.cat([v.flatten(2).transpose(1, 2) for v in levels], 1).float()
            marks = origin[:, None] + raw[..., 6:].unflatten(2, (5, 2)) * stride[:, None, None]
            score = (raw[..., 0].sigmoid() * raw[..., 1].sigmoid()).sqrt()
            top, at = score.topk(KEPT, 1)
            rows = torch.cat([boxes_of(raw, origin, stride), score[..., None], marks.flatten(2)], -1).gather(1, at[..., None].expand(-1, -1, 15))
            covers = (overlap(rows[:, :, None, :4], rows[:, None, :, :4]) > SUPPRESS).triu(1)
            alive = top >= LOWEST
            for i in range(KEPT):
                alive = alive & ~(covers[:, i] & alive[:, i:i + 1])
            for image, kept in zip(rows.cpu().numpy(), alive.cpu().numpy()):
                found.append(image[kept])
        return found

    def measure(self, found: list[np.ndarray]) -> dict[str, float]:
        figures = {}
        for least in OVERLAPS:
            for name, limit in LIMITS.items():
                figures[f"AP{least} {name}"] = round(average_precision(self.faces, found, least, limit * self.side), 4)
        errors = np.array([e for rows, faces, stretch in zip(found, self.faces, self.stretch) for e in eye_errors(rows, faces, stretch)])
        figures["eye error"] = round(float(errors.mean()), 4) if len(errors) else 1.0
        figures["eye error median"] = round(float(np.median(errors)), 4) if len(errors) else 1.0
        return figures


def overlaps(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return overlap(torch.from_numpy(a[:, None, :4]), torch.from_numpy(np.ascontiguousarray(b[None, :, :4]))).numpy()


def average_precision(truth: list[np.ndarray], found: list[np.ndarray], least: float, height: float) -> float:
    """Area under precision (made monotone) over recall. Ignored regions, faces lower than `height` and what is found there count neither way."""
    scores, right, faces = [], [], 0
    for gt, rows in zip(truth, found):
        counted = (gt[:, 15] > 0.5) & (gt[:, 3] - gt[:, 1] >= height)
        faces += int(counted.sum())
        if not len(rows):
            continue
        fit = overlaps(rows, gt) if len(gt) else np.zeros((len(rows), 0), np.float32)
        taken = np.zeros(len(gt), bool)
        for i, row in enumerate(rows):
            free = np.where(taken | (gt[:, 15] < 0.5), -1.0, fit[i]) if len(gt) else np.zeros(0)
            best = int(free.argmax()) if len(gt) else -1
            if best >= 0 and free[best] >= least:
                taken[best] = True
                if counted[best]:
                    scores.append(row[4])
                    right.append(True)
            elif row[3] - row[1] >= height and not within_ignored(row, gt):
                scores.append(row[4])
                right.append(False)
    if not faces or not scores:
        return 0.0
    hits = np.array(right)[np.argsort(-np.array(scores), kind="stable")]
    true = np.cumsum(hits)
    precision = np.maximum.accumulate((true / np.arange(1, len(hits) + 1))[::-1])[::-1]
    return float(precision[hits].sum() / faces)


def within_ignored(row: np.ndarray, gt: np.ndarray) -> bool:
    """Whether more than half of the box lies in one ignored region."""
    regions = gt[gt[:, 15] < 0.5]
    if not len(regions):
        return False
    inter = np.clip(np.minimum(row[2:4], regions[:, 2:4]) - np.maximum(row[:2], regions[:, :2]), 0, None).prod(1)
    return bool((inter > 0.5 * max((row[2] - row[0]) * (row[3] - row[1]), 1e-6)).any())


def eye_errors(rows: np.ndarray, gt: np.ndarray, stretch: np.ndarray) -> list[float]:
    """Mean distance of the two eye centres over the distance between the eyes, for each found face that is large enough."""
    errors = []
    faces = gt[(gt[:, 15] > 0.5) & (gt[:, 3] - gt[:, 1] >= EYES_FROM)]
    if not len(rows) or not len(faces):
        return errors
    fit = overlaps(rows, faces)
    for index, face in enumerate(faces):
        best = int(fit[:, index].argmax())
        if fit[best, index] >= 0.5:
            true, seen = (r[5:9].reshape(2, 2) * stretch for r in (face, rows[best]))
            between = float(np.linalg.norm(true[0] - true[1]))
            if between > 0.15 * float(face[2] - face[0]) * stretch[0]:  # not in profile, where the distance means little
                errors.append(float(np.linalg.norm(seen - true, axis=1).mean()) / between)
    return errors
