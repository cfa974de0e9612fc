"""Measures a checkpoint: average precision and recall on labelled images, as one JSON line."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from . import evaluate, export, sources
from .train import detector


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=sources.CACHE / "runs" / "default" / "checkpoint.pt")
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--side", type=int, nargs="+", default=[320])
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    net, seen = export.load(arguments.checkpoint)
    items = evaluate.load(arguments.images, arguments.labels)
    for side in arguments.side:
        curves = evaluate.evaluate(items, evaluate.resized(detector(net), side))
        print(json.dumps({"seen": seen, "side": side, **{
            name: {"ap": round(c.average_precision, 4), "faces": c.faces, "recall_at_precision_.95": round(c.recall_at(0.95), 4)}
            for name, c in curves.items()}}), flush=True)


if __name__ == "__main__":
    main()
