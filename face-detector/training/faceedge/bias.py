"""Recall on drawn faces with known attributes: by height in the network's input, skin tone (Monk scale), yaw, eyewear and what covers the face.

FOLDER is written by `face-detector demo --varied`, LINES by `face-detector detect --json --threshold 0.02` on it. Groups hold faces of 24 px and more,
but for the table by height.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from . import boxes
from .intervals import eye_errors, read_found, read_labels

HEIGHTS = ((0, 12), (12, 16), (16, 24), (24, 32), (32, 48), (48, 96), (96, 1000))
YAWS = ((0, 15), (15, 30), (30, 45), (45, 60), (60, 180))
LEAST = 24  # px in the input
KINDS = ("tone", "age", "eyewear", "headwear", "beard", "mask")


def band(value: float, bands: tuple[tuple[int, int], ...]) -> str:
    low, high = next(b for b in bands if b[0] <= value < b[1])
    return f"{low:4} to {high}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("lines", type=Path)
    parser.add_argument("--threshold", type=float, required=True, help="confidence score from which a face counts as found")
    parser.add_argument("--side", type=int, default=320, help="input side of the detections, px")
    arguments = parser.parse_args()
    labels = arguments.folder / "labels.json"
    entries = json.loads(labels.read_text())["images"]
    named = read_labels(labels)
    found = read_found(arguments.lines, list(named))
    groups: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    wrong = 0
    for entry, picture, rows in zip(entries, named.values(), found):
        rows = rows[rows[:, 4] >= arguments.threshold]
        overlap = boxes.iou(picture.faces, rows) if len(rows) and len(picture.faces) else np.zeros((len(picture.faces), len(rows)))
        wrong += int((overlap.max(0, initial=0) < 0.3).sum())
        for face, best in zip(entry["faces"], overlap.max(1, initial=0)):
            height, hit = face["height"] * arguments.side / picture.longest, bool(best >= 0.5)
            groups["height, px"][band(height, HEIGHTS)].append(hit)
            if height >= LEAST:
                groups["yaw, degrees"][band(abs(face["yaw"]), YAWS)].append(hit)
                for kind in KINDS:
                    groups[kind][f"{face[kind]:2}" if kind == "tone" else face[kind]].append(hit)
    print(f"{len(entries)} pictures, {wrong} detections away from every face at {arguments.threshold}")
    for kind, hits in groups.items():
        recalls = [np.mean(h) for h in hits.values()]
        print(f"\n{kind}: spread {max(recalls) - min(recalls):.3f}")
        for value, h in sorted(hits.items()):
            print(f"  {value.strip():16}{len(h):6}  {np.mean(h):.3f}")
    errors = np.array([error for height, error in eye_errors(list(named.values()), found, arguments.threshold, arguments.side) if height >= 32])
    print(f"\neye error of faces >= 32 px: mean {errors.mean():.3f}, median {np.median(errors):.3f}, {len(errors)} faces")


if __name__ == "__main__":
    main()
