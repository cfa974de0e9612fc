"""An INT8 variant of an exported model: static QDQ (QuantizeLinear, DequantizeLinear) around every convolution but the last of each head.

Activations: unsigned 8-bit, one scale a tensor, ranges from calibration photos (what a share PERCENTILE of a photo's values stays within on
either side, averaged over the photos). Weights: signed 8-bit, one scale an output channel. Biases: signed 32-bit. ONNX Runtime turns each
pattern into an integer convolution.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch.nn import functional as F


PERCENTILE = 0.99999
PHOTOS = 96
SIDE = 320


def unpacked(proto: onnx.ModelProto) -> onnx.ModelProto:
    """The model with half-precision weights turned into plain float32 initializers."""
    out = onnx.ModelProto()
    out.CopyFrom(proto)
    tensors = {t.name: t for t in out.graph.initializer}
    for node in [n for n in out.graph.node if n.op_type == "Cast" and n.input[0] in tensors]:
        value = numpy_helper.to_array(tensors[node.input[0]]).astype(np.float32)
        out.graph.initializer.remove(tensors[node.input[0]])
        out.graph.initializer.append(numpy_helper.from_array(value, node.output[0]))
        out.graph.node.remove(node)
    return out


@torch.no_grad()
def activations(proto: onnx.ModelProto, x: torch.Tensor) -> dict[str, torch.Tensor]:
    """Every tensor from the input up to the head maps."""
    constants = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in proto.graph.initializer}
    values = {"input": x}
    for node in proto.graph.node:
        a = values.get(node.input[0])
        if a is None:
            continue
        attributes = {p.name: helper.get_attribute_value(p) for p in node.attribute}
        if node.op_type == "Conv":
            values[node.output[0]] = F.conv2d(a, constants[node.input[1]], constants[node.input[2]], attributes["strides"], attributes["pads"][0],
                                              1, attributes["group"])
        elif node.op_type == "Relu":
            values[node.output[0]] = a.relu()
        elif node.op_type == "Add":
            values[node.output[0]] = a + values[node.input[1]]
        elif node.op_type == "Resize":
            values[node.output[0]] = F.interpolate(a, scale_factor=2.0, mode="nearest")
    return values


def ranges(proto: onnx.ModelProto, photos: list[Path]) -> dict[str, tuple[float, float]]:
    """Low and high of each tensor, the calibration photos' mean, zero included."""
    low: dict[str, list[float]] = {}
    high: dict[str, list[float]] = {}
    for file in photos:
        photo = cv2.resize(cv2.imread(str(file)), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        x = torch.from_numpy(photo).permute(2, 0, 1)[None].float()
        for name, value in activations(proto, x).items():
            flat = value.flatten()
            k = max(1, int(flat.numel() * (1 - PERCENTILE)))
            low.setdefault(name, []).append(float(flat.kthvalue(k).values))
            high.setdefault(name, []).append(float(flat.kthvalue(flat.numel() - k + 1).values))
    found = {name: (min(0.0, float(np.mean(low[name]))), max(0.0, float(np.mean(high[name])))) for name in low}
    return {**found, "input": (0.0, 255.0)}


class Quantiser:
    def __init__(self, proto: onnx.ModelProto, limits: dict[str, tuple[float, float]]) -> None:
        self.source, self.limits = proto, limits
        self.constants = {t.name: numpy_helper.to_array(t) for t in proto.graph.initializer}
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.dequantised: dict[str, str] = {}
        readers: dict[str, list[str]] = {}
        for node in proto.graph.node:
            for name in node.input:
                readers.setdefault(name, []).append(node.op_type)
        self.final = {n.output[0] for n in proto.graph.node if n.op_type == "Conv" and readers.get(n.output[0]) == ["Transpose"]}
        self.before_relu = {n.output[0] for n in proto.graph.node if n.op_type in ("Conv", "Add") and readers.get(n.output[0]) == ["Relu"]}

    def constant(self, value: np.ndarray, name: str) -> str:
        self.initializers.append(numpy_helper.from_array(value, name))
        return name

    def scale_of(self, name: str) -> tuple[np.float32, np.uint8]:
        low, high = self.limits[name]
        scale = max(high - low, 1e-6) / 255
        return np.float32(scale), np.uint8(np.clip(round(-low / scale), 0, 255))

    def through(self, name: str) -> str:
        """The tensor after a quantise-dequantise pair; made once."""
        if name not in self.dequantised:
            scale, zero = self.scale_of(name)
            s, z = self.constant(np.array(scale), f"{name}_scale"), self.constant(np.array(zero), f"{name}_zero")
            self.nodes.append(helper.make_node("QuantizeLinear", [name, s, z], [f"{name}_q"]))
            self.nodes.append(helper.make_node("DequantizeLinear", [f"{name}_q", s, z], [f"{name}_dq"]))
            self.dequantised[name] = f"{name}_dq"
        return self.dequantised[name]

    def convolution(self, node: onnx.NodeProto) -> None:
        x, weight, bias = node.input
        value = self.constants[weight]
        scale = np.maximum(np.abs(value).reshape(len(value), -1).max(1), 1e-8).astype(np.float32) / 127
        packed = np.clip(np.rint(value / scale[:, None, None, None]), -127, 127).astype(np.int8)
        bias_scale = scale * self.scale_of(x)[0]
        packed_bias = np.clip(np.rint(self.constants[bias] / bias_scale), -2**31, 2**31 - 1).astype(np.int32)
        inputs = [self.through(x)]
        for name, data, factor, zero in ((weight, packed, scale, np.int8), (bias, packed_bias, bias_scale, np.int32)):
            s, z = self.constant(factor.astype(np.float32), f"{name}_s"), self.constant(np.zeros(len(factor), zero), f"{name}_z")
            self.nodes.append(helper.make_node("DequantizeLinear", [self.constant(data, f"{name}_q"), s, z], [f"{name}_dq"], axis=0))
            inputs.append(f"{name}_dq")
        self.copy(node, inputs)

    def copy(self, node: onnx.NodeProto, inputs: list[str]) -> None:
        kept = onnx.NodeProto()
        kept.CopyFrom(node)
        kept.ClearField("input")
        kept.input.extend(inputs)
        self.nodes.append(kept)

    def model(self) -> onnx.ModelProto:
        for node in self.source.graph.node:
            if node.op_type == "Conv" and node.output[0] not in self.final:
                self.convolution(node)
            elif node.op_type == "Add":
                self.copy(node, [self.through(name) for name in node.input])
            elif node.op_type == "Resize":
                self.copy(node, [self.through(node.input[0]), *node.input[1:]])
            elif node.op_type == "Conv":
                self.copy(node, [self.through(node.input[0]), *node.input[1:]])
            else:
                self.copy(node, list(node.input))
        used = {name for node in self.nodes for name in node.input}
        kept = [t for t in self.source.graph.initializer if t.name in used]
        graph = helper.make_graph(self.nodes, "faceedge-int8", list(self.source.graph.input), list(self.source.graph.output), kept + self.initializers)
        out = helper.make_model(graph, opset_imports=list(self.source.opset_import), producer_name=self.source.producer_name)
        out.ir_version = self.source.ir_version
        out.metadata_props.extend(self.source.metadata_props)
        onnx.checker.check_model(out, full_check=True)
        return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--images", type=Path, required=True, help="folder of photos to calibrate on: the development set's")
    arguments = parser.parse_args()
    proto = unpacked(onnx.load(str(arguments.model)))
    listed = sorted(arguments.images.glob("*.jpg"))
    photos = [listed[i] for i in np.linspace(0, len(listed) - 1, min(PHOTOS, len(listed))).astype(int)]
    data = Quantiser(proto, ranges(proto, photos)).model().SerializeToString()
    arguments.output.write_bytes(data)
    print(f"{arguments.output}: {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
