"""Tries everything that a run on a GPU needs, and finds out what makes it fastest there: writes the choice as one line that `gpu` reads.

Each trial is timed apart and noted at once, so that one that hangs costs nothing but itself. Ends by itself before --seconds are over.
"""

from __future__ import annotations

import argparse
import json
import os
import threading
import time
import traceback
import warnings
from pathlib import Path

import cv2
import numpy as np
import torch

from . import learn, sheet, synthesis
from .album import Album, packs
from .score import Development

SIDES = (320, 256)
GAIN = 1.03  # a trial must be this much faster to be kept
RECORDED = 14  # seconds kept for the trial of a recorded step


def wait() -> None:
    """For the device."""
    if torch.cuda.is_available():
        torch.cuda.synchronize()


class Trials:
    def __init__(self, learner: learn.Learner, choice: Path, deadline: float) -> None:
        self.learner, self.choice, self.deadline = learner, choice, deadline
        self.best: dict = {"fast": ["channels_last"], "batch": learner.batch, "per_second": 0.0}

    @property
    def left(self) -> float:
        return self.deadline - time.time()

    def timed(self, side: int, steps: int) -> tuple[float, float]:
        """Samples a second, and the mean loss."""
        wait()
        begun, total = time.time(), 0.0
        for _ in range(steps):
            total = total + self.learner.step(side, 1e-3, 0.9)["total"].detach()
        wait()
        return self.learner.batch * steps / (time.time() - begun), float(total) / steps

    def attempt(self, names: list[str], needs: float, batch: int | None = None) -> float:
        """Speed at the larger side with these options; kept when faster. needs: seconds that must be left to try."""
        if self.left < needs:
            print(f"trial {names}: left out, {self.left:.0f} s left", flush=True)
            return 0.0
        try:
            begun = time.time()
            self.use(names, batch or self.best["batch"])
            for _ in range(3):
                self.learner.step(SIDES[0], 1e-3, 0.9)
            wait()
            ready = time.time() - begun
            if self.learner.options.plain != (set(names) <= {"channels_last"}):  # it went on without
                return 0.0
            most = torch.cuda.max_memory_allocated() / 1e9 if torch.cuda.is_available() else 0.0
            speed, mean = self.timed(SIDES[0], 8)
            print(f"trial {names} batch {self.learner.batch}: {speed:.0f}/s at {SIDES[0]}, first steps {ready:.1f} s, loss {mean:.3f}, "
                  f"{most:.1f} GB at most", flush=True)
            if np.isfinite(mean) and speed > GAIN * self.best["per_second"]:
                self.best = {"fast": names, "batch": self.learner.batch, "per_second": round(speed), "first": round(ready, 1)}
                self.note()
            return speed
        except Exception:
            traceback.print_exc()
            return 0.0

    def use(self, names: list[str], batch: int) -> None:
        if batch != self.learner.batch:
            self.learner.batch, self.learner.maker = batch, synthesis.Maker(self.learner.maker.album, batch, 7)
        self.learner.apply(learn.Options(**{name: name in names for name in learn.CHOICES}))

    def note(self) -> None:
        self.choice.write_text(json.dumps(self.best) + "\n")


def stages(learner: learn.Learner, side: int) -> dict[str, float]:
    """Milliseconds a batch of each part of a step."""
    marks = [("start", time.time())]

    def mark(name: str) -> None:
        wait()
        marks.append((name, time.time()))

    mark("ready")
    images, labels = learner.maker.make(side)
    mark("make")
    layout = torch.channels_last if learner.options.channels_last else torch.contiguous_format
    images = images.to(torch.bfloat16 if learner.half else torch.float32, memory_format=layout)
    with torch.autocast(learner.device.type, dtype=torch.bfloat16, enabled=learner.half):
        levels = learner.forward(images)
    mark("forward")
    terms = learner.losses([level.float() for level in levels], labels, *learner.grid(side))
    mark("loss")
    learner.optimiser.zero_grad(set_to_none=True)
    terms["total"].backward()
    mark("backward")
    torch.nn.utils.clip_grad_norm_(learner.net.parameters(), learn.CLIP)
    learner.optimiser.step()
    learner.update_average()
    mark("update")
    return {name: round(1000 * (at - before), 1) for (_, before), (name, at) in zip(marks[1:], marks[2:])}


def waits(learner: learn.Learner) -> list[str]:
    """Where a step waits for the device, which it should nowhere."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        torch.cuda.set_sync_debug_mode("warn")
        learner.step(SIDES[0], 1e-3, 0.9)
        torch.cuda.set_sync_debug_mode("default")
    return sorted({f"{Path(w.filename).name}:{w.lineno}" for w in caught})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--choice", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=90.0)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--batch", type=int, default=256, help="of the trials")
    parser.add_argument("--larger", action="store_true", help="try twice the batch last")
    arguments = parser.parse_args()
    deadline = float(os.environ.get("FACEEDGE_STARTED", time.time())) + arguments.seconds
    limit = threading.Timer(max(deadline - time.time(), 1.0), lambda: os._exit(4))
    limit.daemon = True
    limit.start()
    device = torch.device(arguments.device)
    if device.type == "cuda":
        learn.prepare_cuda()
    else:
        torch.set_num_threads(1)
    print(torch.__version__, torch.cuda.get_device_name() if device.type == "cuda" else "CPU", os.cpu_count(), "processors", flush=True)
    begun = time.time()
    album = Album(packs(arguments.data, development=False), device, 40.0, 1)
    print(f"photos {album.summary()} in {time.time() - begun:.1f} s", flush=True)
    begun = time.time()
    development = Development(packs(arguments.data, development=True), learn.MEASURED_AT, device)
    print(f"development {len(development.images)} photos in {time.time() - begun:.1f} s", flush=True)
    images, labels = synthesis.Maker(album, 40, 1).make(320)
    cv2.imwrite(str(arguments.out / "samples.jpg"), sheet.drawn(images, labels, 8), [cv2.IMWRITE_JPEG_QUALITY, 80])
    print(f"samples drawn {time.time() - begun:.1f} s after that", flush=True)
    learner = learn.Learner(album, device, arguments.batch, 1, learn.Options(), True)
    trials = Trials(learner, arguments.choice, deadline - 3)
    trials.note()
    trials.attempt(["channels_last"], 0)
    cost = stages(learner, SIDES[0])
    print("stages, ms:", cost, flush=True)
    if device.type == "cuda":
        print("waits for the device in a step:", *waits(learner), flush=True)
    begun = time.time()
    figures = development.measure(development.detect(learner.average)) if len(development.images) else {}
    print(f"measured in {time.time() - begun:.1f} s: {figures}", flush=True)
    hoped = {"compile_view": 0.6 * cost["make"], "compile_loss": 0.6 * cost["loss"] + 0.1 * cost["backward"],
             "compile_net": 0.3 * (cost["forward"] + cost["backward"])}  # milliseconds saved, to try the best first
    for extra in sorted(hoped, key=lambda name: -hoped[name]):
        trials.attempt([*trials.best["fast"], extra], (26 if extra == "compile_net" else 14) + RECORDED)
    if "compile_net" in trials.best["fast"]:
        trials.attempt([*trials.best["fast"], "shifted"], 25)
    if device.type == "cuda":
        trials.attempt([*trials.best["fast"], "graph"], 6)
    if arguments.larger:
        trials.attempt(trials.best["fast"], 12 + 2 * trials.best.get("first", 0), batch=2 * arguments.batch)
    try:
        trials.use(trials.best["fast"], trials.best["batch"])
        for _ in range(3):
            learner.step(SIDES[1], 1e-3, 0.9)
        speed, mean = trials.timed(SIDES[1], 8)
        print(f"{speed:.0f}/s at {SIDES[1]}, loss {mean:.3f}; stages, ms: {stages(learner, 320)}", flush=True)
    except Exception:
        traceback.print_exc()
    print(f"choice {trials.best}; {trials.left:.0f} s left", flush=True)


if __name__ == "__main__":
    main()
