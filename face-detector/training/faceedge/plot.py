"""Draws precision over recall as SVG: for one model (full lines) and another (dashed), from labels and `face-detector detect --json` lines."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from .intervals import LIMITS, Judged, average_precision, judge, read_found, read_labels

SIZE, LEFT, TOP, BOTTOM, LEGEND = 360, 48, 14, 40, 190
COLOURS = {"all": "#8a5a9e", ">=5%": "#2f6f9f", ">=10%": "#1b7f4b"}
DASHES = ("none", "4 4", "1 3")
POINTS = 160  # per curve; more would only make the file larger


def path(judged: Judged) -> str:
    true = np.cumsum(judged.right)
    recall, precision = true / max(int(judged.faces.sum()), 1), true / np.arange(1, len(true) + 1)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    at = np.unique(np.searchsorted(recall, np.linspace(0, recall[-1], POINTS)))
    points = [f"{LEFT + SIZE * r:.1f},{TOP + SIZE * (1 - p):.1f}" for r, p in zip(recall[at], envelope[at])]
    return "M" + " L".join([f"{LEFT},{points[0].split(',')[1]}", *points])


def svg(lines: list[tuple[str, Judged, str, str]]) -> str:
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + SIZE + LEGEND} {TOP + SIZE + BOTTOM}" font-family="sans-serif" font-size="12">',
             f'<rect width="{LEFT + SIZE + LEGEND}" height="{TOP + SIZE + BOTTOM}" fill="#ffffff"/>']
    for tick in np.linspace(0, 1, 6):
        x, y = LEFT + SIZE * tick, TOP + SIZE * (1 - tick)
        parts.append(f'<path d="M{x:.0f},{TOP} V{TOP + SIZE} M{LEFT},{y:.0f} H{LEFT + SIZE}" stroke="#dddddd" fill="none"/>')
        parts.append(f'<text x="{x:.0f}" y="{TOP + SIZE + 16}" text-anchor="middle">{tick:.1f}</text>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{tick:.1f}</text>')
    parts.append(f'<text x="{LEFT + SIZE / 2}" y="{TOP + SIZE + 34}" text-anchor="middle">recall</text>')
    parts.append(f'<text transform="translate(13,{TOP + SIZE / 2}) rotate(-90)" text-anchor="middle">precision</text>')
    for number, (name, judged, colour, dash) in enumerate(lines):
        y = TOP + 14 + 20 * number
        value = average_precision(judged, np.ones(len(judged.faces)))
        parts.append(f'<path d="{path(judged)}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        parts.append(f'<path d="M{LEFT + SIZE + 10},{y - 4} h22" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        parts.append(f'<text x="{LEFT + SIZE + 38}" y="{y}">{name.replace(">", "&gt;")}  AP {value:.3f}</text>')
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("models", nargs="+", metavar="NAME=FILE", help="lines of `face-detector detect --json --threshold 0.02`; at most three models")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    named = read_labels(arguments.labels)
    lines = []
    for entry, dash in zip(arguments.models, DASHES):
        name, _, file = entry.partition("=")
        found = read_found(Path(file), list(named))
        lines += [(f"{name} {size}", judge(list(named.values()), found, 0.5, limit), COLOURS[size], dash) for size, limit in LIMITS.items()]
    arguments.output.write_text(svg(lines))


if __name__ == "__main__":
    main()
