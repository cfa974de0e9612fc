"""Runs the labeller's passes over every photo of the manifests and keeps what each pass saw, so that labels can be fused again without running it.

.cache/passes/NUMBER.npz holds one shard: per photo its SHA-256, shape, difference hash and detections. A photo in any shard is not run again; photos come in
random order, so that what is there at any moment represents all.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np

from . import passes, sources
from .manifest import difference_hash

PASSES = sources.CACHE / "passes"
SHARD = 100
_labeller: passes.Labeller | None = None


@dataclass(frozen=True)
class Seen:
    """What the passes saw of one photo: detections [N,RAW] in its pixels, the number of passes, its height and width, its difference hash."""

    found: np.ndarray
    passes: int
    height: int
    width: int
    print: np.ndarray


def load() -> dict[str, Seen]:
    """By SHA-256."""
    out = {}
    for file in sorted(PASSES.glob("*.npz")):
        shard = np.load(file)
        parts = np.split(shard["found"], np.cumsum(shard["counts"])[:-1])
        for sha, found, made, (height, width), bits in zip(shard["sha"], parts, shard["passes"], shard["shapes"], shard["prints"]):
            out[str(sha)] = Seen(found, int(made), int(height), int(width), bits)
    return out


def start(models: Path) -> None:
    global _labeller
    cv2.setNumThreads(1)
    _labeller = passes.Labeller(models)


def run(task: tuple[int, list[tuple[sources.Source, str, str]], Path]) -> int:
    """Passes over one shard's photos: (source, SHA-256, path) each."""
    number, photos, repositories = task
    rows = []
    for source in {source.name: source for source, *_ in photos}.values():
        wanted = [(sha, path) for other, sha, path in photos if other.name == source.name]
        for (sha, _), (_, data) in zip(wanted, sources.verified(sources.git_directory(repositories, source), source, wanted)):
            image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
            found, made = _labeller.passes(image, passes.FULL if source.role == "development" else passes.QUICK)
            rows.append((sha, image.shape[:2], difference_hash(image), found, made))
    partial = PASSES / f"{number}.partial"
    with open(partial, "wb") as file:
        np.savez(file, sha=np.array([r[0] for r in rows]), shapes=np.array([r[1] for r in rows], np.int32), prints=np.stack([r[2] for r in rows]),
                 passes=np.array([r[4] for r in rows]), counts=np.array([len(r[3]) for r in rows]), found=np.concatenate([r[3] for r in rows]))
    os.replace(partial, PASSES / f"{number}.npz")
    return len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=Path, required=True, help="folder of clones, OWNER+NAME each; what is missing is cloned there")
    parser.add_argument("--models", type=Path, required=True, help="folder with the YuNet-n files")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", nargs="*", help="names of sources")
    parser.add_argument("--mix", nargs="*", default=[], metavar="NAME=COUNT", help="at most COUNT photos of source NAME")
    arguments = parser.parse_args()
    PASSES.mkdir(parents=True, exist_ok=True)
    known = set(load())
    most = {name: int(count) for name, count in (entry.split("=") for entry in arguments.mix)}
    order = random.Random(0)
    photos = []
    for source in sources.load():
        if source.manifest.is_file() and (not arguments.only or source.name in arguments.only):
            listed = [(source, sha, path) for sha, path in sources.read_manifest(source)]
            order.shuffle(listed)
            photos += [photo for photo in listed[:most.get(source.name)] if photo[1] not in known]
    order.shuffle(photos)
    first = max([int(file.stem) for file in PASSES.glob("*.npz")], default=-1) + 1
    tasks = [(first + i // SHARD, photos[i:i + SHARD], arguments.repositories) for i in range(0, len(photos), SHARD)]
    started, done = time.time(), 0
    with Pool(arguments.processes, start, (arguments.models,)) as pool:
        for count in pool.imap_unordered(run, tasks):
            done += count
            print(f"{done} of {len(photos)} photos, {done / (time.time() - started):.1f}/s", flush=True)


if __name__ == "__main__":
    main()
