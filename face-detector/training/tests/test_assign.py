import unittest

import torch

from faceedge import assign, model
from faceedge.album import DOUBTFUL, IGNORED, NOTHING, POSITIVE
from faceedge.synthesis import Labels

SIDE = 64


def labels(*faces: tuple[tuple[float, ...], int]) -> Labels:
    rows = torch.zeros(1, len(faces), 15)
    for number, (box, _) in enumerate(faces):
        rows[0, number, :4] = torch.tensor(box)
        rows[0, number, 4] = 1
        rows[0, number, 5:] = torch.tensor([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] * 5)
    return Labels(rows, torch.tensor([[kind for _, kind in faces]]), torch.ones(1, len(faces), 5, dtype=torch.bool))


class Assign(unittest.TestCase):
    def setUp(self) -> None:
        self.origin, self.stride = model.grid(SIDE)
        cells = len(self.origin)
        self.raw = torch.zeros(1, cells, 16)
        self.score = torch.full((1, cells), 0.01)

    def assigned(self, given: Labels) -> tuple[torch.Tensor, ...]:
        return assign.assigned(assign.boxes_of(self.raw, self.origin, self.stride), self.score, given, self.origin, self.stride)

    def test_a_face_takes_a_cell_before_any_box_fits_it(self) -> None:
        _, aligned, _, _ = self.assigned(labels(((4.0, 4.0, 9.0, 9.0), POSITIVE)))

        self.assertGreater(int((aligned > 0).sum()), 0)

    def test_a_face_takes_no_more_cells_than_allowed_all_of_them_near_it(self) -> None:
        _, aligned, _, _ = self.assigned(labels(((8.0, 8.0, 56.0, 56.0), POSITIVE)))
        middle = (self.origin + self.stride[:, None] / 2)[aligned[0] > 0]

        self.assertLessEqual(len(middle), assign.CELLS)
        self.assertTrue(bool(((middle >= 0) & (middle <= 64)).all()))

    def test_an_ignored_region_is_neither_face_nor_background(self) -> None:
        _, aligned, _, counted = self.assigned(labels(((8.0, 8.0, 40.0, 40.0), IGNORED)))

        self.assertEqual(int((aligned > 0).sum()), 0)
        self.assertFalse(bool(counted.all()))

    def test_a_doubtful_face_takes_cells_and_is_taught_the_share_of_its_confidence(self) -> None:
        shares = []
        for confidence, kind in ((0.05, DOUBTFUL), (0.35, DOUBTFUL), (0.6, POSITIVE), (0.9, POSITIVE)):
            given = labels(((8.0, 8.0, 40.0, 40.0), kind))
            given.rows[..., 4] = confidence
            _, aligned, _, counted = self.assigned(given)
            self.assertGreater(int((aligned > 0).sum()), 0)
            self.assertTrue(bool(counted.all()))
            shares.append(round(float(given.share[0, 0]), 3))

        self.assertEqual(shares, [0.0, 0.5, 1.0, 1.0])

    def test_padding_leaves_every_cell_background(self) -> None:
        _, aligned, _, counted = self.assigned(labels(((8.0, 8.0, 40.0, 40.0), NOTHING)))

        self.assertEqual(float(aligned.sum()), 0)
        self.assertTrue(bool(counted.all()))

    def test_a_box_on_itself_overlaps_wholly_and_costs_nothing(self) -> None:
        box = torch.tensor([[2.0, 3.0, 10.0, 20.0]])

        self.assertAlmostEqual(float(assign.overlap(box, box)), 1.0, places=6)
        for fits in assign.FITS.values():
            self.assertAlmostEqual(float(fits(box, box)), 1.0, places=5)

    def test_a_box_aside_or_of_another_shape_costs_more_than_its_overlap_alone(self) -> None:
        box = torch.tensor([[0.0, 0.0, 10.0, 20.0]])
        for other in ((2.0, 3.0, 12.0, 23.0), (0.0, 0.0, 20.0, 10.0), (30.0, 30.0, 40.0, 50.0)):
            for fits in assign.FITS.values():
                other_box = torch.tensor([other])
                self.assertLess(float(fits(box, other_box)), float(assign.overlap(box, other_box)))
