"""The faces of a scene that `face-detector demo` drew, from its labels.json: exact boxes and landmarks."""

from __future__ import annotations

import numpy as np

from . import boxes

SMALLEST = 10  # px; smaller drawn faces are ignored


def rows(faces: list[dict]) -> np.ndarray:
    out = np.zeros((len(faces), boxes.ROW), np.float32)
    for row, face in zip(out, faces):
        row[:4] = face["x"], face["y"], face["x"] + face["width"], face["y"] + face["height"]
        row[4] = 1.0 if face["height"] >= SMALLEST else 0.3
        row[5:] = np.ravel(face["landmarks"])
    return out

