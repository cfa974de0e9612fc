"""One line and one picture of where a run is, from its log.jsonl. A run that went on in other folders is drawn from all of them, in order."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

WIDTH, HEIGHT, LEFT, TOP, LEGEND = 560, 300, 48, 14, 190
LINES = {"AP0.5 >=10%": "#1b7f4b", "AP0.7 >=10%": "#2f6f9f", "AP0.5 >=5%": "#8a5a9e", "eye error median": "#b5541c", "total": "#777777"}


def records(out: Path) -> list[dict]:
    file = out / "log.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines() if line.startswith("{") and line.endswith("}")] if file.exists() else []


def line(out: Path) -> str:
    """Progress, samples, speed, and the last measurement."""
    log = records(out)
    step = next((r for r in reversed(log) if "per_second" in r), None)
    measured = next((r for r in reversed(log) if "AP0.5 >=10%" in r), None)
    parts = [f"{step['progress']:.1%}, {step['seen']:,} samples, {step['per_second']:.0f}/s, loss {step['total']:.3f}"] if step else ["no step yet"]
    if measured:
        parts.append(f"AP >=10% {measured['AP0.5 >=10%']:.3f} (.7: {measured['AP0.7 >=10%']:.3f}), >=5% {measured['AP0.5 >=5%']:.3f}, "
                     f"eyes {measured['eye error median']:.1%} at {measured['seen']:,} samples")
    return "; ".join(parts)


def draw(log: list[dict], file: Path) -> None:
    """Average precision, eye error, and the loss against its first value, over samples."""
    last = max((r.get("seen", 0) for r in log), default=0) or 1
    width, height = LEFT + WIDTH + LEGEND, TOP + HEIGHT + 40
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
             f'<rect width="{width}" height="{height}" fill="#ffffff"/>']
    for number in range(6):
        x, y = LEFT + WIDTH * number / 5, TOP + HEIGHT * (1 - number / 5)
        parts.append(f'<path d="M{x:.0f},{TOP} V{TOP + HEIGHT} M{LEFT},{y:.0f} H{LEFT + WIDTH}" stroke="#dddddd" fill="none"/>')
        parts.append(f'<text x="{x:.0f}" y="{TOP + HEIGHT + 16}" text-anchor="middle">{last * number / 5:,.0f}</text>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{number / 5:.1f}</text>')
    for number, (name, colour) in enumerate(LINES.items()):
        points = [(r["seen"], r[name]) for r in log if name in r and "seen" in r]
        if not points:
            continue
        top = max(value for _, value in points) if name == "total" else 1.0
        at = [f"{LEFT + WIDTH * seen / last:.1f},{TOP + HEIGHT * (1 - min(value / top, 1)):.1f}" for seen, value in points]
        parts.append(f'<path d="M{" L".join(at)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        label = f"loss / {top:.2f}" if name == "total" else name
        label = f"{label.replace('>', '&gt;')}  {points[-1][1]:.3f}"
        parts.append(f'<text x="{LEFT + WIDTH + 12}" y="{TOP + 14 + 20 * number}" fill="{colour}">{label}</text>')
    file.write_text("\n".join([*parts, f'<text x="{LEFT + WIDTH / 2}" y="{TOP + HEIGHT + 34}" text-anchor="middle">samples</text>', "</svg>", ""]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    draw([record for run in arguments.runs for record in records(run)], arguments.output)
    print(line(arguments.runs[-1]))


if __name__ == "__main__":
    main()
