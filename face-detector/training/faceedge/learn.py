"""Trains the student on packed photos with labels, on a GPU or the CPU, for a number of minutes.

The learning rate follows the time that has passed, so that it is down to zero when the run ends, however fast the device is. A run that was stopped
goes on with --resume and the same command; it can also move between devices. In --out: checkpoint.pt (all that is needed to go on), averaged.pt (the
averaged weights in half precision, under 1 MB), log.jsonl, and faceedge-n.onnx at the end.
"""

from __future__ import annotations

import time

STARTED = time.time()

import argparse
import copy
import dataclasses
import importlib
import json
import math
import os
import signal
import threading
import traceback
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import torch

from . import assign, model, synthesis
from .album import Album, packs
from .score import Development
from .synthesis import Maker

WARM_UP_STEPS, WARM_UP = 300, 0.03  # whichever is over first; the second is a share of the run
CLIP = 10.0  # norm of the gradient
DECAY = 0.02
AVERAGED_OVER = 0.012  # of the run: time constant of the average
MEASURED_AT = 320
LOG_EVERY, SAVE_EVERY, MEASURE_EVERY = 10.0, 60.0, 90.0  # seconds
RUN_AHEAD = 6  # steps that may wait on the device
PAUSE = 30.0  # seconds; a step on the CPU that took longer was paused, and the time does not count
CHOICES = ("channels_last", "compile_view", "compile_loss", "compile_net", "shifted", "graph")
WARM_STEPS = 3  # before a step is recorded


@dataclasses.dataclass
class Options:
    """What makes a run faster on some devices and changes nothing else. Where one fails, the run goes on without any."""

    channels_last: bool = True
    compile_view: bool = False
    compile_loss: bool = False
    compile_net: bool = False
    shifted: bool = False  # see model.Depthwise
    graph: bool = False  # the whole step is recorded once as a CUDA graph and replayed: nothing is launched one by one

    @property
    def compiled(self) -> bool:
        return self.compile_view or self.compile_loss or self.compile_net

    @property
    def plain(self) -> bool:
        return not (self.compiled or self.shifted or self.graph)


class Learner:
    """The net, its average, its optimiser, and one step on a fresh batch."""

    def __init__(self, album: Album, device: torch.device, batch: int, seed: int, options: Options, half: bool, box: str = "eiou") -> None:
        torch.manual_seed(seed)
        self.device, self.batch, self.half, self.box = device, batch, half, assign.FITS[box]
        self.net = model.Student().to(device)
        self.average = copy.deepcopy(self.net).eval()
        decayed, plain = [p for p in self.net.parameters() if p.ndim > 1], [p for p in self.net.parameters() if p.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0.0}]
        on_gpu = {"fused": True, "capturable": True} if device.type == "cuda" else {}
        self.optimiser = torch.optim.AdamW(groups, lr=torch.tensor(1e-3, device=device) if on_gpu else 1e-3, **on_gpu)
        self.keep = torch.ones((), device=device) if on_gpu else 1.0
        self.maker = Maker(album, batch, seed)
        self.grids = {}
        self.apply(options)
        self.net.train()

    def apply(self, options: Options) -> None:
        layout = torch.channels_last if options.channels_last else torch.contiguous_format
        self.net.to(memory_format=layout)
        self.average.to(memory_format=layout)
        self.pairs, self.options, self.recorded = None, options, {}
        model.Depthwise.shifted = options.shifted
        self.forward, self.losses = self.net, assign.losses
        self.maker.view, self.maker.view_parts, self.maker.colour = synthesis.view, synthesis.view_parts, synthesis.colour
        if options.compiled:
            try:
                self.compile()
            except Exception:
                self.without_compiler()

    def compile(self) -> None:
        dynamo = importlib.import_module("torch._dynamo")
        dynamo.reset()
        for name in ("recompile_limit", "cache_size_limit"):  # its name changed; a view is compiled for each kind of sample and each side
            if hasattr(dynamo.config, name):
                setattr(dynamo.config, name, 64)
        if self.options.compile_view:
            self.maker.view = torch.compile(synthesis.view, dynamic=False)
            self.maker.view_parts = torch.compile(synthesis.view_parts, dynamic=False)
            self.maker.colour = torch.compile(synthesis.colour, dynamic=False)
        if self.options.compile_loss:
            self.losses = torch.compile(assign.losses, dynamic=False)
        if self.options.compile_net:
            self.forward = torch.compile(self.net, dynamic=False)

    def without_compiler(self) -> None:
        traceback.print_exc()
        print("a compiled or recorded part failed: going on without", flush=True)
        self.apply(Options(channels_last=self.options.channels_last))

    def grid(self, side: int) -> tuple[torch.Tensor, torch.Tensor]:
        if side not in self.grids:
            self.grids[side] = tuple(t.to(self.device) for t in model.grid(side))
        return self.grids[side]

    def gradients(self, side: int) -> dict[str, torch.Tensor]:
        images, labels = self.maker.make(side)
        layout = torch.channels_last if self.options.channels_last else torch.contiguous_format
        images = images.to(torch.bfloat16 if self.half else torch.float32, memory_format=layout)
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.half, cache_enabled=not self.options.graph):
            levels = self.forward(images)
        terms = self.losses([level.float() for level in levels], labels, *self.grid(side), self.box)
        self.optimiser.zero_grad(set_to_none=True)
        terms["total"].backward()
        return terms

    def learn(self, side: int) -> dict[str, torch.Tensor]:
        """One step at the rate and the share that are set."""
        terms = self.gradients(side)
        terms["gradient"] = torch.nn.utils.clip_grad_norm_(self.net.parameters(), CLIP)
        self.optimiser.step()
        self.update_average()
        return terms

    def step(self, side: int, rate: float, keep: float) -> dict[str, torch.Tensor]:
        """One step at that learning rate; the average keeps that share of itself."""
        try:
            if self.options.graph and side not in self.recorded:
                self.record(side)
            self.set(rate, keep)
            return self.replay(side) if self.options.graph else self.learn(side)
        except Exception:
            if self.options.plain:
                raise
            self.without_compiler()
            self.set(rate, keep)
            return self.learn(side)

    def set(self, rate: float, keep: float) -> None:
        for group in self.optimiser.param_groups:
            if isinstance(group["lr"], torch.Tensor):
                group["lr"].fill_(rate)
            else:
                group["lr"] = rate
        if isinstance(self.keep, torch.Tensor):
            self.keep.fill_(keep)
        else:
            self.keep = keep

    def record(self, side: int) -> None:
        """Takes some steps that move nothing but the optimiser's moments and the batch statistics, then records one."""
        self.set(0.0, 1.0)
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(WARM_STEPS):
                self.learn(side)
        torch.cuda.current_stream().wait_stream(aside)
        graph = torch.cuda.CUDAGraph()
        graph.register_generator_state(self.maker.generator)
        self.optimiser.zero_grad(set_to_none=True)
        with torch.cuda.graph(graph):
            terms = self.learn(side)
        self.recorded[side] = graph, terms

    def replay(self, side: int) -> dict[str, torch.Tensor]:
        graph, terms = self.recorded[side]
        graph.replay()
        return {name: value.detach().clone() for name, value in terms.items()}

    @torch.no_grad()
    def update_average(self) -> None:
        if self.pairs is None:
            both = zip(self.average.state_dict().values(), self.net.state_dict().values())
            self.pairs = list(zip(*[(old, new) for old, new in both if old.dtype.is_floating_point]))
        kept, new = self.pairs
        torch._foreach_mul_(kept, self.keep)
        torch._foreach_add_(kept, torch._foreach_mul(new, 1 - self.keep))

    def state(self) -> dict:
        return {"net": self.net.state_dict(), "average": self.average.state_dict(), "optimiser": self.optimiser.state_dict()["state"]}

    def load(self, state: dict) -> None:
        """Of checkpoint.pt; or of averaged.pt, from which the net goes on as its average and the optimiser anew."""
        self.recorded = {}  # it would go on with the optimiser's old moments
        self.net.load_state_dict(state.get("net", state["average"]))
        self.average.load_state_dict(state["average"])
        if "optimiser" not in state:
            return
        self.optimiser.load_state_dict({"state": state["optimiser"], "param_groups": self.optimiser.state_dict()["param_groups"]})
        for parameter, kept in self.optimiser.state.items():  # the fused step needs them laid out as their parameters
            for name in ("exp_avg", "exp_avg_sq"):
                kept[name] = torch.empty_like(parameter).copy_(kept[name])


def snapshot(state: object) -> object:
    """A copy that later steps leave alone."""
    if isinstance(state, torch.Tensor):
        return state.detach().clone()
    if isinstance(state, dict):
        return {key: snapshot(value) for key, value in state.items()}
    return state


class Clock:
    """How far the run is, from `first` to `end` within 0 to 1, by the time that has passed; a run that is resumed goes on from where it was."""

    def __init__(self, first: float, end: float, seconds: float, skip_pauses: bool) -> None:
        self.first, self.end, self.seconds, self.skip_pauses = first, end, max(seconds, 1.0), skip_pauses
        self.spent, self.last = 0.0, time.time()

    def tick(self) -> float:
        """Seconds since the last tick."""
        now = time.time()
        passed, self.last = now - self.last, now
        if not (self.skip_pauses and passed > PAUSE):
            self.spent += passed
        return passed

    @property
    def progress(self) -> float:
        return min(self.end, self.first + (self.end - self.first) * self.spent / self.seconds)

    @property
    def done(self) -> bool:
        return self.spent >= self.seconds


def rate_at(progress: float, first: float, step: int, peak: float) -> float:
    """Warm-up of an optimiser that took `step` steps, in a run from `first` on; then a cosine down to zero at the end."""
    return peak * min(1.0, max((step + 1) / WARM_UP_STEPS, (progress - first) / WARM_UP)) * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0)))


def side_at(progress: float, sides: list[tuple[int, float]]) -> int:
    return next(side for side, until in sides if progress < until or until >= 1.0)


def parsed_sides(text: str) -> list[tuple[int, float]]:
    """`256:0.5,320`: 256 up to half of the run, then 320."""
    parts = [part.split(":") for part in text.split(",")]
    sides = [(int(part[0]), float(part[1]) if len(part) > 1 else 1.0) for part in parts]
    if sides[-1][1] < 1.0 or any(side % 32 for side, _ in sides):
        raise argparse.ArgumentTypeError(f"{text}: sides are multiples of 32 and the last one has no end")
    return sides


def save(file: Path, state: dict) -> None:
    partial = file.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(file)


def halved(average: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Convolution weights in half precision, the rest as it is."""
    return {name: (value.half() if value.ndim > 1 else value).cpu() for name, value in average.items()}


def prepare_cuda() -> None:
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.matmul.allow_tf32 = False  # it would move labels by a quarter of a pixel


def fast_half(device: torch.device) -> bool:
    if device.type == "cuda":
        return True
    flags = Path("/proc/cpuinfo")
    return flags.exists() and any(name in flags.read_text() for name in ("avx512_bf16", "amx_bf16"))


class Run:
    """One run: the learner, what it is measured on, and the folder that it writes to."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments, self.out = arguments, arguments.out
        self.device = torch.device(arguments.device)
        self.out.mkdir(parents=True, exist_ok=True)
        if self.device.type == "cuda":
            prepare_cuda()
        else:
            torch.set_num_threads(arguments.threads)
        self.stopped = False
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "stopped", True))
        album = Album(packs(arguments.data, development=False), self.device, arguments.memory, arguments.seed)
        self.note({"event": "photos", **album.summary()})
        self.development = Development(packs(arguments.data, development=True), MEASURED_AT, self.device, arguments.measured)
        self.note({"event": "development", "photos": len(self.development.images)})
        options = Options(**{name: name in arguments.fast for name in CHOICES})
        self.seen = self.steps = self.new = 0  # new: the step at which the optimiser began
        first, seed = 0.0, arguments.seed
        state = torch.load(arguments.resume, map_location=self.device) if arguments.resume and arguments.resume.exists() else None
        if state:
            self.seen, self.steps, first = state["seen"], state["step"], state["progress"]
            seed += self.steps
            self.new = 0 if "optimiser" in state else self.steps
        self.learner = Learner(album, self.device, arguments.batch, seed, options, arguments.half and fast_half(self.device), arguments.box)
        if state:
            self.learner.load(state)
            self.note({"event": "resumed", "seen": self.seen, "progress": first})
        self.first = first if arguments.progress is None else arguments.progress
        self.measuring: Future | None = None
        self.pool = ThreadPoolExecutor(1)

    def note(self, record: dict) -> None:
        record = {"seconds": round(time.time() - self.arguments.started, 1), **record}
        print(json.dumps(record), flush=True)
        with open(self.out / "log.jsonl", "a") as log:
            log.write(json.dumps(record) + "\n")

    def warm(self) -> None:
        """Every side once, so that nothing is compiled later."""
        limit = threading.Timer(self.arguments.first_step, lambda: os._exit(3))  # a compiler that hangs cannot be interrupted otherwise
        limit.daemon = True
        limit.start()
        for side, _ in self.arguments.sides:
            begun = time.time()
            self.learner.step(side, 0.0, 1.0)
            if self.device.type == "cuda":
                torch.cuda.synchronize()
            self.note({"event": "first step", "side": side, "took": round(time.time() - begun, 1)})
        limit.cancel()

    def measure(self, event: str) -> None:
        """Starts to measure the average; the figures are noted when they are there."""
        if not len(self.development.images):
            return
        seen, found = self.seen, self.development.detect(self.learner.average)
        self.measuring = self.pool.submit(lambda: self.note({"event": event, "seen": seen, **self.development.measure(found)}))

    def save(self, progress: float) -> None:
        common = {"seen": self.seen, "step": self.steps, "progress": progress, "seed": self.arguments.seed,
                  "shape": dataclasses.asdict(self.learner.net.shape)}
        save(self.out / "checkpoint.pt", {**common, **self.learner.state()})
        save(self.out / "averaged.pt", {**common, "average": halved(self.learner.average.state_dict())})

    def go(self) -> None:
        a, learner = self.arguments, self.learner
        begun = time.time()
        self.measure("measured at first")
        if self.measuring:
            self.measuring.result()
        reserve = 4.0 + 1.5 * (time.time() - begun)
        self.warm()
        clock = Clock(self.first, a.until, a.minutes * 60 - (time.time() - a.started) - reserve, self.device.type == "cpu")
        good, factor, sums, waiting = snapshot(learner.state()), 1.0, {}, deque()
        logged = saved = measured = kept = time.time()
        counted, taken = self.seen, 0
        pace = 0.1
        while not clock.done and not self.stopped and self.seen < a.samples:
            rate = rate_at(clock.progress, clock.first, self.steps - self.new, a.peak) * factor
            span = min(AVERAGED_OVER * clock.seconds / max(clock.end - clock.first, 0.05), 0.1 * clock.spent + pace)
            terms = learner.step(side_at(clock.progress, a.sides), rate, 1 - min(1.0, pace / span) if self.steps - self.new > 10 else 0.0)
            for name, value in terms.items():
                sums[name] = sums[name] + value.detach() if name in sums else value.detach()
            self.seen, self.steps, taken = self.seen + a.batch, self.steps + 1, taken + 1
            if self.device.type == "cuda":
                waiting.append(torch.cuda.Event())
                waiting[-1].record()
                if len(waiting) > RUN_AHEAD:
                    waiting.popleft().synchronize()
            pace += 0.05 * (min(clock.tick(), 1.0 if self.device.type == "cuda" else PAUSE) - pace)
            now = time.time()
            if now - logged >= LOG_EVERY:
                means = {name: float(value) / taken for name, value in sums.items()}
                if not math.isfinite(sum(means.values())):
                    factor *= 0.5
                    learner.load(good)
                    self.note({"event": "not finite: went back", "factor": factor})
                elif now - kept >= 20:
                    good, kept = snapshot(learner.state()), now
                self.note({"progress": round(clock.progress, 4), "seen": self.seen, "per_second": round((self.seen - counted) / (now - logged), 1),
                           "side": side_at(clock.progress, a.sides), "rate": round(rate, 6), **{k: round(v, 4) for k, v in means.items()}})
                logged, counted, taken, sums = now, self.seen, 0, {}
            if now - saved >= SAVE_EVERY:
                self.save(clock.progress)
                saved = now
            if now - measured >= a.measure_every:
                self.measure("measured")
                measured = now
        self.finish(clock)

    def finish(self, clock: Clock) -> None:
        if not all(bool(torch.isfinite(p).all()) for p in self.learner.average.parameters()):
            self.note({"event": "the average is not finite: the last checkpoint stays"})
            return
        self.save(clock.progress)
        self.note({"event": "stopped" if self.stopped else "finished", "seen": self.seen, "progress": round(clock.progress, 4)})
        self.measure("measured at last")
        if self.measuring:
            self.measuring.result()
        try:
            from . import export  # needs onnx, which a machine that only trains may lack
            proto = export.build(export.load(self.out / "averaged.pt")[0], {"licence": "Apache-2.0", "samples": str(self.seen), "layout": "YuNet"})
            (self.out / "faceedge-n.onnx").write_bytes(proto.SerializeToString())
        except Exception:  # the checkpoint is there: it can be exported elsewhere
            traceback.print_exc()


def parsed(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", required=True, help="folder with packs; may be given again")
    parser.add_argument("--minutes", type=float, required=True, help="from the start of the process to its end")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--resume", type=Path, help="checkpoint.pt or averaged.pt to go on from, if it is there")
    parser.add_argument("--progress", type=float, help="where in the schedule to begin, 0 to 1; without it where the checkpoint was")
    parser.add_argument("--until", type=float, default=1.0, help="where in the schedule to end, for a run that goes on elsewhere")
    parser.add_argument("--sides", type=parsed_sides, default=parsed_sides("256:0.5,320"))
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--peak", type=float, default=4e-3, help="highest learning rate")
    parser.add_argument("--box", choices=assign.FITS, default="eiou", help="what boxes learn by")
    parser.add_argument("--samples", type=float, default=math.inf, help="stop after this many in all")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--threads", type=int, default=1, help="on the CPU")
    parser.add_argument("--memory", type=float, default=40.0, help="gigabytes of decoded photos; a random part of them where they need more")
    parser.add_argument("--measured", type=int, default=2000, help="most photos of the development pack to measure on")
    parser.add_argument("--measure-every", type=float, default=MEASURE_EVERY, help="seconds")
    parser.add_argument("--fast", type=lambda text: [name for name in text.split(",") if name], default=["channels_last"], help=", ".join(CHOICES))
    parser.add_argument("--first-step", type=float, default=150.0, help="seconds after which a compiler is given up: exit code 3")
    parser.add_argument("--full-precision", dest="half", action="store_false")
    arguments = parser.parse_args(given)
    arguments.started = float(os.environ.get("FACEEDGE_STARTED", STARTED))
    return arguments


def main() -> None:
    Run(parsed()).go()


if __name__ == "__main__":
    main()
