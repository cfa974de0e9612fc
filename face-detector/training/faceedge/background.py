"""Starts, pauses, stops and resumes a training run in the background, at any moment, by one command.

    python3 -m faceedge.background start OUT -- --data PACKS --minutes 360
    python3 -m faceedge.background pause|resume|stop|status OUT

The run is a process group of its own at low priority; OUT/run.json remembers it, so that any shell on the machine can control it. `resume`
goes on with a paused run, or starts a stopped one again from its last checkpoint for the rest of its time. `status` says where it is and draws
OUT/progress.svg.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import torch

from . import progress

NICE = 10
STOPPING = 120.0  # seconds that a run gets to save itself


def state_file(out: Path) -> Path:
    return out / "run.json"


def alive(process: int) -> str | None:
    """The state letter of that process where it is one of ours, else None."""
    try:
        if b"faceedge.learn" not in Path(f"/proc/{process}/cmdline").read_bytes():
            return None
        letter = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return None
    return None if letter == "Z" else letter


def launch(out: Path, arguments: list[str], first: float) -> None:
    """Starts the run, for the rest of its minutes where a share `first` of it is done."""
    given = list(arguments)
    minutes = given.index("--minutes") + 1
    given[minutes] = f"{float(given[minutes]) * (1 - first):.2f}"
    command = ["nice", "-n", str(NICE), sys.executable, "-m", "faceedge.learn", "--out", str(out), "--resume", str(out / "checkpoint.pt"), *given]
    out.mkdir(parents=True, exist_ok=True)
    with open(out / "output.txt", "a") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True,
                                   env={**os.environ, "OMP_WAIT_POLICY": "passive", "PYTHONUNBUFFERED": "1"})
    state_file(out).write_text(json.dumps({"process": process.pid, "arguments": arguments}) + "\n")
    print(f"started: process {process.pid}, log {out / 'log.jsonl'}")


def done(out: Path) -> float:
    file = out / "checkpoint.pt"
    return float(torch.load(file, map_location="cpu")["progress"]) if file.exists() else 0.0


def signalled(process: int, number: int) -> None:
    os.killpg(process, number)


def stop(process: int) -> bool:
    """Whether the run ended."""
    signalled(process, signal.SIGTERM)
    signalled(process, signal.SIGCONT)
    deadline = time.time() + STOPPING
    while alive(process) and time.time() < deadline:
        time.sleep(0.2)
    return alive(process) is None


def main() -> None:
    given, _, rest = " ".join(sys.argv[1:]).partition(" -- ")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("start", "pause", "resume", "stop", "status"))
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args(given.split())
    out = arguments.out
    known = json.loads(state_file(out).read_text()) if state_file(out).exists() else None
    letter = alive(known["process"]) if known else None
    if arguments.command == "start":
        if letter:
            raise SystemExit(f"{out}: already running as process {known['process']}")
        if "--minutes" not in rest.split():
            raise SystemExit("start needs faceedge.learn's options after --, --minutes among them")
        launch(out, rest.split(), 0.0)
        return
    if not known:
        raise SystemExit(f"{out}: no run was started there")
    if arguments.command == "pause" and letter:
        signalled(known["process"], signal.SIGSTOP)
    elif arguments.command == "stop" and letter and not stop(known["process"]):
        raise SystemExit(f"process {known['process']} did not stop in {STOPPING:.0f} s")
    elif arguments.command == "resume" and letter:
        signalled(known["process"], signal.SIGCONT)
    elif arguments.command == "resume":
        launch(out, known["arguments"], done(out))
        return
    time.sleep(0.1)
    letter = alive(known["process"])
    state = "ended" if letter is None else "paused" if letter == "T" else "running"
    print(f"{state}: process {known['process']}; {progress.line(out)}")
    if arguments.command == "status":
        progress.draw(progress.records(out), out / "progress.svg")


if __name__ == "__main__":
    main()
