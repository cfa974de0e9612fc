import unittest

import numpy as np

from faceedge import intervals

from .test_boxes import row


def picture(*faces: np.ndarray, sure: tuple[bool, ...] | None = None) -> intervals.Picture:
    return intervals.Picture(np.stack(faces), np.array(sure or [True] * len(faces)), np.ones(len(faces), bool), 100, 100)


class Intervals(unittest.TestCase):
    def value(self, labels: intervals.Picture, *found: np.ndarray, limit: float = 0.0) -> float:
        judged = intervals.judge([labels], [np.stack(found)], 0.5, limit)
        return intervals.average_precision(judged, np.ones(1))

    def test_one_of_two_faces_found_before_a_mistake_is_half(self) -> None:
        self.assertEqual(self.value(picture(row(0, 0, 20, 20), row(40, 0, 60, 20)), row(0, 0, 20, 20, 0.9), row(70, 70, 90, 90, 0.5)), 0.5)

    def test_a_mistake_before_the_face_halves_the_precision(self) -> None:
        self.assertEqual(self.value(picture(row(0, 0, 20, 20)), row(70, 70, 90, 90, 0.9), row(0, 0, 20, 20, 0.5)), 0.5)

    def test_what_matches_an_ignored_or_a_small_face_counts_neither_way(self) -> None:
        labels = picture(row(0, 0, 20, 20), row(40, 0, 60, 20), row(80, 80, 84, 84), sure=(True, False, True))

        self.assertEqual(self.value(labels, row(40, 0, 60, 20, 0.9), row(80, 80, 84, 84, 0.8), row(0, 0, 20, 20, 0.5), limit=0.1), 1.0)

    def test_the_eye_error_is_told_per_distance_between_the_eyes(self) -> None:
        found = row(0, 0, 40, 40, 0.9)
        found[[5, 7]] += 3.6  # both eyes, 36 px apart

        (height, error), = intervals.eye_errors([picture(row(0, 0, 40, 40))], [found[None]], 0.5, 320)

        self.assertAlmostEqual(height, 128)
        self.assertAlmostEqual(error, 0.1, places=5)
