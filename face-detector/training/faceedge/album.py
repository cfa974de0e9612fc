"""Packed photos, decoded once into one tensor on the device, with their faces as padded tables.

A pack is NAME.bin (encoded photos one after the other) and NAME.npz (where each lies, its size, its faces); see `Pack`. Each photo is kept at four
sizes (halved three times by area), so that a reduced view does not alias. A pixel is one int32: blue, green, red in its low three bytes.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

LEVELS = 4
MOST_FACES = 96  # rows a photo; where it has more, the smallest are left out
POSITIVE, DOUBTFUL, IGNORED, NOTHING = 2, 1, 0, -1  # kinds of a face row: a face, what may be one, a region that teaches nothing, padding
DOUBT = (0.1, 0.6)  # fused confidence of what is background, and from which a face is one without doubt: between, it is taught a share
SOUGHT = (0.3, 10)  # confidence and height, px: a doubtful face is as good as a sure one to make a sample for


@dataclass(frozen=True)
class Pack:
    """One pack's index: where the photos lie in `file`, their sizes, and their faces."""

    file: Path
    offset: np.ndarray  # [P] bytes
    length: np.ndarray  # [P] bytes
    height: np.ndarray  # [P] pixels
    width: np.ndarray  # [P] pixels
    first: np.ndarray  # [P] row in faces
    count: np.ndarray  # [P]
    faces: np.ndarray  # [N,16]: x1, y1, x2, y2, confidence, five landmarks (x, y), kind; pixels of the packed photo
    weight: np.ndarray  # [P] how often it is drawn, against 1
    held_out: np.ndarray  # [P] kept from training

    @staticmethod
    def read(index: Path) -> Pack:
        with np.load(index) as stored:
            count = len(stored["offset"])
            optional = {"weight": np.ones(count, np.float32), "held_out": np.zeros(count, bool)}
            columns = {name: np.asarray(stored[name]) if name in stored.files else optional[name]
                       for name in ("offset", "length", "height", "width", "first", "count", "faces", "weight", "held_out")}
        columns["faces"] = columns["faces"].reshape(-1, 16).astype(np.float32)
        return Pack(index.with_suffix(".bin"), **columns)

    def rows(self, photo: int) -> np.ndarray:
        return self.faces[int(self.first[photo]):int(self.first[photo]) + int(self.count[photo])]


def packs(folders: list[Path], development: bool) -> list[Pack]:
    """The packs of the folders, by name: pack-dev* for measuring, every other for training. A name in two folders is read once."""
    found = {f.name: f for folder in folders for f in sorted(folder.glob("*.npz")) if f.with_suffix(".bin").exists()}
    return [Pack.read(f) for name, f in sorted(found.items()) if name.startswith("pack-dev") == development]


def decoded(data: bytes) -> np.ndarray:
    """BGR [H,W,3]."""
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise ValueError("an encoded photo cannot be decoded")
    return image


def words(image: np.ndarray) -> np.ndarray:
    """[H,W,3] bytes -> [H*W] int32."""
    out = np.zeros((*image.shape[:2], 4), np.uint8)
    out[..., :3] = image
    return out.view(np.int32).ravel()


def level_sizes(width: np.ndarray, height: np.ndarray) -> np.ndarray:
    """[P,LEVELS,2] width and height of each kept size."""
    size = np.stack([width, height], 1).astype(np.int64)
    return np.stack([np.maximum(1, (size + (1 << k) - 1) >> k) for k in range(LEVELS)], 1)


class Album:
    """Photos on the device: `pixels` holds them one after the other, each at LEVELS sizes."""

    def __init__(self, sources: list[Pack], device: torch.device, gigabytes: float, seed: int) -> None:
        chosen = [(pack, photo) for pack in sources for photo in np.flatnonzero(~pack.held_out.astype(bool))]
        if not chosen:
            raise SystemExit("no photos to train on: the data folder has no pack (NAME.bin and NAME.npz)")
        sizes = level_sizes(np.array([p.width[i] for p, i in chosen]), np.array([p.height[i] for p, i in chosen]))
        area = sizes.prod(2)
        order = np.random.default_rng(seed).permutation(len(chosen))  # a random part of them where the memory does not hold all
        order = np.sort(order[np.cumsum(area[order].sum(1)) * 4 <= gigabytes * 1e9])
        chosen, sizes, area = [chosen[i] for i in order], sizes[order], area[order]
        ends = np.cumsum(area.ravel()).reshape(area.shape)
        starts = ends - area
        pixels = torch.empty(int(ends[-1, -1]), dtype=torch.int32)
        self.failed = fill(chosen, sizes, starts, pixels.numpy())
        most = min(MOST_FACES, max(1, max(int(p.count[i]) for p, i in chosen)))
        faces = np.zeros((len(chosen), most, 15), np.float32)
        kind = np.full((len(chosen), most), NOTHING, np.int64)
        known = np.zeros(len(chosen), np.int64)
        for number, (pack, photo) in enumerate(chosen):
            if number in self.failed:
                continue
            rows = pack.rows(photo)
            sure, size = rows[:, 15] > 0.5, (rows[:, 2:4] - rows[:, :2]).astype(np.float64)
            sought = sure | ((rows[:, 4] >= SOUGHT[0]) & (size[:, 1] >= SOUGHT[1]))
            rows = rows[np.argsort(-(sure * 2e9 + sought * 1e9 + size.prod(1)), kind="stable")][:most]
            known[number] = min(most, sought.sum())
            faces[number, :len(rows)] = rows[:, :15]
            kind[number, :len(rows)] = np.where(rows[:, 15] > 0.5, POSITIVE, DOUBTFUL)
        weight = np.array([p.weight[i] for p, i in chosen], np.float64)
        weight[sorted(self.failed)] = 0
        self.count, self.device = len(chosen), device
        self.pixels = pixels.to(device)
        self.start = torch.from_numpy(starts).to(device)
        self.size = torch.from_numpy(sizes).to(device)
        self.faces = torch.from_numpy(faces).to(device)
        self.kind = torch.from_numpy(kind).to(device)
        self.known = torch.from_numpy(known).to(device)
        with_faces = weight * np.minimum(known, 16) ** 0.5  # a crowd is worth more than a portrait, not as much as its heads
        self.with_faces = reach(with_faces, device)
        plain = np.where(known == 0, weight, 0.0)
        self.has_plain = bool(plain.sum() > 0)
        self.plain = reach(plain, device) if self.has_plain else self.with_faces

    def summary(self) -> dict[str, float]:
        return {"photos": self.count, "faces": int(self.known.sum()), "without": int((self.known == 0).sum()), "failed": len(self.failed),
                "gigabytes": round(self.pixels.numel() * 4e-9, 2)}


def reach(weight: np.ndarray, device: torch.device) -> torch.Tensor:
    """Where each photo's share ends in 0..1; to draw one, look up a uniform number."""
    return torch.from_numpy(np.cumsum(weight / max(weight.sum(), 1e-12))).to(device, torch.float64)


def fill(chosen: list[tuple[Pack, int]], sizes: np.ndarray, starts: np.ndarray, pixels: np.ndarray) -> set[int]:
    """Decodes the photos into pixels; the numbers of those that could not be read."""
    failed: set[int] = set()
    data = {id(pack): np.memmap(pack.file, np.uint8, "r") for pack, _ in chosen}

    def one(number: int) -> None:
        pack, photo = chosen[number]
        offset, length = int(pack.offset[photo]), int(pack.length[photo])
        try:
            image = decoded(data[id(pack)][offset:offset + length].tobytes())
            for level in range(LEVELS):
                w, h = (int(v) for v in sizes[number, level])
                if image.shape[:2] != (h, w):
                    image = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA)
                pixels[starts[number, level]:starts[number, level] + w * h] = words(image)
        except (ValueError, cv2.error):
            failed.add(number)

    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(one, range(len(chosen)), chunksize=16))
    cv2.setNumThreads(threads)
    return failed
