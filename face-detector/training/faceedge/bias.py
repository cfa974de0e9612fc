"""Recall of a checkpoint on drawn faces with known attributes: by skin tone (Monk scale) and by face height in the network's input."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np
import torch

from . import boxes, drawn, export, sources
from .train import detector

HEIGHTS = ((0, 12), (12, 16), (16, 24), (24, 32), (32, 48), (48, 96), (96, 1000))


def fitted(image: np.ndarray, side: int) -> tuple[np.ndarray, float]:
    """The image in the top left of a side x side square, as the service's letterbox scales it, and the scale."""
    scale = side / max(image.shape[:2])
    small = cv2.resize(image, (round(image.shape[1] * scale), round(image.shape[0] * scale)), interpolation=cv2.INTER_LINEAR)
    square = np.zeros((side, side, 3), np.uint8)
    square[:small.shape[0], :small.shape[1]] = small
    return square, scale


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="written by `face-detector demo`")
    parser.add_argument("--checkpoint", type=Path, default=sources.CACHE / "runs" / "default" / "checkpoint.pt")
    parser.add_argument("--threshold", type=float, required=True, help="confidence score from which a face counts as found")
    parser.add_argument("--side", type=int, default=320)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    detect = detector(export.load(arguments.checkpoint)[0], arguments.threshold)
    found: dict[tuple[str, int], list[bool]] = defaultdict(list)
    wrong = pictures = 0
    for entry in json.loads((arguments.folder / "labels.json").read_text())["images"]:
        square, scale = fitted(cv2.imread(str(arguments.folder / entry["file"])), arguments.side)
        rows, truth = detect(square), drawn.rows(entry["faces"]) * scale
        overlap = boxes.iou(truth, rows) if len(rows) and len(truth) else np.zeros((len(truth), 1))
        pictures += 1
        wrong += int((overlap.max(0) < 0.3).sum()) if len(rows) and len(truth) else len(rows)
        for face, row, best in zip(entry["faces"], truth, overlap.max(1)):
            height = row[3] - row[1]
            band = next(i for i, (low, high) in enumerate(HEIGHTS) if low <= height < high)
            hit = bool(best >= 0.5)
            found["all", 0].append(hit)
            found["height", band].append(hit)
            if height >= 24:
                found["tone", face["tone"]].append(hit)
    print(f"{pictures} pictures, {wrong} detections away from every face")
    for (kind, value), hits in sorted(found.items()):
        name = f"{HEIGHTS[value][0]} to {HEIGHTS[value][1]} px" if kind == "height" else value
        print(f"{kind}\t{name}\t{len(hits)}\t{np.mean(hits):.4f}")


if __name__ == "__main__":
    main()
