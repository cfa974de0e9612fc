"""Draws precision over recall as SVG, for a checkpoint (full lines) and for the teacher (dashed)."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from . import evaluate, export, sources
from .teacher import Teacher
from .train import detector

SIZE, LEFT, TOP, BOTTOM, LEGEND = 360, 48, 14, 40, 190
COLOURS = {"all": "#8a5a9e", ">=5%": "#2f6f9f", ">=10%": "#1b7f4b"}
POINTS = 160  # per curve; more would only make the file larger


def path(curve: evaluate.Curve) -> str:
    envelope = np.maximum.accumulate(curve.precision[::-1])[::-1]
    at = np.unique(np.searchsorted(curve.recall, np.linspace(0, curve.recall[-1], POINTS)))
    points = [f"{LEFT + SIZE * r:.1f},{TOP + SIZE * (1 - p):.1f}" for r, p in zip(curve.recall[at], envelope[at])]
    return "M" + " L".join([f"{LEFT},{points[0].split(',')[1]}", *points])


def svg(lines: list[tuple[str, evaluate.Curve, str, str]]) -> str:
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + SIZE + LEGEND} {TOP + SIZE + BOTTOM}" font-family="sans-serif" font-size="12">',
             f'<rect width="{LEFT + SIZE + LEGEND}" height="{TOP + SIZE + BOTTOM}" fill="#ffffff"/>']
    for tick in np.linspace(0, 1, 6):
        x, y = LEFT + SIZE * tick, TOP + SIZE * (1 - tick)
        parts.append(f'<path d="M{x:.0f},{TOP} V{TOP + SIZE} M{LEFT},{y:.0f} H{LEFT + SIZE}" stroke="#dddddd" fill="none"/>')
        parts.append(f'<text x="{x:.0f}" y="{TOP + SIZE + 16}" text-anchor="middle">{tick:.1f}</text>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{tick:.1f}</text>')
    parts.append(f'<text x="{LEFT + SIZE / 2}" y="{TOP + SIZE + 34}" text-anchor="middle">recall</text>')
    parts.append(f'<text transform="translate(13,{TOP + SIZE / 2}) rotate(-90)" text-anchor="middle">precision</text>')
    for number, (name, curve, colour, dash) in enumerate(lines):
        y = TOP + 14 + 20 * number
        parts.append(f'<path d="{path(curve)}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        parts.append(f'<path d="M{LEFT + SIZE + 10},{y - 4} h22" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        parts.append(f'<text x="{LEFT + SIZE + 38}" y="{y}">{name.replace(">", "&gt;")}  AP {curve.average_precision:.3f}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=sources.CACHE / "runs" / "default" / "checkpoint.pt")
    parser.add_argument("--models", type=Path, required=True, help="folder with the YuNet-n files")
    parser.add_argument("--images", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    items = evaluate.load(arguments.images, arguments.labels)
    teacher = Teacher(arguments.models)
    student = evaluate.evaluate(items, evaluate.resized(detector(export.load(arguments.checkpoint)[0]), 320))
    reference = evaluate.evaluate(items, evaluate.resized(lambda image: teacher.detect(image, 320, 0.02), 320))
    arguments.output.write_text(svg([(f"faceedge-n {k}", c, COLOURS[k], "none") for k, c in student.items()]
                                    + [(f"YuNet-n {k}", c, COLOURS[k], "4 4") for k, c in reference.items()]))


if __name__ == "__main__":
    main()
