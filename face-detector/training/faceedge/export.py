"""Writes the student as ONNX in the YuNet output layout, batch normalisation folded, height and width free (multiples of 32).

The graph is written node by node rather than traced, so that it holds nothing but what runs. Weights of the larger convolutions are stored in
half precision behind a Cast, which the runtime folds when it loads the model: half the file, the same float32 arithmetic.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from . import model, sources

OPSET = 17
IR_VERSION = 8
HALF_FROM = 64  # weights; smaller tensors stay float32, a Cast would cost more bytes than it saves
PARTS = (("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10))


class Graph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.count = 0

    def name(self, stem: str) -> str:
        self.count += 1
        return f"{stem}{self.count}"

    def add(self, operator: str, inputs: list[str], output: str | None = None, **attributes: object) -> str:
        output = output or self.name(operator.lower())
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def constant(self, value: np.ndarray, stem: str) -> str:
        name = self.name(stem)
        self.initializers.append(numpy_helper.from_array(value, name))
        return name

    def weight(self, value: np.ndarray) -> str:
        if value.size < HALF_FROM:
            return self.constant(value.astype(np.float32), "w")
        return self.add("Cast", [self.constant(value.astype(np.float16), "h")], to=TensorProto.FLOAT)

    def convolution(self, x: str, conv: nn.Conv2d, norm: nn.BatchNorm2d | None, relu: bool, scale: float = 1.0) -> str:
        weight, bias = folded(conv, norm)
        kernel = conv.kernel_size[0]
        y = self.add("Conv", [x, self.weight(weight * scale), self.constant(bias.astype(np.float32), "b")], kernel_shape=[kernel, kernel],
                     strides=list(conv.stride), pads=[kernel // 2] * 4, group=conv.groups)
        return self.add("Relu", [y]) if relu else y

    def block(self, x: str, block: nn.Module, scale: float = 1.0) -> str:
        """A convolution with its normalisation, a chain of such, or a residual."""
        if isinstance(block, model.Residual):
            return self.add("Relu", [self.add("Add", [x, self.block(x, block.body)])])
        if isinstance(block, nn.Conv2d):
            return self.convolution(x, block, None, relu=False)
        if isinstance(block[0], nn.Conv2d):
            return self.convolution(x, block[0], block[1], relu=len(block) == 3, scale=scale)
        for part in block:
            x, scale = self.block(x, part, scale), 1.0
        return x


def folded(conv: nn.Conv2d, norm: nn.BatchNorm2d | None) -> tuple[np.ndarray, np.ndarray]:
    weight = conv.weight.detach()
    if norm is None:
        return weight.numpy(), conv.bias.detach().numpy()
    gain = norm.weight.detach() / (norm.running_var + norm.eps).sqrt()
    return (weight * gain[:, None, None, None]).numpy(), (norm.bias.detach() - norm.running_mean * gain).numpy()


def build(net: model.Student, metadata: dict[str, str]) -> onnx.ModelProto:
    g = Graph()
    x = g.block("input", net.stem, scale=model.INPUT_SCALE)
    features = []
    for stage in net.stages:
        x = g.block(x, stage)
        features.append(x)
    scales = g.constant(np.array([1, 1, 2, 2], np.float32), "scales")
    above, levels = None, []
    for feature, lateral in zip(reversed(features), reversed(net.lateral)):
        y = g.block(feature, lateral)
        if above is not None:
            y = g.add("Add", [y, g.add("Resize", [above, "", scales], mode="nearest", nearest_mode="floor", coordinate_transformation_mode="asymmetric")])
        above = g.add("Relu", [y])
        levels.append(above)
    for stride, head, level in zip(model.STRIDES, net.head, reversed(levels)):
        rows = g.add("Transpose", [g.block(level, head)], perm=[0, 2, 3, 1])
        rows = g.add("Reshape", [rows, g.constant(np.array([0, -1, model.HEAD_CHANNELS], np.int64), "shape")])
        parts = [g.name(kind) if kind in ("cls", "obj") else f"{kind}_{stride}" for kind, _ in PARTS]
        g.nodes.append(helper.make_node("Split", [rows, g.constant(np.array([n for _, n in PARTS], np.int64), "split")], parts, axis=2))
        for (kind, _), part in zip(PARTS[:2], parts):
            g.add("Sigmoid", [part], f"{kind}_{stride}")
    outputs = [helper.make_tensor_value_info(f"{kind}_{s}", TensorProto.FLOAT, [1, f"n{s}", size]) for kind, size in PARTS for s in model.STRIDES]
    graph = helper.make_graph(g.nodes, "faceedge", [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, "height", "width"])],
                              outputs, g.initializers)
    proto = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="faceedge-training")
    proto.ir_version = IR_VERSION
    helper.set_model_props(proto, metadata)
    onnx.checker.check_model(proto, full_check=True)
    return proto


def load(checkpoint: Path) -> tuple[model.Student, int]:
    """The averaged weights of a checkpoint, ready to run, and how many samples it has seen."""
    state = torch.load(checkpoint, map_location="cpu")
    net = model.Student(model.Shape(**state["shape"]))
    net.load_state_dict({name: value.float() if value.dtype.is_floating_point else value for name, value in state["average"].items()})
    return net.eval().to(memory_format=torch.channels_last), state["seen"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=sources.RUN / "averaged.pt")
    parser.add_argument("--output", type=Path, default=sources.HOME.parent / "Models" / "faceedge-n.onnx")
    arguments = parser.parse_args()
    net, seen = load(arguments.checkpoint)
    proto = build(net, {"licence": "Apache-2.0", "samples": str(seen), "layout": "YuNet"})
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    data = proto.SerializeToString()
    arguments.output.write_bytes(data)
    print(f"{arguments.output}: {len(data)} bytes, {model.parameters(net)} parameters, SHA-256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
