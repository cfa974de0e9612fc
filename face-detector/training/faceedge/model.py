"""The student network: a small three-level detector in the YuNet output layout.

Dense 3x3 convolutions where channels are few (ONNX Runtime runs them faster than a depthwise and pointwise pair), separable ones
where channels are many (they save weights). Each level's head is two separable units and one 16-channel convolution: cls, obj, 4 box and 10
landmark values. Measured against YuNet-n at 320x320 on one thread (ONNX Runtime, in turns): .88 of its time.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

STRIDES = (8, 16, 32)
HEAD_CHANNELS = 16  # 1 cls + 1 obj + 4 box + 10 landmarks
INPUT_SCALE = 1.0 / 64.0  # raw 0..255 bytes to a range near unit variance; folded into the first convolution at export


@dataclass(frozen=True)
class Shape:
    """Channel counts: after the two stem convolutions, at strides 8, 16, 32, and in the neck."""

    stem: tuple[int, int] = (16, 32)
    stages: tuple[int, int, int] = (48, 128, 176)
    blocks: tuple[int, int, int] = (2, 4, 3)
    neck: int = 64


class Depthwise(nn.Conv2d):
    """A depthwise 3x3 convolution. `shifted` computes it as nine multiply-adds, which a compiler fuses; some devices are slow at the plain one."""

    shifted = False

    def __init__(self, channels: int, stride: int) -> None:
        super().__init__(channels, channels, 3, stride, 1, groups=channels, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if not Depthwise.shifted:
            return super().forward(x)
        step, (h, w) = self.stride[0], x.shape[2:]
        padded, weight = F.pad(x, [1, 1, 1, 1]), self.weight.to(x.dtype)
        parts = [padded[:, :, r:r + h:step, c:c + w:step] * weight[None, :, 0, r, c, None, None] for r in range(3) for c in range(3)]
        return sum(parts[1:], parts[0])


def conv(cin: int, cout: int, kernel: int, stride: int = 1, groups: int = 1, relu: bool = True) -> nn.Sequential:
    depthwise = groups == cin == cout and kernel == 3
    first = Depthwise(cin, stride) if depthwise else nn.Conv2d(cin, cout, kernel, stride, kernel // 2, groups=groups, bias=False)
    layers: list[nn.Module] = [first, nn.BatchNorm2d(cout)]
    if relu:
        layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers)


def separable(cin: int, cout: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(conv(cin, cin, 3, stride, groups=cin), conv(cin, cout, 1))


class Residual(nn.Module):
    """Pointwise, depthwise 3x3, with the input added back."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(conv(channels, channels, 1), conv(channels, channels, 3, groups=channels, relu=False))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(x + self.body(x))


class Student(nn.Module):
    """[B,3,H,W] BGR 0..255, H and W multiples of 32 -> per level [B,16,H/s,W/s] raw values (cls and obj before the sigmoid)."""

    def __init__(self, shape: Shape = Shape()) -> None:
        super().__init__()
        self.shape = shape
        a, b = shape.stem
        self.stem = nn.Sequential(conv(3, a, 3, 2), conv(a, b, 3, 2))
        stages, cin = [], b
        for index, (channels, depth) in enumerate(zip(shape.stages, shape.blocks)):
            down = conv(cin, channels, 3, 2) if index == 0 else separable(cin, channels, 2)
            stages.append(nn.Sequential(down, *[Residual(channels) for _ in range(depth)]))
            cin = channels
        self.stages = nn.ModuleList(stages)
        n = shape.neck
        self.lateral = nn.ModuleList(conv(c, n, 1, relu=False) for c in shape.stages)
        self.head = nn.ModuleList(nn.Sequential(separable(n, n), separable(n, n), nn.Conv2d(n, HEAD_CHANNELS, 1)) for _ in shape.stages)
        for head in self.head:
            nn.init.normal_(head[-1].weight, std=0.01)
            nn.init.zeros_(head[-1].bias)
            nn.init.constant_(head[-1].bias[1:2], -4.0)  # obj: few cells hold a face

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        return [head(level) for head, level in zip(self.head, self.levels(x))]

    def levels(self, x: torch.Tensor) -> list[torch.Tensor]:
        """The features that the heads read, strides 8, 16, 32."""
        x = self.stem(x * INPUT_SCALE)
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        levels: list[torch.Tensor] = []
        above = None
        for feature, lateral in zip(reversed(features), reversed(self.lateral)):
            y = lateral(feature)
            if above is not None:
                y = y + F.interpolate(above, scale_factor=2.0, mode="nearest")
            above = F.relu(y)
            levels.append(above)
        return levels[::-1]


def grid(side: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Cell origins [N,2] in pixels and their strides [N], of a square input."""
    points, strides = [], []
    for s in STRIDES:
        y, x = torch.meshgrid(torch.arange(side // s), torch.arange(side // s), indexing="ij")
        points.append(torch.stack([x, y], -1).reshape(-1, 2) * s)
        strides.append(torch.full((len(points[-1]),), s))
    return torch.cat(points).float(), torch.cat(strides).float()


def parameters(model: nn.Module) -> int:
    return sum(p.numel() for p in model.parameters())
