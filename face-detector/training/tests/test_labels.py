import unittest

import numpy as np

from faceedge import labels
from faceedge.prepare import Seen

from .test_boxes import row


def seen(*detections: tuple[np.ndarray, int], passes: int = 4) -> Seen:
    found = np.stack([np.append(r, number) for r, number in detections]).astype(np.float32)
    return Seen(found, passes, 640, 640, np.zeros(256, bool))


class Labels(unittest.TestCase):
    def test_a_face_that_every_pass_sees_is_sure_and_lies_between_its_boxes(self) -> None:
        found = labels.label(seen(*[(row(100 + 2 * i, 100, 200 + 2 * i, 200, 0.9), i) for i in range(4)]))

        self.assertEqual(found.sure.tolist(), [True])
        np.testing.assert_allclose(found.faces[0, :5], [103, 100, 203, 200, 0.9], atol=1e-3)

    def test_a_face_that_one_pass_sees_clearly_is_left_open(self) -> None:
        found = labels.label(seen((row(100, 100, 200, 200, 0.9), 0)))

        self.assertEqual(found.sure.tolist(), [False])

    def test_two_boxes_of_one_pass_do_not_make_a_face_surer(self) -> None:
        found = labels.label(seen((row(100, 100, 200, 200, 0.9), 0), (row(102, 100, 202, 200, 0.8), 0)))

        np.testing.assert_allclose(found.faces[:, 4], [0.225], atol=1e-3)
