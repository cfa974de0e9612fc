"""Writes manifest/NAME.tsv and the commit of each source: run once by whoever adds a source, after looking at its images and licence.

Left out: images that OpenCV cannot decode or that are under 96 px, exact copies, and anything that looks like an evaluation image
(difference hash within 10 of 256 bits, either way round).
"""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

import cv2
import numpy as np

from . import sources

SMALLEST = 96


def difference_hash(image: np.ndarray) -> np.ndarray:
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (17, 16), interpolation=cv2.INTER_AREA)
    return (small[:, 1:] > small[:, :-1]).ravel()


def forbidden_hashes(folder: Path) -> np.ndarray:
    hashes = []
    for file in sorted(folder.glob("*.jpg")):
        image = cv2.imread(str(file))
        hashes += [difference_hash(image), difference_hash(image[:, ::-1])]
    return np.stack(hashes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=Path, required=True, help="folder of clones, OWNER+NAME each")
    parser.add_argument("--evaluation", type=Path, required=True, help="folder of evaluation images that must not be trained on")
    parser.add_argument("--only", nargs="*", help="names of sources")
    arguments = parser.parse_args()
    forbidden = forbidden_hashes(arguments.evaluation)
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
            if (forbidden ^ difference_hash(image)).sum(1).min() <= 10:
                print(f"{source.name}: {path} looks like an evaluation image, left out")
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
