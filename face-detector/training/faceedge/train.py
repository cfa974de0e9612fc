"""Distils the teacher into the student on samples from the cache; resumes from the newest checkpoint of the run.

Learning rate: warm-up, constant, then linear descent over the last --cool-down images. The exponential moving average of the weights is
what is evaluated and exported.
"""

from __future__ import annotations

import argparse
import copy
import dataclasses
import json
import time
from pathlib import Path

import numpy as np
import torch

from . import boxes, evaluate, loss, model, samples, sources

WARM_UP = 8_000  # images
EMA_HORIZON = 1_000  # steps
SEED = 20_26
TEACHER_CHANNELS = 64


def detector(net: model.Student, threshold: float = 0.02) -> evaluate.Detect:
    """The student as BGR image -> [N,15]; the image's sides must be multiples of 32."""

    @torch.no_grad()
    def detect(image: np.ndarray) -> np.ndarray:
        x = torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)[None].float()
        rows = []
        for stride, level in zip(model.STRIDES, net(x.contiguous(memory_format=torch.channels_last))):
            values = level[0].permute(1, 2, 0).reshape(-1, model.HEAD_CHANNELS)
            cls, obj = values[:, 0].sigmoid().numpy(), values[:, 1].sigmoid().numpy()
            values = values.numpy()
            rows.append(boxes.decode(cls, obj, values[:, 2:6], values[:, 6:], stride, level.shape[3], threshold))
        return boxes.nms(np.concatenate(rows))

    return detect


def learning_rate(seen: int, peak: float, last: int, cool_down: int) -> float:
    if seen < WARM_UP:
        return peak * (seen + 500) / WARM_UP
    return peak * min(1.0, max(0.01, (last - seen) / max(cool_down, 1)))


def update_average(average: torch.nn.Module, net: torch.nn.Module, step: int) -> None:
    decay = min(1 - 1 / EMA_HORIZON, (1 + step) / (20 + step))
    with torch.no_grad():
        for kept, new in zip(average.state_dict().values(), net.state_dict().values()):
            if kept.dtype.is_floating_point:
                kept.lerp_(new, 1 - decay)
            else:
                kept.copy_(new)


def bfloat16_is_fast() -> bool:
    """Whether the processor multiplies bfloat16 itself: then training is a third faster in it; emulated, it is 18 times slower."""
    flags = Path("/proc/cpuinfo")
    return flags.exists() and any(name in flags.read_text() for name in ("avx512_bf16", "amx_bf16"))


def save(file: Path, state: dict) -> None:
    partial = file.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=sources.CACHE / "runs" / "default")
    parser.add_argument("--images", type=int, default=1_000_000, help="stop after this many samples in all")
    parser.add_argument("--cool-down", type=int, default=0, help="how many of them under a falling learning rate; 0 = constant")
    parser.add_argument("--side", type=int, default=192)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--peak", type=float, default=2e-3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--models", type=Path, required=True, help="folder with the YuNet-n files")
    parser.add_argument("--save-every", type=int, default=200, help="steps")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(SEED)
    arguments.run.mkdir(parents=True, exist_ok=True)
    checkpoint = arguments.run / "checkpoint.pt"
    net = model.Student().to(memory_format=torch.channels_last)
    average = copy.deepcopy(net)
    project = torch.nn.ModuleList(torch.nn.Conv2d(net.shape.neck, TEACHER_CHANNELS, 1) for _ in model.STRIDES)
    decayed = [p for p in [*net.parameters(), *project.parameters()] if p.ndim > 1]
    plain = [p for p in [*net.parameters(), *project.parameters()] if p.ndim <= 1]
    optimiser = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=arguments.peak)
    seen = step = 0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        net.load_state_dict(state["net"])
        average.load_state_dict(state["average"])
        project.load_state_dict(state["project"])
        optimiser.load_state_dict(state["optimiser"])
        seen, step = state["seen"], state["step"]
        print(f"resumed at {seen} images", flush=True)
    settings = samples.Settings(arguments.side, arguments.batch, SEED + step, arguments.models)
    feed = iter(torch.utils.data.DataLoader(samples.Batches(settings), batch_size=None, num_workers=1, prefetch_factor=4))
    origin, stride = loss.grid(arguments.side)
    half = bfloat16_is_fast()
    started, first, sums = time.time(), seen, {}
    net.train()
    while seen < arguments.images:
        images, cells, *hints = next(feed)
        for group in optimiser.param_groups:
            group["lr"] = rate = learning_rate(seen, arguments.peak, arguments.images, arguments.cool_down)
        images = images.float().contiguous(memory_format=torch.channels_last)
        with torch.cpu.amp.autocast(dtype=torch.bfloat16, enabled=half):
            features = net.levels(images)
            levels = [head(level) for head, level in zip(net.head, features)]
            projected = [layer(level) for layer, level in zip(project, features)]
        terms = loss.distilled([level.float() for level in levels], cells.float(), origin, stride)
        terms["hint"] = loss.hinted([p.float() for p in projected], [h.float() for h in hints])
        terms["total"] = sum(weight * terms[name] for name, weight in loss.WEIGHTS.items())
        optimiser.zero_grad(set_to_none=True)
        terms["total"].backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 10.0)
        optimiser.step()
        seen, step = seen + len(images), step + 1
        update_average(average, net, step)
        for name, value in terms.items():
            sums[name] = sums.get(name, 0.0) + float(value)
        if step % arguments.save_every == 0 or seen >= arguments.images:
            save(checkpoint, {"net": net.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(), "project": project.state_dict(),
                              "seen": seen, "step": step, "shape": dataclasses.asdict(net.shape)})
            record = {"seen": seen, "rate": round(rate, 6), "per_second": round((seen - first) / (time.time() - started), 1),
                      **{name: round(value / arguments.save_every, 4) for name, value in sums.items()}}
            sums = {}
            with open(arguments.run / "log.jsonl", "a") as log:
                log.write(json.dumps(record) + "\n")
            print(record, flush=True)


if __name__ == "__main__":
    main()
