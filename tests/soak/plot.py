"""Draws the columns of a soak's CSV over time as an SVG: one small graph under the other.

    python3 tests/soak/plot.py soak.csv soak.svg
"""

import csv
import sys

WIDTH, HEIGHT, LEFT, RIGHT, TOP, GAP = 900, 110, 70, 150, 30, 36
COLOURS = ("#1f6feb", "#2da44e", "#bf8700", "#cf222e")
GRAPHS = (
    ("resident memory, MB", ("rss_mb", "rss_anon_mb", "rss_file_mb", "heap_mb")),
    ("open files, threads", ("files", "threads")),
    ("arrival to boxes, ms, 10 s each", ("total_p50_ms", "total_p99_ms")),
    ("delivery latency, ms, 10 s each", ("delivery_p50_ms", "delivery_p99_ms")),
    ("frames received a second", ("received_per_s",)),
    ("viewers", ("viewers",)),
)


def number(text):
    return float(text) if text else None


def graph(title, columns, rows, minutes, top):
    values = {column: [number(row[column]) for row in rows] for column in columns}
    highest = max([value for series in values.values() for value in series if value is not None] or [1]) * 1.05 or 1
    span = max(minutes[-1], 1e-9)
    yield f'<text x="{LEFT}" y="{top - 8}" font-weight="bold">{title}</text>'
    yield f'<rect x="{LEFT}" y="{top}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#999"/>'
    for share in (0, 0.5, 1):
        yield f'<text x="{LEFT - 6}" y="{top + HEIGHT * (1 - share) + 4:.0f}" text-anchor="end">{highest * share:.4g}</text>'
    for index, column in enumerate(columns):
        points = " ".join(
            f"{LEFT + WIDTH * minute / span:.1f},{top + HEIGHT * (1 - value / highest):.1f}"
            for minute, value in zip(minutes, values[column]) if value is not None)
        yield f'<polyline points="{points}" fill="none" stroke="{COLOURS[index]}" stroke-width="1.2"/>'
        yield f'<text x="{LEFT + WIDTH + 8}" y="{top + 14 + 16 * index}" fill="{COLOURS[index]}">{column}</text>'


def draw(source, target):
    with open(source, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    minutes = [float(row["minute"]) for row in rows]
    lines, top = [], TOP
    for title, columns in GRAPHS:
        lines.extend(graph(title, columns, rows, minutes, top))
        top += HEIGHT + GAP
    for minute in range(0, int(minutes[-1]) + 1, max(1, int(minutes[-1] / 12))):
        lines.append(f'<text x="{LEFT + WIDTH * minute / max(minutes[-1], 1e-9):.0f}" y="{top - GAP + 16}" text-anchor="middle">{minute} min</text>')
    for row, minute in zip(rows, minutes):
        if row["fault"]:
            lines.append(f'<rect x="{LEFT + WIDTH * minute / max(minutes[-1], 1e-9):.1f}" y="{TOP - 24}" width="1.5" height="5" fill="#cf222e"/>')
    size = f'width="{LEFT + WIDTH + RIGHT}" height="{top}"'
    with open(target, "w", encoding="utf-8") as file:
        file.write(f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="11">\n')
        file.write('<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(lines) + "\n</svg>\n")


if __name__ == "__main__":
    draw(sys.argv[1], sys.argv[2])
