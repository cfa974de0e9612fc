"""Fetches, verifies and labels the images of the manifest into .cache: NAME.bin (pixels) and NAME.npz (where each image lies, its faces).

Images are reduced to at most LARGEST px (CROWD with five faces or more), so that reading a sample costs one crop of a memory map.
A source whose NAME.npz exists is skipped.
"""

from __future__ import annotations

import argparse
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np

from . import sources
from .teacher import Teacher

LARGEST = 512
CROWD = 800
_teacher: Teacher | None = None


def start(models: Path) -> None:
    global _teacher
    cv2.setNumThreads(1)
    _teacher = Teacher(models)


def label(item: tuple[str, bytes]) -> tuple[str, np.ndarray, np.ndarray]:
    path, data = item
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    faces = _teacher.label(image)
    limit = CROWD if len(faces) >= 5 else LARGEST
    scale = min(1.0, limit / max(image.shape[:2]))
    if scale < 1.0:
        h, w = image.shape[:2]
        image = cv2.resize(image, (round(w * scale), round(h * scale)), interpolation=cv2.INTER_AREA)
        factor = np.array([image.shape[1] / w, image.shape[0] / h], np.float32)
        faces[:, [0, 2]] *= factor[0]
        faces[:, [1, 3]] *= factor[1]
        faces[:, 5::2] *= factor[0]
        faces[:, 6::2] *= factor[1]
    return path, image, faces


def prepare(source: sources.Source, repositories: Path, pool: Pool) -> None:
    directory = sources.git_directory(repositories, source)
    shapes, offsets, faces, counts, paths, position = [], [], [], [], [], 0
    with open(sources.CACHE / f"{source.name}.bin", "wb") as pixels:
        for path, image, rows in pool.imap(label, sources.verified(directory, source), chunksize=4):
            pixels.write(np.ascontiguousarray(image).data)
            shapes.append(image.shape[:2])
            offsets.append(position)
            position += image.size
            faces.append(rows)
            counts.append(len(rows))
            paths.append(path)
    np.savez(sources.CACHE / f"{source.name}.npz", shapes=np.array(shapes), offsets=np.array(offsets), counts=np.array(counts),
             faces=np.concatenate(faces), paths=np.array(paths))
    rows = np.concatenate(faces)
    print(f"{source.name}: {len(shapes)} images, {int((rows[:, 4] >= 0.6).sum())} faces, {position / 1e6:.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=Path, required=True, help="folder of clones, OWNER+NAME each; what is missing is cloned there")
    parser.add_argument("--models", type=Path, required=True, help="folder with the YuNet-n files")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    sources.CACHE.mkdir(exist_ok=True)
    with Pool(arguments.processes, start, (arguments.models,)) as pool:
        for source in sources.load():
            if not (sources.CACHE / f"{source.name}.npz").exists():
                prepare(source, arguments.repositories, pool)


if __name__ == "__main__":
    main()
