"""Draws a sheet of training samples with their boxes and landmarks, to be looked at: green faces, blue doubtful ones, red ignored regions, eyes cyan and yellow."""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch

from .album import DOUBTFUL, IGNORED, NOTHING, POSITIVE, Album, packs
from .synthesis import Labels, Maker

BOXES = {POSITIVE: (0, 255, 0), DOUBTFUL: (255, 80, 0), IGNORED: (0, 0, 255)}
MARKS = ((255, 255, 0), (0, 255, 255), (0, 255, 0), (255, 0, 255), (255, 0, 255))


def drawn(images: torch.Tensor, labels: Labels, columns: int) -> np.ndarray:
    cells = []
    for image, rows, kind, seen in zip(images, labels.rows, labels.kind, labels.seen):
        canvas = np.ascontiguousarray(image.float().permute(1, 2, 0).cpu().numpy().astype(np.uint8))
        for row, k, marks in zip(rows.tolist(), kind.tolist(), seen.tolist()):
            if k == NOTHING:
                continue
            a, b, c, d = (round(v) for v in row[:4])
            cv2.rectangle(canvas, (a, b), (c, d), BOXES[k], 1)
            for number, colour in enumerate(MARKS):
                if k == POSITIVE and marks[number]:
                    cv2.circle(canvas, (int(row[5 + 2 * number]), int(row[6 + 2 * number])), 1, colour, -1)
        cells.append(canvas)
    lines = [np.hstack(cells[i:i + columns]) for i in range(0, len(cells) - columns + 1, columns)]
    return np.vstack(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", required=True, help="folder with packs; may be given again")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--side", type=int, default=320)
    parser.add_argument("--samples", type=int, default=48)
    parser.add_argument("--columns", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    album = Album(packs(arguments.data, development=False), torch.device("cpu"), 2.0, arguments.seed)
    images, labels = Maker(album, arguments.samples, arguments.seed).make(arguments.side)
    cv2.imwrite(str(arguments.output), drawn(images, labels, arguments.columns))
    size = (labels.rows[..., 2:4] - labels.rows[..., :2]).prod(-1).sqrt()[labels.kind == POSITIVE]
    print({**album.summary(), "positive": len(size), "doubtful": int((labels.kind == DOUBTFUL).sum()), "ignored": int((labels.kind == IGNORED).sum()),
           "sizes 8, 16, 32, 64, 128, 192 and above": torch.histc(size.log2(), 1, 3, 4).int().tolist()
           + [int(((size >= a) & (size < b)).sum()) for a, b in ((16, 32), (32, 64), (64, 128), (128, 192), (192, 9999))]})


if __name__ == "__main__":
    main()
