"""From the manifest to the model in one command; run again, it goes on where it stopped."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from . import sources

DRAWN = {  # source name: arguments of `face-detector demo`
    "drawn-varied": ["--varied", "--frames", "500", "--size", "640x448", "--seed", "10000"],
    "drawn-shuffled": ["--shuffle", "--frames", "150", "--size", "640x360", "--seed", "1000"],
}
PACKS = {  # name: arguments of `pack`
    "pack-dev": ["--development", "--megabytes", "4.7"],
    "pack-a": ["--half", "0", "--megabytes", "46.9"],
    "pack-b": ["--half", "1", "--megabytes", "55.5"],
}


def step(module: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", f"faceedge.{module}", *arguments], cwd=sources.HOME, check=True)


def draw() -> None:
    for name, arguments in DRAWN.items():
        folder = sources.CACHE / name
        if not (folder / "labels.json").exists():
            subprocess.run(["dotnet", "run", "--project", str(sources.HOME.parent), "--", "demo", "--out", str(folder), *arguments], check=True)
    if not (sources.CACHE / "patterns").exists():
        step("patterns", str(sources.CACHE / "patterns"))


def pack(repositories: str) -> None:
    sources.PACKS.mkdir(exist_ok=True)
    for name, arguments in PACKS.items():
        if not (sources.PACKS / f"{name}.npz").exists():
            step("pack", "--repositories", repositories, "--out", str(sources.PACKS / name), *arguments)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repositories", type=Path, required=True, help="folder of clones, OWNER+NAME each; what is missing is cloned there")
    parser.add_argument("--models", type=Path, required=True, help="folder with the YuNet-n files")
    parser.add_argument("--minutes", type=float, required=True, help="of training; the learning rate falls to zero at their end")
    parser.add_argument("--run", type=Path, default=sources.RUN)
    parser.add_argument("learn", nargs="*", help="options of `learn`, after --")
    arguments = parser.parse_args()
    models, run, repositories = (str(p.resolve()) for p in (arguments.models, arguments.run, arguments.repositories))
    step("prepare", "--repositories", repositories, "--models", models)
    draw()
    pack(repositories)
    step("learn", "--data", str(sources.PACKS), "--out", run, "--resume", str(Path(run) / "checkpoint.pt"), "--minutes", str(arguments.minutes), *arguments.learn)
    step("export", "--checkpoint", str(Path(run) / "averaged.pt"))


if __name__ == "__main__":
    main()
