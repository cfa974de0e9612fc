"""Packs photos and labels into files small enough to be carried to another machine: NAME.bin holds WebP photos one after the other, NAME.npz where each lies and
the faces on it.

NAME.npz, for P photos and N faces: offset, length [P] int64, bytes in NAME.bin; height, width [P] int32, pixels; first [P] int64, count [P] int32, rows of faces;
faces [N,16] float32: x1, y1, x2, y2, confidence, right eye, left eye, nose, right mouth corner, left mouth corner (x, y), in pixels of the packed photo, then 1 for
a face or 0 for a region to ignore; source [P] int16, an index into names; sha [P], the first 16 digits of its SHA-256; weight [P] float32, above 1
where the shipped model errs; held_out [P] bool, to be measured on and not learned from.

A photo is packed at the size that its faces need: see `side`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np
import onnx
from onnx import numpy_helper

from . import boxes, drawn, labels, prepare, sources
from .passes import sigmoid

COLUMNS = 16
CHUNK = 400  # photos read at a time
BATCH = 64  # photos encoded at a time
QUALITY = 70
HELD_OUT = 40  # one photo in so many
HARD = 2.0  # weight of a photo on which the shipped model sees a face where no pass of the labeller does
STUDENT = sources.HOME.parent / "Models" / "faceedge-n.onnx"
FIRES = 0.4  # the shipped model's score that makes a photo hard
ALIKE = 14  # of 256 bits: of portraits this near each other one is packed
THINNED = ("face-mask-detection", "mask-dataset")
SIZES = {"portrait": 272, "crowd": 528, "empty": 256, "least": 336, "most": 400}
FAINT, FAINT_HEIGHT = 0.22, 14  # confidence, px: of uncertain regions weaker than this, those at least so high when packed are hands, wheels and bags
READABLE = 20  # px: the height that the photo's smaller faces should have when packed
WITHIN = 0.5  # share of an uncertain region inside a face, above which it is dropped: it would hide the face's own cells
_student: cv2.dnn.Net | None = None


@dataclass(frozen=True)
class Photo:
    """One photo to pack: how to read it, and its labels in its own pixels."""

    sha: str
    source: str
    found: np.ndarray  # [N,RAW] of the labeller; empty for a drawn scene
    rows: np.ndarray  # [N,COLUMNS]
    data: bytes


def rows_of(found: labels.Labels) -> np.ndarray:
    return np.concatenate([found.faces, found.sure[:, None]], 1).astype(np.float32)


def side(height: int, width: int, rows: np.ndarray, sha: str) -> int:
    """The long side of a packed photo, px: never more than it has; large single faces little, crowds much, between them what its smaller faces need."""
    longest = max(height, width)
    if not len(rows):
        return min(longest, round(SIZES["empty"] * (0.82 + 0.36 * int(sha[:4], 16) / 0xFFFF) / 32) * 32)
    sure = rows[rows[:, -1] > 0]
    high = (sure[:, 3] - sure[:, 1]) / longest if len(sure) else np.array([0.0])
    if len(sure) and len(sure) <= 2 and high.max() > 0.3 and len(rows) <= 3:
        return min(longest, SIZES["portrait"])
    if len(rows) >= 8:
        return min(longest, SIZES["crowd"])
    small = np.quantile(high, 0.25)
    return min(longest, int(np.clip(READABLE / max(small, 1e-3), SIZES["least"], SIZES["most"])))


def resized(image: np.ndarray, rows: np.ndarray, longest: int) -> tuple[np.ndarray, np.ndarray]:
    h, w = image.shape[:2]
    scale = longest / max(h, w)
    if scale >= 1:
        return image, rows
    image = cv2.resize(image, (max(32, round(w * scale)), max(32, round(h * scale))), interpolation=cv2.INTER_AREA)
    rows = rows.copy()
    for axis, factor in ((0, image.shape[1] / w), (1, image.shape[0] / h)):
        rows[:, [axis, 2 + axis]] *= factor
        rows[:, 5 + axis:15:2] *= factor
    return image, rows


def clipped(rows: np.ndarray, height: int, width: int) -> np.ndarray:
    """Boxes inside the photo; those with nothing left of them go."""
    rows = rows.copy()
    rows[:, [0, 2]] = rows[:, [0, 2]].clip(0, width)
    rows[:, [1, 3]] = rows[:, [1, 3]].clip(0, height)
    return rows[(rows[:, 2] - rows[:, 0] > 1) & (rows[:, 3] - rows[:, 1] > 1)]


def learned(rows: np.ndarray) -> np.ndarray:
    """Rows to train on: what is faint and not small is background, which the model is to learn; what lies mostly inside a face is that face."""
    sure = rows[:, -1] > 0
    faint = ~sure & (rows[:, 4] < FAINT) & (rows[:, 3] - rows[:, 1] >= FAINT_HEIGHT)
    low = np.maximum(rows[:, None, :2], rows[None, sure, :2])
    inside = np.clip(np.minimum(rows[:, None, 2:4], rows[None, sure, 2:4]) - low, 0, None).prod(2)
    part = ~sure & (inside > WITHIN * (rows[:, 2:4] - rows[:, :2]).prod(1)[:, None]).any(1)
    return rows[~faint & ~part]


def errs(image: np.ndarray, seen: np.ndarray) -> bool:
    """Whether the shipped model sees a face that touches nothing in seen: boxes [N,4+] in pixels of the image."""
    h, w = image.shape[:2]
    _student.setInput(cv2.dnn.blobFromImage(cv2.resize(image, (320, 320), interpolation=cv2.INTER_AREA)))
    levels = []
    for values in _student.forward(_student.getUnconnectedOutLayersNames()):
        values = values.reshape(-1, 16)
        columns = round(len(values) ** 0.5)
        scores = sigmoid(values[:, :2])
        levels.append(boxes.decode(scores[:, 0], scores[:, 1], values[:, 2:6], values[:, 6:], 320 // columns, columns, FIRES))
    found = boxes.nms(np.concatenate(levels))
    found[:, [0, 2]] *= w / 320
    found[:, [1, 3]] *= h / 320
    return len(found) > 0 and bool((boxes.iou(found, seen).max(1) < 0.05).any() if len(seen) else True)


def shipped() -> cv2.dnn.Net:
    """The shipped model up to its three levels [1,N,16] before Split and Sigmoid, its half-precision weights widened: what OpenCV's dnn module reads."""
    model = onnx.load(str(STUDENT))
    half = {i.name: i for i in model.graph.initializer if i.data_type == onnx.TensorProto.FLOAT16}
    casts = [node for node in model.graph.node if node.op_type == "Cast" and node.input[0] in half]
    for node in casts:
        wide = numpy_helper.from_array(numpy_helper.to_array(half[node.input[0]]).astype(np.float32), node.output[0])
        model.graph.initializer.append(wide)
        model.graph.node.remove(node)
    for initialiser in half.values():
        model.graph.initializer.remove(initialiser)
    splits = [node for node in model.graph.node if node.op_type == "Split"]  # the tail: OpenCV's dnn module mixes up the outputs of Split
    del model.graph.output[:]
    model.graph.output.extend(onnx.helper.make_tensor_value_info(node.input[0], onnx.TensorProto.FLOAT, [1, 1, 1]) for node in splits)
    tail = {output for node in splits for output in node.output}
    for node in [n for n in model.graph.node if n in splits or set(n.input) & tail]:
        model.graph.node.remove(node)
    return cv2.dnn.readNetFromONNX(np.frombuffer(model.SerializeToString(), np.uint8))


def start() -> None:
    global _student
    cv2.setNumThreads(1)
    _student = shipped()


def encode(photo: Photo) -> tuple[Photo, bytes, tuple[int, int], np.ndarray, bool]:
    image = cv2.imdecode(np.frombuffer(photo.data, np.uint8), cv2.IMREAD_COLOR)
    h, w = image.shape[:2]
    seen = np.concatenate([photo.found[:, :4], photo.rows[:, :4]])
    packed, rows = resized(image, photo.rows, side(h, w, photo.rows, photo.sha))
    seen = seen * np.tile([packed.shape[1] / w, packed.shape[0] / h], 2).astype(np.float32)
    rows = clipped(rows, *packed.shape[:2])
    if photo.source != "development":
        rows = learned(rows)
    data = cv2.imencode(".webp", packed, [cv2.IMWRITE_WEBP_QUALITY, QUALITY])[1].tobytes()
    return photo, data, packed.shape[:2], rows, errs(packed, seen)


def mirrored_print(bits: np.ndarray) -> np.ndarray:
    """The difference hash of the mirror, nearly: differences run the other way."""
    return ~bits.reshape(-1, 16, 16)[:, :, ::-1].reshape(bits.shape)


def distance(one: np.ndarray, many: np.ndarray) -> int:
    """Bits in which a difference hash differs from the nearest of many, or of their mirrors."""
    return int(min((many ^ one).sum(1).min(), (mirrored_print(many) ^ one).sum(1).min())) if len(many) else one.size


def chosen(seen: dict[str, prepare.Seen], role: str) -> Iterator[tuple[sources.Source, str, str]]:
    """(source, SHA-256, path) of each photo of the role that has been labelled."""
    for source in sources.load():
        if (source.role == "development") != (role == "development"):
            continue
        prints: list[np.ndarray] = []
        for sha, path in sources.read_manifest(source):
            if sha not in seen or source.role == "face-free" and not labels.face_free(seen[sha]):
                continue
            if source.name in THINNED:
                if distance(seen[sha].print, np.stack(prints[-4000:]) if prints else np.zeros((0, 256), bool)) <= ALIKE:
                    continue
                prints.append(seen[sha].print)
            yield source, sha, path


def photos(repositories: Path, seen: dict[str, prepare.Seen], role: str, half: int | None) -> Iterator[Photo]:
    """half: 0 or 1 for every second photo by its SHA-256, None for all. In the order of their SHA-256, so that where a pack is cut off it still represents all."""
    listed = sorted((item for item in chosen(seen, role) if half is None or int(item[1][-1], 16) % 2 == half), key=lambda item: item[1])
    for begin in range(0, len(listed), CHUNK):
        chunk = listed[begin:begin + CHUNK]
        for source in {s.name: s for s, *_ in chunk}.values():
            wanted = [(sha, path) for s, sha, path in chunk if s.name == source.name]
            for (sha, _), (_, data) in zip(wanted, sources.verified(sources.git_directory(repositories, source), source, wanted)):
                rows = rows_of(labels.label(seen[sha])) if source.role != "face-free" else np.zeros((0, COLUMNS), np.float32)
                yield Photo(sha, source.name, seen[sha].found, rows, data)


def scenes(half: int) -> Iterator[Photo]:
    """Drawn scenes with their exact faces, and test patterns without any, from the cache."""
    nothing = np.zeros((0, boxes.ROW + 1), np.float32)
    for folder in sorted(sources.CACHE.glob("drawn-*/labels.json")):
        for entry in json.loads(folder.read_text())["images"]:
            data = (folder.parent / entry["file"]).read_bytes()
            sha = hashlib.sha256(data).hexdigest()
            if int(sha[-1], 16) % 2 == half:
                faces = drawn.rows(entry["faces"])
                yield Photo(sha, folder.parent.name, nothing, np.concatenate([faces, faces[:, 4:5] >= 1], 1).astype(np.float32), data)
    for file in sorted((sources.CACHE / "patterns").glob("*.png")):
        data = file.read_bytes()
        sha = hashlib.sha256(data).hexdigest()
        if int(sha[-1], 16) % 2 == half:
            yield Photo(sha, "patterns", nothing, np.zeros((0, COLUMNS), np.float32), data)


def encoded(items: Iterator[Photo], processes: int) -> Iterator[tuple[Photo, bytes, tuple[int, int], np.ndarray, bool]]:
    """Encodes batch by batch, so that a caller may stop at any photo: a pool with work in hand does not always end."""
    with Pool(processes, start) as pool:
        while batch := list(islice(items, BATCH)):
            yield from pool.map(encode, batch, chunksize=8)


def write(output: Path, items: Iterator[Photo], processes: int, most_bytes: int | None, most_photos: int | None) -> None:
    """Writes output.bin and output.npz whole or not at all; stops before the bytes or after the photos given."""
    columns: dict[str, list] = {name: [] for name in ("offset", "length", "height", "width", "first", "count", "source", "weight", "held_out", "sha")}
    names: list[str] = []
    faces, position, row = [], 0, 0
    partial = output.with_name(output.name + ".partial")
    with open(partial, "wb") as file:
        for photo, data, (height, width), rows, hard in encoded(items, processes):
            if most_bytes is not None and position + len(data) > most_bytes or most_photos is not None and len(columns["length"]) >= most_photos:
                break
            if photo.source not in names:
                names.append(photo.source)
            always = photo.source == "patterns"
            for name, value in (("offset", position), ("length", len(data)), ("height", height), ("width", width), ("first", row), ("count", len(rows)),
                                ("source", names.index(photo.source)), ("weight", HARD if hard or always else 1.0),
                                ("held_out", int(photo.sha[:8], 16) % HELD_OUT == 0), ("sha", photo.sha[:16])):
                columns[name].append(value)
            file.write(data)
            faces.append(rows)
            position, row = position + len(data), row + len(rows)
    kinds = {"offset": np.int64, "length": np.int64, "height": np.int32, "width": np.int32, "first": np.int64, "count": np.int32, "source": np.int16,
             "weight": np.float32, "held_out": bool, "sha": "S16"}
    with open(output.with_name(output.name + ".npz.partial"), "wb") as index:
        np.savez_compressed(index, faces=np.concatenate(faces), names=np.array(names), **{name: np.array(values, kinds[name]) for name, values in columns.items()})
    os.replace(partial, output.with_name(output.name + ".bin"))
    os.replace(output.with_name(output.name + ".npz.partial"), output.with_name(output.name + ".npz"))


def check(file: Path) -> str:
    """Verifies every invariant of a pack; returns a summary or raises ValueError with the first that does not hold."""
    index, data = np.load(file), file.with_suffix(".bin").read_bytes()
    photos_, faces = len(index["offset"]), index["faces"]

    def hold(condition: bool, what: str) -> None:
        if not condition:
            raise ValueError(f"{file.name}: {what}")

    for name in ("length", "height", "width", "first", "count", "source", "weight", "held_out"):
        hold(len(index[name]) == photos_, f"{name} has {len(index[name])} rows, offset {photos_}")
    hold(np.array_equal(index["offset"], np.cumsum(index["length"]) - index["length"]), "photos do not lie one after the other")
    hold(int(index["length"].sum()) == len(data), f"photos end at byte {int(index['length'].sum())}, the file at {len(data)}")
    hold(np.array_equal(index["first"], np.cumsum(index["count"]) - index["count"]), "faces do not follow one another")
    hold(int(index["count"].sum()) == len(faces) and faces.shape[1] == COLUMNS, f"faces are {faces.shape}, counted {int(index['count'].sum())}")
    hold(bool(np.isfinite(faces).all()), "a face is not finite")
    hold(bool(np.isin(faces[:, -1], (0, 1)).all()), "a kind is neither 0 nor 1")
    hold(bool(((faces[:, 4] >= 0) & (faces[:, 4] <= 1)).all()), "a confidence is outside 0 to 1")
    hold(photos_ == 0 or 0 <= index["source"].min() and index["source"].max() < len(index["names"]), "a source has no name")
    for number in range(photos_):
        offset, length, first, count = (int(index[name][number]) for name in ("offset", "length", "first", "count"))
        image = cv2.imdecode(np.frombuffer(data[offset:offset + length], np.uint8), cv2.IMREAD_COLOR)
        shape = (int(index["height"][number]), int(index["width"][number]))
        hold(image is not None and image.shape[:2] == shape, f"photo {number} does not decode to {shape}")
        box = faces[first:first + count]
        hold(bool((box[:, 0] >= 0).all() and (box[:, 1] >= 0).all() and (box[:, 2] <= shape[1]).all() and (box[:, 3] <= shape[0]).all()
                  and (box[:, 2] > box[:, 0]).all() and (box[:, 3] > box[:, 1]).all()), f"a face of photo {number} is not inside it")
    sure = int((faces[:, -1] == 1).sum())
    by_source = {str(name): int((index["source"] == i).sum()) for i, name in enumerate(index["names"])}
    empty, hard, held_out = int((index["count"] == 0).sum()), int((index["weight"] > 1).sum()), int(index["held_out"].sum())
    return (f"{file.stem}: {photos_} photos, {len(data) / 1e6:.1f} MB, {sure} faces, {len(faces) - sure} regions to ignore, "
            f"{empty} without any, {hard} hard, {held_out} held out; {by_source}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repositories", type=Path, help="folder of clones, OWNER+NAME each")
    parser.add_argument("--out", type=Path, help="pack to write, without suffix")
    parser.add_argument("--half", type=int, choices=(0, 1), help="which half of the training photos; both where left out")
    parser.add_argument("--development", action="store_true", help="pack the development set instead")
    parser.add_argument("--megabytes", type=float, help="stop before the pack is larger")
    parser.add_argument("--photos", type=int, help="stop after so many photos, taken evenly")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--check", type=Path, metavar="FOLDER", help="verify every pack in FOLDER, write none")
    arguments = parser.parse_args()
    if arguments.check:
        for file in sorted(arguments.check.glob("*.npz")):
            print(check(file))
        return
    seen = prepare.load()
    role = "development" if arguments.development else "train"
    items: Iterator[Photo] = photos(arguments.repositories, seen, role, None if arguments.development else arguments.half)
    if not arguments.development:
        items = (photo for part in (scenes(arguments.half or 0), items) for photo in part)
    megabytes = None if arguments.megabytes is None else int(arguments.megabytes * 1e6)
    write(arguments.out, items, arguments.processes, megabytes, arguments.photos)
    print(check(arguments.out.with_suffix(".npz")))


if __name__ == "__main__":
    main()
