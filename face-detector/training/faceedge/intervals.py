"""Average precision of models with its uncertainty, and the difference between models on the same pictures.

Reads labels and, for each model, the lines that `face-detector detect --json --threshold 0.02` wrote for their pictures. Pictures are drawn again with
replacement (bootstrap, percentile intervals of 95%); a difference is taken within each draw, so that what is hard for both models cancels out.
What counts is decided as in `face-detector eval`: labels marked "ignore", and faces below a size class, count neither way.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import boxes

LIMITS = {"all": 0.0, ">=5%": 0.05, ">=10%": 0.10}
OVERLAPS = (0.5, 0.7)
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
EYE_SIZES = ((16, 32), (32, 64), (64, 10_000), (32, 10_000))  # px of face height in the input
LEAST_EYE_DISTANCE = 0.2  # of the box's width; of a profile the eyes nearly coincide and the error says nothing


@dataclass(frozen=True)
class Picture:
    """Faces [N,15] (score 1) and [N] whether each counts at all; the picture's height and its longer side."""

    faces: np.ndarray
    sure: np.ndarray
    marked: np.ndarray  # [N] whether the label holds landmarks
    height: int
    longest: int


@dataclass(frozen=True)
class Judged:
    """Predictions that count: their scores, whether right, and the number of their picture; and the faces to find in each picture."""

    score: np.ndarray
    right: np.ndarray
    picture: np.ndarray
    faces: np.ndarray


def row(face: dict) -> np.ndarray:
    out = np.zeros(boxes.ROW, np.float32)
    out[:5] = face["x"], face["y"], face["x"] + face["width"], face["y"] + face["height"], face.get("score", 1.0)
    if face.get("landmarks"):
        out[5:] = np.ravel(face["landmarks"])
    return out


def rows(faces: list[dict]) -> np.ndarray:
    return np.stack([row(face) for face in faces]) if faces else np.zeros((0, boxes.ROW), np.float32)


def read_labels(file: Path) -> dict[str, Picture]:
    """By file name."""
    out = {}
    for entry in json.loads(file.read_text())["images"]:
        faces = entry["faces"]
        out[entry["file"]] = Picture(rows(faces), np.array([not f.get("ignore", False) for f in faces], bool),
                                     np.array([bool(f.get("landmarks")) for f in faces], bool), entry["height"], max(entry["height"], entry["width"]))
    return out


def read_found(file: Path, names: list[str]) -> list[np.ndarray]:
    """Detections [N,15] of each named picture, best first."""
    by_name = {Path(line["file"]).name: rows(line["faces"]) for line in map(json.loads, file.read_text().splitlines())}
    missing = [name for name in names if name not in by_name]
    if missing:
        raise SystemExit(f"{file}: no line for {missing[0]}" + (f" and {len(missing) - 1} more" if len(missing) > 1 else ""))
    return [by_name[name][np.argsort(-by_name[name][:, 4], kind="stable")] for name in names]


def judge(pictures: list[Picture], found: list[np.ndarray], least: float, limit: float) -> Judged:
    score, right, picture, faces = [], [], [], []
    for number, (labels, predictions) in enumerate(zip(pictures, found)):
        height = limit * labels.height
        counted = labels.sure & (labels.faces[:, 3] - labels.faces[:, 1] >= height)
        faces.append(int(counted.sum()))
        free = np.ones(len(counted), bool)
        overlap = boxes.iou(predictions, labels.faces) if len(counted) and len(predictions) else np.zeros((len(predictions), len(counted)))
        for prediction, fit in zip(predictions, overlap):
            mine = np.where(free & counted, fit, -1.0)
            if len(mine) and mine.max() >= least:
                free[mine.argmax()] = False
                hit = True
            elif prediction[3] - prediction[1] >= height and not (~counted & (fit >= least)).any():
                hit = False
            else:
                continue
            score.append(prediction[4])
            right.append(hit)
            picture.append(number)
    order = np.argsort(-np.array(score), kind="stable")
    return Judged(np.array(score)[order], np.array(right, bool)[order], np.array(picture, int)[order], np.array(faces))


def average_precision(judged: Judged, weight: np.ndarray) -> float:
    """With each picture counted `weight` times."""
    each = weight[judged.picture]
    true = np.cumsum(each * judged.right)
    precision = true / np.maximum(np.cumsum(each), 1e-9)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    return float((envelope * each * judged.right).sum() / max((weight * judged.faces).sum(), 1e-9))


def at(judged: Judged, threshold: float) -> tuple[float, float]:
    """Precision and recall of what scores at least the threshold."""
    kept = judged.score >= threshold
    right = int(judged.right[kept].sum())
    return right / max(int(kept.sum()), 1), right / max(int(judged.faces.sum()), 1)


def eye_errors(pictures: list[Picture], found: list[np.ndarray], threshold: float, side: int) -> list[tuple[float, float]]:
    """(height of the face in the input, mean distance of the eye centres per distance between the eyes) of each labelled face that was found."""
    errors = []
    for labels, predictions in zip(pictures, found):
        predictions = predictions[predictions[:, 4] >= threshold]
        if not len(predictions) or not len(labels.faces):
            continue
        overlap = boxes.iou(labels.faces, predictions)
        for face, fit in zip(labels.faces[labels.sure & labels.marked], overlap[labels.sure & labels.marked]):
            true, seen = face[5:9].reshape(2, 2), predictions[fit.argmax()][5:9].reshape(2, 2)
            between = float(np.linalg.norm(true[0] - true[1]))
            if fit.max() >= 0.5 and between >= LEAST_EYE_DISTANCE * (face[2] - face[0]):
                errors.append(((face[3] - face[1]) * side / labels.longest, float(np.linalg.norm(seen - true, axis=1).mean()) / between))
    return errors


def spread(values: np.ndarray) -> str:
    low, high = np.percentile(values, [2.5, 97.5])
    return f"{low:+.3f} to {high:+.3f}" if low < 0 else f"{low:.3f} to {high:.3f}"


def report(labels: Path, models: dict[str, Path], draws: int, seed: int, side: int, threshold: float) -> None:
    named = read_labels(labels)
    pictures = list(named.values())
    found = {name: read_found(file, list(named)) for name, file in models.items()}
    random = np.random.default_rng(seed)
    weights = random.multinomial(len(pictures), np.full(len(pictures), 1 / len(pictures)), draws).astype(float)
    once = np.ones(len(pictures))
    first = next(iter(models))
    print(f"{len(pictures)} pictures, {draws} draws; a difference is {first} less the other\n")
    print("| IoU | faces | model | AP | 95% | difference | 95% | draws in which it leads |\n| --- | --- | --- | --- | --- | --- | --- | --- |")
    for least in OVERLAPS:
        for size, limit in LIMITS.items():
            base = None
            for name in models:
                judged = judge(pictures, found[name], least, limit)
                value, drawn = average_precision(judged, once), np.array([average_precision(judged, weight) for weight in weights])
                line = f"| {least} | {size} | {name} | {value:.3f} | {spread(drawn)} |"
                if base is None:
                    base = value, drawn
                    print(line + " | | |")
                else:
                    print(line + f" {base[0] - value:+.3f} | {spread(base[1] - drawn)} | {(base[1] > drawn).mean():.0%} |")
    print("\n| model | threshold | precision, recall >=5% | >=10% | boxes on no face, a picture |\n| --- | --- | --- | --- | --- |")
    for name in models:
        large, larger = (judge(pictures, found[name], 0.5, limit) for limit in (0.05, 0.10))
        whole = judge(pictures, found[name], 0.5, 0.0)
        for value in THRESHOLDS:
            (p5, r5), (p10, r10) = at(large, value), at(larger, value)
            wrong = int((~whole.right[whole.score >= value]).sum()) / len(pictures)
            print(f"| {name} | {value} | {p5:.3f}, {r5:.3f} | {p10:.3f}, {r10:.3f} | {wrong:.3f} |")
    print("\n| model | face in the input, px | faces | eye error: mean | median | 90% |\n| --- | --- | --- | --- | --- | --- |")
    for name in models:
        errors = eye_errors(pictures, found[name], threshold, side)
        for low, high in EYE_SIZES:
            values = np.array([error for height, error in errors if low <= height < high])
            if len(values):
                size = f"{low} and more" if high == EYE_SIZES[-1][1] else f"{low} to {high}"
                print(f"| {name} | {size} | {len(values)} | {values.mean():.3f} | {np.median(values):.3f} | {np.quantile(values, 0.9):.3f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path, help="as `face-detector eval` reads them")
    parser.add_argument("models", nargs="+", metavar="NAME=FILE", help="lines of `face-detector detect --json --threshold 0.02`; the first is compared with the others")
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--side", type=int, default=320, help="input side of the detections, px")
    parser.add_argument("--threshold", type=float, default=0.5, help="score from which a face counts as found, for the eye error")
    arguments = parser.parse_args()
    models = {name: Path(file) for name, _, file in (entry.partition("=") for entry in arguments.models)}
    report(arguments.labels, models, arguments.draws, arguments.seed, arguments.side, arguments.threshold)


if __name__ == "__main__":
    main()
