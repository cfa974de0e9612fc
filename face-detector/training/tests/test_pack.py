import unittest

import numpy as np

from faceedge import pack

from .test_boxes import row


def packed(*faces: tuple[np.ndarray, int]) -> np.ndarray:
    return np.stack([np.append(r, kind) for r, kind in faces]).astype(np.float32)


class Learned(unittest.TestCase):
    def kept(self, *faces: tuple[np.ndarray, int]) -> list[float]:
        return [round(float(x), 2) for x in pack.learned(packed(*faces))[:, 0]]

    def test_a_face_stays_whatever_its_confidence(self) -> None:
        self.assertEqual(self.kept((row(10, 10, 40, 40, 0.1), 1)), [10])

    def test_a_faint_region_that_is_well_resolved_becomes_background(self) -> None:
        self.assertEqual(self.kept((row(10, 10, 40, 40, 0.2), 0), (row(50, 10, 60, 20, 0.2), 0), (row(70, 10, 90, 30, 0.3), 0)), [50, 70])

    def test_a_region_mostly_inside_a_face_is_dropped(self) -> None:
        self.assertEqual(self.kept((row(10, 10, 60, 60), 1), (row(40, 20, 65, 40, 0.4), 0), (row(50, 20, 90, 50, 0.4), 0)), [10, 50])

    def test_a_photo_without_faces_stays_without(self) -> None:
        self.assertEqual(pack.learned(np.zeros((0, pack.COLUMNS), np.float32)).shape, (0, pack.COLUMNS))


class Resized(unittest.TestCase):
    def test_faces_move_with_the_pixels(self) -> None:
        image, rows = pack.resized(np.zeros((100, 200, 3), np.uint8), packed((row(20, 20, 60, 60), 1)), 100)

        self.assertEqual(image.shape, (50, 100, 3))
        np.testing.assert_allclose(rows[0, :7], [10, 10, 30, 30, 1, 11, 11.5])

    def test_a_small_photo_is_not_enlarged(self) -> None:
        image, _ = pack.resized(np.zeros((100, 80, 3), np.uint8), packed((row(20, 20, 60, 60), 1)), 400)

        self.assertEqual(image.shape, (100, 80, 3))
