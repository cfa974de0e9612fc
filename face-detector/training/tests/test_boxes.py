import unittest

import numpy as np

from faceedge import boxes


def row(x1: float, y1: float, x2: float, y2: float, score: float = 1.0) -> np.ndarray:
    points = [(x1 + 2, y1 + 3), (x2 - 2, y1 + 3), ((x1 + x2) / 2, (y1 + y2) / 2), (x1 + 3, y2 - 2), (x2 - 3, y2 - 2)]
    return np.array([x1, y1, x2, y2, score, *np.ravel(points)], np.float32)


class Boxes(unittest.TestCase):
    def test_a_decoded_cell_lies_where_the_layout_says(self) -> None:
        found = boxes.decode(np.array([0.0, 0.81]), np.array([0.0, 1.0]), np.array([[0] * 4, [0.5, 0.25, 0.0, np.log(2)]], np.float32),
                             np.zeros((2, 10), np.float32), stride=8, columns=1, threshold=0.5)

        np.testing.assert_allclose(found[0, :7], [0, 2, 8, 18, 0.9, 0, 8], atol=1e-5)

    def test_suppression_keeps_the_best_of_boxes_on_one_face(self) -> None:
        kept = boxes.nms(np.stack([row(0, 0, 20, 20, 0.6), row(1, 0, 21, 20, 0.9), row(40, 0, 60, 20, 0.5)]))

        self.assertEqual([round(float(s), 2) for s in kept[:, 4]], [0.9, 0.5])

    def test_a_mirror_of_a_mirror_is_the_detection_itself(self) -> None:
        rows = row(10, 20, 50, 80)[None]

        np.testing.assert_allclose(boxes.mirrored(boxes.mirrored(rows, 100), 100), rows)

    def test_a_mirror_keeps_the_right_eye_to_the_left_of_the_picture(self) -> None:
        mirrored = boxes.mirrored(row(10, 20, 50, 80)[None], 100)[0]

        self.assertLess(mirrored[5], mirrored[7])
