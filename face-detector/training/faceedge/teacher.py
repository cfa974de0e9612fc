"""The teacher: YuNet-n read from its ONNX file and run with PyTorch at any size, for labels only. Its weights never leave this process."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional as F

from . import boxes

STRIDES = (8, 16, 32)


class Teacher:
    """Interprets the few operators that YuNet's graph is made of, up to the raw head maps."""

    def __init__(self, path: Path) -> None:
        model = onnx.load(str(path))
        self.weights = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in model.graph.initializer}
        self.nodes = [n for n in model.graph.node if n.op_type in {"Conv", "Relu", "MaxPool", "Resize", "Add", "Transpose"}]
        self.maps = self._map_names(model)

    @staticmethod
    def _map_names(model: onnx.ModelProto) -> dict[str, str]:
        """Graph output -> the NCHW tensor it is laid out from (output <- [Sigmoid] <- Reshape <- Transpose <- map)."""
        made_by = {n.output[0]: n for n in model.graph.node}
        names = {}
        for output in model.graph.output:
            node = made_by[output.name]
            while node.op_type != "Transpose":
                node = made_by[node.input[0]]
            names[output.name] = node.input[0]
        return names

    @torch.no_grad()
    def maps_of(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        """[B,3,H,W] BGR 0..255 -> output name to [B,C,H/s,W/s]; cls and obj after the sigmoid."""
        values = {"input": x}
        for node in self.nodes:
            a = values.get(node.input[0])
            attributes = {p.name: (list(p.ints) or p.i) for p in node.attribute}
            if node.op_type == "Conv":
                weight, bias = self.weights[node.input[1]], self.weights[node.input[2]]
                y = F.conv2d(a, weight, bias, attributes["strides"], weight.shape[2] // 2, 1, attributes["group"])
            elif node.op_type == "Relu":
                y = F.relu(a)
            elif node.op_type == "MaxPool":
                y = F.max_pool2d(a, 2, 2)
            elif node.op_type == "Resize":
                y = F.interpolate(a, scale_factor=2.0, mode="nearest")
            elif node.op_type == "Add":
                y = a + values[node.input[1]]
            else:
                continue
            values[node.output[0]] = y
        return {name: values[source].sigmoid() if name[:3] in ("cls", "obj") else values[source] for name, source in self.maps.items()}

    def detect(self, image: np.ndarray, threshold: float) -> np.ndarray:
        """BGR [H,W,3] bytes -> [N,15] before suppression, in pixels of the image; the image is padded to multiples of 32."""
        h, w = image.shape[:2]
        padded = cv2.copyMakeBorder(image, 0, -h % 32, 0, -w % 32, cv2.BORDER_CONSTANT)
        x = torch.from_numpy(padded).permute(2, 0, 1)[None].float().contiguous(memory_format=torch.channels_last)
        maps = self.maps_of(x)
        rows = []
        for stride in STRIDES:
            cls, obj, box, kps = (maps[f"{kind}_{stride}"][0].permute(1, 2, 0).numpy() for kind in ("cls", "obj", "bbox", "kps"))
            rows.append(boxes.decode(cls.ravel(), obj.ravel(), box.reshape(-1, 4), kps.reshape(-1, 10), stride, cls.shape[1], threshold))
        return np.concatenate(rows)

    def label(self, image: np.ndarray, sides: tuple[int, ...] = (288, 576, 960), threshold: float = 0.3) -> np.ndarray:
        """Detections [N,15] over several scales, each with its mirror image, fused: boxes averaged by score, score the mean of the best
        two scales' (a face that only one pass sees stays, with half its score)."""
        h, w = image.shape[:2]
        passes = []
        for side in sides:
            scale = side / max(h, w)
            if scale > 2.0:
                continue
            interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
            resized = cv2.resize(image, (max(1, round(w * scale)), max(1, round(h * scale))), interpolation=interpolation)
            factor = np.array([w / resized.shape[1], h / resized.shape[0]], np.float32)
            for flip in (False, True):
                view = np.ascontiguousarray(resized[:, ::-1]) if flip else resized
                rows = boxes.nms(self.detect(view, threshold))
                if flip:
                    rows = boxes.mirrored(rows, view.shape[1])
                rows[:, [0, 2]] *= factor[0]
                rows[:, [1, 3]] *= factor[1]
                rows[:, 5::2] *= factor[0]
                rows[:, 6::2] *= factor[1]
                passes.append(rows)
        fused = []
        for group in boxes.suppress(np.concatenate(passes), 0.5) if passes else []:
            weight = group[:, 4:5] / group[:, 4].sum()
            merged = (group * weight).sum(0)
            best = np.sort(group[:, 4])[::-1]
            merged[4] = (best[0] + (best[2] if len(best) > 2 else 0.0)) / 2
            fused.append(merged)
        return np.stack(fused).astype(np.float32) if fused else np.zeros((0, boxes.ROW), np.float32)
