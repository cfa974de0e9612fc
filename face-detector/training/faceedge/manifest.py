"""Writes manifest/NAME.tsv and the commit of each source: run once by whoever adds a source, after looking at its images and licence.

Left out: images that OpenCV cannot decode or that are under 96 px, exact copies, and anything that looks like an evaluation image
(difference hash within 10 of 256 bits, either way round) or, but for the development set itself, like a photo of that (within 24).
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np

from . import sources

SMALLEST = 96
NEAR_EVALUATION = 10  # of 256 bits
NEAR_DEVELOPMENT = 24  # up to here pairs show one scene; from 30, only two plain backgrounds


def difference_hash(image: np.ndarray) -> np.ndarray:
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (17, 16), interpolation=cv2.INTER_AREA)
    return (small[:, 1:] > small[:, :-1]).ravel()


def both(images: Iterable[np.ndarray]) -> np.ndarray:
    """Difference hashes of the images and their mirrors [2N,256]."""
    return np.stack([difference_hash(view) for image in images for view in (image, image[:, ::-1])])


def development(repositories: Path) -> Iterator[np.ndarray]:
    for source in sources.load():
        if source.role == "development":
            for _, data in sources.verified(sources.git_directory(repositories, source), source, sources.read_manifest(source)):
                yield cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=Path, required=True, help="folder of clones, OWNER+NAME each")
    parser.add_argument("--evaluation", type=Path, required=True, help="folder of evaluation images that must not be trained on")
    parser.add_argument("--only", nargs="*", help="names of sources")
    arguments = parser.parse_args()
    evaluation = both(cv2.imread(str(file)) for file in sorted(arguments.evaluation.glob("*.jpg")))
    measured = both(development(arguments.repositories))
    seen = {sha for s in sources.load() if s.manifest.is_file() and s.name not in (arguments.only or []) for sha, _ in sources.read_manifest(s)}
    for source in sources.load():
        if arguments.only and source.name not in arguments.only or not arguments.only and source.manifest.is_file():
            continue
        directory = sources.git_directory(arguments.repositories, source)
        commit = sources.git(directory, "rev-parse", "HEAD").strip()
        rows, dropped = [], 0
        paths = sources.listed_paths(directory, source)
        for path, data in zip(paths, sources.blobs(directory, source, paths)):
            if data is None:
                dropped += 1
                continue
            sha = hashlib.sha256(data).hexdigest()
            image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
            if image is None or min(image.shape[:2]) < SMALLEST or sha in seen:
                dropped += 1
                continue
            bits = difference_hash(image)
            near = source.role != "development" and (measured ^ bits).sum(1).min() <= NEAR_DEVELOPMENT
            if near or (evaluation ^ bits).sum(1).min() <= NEAR_EVALUATION:
                print(f"{source.name}: {path} looks like {'a development photo' if near else 'an evaluation image'}, left out")
                continue
            seen.add(sha)
            rows.append(f"{sha}\t{path}")
        source.manifest.parent.mkdir(exist_ok=True)
        source.manifest.write_text("\n".join(rows) + "\n")
        record_commit(source, commit)
        print(f"{source.name}: {len(rows)} images, {dropped} left out", flush=True)


def record_commit(source: sources.Source, commit: str) -> None:
    file = sources.HOME / "sources.yaml"
    text = re.sub(rf"(repository: {re.escape(source.repository)}\n)(    commit: .*\n)?", rf"\g<1>    commit: {commit}\n", file.read_text())
    file.write_text(text)


if __name__ == "__main__":
    main()
