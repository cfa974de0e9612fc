"""The teacher: YuNet-n, run with OpenCV's dnn module, for labels only. Its weights never leave this process."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnx
from onnx import helper

from . import boxes

STRIDES = (8, 16, 32)
NAMES = [f"{kind}_{stride}" for kind in ("cls", "obj", "bbox", "kps") for stride in STRIDES]


class Teacher:
    """models: a folder with yunet_n_320_320.onnx and yunet_n_640_640.onnx."""

    def __init__(self, models: Path, sides: tuple[int, ...] = (320, 640)) -> None:
        self.nets = {side: cv2.dnn.readNetFromONNX(str(models / f"yunet_n_{side}_{side}.onnx")) for side in sides}

    def detect(self, image: np.ndarray, side: int, threshold: float) -> np.ndarray:
        """BGR [H,W,3] bytes -> [N,15] after suppression, in pixels of the image, which is fitted into side x side."""
        h, w = image.shape[:2]
        scale = side / max(h, w)
        fitted = cv2.resize(image, (max(1, round(w * scale)), max(1, round(h * scale))),
                            interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        square = np.zeros((side, side, 3), np.uint8)
        square[:fitted.shape[0], :fitted.shape[1]] = fitted
        net = self.nets[side]
        net.setInput(cv2.dnn.blobFromImage(square))
        outputs = dict(zip(NAMES, net.forward(NAMES)))
        rows = np.concatenate([
            boxes.decode(outputs[f"cls_{s}"].ravel(), outputs[f"obj_{s}"].ravel(), outputs[f"bbox_{s}"].reshape(-1, 4),
                         outputs[f"kps_{s}"].reshape(-1, 10), s, side // s, threshold) for s in STRIDES])
        rows = boxes.nms(rows)
        rows[:, [0, 2]] *= w / fitted.shape[1]
        rows[:, [1, 3]] *= h / fitted.shape[0]
        rows[:, 5::2] *= w / fitted.shape[1]
        rows[:, 6::2] *= h / fitted.shape[0]
        return rows

    def label(self, image: np.ndarray, threshold: float = 0.3) -> np.ndarray:
        """Detections [N,15] of the image and its mirror at the small side, and, where it holds that much detail and any face at all, of the
        image at the large side, fused: box and landmarks averaged by score; the score is the mean of the best and the second-best pass (0 where only one
        pass sees the face)."""
        small, large = sorted(self.nets)
        mirror = np.ascontiguousarray(image[:, ::-1])
        passes = [self.detect(image, small, threshold), boxes.mirrored(self.detect(mirror, small, threshold), image.shape[1])]
        if max(image.shape[:2]) > 1.2 * small and any(map(len, passes)):
            passes.append(self.detect(image, large, threshold))
        fused = []
        for group in boxes.suppress(np.concatenate(passes), 0.5):
            weight = group[:, 4:5] / group[:, 4].sum()
            merged = (group * weight).sum(0)
            best = np.sort(group[:, 4])[::-1]
            merged[4] = (best[0] + (best[1] if len(best) > 1 else 0.0)) / 2
            fused.append(merged)
        return np.stack(fused).astype(np.float32) if fused else np.zeros((0, boxes.ROW), np.float32)


# The 64-channel feature maps that YuNet-n's heads read, at strides 8, 16, 32 (tensor names in its file).
FEATURES = ("283", "273", "263")


class DenseTeacher:
    """YuNet-n without its reshaping tail: head maps and the features below them, at any size, a batch at a time."""

    def __init__(self, models: Path, side: int) -> None:
        source = onnx.load(str(models / "yunet_n_320_320.onnx"))
        made_by = {n.output[0]: n for n in source.graph.node}
        self.maps = {}
        for output in source.graph.output:
            node = made_by[output.name]
            while node.op_type != "Transpose":  # output <- [Sigmoid] <- Reshape <- Transpose <- map
                node = made_by[node.input[0]]
            self.maps[output.name] = node.input[0]
        self.names = [*self.maps.values(), *FEATURES]
        wanted, kept = set(self.names), []
        for node in reversed(source.graph.node):
            if node.output[0] in wanted:
                kept.append(node)
                wanted |= set(node.input)
        graph = helper.make_graph(
            kept[::-1], "teacher", [helper.make_tensor_value_info("input", onnx.TensorProto.FLOAT, [1, 3, side, side])],
            [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [1, 1, 1, 1]) for name in self.names],
            [t for t in source.graph.initializer if t.name in wanted])
        data = helper.make_model(graph, opset_imports=source.opset_import).SerializeToString()
        self.net = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))

    def __call__(self, images: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
        """[B,S,S,3] bytes -> [B,N,15] (score, 4 box and 10 landmark values per cell, as decoded in boxes.decode) and the features."""
        self.net.setInput(np.ascontiguousarray(images.transpose(0, 3, 1, 2), np.float32))
        values = dict(zip(self.names, self.net.forward(self.names)))
        levels = []
        for stride in STRIDES:
            cls, obj, box, kps = (rows(values[self.maps[f"{kind}_{stride}"]]) for kind in ("cls", "obj", "bbox", "kps"))
            levels.append(np.concatenate([np.sqrt(sigmoid(cls) * sigmoid(obj)), box, kps], 2))
        return np.concatenate(levels, 1), [values[name] for name in FEATURES]


def rows(x: np.ndarray) -> np.ndarray:
    """[B,C,H,W] -> [B,H*W,C]."""
    return x.reshape(*x.shape[:2], -1).transpose(0, 2, 1)


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))
