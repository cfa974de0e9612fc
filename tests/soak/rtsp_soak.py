"""Runs the service against an RTSP server that is killed every minute, with one viewer, and reports crashes, memory and recovery times.

    dotnet publish face-detector -c Release -o /tmp/face-detector
    python3 tests/soak/rtsp_soak.py --service /tmp/face-detector/face-detector --minutes 20

Needs what tests/FaceDetector.Tests/Capture/Rtsp/rtsp_server.py needs, run by /usr/bin/python3. Every third outage begins with the server
hanging rather than dying. Prints one line a minute and a summary as JSON; --report writes the summary with all samples and memory maps to a file.

Memory is flat when, over the samples taken every five seconds from the end of the second minute to the end, the straight line fitted to them
(least squares) rises by at most 10 MB an hour, and the median of the last minute is at most 3% above the median of the first of those minutes.
That is judged twice: for all resident memory, and for its part that the system cannot take back (anonymous and shared pages: not files).
"""

import argparse
import json
import os
import pathlib
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import memory_map

WARM_UP_MINUTES = 2
SAMPLE_SECONDS = 5
MOST_RISE_MB_PER_HOUR = 10
MOST_GROWTH = 0.03

SERVER = pathlib.Path(__file__).parent.parent / "FaceDetector.Tests" / "Capture" / "Rtsp" / "rtsp_server.py"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Camera:
    def __init__(self, port, options):
        self.port, self.options, self.process = port, options, None

    def start(self):
        size = ["--width", str(self.options.width), "--height", str(self.options.height), "--rate", str(self.options.rate)]
        self.process = subprocess.Popen(
            ["/usr/bin/python3", SERVER, "--port", str(self.port), *size], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("ready"):
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return
        raise RuntimeError("the RTSP server did not start")

    def hang(self):
        self.process.send_signal(signal.SIGSTOP)

    def kill(self):
        self.process.kill()
        self.process.wait()


class Viewer(threading.Thread):
    """Reads the page's stream for as long as it flows; counts its bytes and its breaks."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.url, self.bytes, self.breaks = url, 0, -1

    def run(self):
        while True:
            self.breaks += 1
            try:
                with urllib.request.urlopen(self.url, timeout=120) as answer:
                    while chunk := answer.read(65536):
                        self.bytes += len(chunk)
            except OSError:
                pass
            time.sleep(1)


def status(base):
    with urllib.request.urlopen(f"{base}/api/v1/cameras", timeout=30) as answer:
        return json.load(answer)[0]


def wait_for(base, state, limit):
    started = time.monotonic()
    while time.monotonic() - started < limit:
        if status(base)["state"].lower() == state:
            return time.monotonic() - started
        time.sleep(0.05)
    return None


class MemoryRecord(threading.Thread):
    """Samples a process' memory for as long as it lives; keeps a map of it for each minute."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.samples, self.maps = pid, [], {}
        self.started = time.monotonic()

    def run(self):
        while True:
            minute = (time.monotonic() - self.started) / 60
            try:
                memory = memory_map.status(self.pid)
                memory["keptMb"] = round(memory["anonymousMb"] + memory["sharedMb"], 1)
                if int(minute) not in self.maps:
                    self.maps[int(minute)] = memory_map.groups(self.pid)
            except (OSError, KeyError):
                return
            self.samples.append({"minute": round(minute, 2), **memory})
            time.sleep(SAMPLE_SECONDS)

    def judge(self, key):
        """Whether a figure is flat after the warm-up, by the rule at the head of this file; None when there are too few samples."""
        judged = [sample for sample in self.samples if sample["minute"] >= WARM_UP_MINUTES]
        if not judged or judged[-1]["minute"] - judged[0]["minute"] < 2:
            return None
        minutes, megabytes = [sample["minute"] for sample in judged], [sample[key] for sample in judged]
        rise = statistics.linear_regression(minutes, megabytes).slope * 60
        first = statistics.median(value for minute, value in zip(minutes, megabytes) if minute < minutes[0] + 1)
        last = statistics.median(value for minute, value in zip(minutes, megabytes) if minute > minutes[-1] - 1)
        return {
            "flat": rise <= MOST_RISE_MB_PER_HOUR and last <= first * (1 + MOST_GROWTH),
            "riseMbPerHour": round(rise, 1),
            "thirdMinute": round(first, 1),
            "lastMinute": round(last, 1),
            "least": min(megabytes),
            "most": max(megabytes),
        }


def children(pid):
    return [int(child) for task in pathlib.Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


def sample(pid):
    kids = children(pid)
    return {
        **memory_map.status(pid),
        "childrenMb": round(sum(memory_map.status(kid)["residentMb"] for kid in kids), 1),
        "children": len(kids),
        "threads": len(os.listdir(f"/proc/{pid}/task")),
        "files": len(os.listdir(f"/proc/{pid}/fd")),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--service", required=True, help="the published face-detector")
    parser.add_argument("--backend", default="auto", choices=["auto", "opencv", "portable"])
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--every", type=float, default=60, help="seconds from one outage to the next")
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--height", type=int, default=720)
    parser.add_argument("--rate", type=int, default=15)
    parser.add_argument("--report", type=pathlib.Path, help="a JSON file for the summary, all samples and a memory map a minute")
    options = parser.parse_args()

    chance = random.Random(1)
    camera = Camera(free_port(), options)
    base = f"http://127.0.0.1:{free_port()}"
    log = tempfile.NamedTemporaryFile("w", suffix=".log", prefix="rtsp-soak-", delete=False)
    service = subprocess.Popen(
        [options.service],
        cwd=pathlib.Path(options.service).parent,
        env={**os.environ, "ASPNETCORE_URLS": base, "RTSP_URL": f"rtsp://127.0.0.1:{camera.port}/camera", "Imaging__Backend": options.backend},
        stdout=log,
        stderr=subprocess.STDOUT)
    camera.start()
    for _ in range(600):
        try:
            status(base)
            break
        except OSError:
            time.sleep(0.1)
    viewer = Viewer(f"{base}/stream.mjpg")
    viewer.start()

    outages, samples = [], []
    memory = MemoryRecord(service.pid)
    memory.start()
    started = time.monotonic()
    first = wait_for(base, "live", 120)
    print(f"live after {first:.1f} s; log in {log.name}", flush=True)
    try:
        while time.monotonic() - started < options.minutes * 60 and service.poll() is None:
            began = time.monotonic()
            away, hangs = chance.uniform(1, 15), len(outages) % 3 == 2
            if hangs:
                camera.hang()
            else:
                camera.kill()
            noticed = wait_for(base, "nosignal", 60)
            time.sleep(max(0, away - (time.monotonic() - began)))
            if hangs:
                camera.kill()
            camera.start()
            recovered = wait_for(base, "live", 120)
            outages.append({"hangs": hangs, "away": round(time.monotonic() - began - (recovered or 0), 1), "noticed": noticed, "recovered": recovered})
            time.sleep(max(0, options.every - 5 - (time.monotonic() - began)))
            samples.append({"minute": round((time.monotonic() - started) / 60, 1), **sample(service.pid)})
            print(f"{samples[-1]} {outages[-1]} frames/s {status(base)['framesPerSecond']}", flush=True)
            time.sleep(max(0, options.every - (time.monotonic() - began)))
    finally:
        crashed = service.poll() is not None
        frames = None if crashed else status(base)["framesReceived"]
        if not crashed:
            service.terminate()
        ended = service.wait(60)
        camera.kill()

    recoveries = sorted(outage["recovered"] for outage in outages if outage["recovered"] is not None)
    summary = {
        "minutes": round((time.monotonic() - started) / 60, 1),
        "backend": options.backend,
        "stream": f"{options.width}x{options.height} at {options.rate} frames/s",
        "crashes": int(crashed),
        "exitCode": ended,
        "outages": len(outages),
        "notRecovered": sum(outage["recovered"] is None for outage in outages),
        "recoverySeconds": {
            "median": round(recoveries[len(recoveries) // 2], 2),
            "longest": round(recoveries[-1], 2),
        } if recoveries else None,
        "noticedSeconds": {
            "dies": max((outage["noticed"] or 0 for outage in outages if not outage["hangs"]), default=None),
            "hangs": max((outage["noticed"] or 0 for outage in outages if outage["hangs"]), default=None),
        },
        "resident": memory.judge("residentMb"),
        "kept": memory.judge("keptMb"),
        "first": samples[0] if samples else None,
        "last": samples[-1] if samples else None,
        "framesReceived": frames,
        "viewer": {"megabytes": viewer.bytes >> 20, "breaks": viewer.breaks},
    }
    print(json.dumps(summary, indent=2))
    if options.report:
        options.report.write_text(json.dumps({**summary, "outageList": outages, "samples": memory.samples, "maps": memory.maps}, indent=1))
    return 1 if crashed or any(outage["recovered"] is None for outage in outages) else 0


if __name__ == "__main__":
    sys.exit(main())
