"""The labeller: YuNet-n in several passes over one photo, and the detections of each, for `labels` to fuse.

Pass number 4 * side + 2 * stretched + mirrored: a side (320 or 640), a shape (the photo's own, or stretched: to a square, a square photo to 4:3) and a
mirror. What the passes of QUICK and FULL are worth, the README says. The teacher's weights never leave this process.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnx
from onnx import helper

from . import boxes

THRESHOLD = 0.1  # what a pass reports at all
SIDES = (320, 640)
QUICK = (0, 4, 3, 7)  # first the two that say whether there is any face
FULL = (0, 4, 3, 7, 1, 5, 2, 6)
RAW = boxes.ROW + 1  # a detection and the number of its pass
KINDS = ("cls", "obj", "bbox", "kps")
STRIDES = (8, 16, 32)


class Labeller:
    """models: a folder with yunet_n_320_320.onnx."""

    def __init__(self, models: Path) -> None:
        source = onnx.load(str(models / "yunet_n_320_320.onnx"))
        made_by = {n.output[0]: n for n in source.graph.node}
        self.maps = {}
        for output in source.graph.output:
            node = made_by[output.name]
            while node.op_type != "Transpose":  # output <- [Sigmoid] <- Reshape <- Transpose <- map: the map has any height and width
                node = made_by[node.input[0]]
            self.maps[output.name] = node.input[0]
        wanted, kept = set(self.maps.values()), []
        for node in reversed(source.graph.node):
            if node.output[0] in wanted:
                kept.append(node)
                wanted |= set(node.input)
        graph = helper.make_graph(
            kept[::-1], "labeller", [helper.make_tensor_value_info("input", onnx.TensorProto.FLOAT, [1, 3, 320, 320])],
            [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [1, 1, 1, 1]) for name in self.maps.values()],
            [t for t in source.graph.initializer if t.name in wanted])
        self.file = np.frombuffer(helper.make_model(graph, opset_imports=source.opset_import).SerializeToString(), np.uint8)
        self.nets: dict[tuple[int, int], cv2.dnn.Net] = {}

    def net(self, height: int, width: int) -> cv2.dnn.Net:
        """A net for each shape: a net that changes its shape plans its memory anew, which costs more than a pass."""
        if (height, width) not in self.nets:
            if len(self.nets) > 24:
                self.nets.clear()
            self.nets[height, width] = cv2.dnn.readNetFromONNX(self.file)
        return self.nets[height, width]

    def one(self, image: np.ndarray, width: int, height: int, mirror: bool) -> np.ndarray:
        """Detections [N,ROW], in pixels of the image, of the image or its mirror resized to width x height."""
        h, w = image.shape[:2]
        canvas = np.zeros((-(-height // 32) * 32, -(-width // 32) * 32, 3), np.uint8)
        view = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA if width < w else cv2.INTER_LINEAR)
        canvas[:height, :width] = view[:, ::-1] if mirror else view
        net = self.net(*canvas.shape[:2])
        net.setInput(cv2.dnn.blobFromImage(canvas))
        values = dict(zip(self.maps, net.forward(list(self.maps.values()))))
        levels = []
        for s in STRIDES:
            cls, obj, box, kps = (rows(values[f"{kind}_{s}"])[0] for kind in KINDS)
            levels.append(boxes.decode(sigmoid(cls).ravel(), sigmoid(obj).ravel(), box, kps, s, canvas.shape[1] // s, THRESHOLD))
        found = boxes.nms(np.concatenate(levels))
        if mirror:
            found = boxes.mirrored(found, width)
        found[:, [0, 2]] *= w / width
        found[:, [1, 3]] *= h / height
        found[:, 5::2] *= w / width
        found[:, 6::2] *= h / height
        return found

    def passes(self, image: np.ndarray, order: tuple[int, ...] = QUICK) -> tuple[np.ndarray, int]:
        """Detections of each pass [N,RAW] and how many passes were made; the photo is left alone once two passes see nothing."""
        h, w = image.shape[:2]
        found = np.zeros((0, RAW), np.float32)
        for made, number in enumerate(order):
            if made == 2 and not len(found):
                return found, made
            width, height = shape(w, h, SIDES[number // 4], number % 4 >= 2)
            rows = self.one(image, width, height, number % 2 == 1)
            found = np.concatenate([found, np.concatenate([rows, np.full((len(rows), 1), number, np.float32)], 1)])
        return found, len(order)


def shape(width: int, height: int, side: int, stretched: bool) -> tuple[int, int]:
    """Width and height of a pass: the photo's own shape (at least a quarter of the side), or stretched."""
    longest = max(width, height)
    if not stretched:
        return max(side // 4, round(side * width / longest)), max(side // 4, round(side * height / longest))
    return (side, side) if min(width, height) < 0.9 * longest else (side, side * 3 // 4)


def rows(x: np.ndarray) -> np.ndarray:
    """[B,C,H,W] -> [B,H*W,C]."""
    return x.reshape(*x.shape[:2], -1).transpose(0, 2, 1)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))
