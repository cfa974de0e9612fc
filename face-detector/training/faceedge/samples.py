"""Training samples made on the fly from the packs: crops, mosaics and scenes with pasted faces, with their boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

from . import augment, boxes, sources
from .teacher import STRIDES, DenseTeacher

SMALLEST, LARGEST = 9.0, 0.85  # face height: px, and share of the canvas
# How often a picture of a source is drawn, against 1: scenes that are easy or alike teach less.
SHARE = {"drawn-varied": 0.25, "drawn-shuffled": 0.25, "face-mask-detection": 0.6, "human-dataset": 1.3}


@dataclass(frozen=True)
class Picture:
    file: np.ndarray  # the pack's bytes, mapped
    offset: int
    length: int
    faces: np.ndarray  # [N,15], score 0 where a region is to be ignored
    share: float  # of its source, see SHARE, and its weight

    @property
    def pixels(self) -> np.ndarray:
        return cv2.imdecode(np.asarray(self.file[self.offset:self.offset + self.length]), cv2.IMREAD_COLOR)

    @property
    def known(self) -> np.ndarray:
        return self.faces[self.faces[:, 4] > 0]


def load(held_out: bool = False) -> list[Picture]:
    """The pictures of the packs to train on, or those that are kept from training."""
    pictures = []
    for index_file in sorted(sources.PACKS.glob("*.npz")):
        if index_file.stem == "pack-dev":
            continue
        with np.load(index_file) as stored:
            index = dict(stored)
        data = np.memmap(index_file.with_suffix(".bin"), np.uint8, "r")
        rows = index["faces"][:, :boxes.ROW].copy()
        rows[index["faces"][:, -1] == 0, 4] = 0.0
        for number in np.flatnonzero(index["held_out"] == held_out):
            first, count = int(index["first"][number]), int(index["count"][number])
            share = SHARE.get(str(index["names"][index["source"][number]]), 1.0) * float(index["weight"][number])
            pictures.append(Picture(data, int(index["offset"][number]), int(index["length"][number]), rows[first:first + count], share))
    return pictures


class Sampler:
    """Draws one sample at a time; side is the canvas in pixels."""

    def __init__(self, pictures: list[Picture], side: int, rng: np.random.Generator) -> None:
        self.side, self.rng = side, rng
        self.with_faces = [p for p in pictures if len(p.known)]
        self.without = [p for p in pictures if not len(p.faces)]
        worth = np.array([p.share * len(p.known) ** 0.5 for p in self.with_faces])  # a crowd is worth more than a portrait, not as much as its heads
        self.reach = np.cumsum(worth / worth.sum())

    def picture(self) -> Picture:
        return self.with_faces[min(int(np.searchsorted(self.reach, self.rng.random())), len(self.with_faces) - 1)]

    def crop(self, picture: Picture, width: int, height: int, height_range: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
        """A view of the picture with one of its faces at a height drawn from the range (log-uniform), somewhere on the canvas."""
        rng, pixels = self.rng, picture.pixels
        h, w = pixels.shape[:2]
        stretch = np.exp(rng.uniform(-0.5, 0.5)) if rng.random() < 0.6 else 1.0
        known = picture.known
        if len(known):
            face = known[rng.integers(len(known))]
            size = np.sqrt(max((face[2] - face[0]) * (face[3] - face[1]), 1.0))
            target = np.exp(rng.uniform(*np.log(height_range)))
            scale = min(max(target / size, 0.8 * min(width / w, height / h)), 2.0)  # no island in an empty canvas
            centre = (face[:2] + face[2:4]) / 2
            at = np.array([rng.uniform(0.1, 0.9) * width, rng.uniform(0.1, 0.9) * height])
        else:
            scale = np.exp(rng.uniform(np.log(0.9), np.log(2.5))) * max(width / w, height / h)
            centre = np.array([w, h]) * rng.uniform(0.3, 0.7, 2)
            at = np.array([width / 2, height / 2])
        angle = np.deg2rad(rng.normal(0, 7) if rng.random() < 0.85 else rng.uniform(-40, 40))
        sx, sy = scale * np.sqrt(stretch), scale / np.sqrt(stretch)
        linear = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag([sx, sy])
        if len(known):  # move the view back over the picture where that can be done, so that less of it is border
            low = linear @ (-centre) + at
            reach = np.array([w * sx, h * sy])
            for axis, extent in enumerate((width, height)):
                slack = extent - reach[axis]
                if slack < 0:
                    at[axis] += np.clip(low[axis], slack, 0) - low[axis]
        matrix = np.hstack([linear, (at - linear @ centre)[:, None]])
        image, faces = augment.warp(pixels, picture.faces, matrix, (width, height), cv2.BORDER_REPLICATE if rng.random() < 0.5 else cv2.BORDER_CONSTANT)
        faces = augment.clip(faces, width, height, SMALLEST * 0.7)
        return (augment.flip(image, faces) if rng.random() < 0.5 else (image, faces))

    def mosaic(self) -> tuple[np.ndarray, np.ndarray]:
        side, rng = self.side, self.rng
        cuts = [self.cuts(2 if rng.random() < 0.7 else 3) for _ in range(2)]
        canvas, faces = np.empty((side, side, 3), np.uint8), []
        for left, right in zip(cuts[0], cuts[0][1:]):
            for top, bottom in zip(cuts[1], cuts[1][1:]):
                w, h = right - left, bottom - top
                part, found = self.crop(self.picture(), w, h, (13, 0.8 * min(w, h)))
                canvas[top:bottom, left:right] = part
                faces.append(shifted(found, left, top))
        return canvas, np.concatenate(faces)

    def cuts(self, parts: int) -> list[int]:
        """Where a side is divided: part borders, evenly but for a random shift."""
        even = np.arange(1, parts) / parts + self.rng.uniform(-0.3, 0.3, parts - 1) / parts
        return [0, *(int(v * self.side) for v in even), self.side]

    def pasted(self) -> tuple[np.ndarray, np.ndarray]:
        """Faces from elsewhere, with some of their surroundings and a soft edge, on a scene."""
        side, rng = self.side, self.rng
        scene = self.without[rng.integers(len(self.without))] if self.without and rng.random() < 0.6 else self.picture()
        canvas, faces = self.crop(scene, side, side, (12, 60))
        for _ in range(int(rng.integers(1, 7))):
            target = np.exp(rng.uniform(np.log(13), np.log(100)))
            context = rng.uniform(1.25, 2.0)
            w = h = int(target * context)
            if w >= side or w < 8:
                continue
            picture = self.picture()
            known = picture.known
            face = known[rng.integers(len(known))]
            size = np.sqrt(max((face[2] - face[0]) * (face[3] - face[1]), 1.0))
            scale = target / size
            if scale > 2.0:
                continue
            stretch = np.exp(rng.uniform(-0.25, 0.25))
            linear = np.diag([scale * stretch, scale / stretch])
            centre = (face[:2] + face[2:4]) / 2
            matrix = np.hstack([linear, (np.array([w / 2, h / 2]) - linear @ centre)[:, None]])
            patch, found = augment.warp(picture.pixels, picture.faces, matrix, (w, h), cv2.BORDER_REPLICATE)
            patch = augment.colour(patch, rng)
            left, top = int(rng.integers(0, side - w)), int(rng.integers(0, side - h))
            place = np.array([[left, top, left + w, top + h]], np.float32)
            if len(faces) and boxes.iou(place, faces).max() > 0.02:
                continue
            alpha = soft_edge(w, h, rng)
            region = canvas[top:top + h, left:left + w]
            region[:] = (patch * alpha + region * (1 - alpha)).astype(np.uint8)
            faces = np.concatenate([faces, shifted(augment.clip(found, w, h, SMALLEST * 0.7), left, top)])
        return canvas, faces

    def draw(self) -> tuple[np.ndarray, np.ndarray]:
        """A clean sample; `spoiled` makes what a camera would see of it."""
        rng, kind = self.rng, self.rng.random()
        top = LARGEST * self.side
        if kind < 0.40:
            image, faces = self.crop(self.picture(), self.side, self.side, (14, top))
        elif kind < 0.68:
            image, faces = self.mosaic()
        elif kind < 0.93 or not self.without:
            image, faces = self.pasted()
        else:
            image, faces = self.crop(self.without[rng.integers(len(self.without))], self.side, self.side, (10, top))
        return np.ascontiguousarray(image), faces


def shifted(faces: np.ndarray, x: float, y: float) -> np.ndarray:
    out = faces.copy()
    out[:, [0, 2]] += x
    out[:, [1, 3]] += y
    out[:, 5::2] += x
    out[:, 6::2] += y
    return out


def soft_edge(w: int, h: int, rng: np.random.Generator) -> np.ndarray:
    """[h,w,1] weights: an ellipse or a rectangle with a blurred rim."""
    mask = np.zeros((h, w), np.float32)
    if rng.random() < 0.6:
        cv2.ellipse(mask, (w // 2, h // 2), (max(1, int(w * 0.46)), max(1, int(h * 0.48))), 0, 0, 360, 1.0, -1)
    else:
        mask[h // 12:h - h // 12, w // 12:w - w // 12] = 1.0
    return cv2.GaussianBlur(mask, (0, 0), max(0.6, w * rng.uniform(0.02, 0.08)))[..., None]


def spoiled(image: np.ndarray, faces: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    image = image.copy()
    augment.occlude(image, faces[faces[:, 4] > 0], rng)
    return augment.degrade(augment.colour(image, rng), rng)


@dataclass(frozen=True)
class Settings:
    side: int
    batch: int
    seed: int
    models: Path  # the teacher's


class Batches(torch.utils.data.IterableDataset):
    """Endless batches: images [B,3,S,S] bytes, the teacher's cells [B,N,15] for their clean originals (see `taught`) and its features.

    Making a clean sample costs more than learning from it, so POOL of them are kept and each is dealt REUSE times, spoiled anew.
    """

    POOL, REUSE = 2048, 8

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __iter__(self) -> Iterator[tuple[torch.Tensor, ...]]:
        cv2.setNumThreads(1)
        s = self.settings
        rng = np.random.default_rng([s.seed, 1])
        sampler = Sampler(load(), s.side, rng)
        teacher = DenseTeacher(s.models, s.side)
        pool: list[tuple[np.ndarray, ...]] = []
        credit = 0.0
        while True:
            credit += s.batch / self.REUSE
            if credit >= s.batch or len(pool) < 16 * s.batch:
                credit = max(0.0, credit - s.batch)
                pool += fresh(sampler, teacher, s.batch)
                del pool[:max(0, len(pool) - self.POOL)]
            dealt = [pool[i] for i in rng.choice(len(pool), s.batch, replace=False)]
            images = np.stack([spoiled(image, faces, rng) for image, faces, *_ in dealt])
            yield tuple(torch.from_numpy(a) for a in (images.transpose(0, 3, 1, 2), *(np.stack(part) for part in list(zip(*dealt))[2:])))


def fresh(sampler: Sampler, teacher: DenseTeacher, count: int) -> list[tuple[np.ndarray, ...]]:
    """Clean image, its faces, the teacher's corrected cells and features, for each of count new samples."""
    drawn = [sampler.draw() for _ in range(count)]
    cells, features = teacher(np.stack([image for image, _ in drawn]))
    for view, (_, faces) in zip(cells, drawn):
        taught(view, faces, sampler.side)
    return [(*sample, *(part.astype(np.float16) for part in parts)) for sample, *parts in zip(drawn, cells, *features)]


def taught(cells: np.ndarray, faces: np.ndarray, side: int) -> None:
    """Corrects the teacher's scores [N,15] in place by the labels, which it made from larger pictures: what it sees outside every label is
    background; a labelled face that it does not see here is unknown (score -1), not background."""
    origin = np.concatenate([np.stack(np.meshgrid(np.arange(side // s), np.arange(side // s)), -1).reshape(-1, 2) * s for s in STRIDES])
    margin = (faces[:, 2:4] - faces[:, :2]) * 0.25 + 8
    inside = ((origin[None] >= faces[:, None, :2] - margin[:, None]) & (origin[None] <= faces[:, None, 2:4] + margin[:, None])).all(2)
    cells[~inside.any(0) & (cells[:, 0] > 0.05), 0] = 0.0
    for area in inside:
        if cells[area, 0].max(initial=0) < 0.3:
            cells[area, 0] = -1.0
