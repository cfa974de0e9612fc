"""The development set: photos on which every choice is made and which are never trained on. development/photos.tsv lists them, development/labels.json
holds their faces: eight passes of the labeller, fused; "ignore" marks what it was not sure of.

Writes the photos into a folder, so that `face-detector eval --images DIR --labels development/labels.json` runs.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from . import labels, prepare, sources

HOME = sources.HOME / "development"


def source() -> sources.Source:
    return next(s for s in sources.load() if s.role == "development")


def entry(path: str, seen: prepare.Seen) -> dict:
    """One photo as `face-detector eval` reads it; pixels."""
    found = labels.label(seen)
    faces = []
    for row, sure in zip(found.faces.astype(float).round(1), found.sure):
        face = {"x": row[0], "y": row[1], "width": round(row[2] - row[0], 1), "height": round(row[3] - row[1], 1)}
        faces.append({**face, "landmarks": row[5:].reshape(5, 2).tolist()} if sure else {**face, "ignore": True})
    return {"file": Path(path).name, "width": seen.width, "height": seen.height, "faces": faces}


def write_labels() -> None:
    """labels.json from the cache of `prepare`."""
    seen = prepare.load()
    images = [json.dumps(entry(path, seen[sha]), separators=(",", ":")) for sha, path in sources.read_manifest(source())]
    (HOME / "labels.json").write_text('{"images":[\n' + ",\n".join(images) + "\n]}\n")


def extract(repositories: Path, out: Path) -> int:
    out.mkdir(parents=True, exist_ok=True)
    development = source()
    listed = sources.read_manifest(development)
    for path, data in sources.verified(sources.git_directory(repositories, development), development, listed):
        (out / Path(path).name).write_bytes(data)
    return len(listed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=Path, help="folder of clones, OWNER+NAME each; what is missing is cloned there")
    parser.add_argument("--out", type=Path, help="folder for the photos")
    parser.add_argument("--write-labels", action="store_true", help="write development/labels.json anew, from the cache of `prepare`")
    arguments = parser.parse_args()
    if arguments.write_labels:
        write_labels()
    if arguments.out:
        if not arguments.repositories:
            parser.error("--out needs --repositories, the folder of clones to read the photos from")
        print(f"{extract(arguments.repositories, arguments.out)} photos in {arguments.out}; their labels: {HOME / 'labels.json'}")


if __name__ == "__main__":
    main()
