import tempfile
import unittest
from pathlib import Path

import cv2
import numpy as np
import torch

from faceedge.album import NOTHING, POSITIVE, Album, Pack
from faceedge.synthesis import Maker

from .test_boxes import row

SIDE = 96


def album(folder: Path) -> Album:
    """One photo with two faces and one without any."""
    data, lengths = b"", []
    for colour in (90, 160):
        encoded = cv2.imencode(".png", np.full((120, 160, 3), colour, np.uint8))[1].tobytes()
        data += encoded
        lengths.append(len(encoded))
    (folder / "pack.bin").write_bytes(data)
    faces = np.stack([np.append(row(20, 20, 60, 70), 1), np.append(row(90, 30, 130, 80), 1)]).astype(np.float32)
    length = np.array(lengths)
    pack = Pack(folder / "pack.bin", np.cumsum(length) - length, length, np.array([120, 120]), np.array([160, 160]), np.array([0, 2]), np.array([2, 0]), faces,
                np.ones(2, np.float32), np.zeros(2, bool))
    return Album([pack], torch.device("cpu"), 1.0, 1)


class Synthesis(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.album = album(Path(cls.folder.name))

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def test_a_batch_holds_pixels_in_range_and_faces_on_the_canvas(self) -> None:
        images, labels = Maker(self.album, 16, 5).make(SIDE)
        rows = labels.rows[labels.kind == POSITIVE]

        self.assertEqual(tuple(images.shape), (16, 3, SIDE, SIDE))
        self.assertTrue(0 <= float(images.min()) and float(images.max()) <= 255)
        self.assertGreater(len(rows), 0)
        self.assertTrue(bool((rows[:, :4] >= 0).all() and (rows[:, :4] <= SIDE).all() and (rows[:, 2:4] > rows[:, :2]).all()))

    def test_landmarks_that_count_lie_on_the_canvas(self) -> None:
        _, labels = Maker(self.album, 16, 6).make(SIDE)
        marks = labels.rows[..., 5:].unflatten(2, (5, 2))[labels.seen & (labels.kind != NOTHING)[..., None]]

        self.assertTrue(bool(((marks >= 0) & (marks <= SIDE)).all()))

    def test_the_same_seed_makes_the_same_batch(self) -> None:
        (one, a), (two, b) = (Maker(self.album, 8, 7).make(SIDE) for _ in range(2))

        self.assertTrue(torch.equal(one, two) and torch.equal(a.rows, b.rows))
