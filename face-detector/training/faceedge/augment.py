"""Pixels-only augmentation and the geometry of one crop. Every function takes its random generator; images are BGR bytes."""

from __future__ import annotations

import cv2
import numpy as np

from . import boxes

VISIBLE = 0.4  # a face with less of its box inside the canvas is ignored, neither face nor background


def warp(image: np.ndarray, faces: np.ndarray, matrix: np.ndarray, size: tuple[int, int], border: int) -> tuple[np.ndarray, np.ndarray]:
    """The image under a 2x3 matrix on a (width, height) canvas, and its faces there. A box keeps its shape about its moved centre:
    a rotated face is still labelled upright, as the teacher does."""
    scale = np.hypot(matrix[0, 0], matrix[1, 0])
    source, inner = image, matrix
    shrink = int(1 / max(scale, 0.02))
    if shrink >= 2:  # warpAffine samples sparsely: shrink first, by a whole factor (fast), so that thin detail does not alias
        source = cv2.resize(image, (image.shape[1] // shrink, image.shape[0] // shrink), interpolation=cv2.INTER_AREA)
        back = np.array([image.shape[1] / source.shape[1], image.shape[0] / source.shape[0]])
        inner = np.hstack([matrix[:, :2] * back, matrix[:, 2:]])
    warped = cv2.warpAffine(source, inner, size, flags=cv2.INTER_LINEAR, borderMode=border)
    if not len(faces):
        return warped, faces
    points = np.concatenate([(faces[:, None, :2] + faces[:, None, 2:4]) / 2, faces[:, 5:].reshape(-1, 5, 2)], 1)
    moved = points @ matrix[:, :2].T.astype(np.float32) + matrix[:, 2].astype(np.float32)
    half = (faces[:, 2:4] - faces[:, :2]) / 2 * np.array([scale, np.hypot(matrix[0, 1], matrix[1, 1])], np.float32)
    out = faces.copy()
    out[:, :2], out[:, 2:4] = moved[:, 0] - half, moved[:, 0] + half
    out[:, 5:] = moved[:, 1:].reshape(-1, 10)
    return warped, out


def clip(faces: np.ndarray, width: int, height: int, smallest: float) -> np.ndarray:
    """Faces clipped to the canvas. Those outside go; those mostly outside or too small to learn from get score 0 (ignored)."""
    if not len(faces):
        return faces
    out = faces.copy()
    out[:, [0, 2]] = faces[:, [0, 2]].clip(0, width)
    out[:, [1, 3]] = faces[:, [1, 3]].clip(0, height)
    size = out[:, 2:4] - out[:, :2]
    whole = np.maximum((faces[:, 2:4] - faces[:, :2]).prod(1), 1e-6)
    out[(size.prod(1) < VISIBLE * whole) | (size.min(1) < smallest), 4] = 0.0
    return out[(size > 1).all(1)]


def flip(image: np.ndarray, faces: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.ascontiguousarray(image[:, ::-1]), boxes.mirrored(faces, image.shape[1]) if len(faces) else faces


def colour(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Gain, offset and gamma, a little different for each channel; sometimes dark with noise, sometimes grey."""
    dark = rng.random() < 0.08
    gain = np.exp(rng.normal(0, 0.25)) * np.exp(rng.normal(0, 0.07, 3)) * (rng.uniform(0.2, 0.5) if dark else 1.0)
    offset, gamma = rng.normal(0, 14), np.exp(rng.normal(0, 0.2))
    ramp = (np.arange(256) / 255.0) ** gamma * 255.0
    table = (ramp[:, None] * gain + offset).clip(0, 255).astype(np.uint8)
    image = cv2.LUT(image, table.reshape(1, 256, 3))
    if rng.random() < 0.12:
        image = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    elif rng.random() < 0.3:
        grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
        share = rng.uniform(-0.5, 0.7)
        image = cv2.addWeighted(image, 1 - share, grey, share, 0)
    return noise(image, rng.uniform(4, 12), rng) if dark else image


def noise(image: np.ndarray, sigma: float, rng: np.random.Generator) -> np.ndarray:
    return (image + rng.standard_normal(image.shape, np.float32) * sigma).clip(0, 255).astype(np.uint8)


def degrade(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What cameras and codecs do: defocus, motion, low resolution, noise, JPEG."""
    kind = rng.random()
    h, w = image.shape[:2]
    if kind < 0.10:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 1.8))
    elif kind < 0.17:
        length = int(rng.integers(3, 8))
        kernel = np.zeros((length, length), np.float32)
        cv2.line(kernel, (0, int(rng.integers(length))), (length - 1, int(rng.integers(length))), 1.0)
        image = cv2.filter2D(image, -1, kernel / kernel.sum())
    elif kind < 0.29:
        factor = rng.uniform(0.4, 0.85)
        small = cv2.resize(image, (round(w * factor), round(h * factor)), interpolation=cv2.INTER_AREA)
        image = cv2.resize(small, (w, h), interpolation=cv2.INTER_LINEAR if rng.random() < 0.7 else cv2.INTER_NEAREST)
    elif kind < 0.36:
        image = cv2.addWeighted(image, 1.6, cv2.GaussianBlur(image, (0, 0), 1.0), -0.6, 0)
    if rng.random() < 0.10:
        image = noise(image, rng.uniform(2, 12), rng)
    if rng.random() < 0.25:
        image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 85))])[1], cv2.IMREAD_COLOR)
    return image


def occlude(image: np.ndarray, faces: np.ndarray, rng: np.random.Generator) -> None:
    """Covers up to 45% of some faces with a plain or textured patch from one side: hands, scarves, other people's shoulders."""
    for face in faces:
        if rng.random() > 0.12:
            continue
        x1, y1, x2, y2 = face[:4]
        w, h = x2 - x1, y2 - y1
        share, side = rng.uniform(0.15, 0.45), rng.integers(4)
        left, top, right, bottom = x1 - 0.1 * w, y1 - 0.1 * h, x2 + 0.1 * w, y2 + 0.1 * h
        if side == 0:
            bottom = y1 + share * h * 0.7
        elif side == 1:
            top = y2 - share * h
        elif side == 2:
            right = x1 + share * w
        else:
            left = x2 - share * w
        a, b, c, d = (int(round(v)) for v in (max(left, 0), max(top, 0), min(right, image.shape[1]), min(bottom, image.shape[0])))
        if c - a < 2 or d - b < 2:
            continue
        if rng.random() < 0.5:
            image[b:d, a:c] = rng.integers(0, 256, 3)
        else:
            y, x = rng.integers(0, image.shape[0] - (d - b) + 1), rng.integers(0, image.shape[1] - (c - a) + 1)
            image[b:d, a:c] = image[y:y + d - b, x:x + c - a].copy()[::-1]
