"""Takes a folder that `face-detector demo` wrote (pictures and labels.json) into the cache as a source, with the drawn boxes and landmarks.

The pictures are made, not fetched: README.md says with which seeds.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from . import boxes, sources

SMALLEST = 10  # px; smaller drawn faces are ignored


def rows(faces: list[dict]) -> np.ndarray:
    out = np.zeros((len(faces), boxes.ROW), np.float32)
    for row, face in zip(out, faces):
        row[:4] = face["x"], face["y"], face["x"] + face["width"], face["y"] + face["height"]
        row[4] = 1.0 if face["height"] >= SMALLEST else 0.3
        row[5:] = np.ravel(face["landmarks"])
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", required=True, help="of the source in the cache")
    arguments = parser.parse_args()
    sources.CACHE.mkdir(exist_ok=True)
    shapes, offsets, faces, paths, position = [], [], [], [], 0
    with open(sources.CACHE / f"{arguments.name}.bin", "wb") as pixels:
        for entry in json.loads((arguments.folder / "labels.json").read_text())["images"]:
            image = cv2.imread(str(arguments.folder / entry["file"]))
            pixels.write(np.ascontiguousarray(image).data)
            shapes.append(image.shape[:2])
            offsets.append(position)
            position += image.size
            faces.append(rows(entry["faces"]))
            paths.append(entry["file"])
    np.savez(sources.CACHE / f"{arguments.name}.npz", shapes=np.array(shapes), offsets=np.array(offsets), counts=np.array([len(f) for f in faces]),
             faces=np.concatenate(faces), paths=np.array(paths))
    print(f"{arguments.name}: {len(shapes)} images, {sum(map(len, faces))} faces")


if __name__ == "__main__":
    main()
