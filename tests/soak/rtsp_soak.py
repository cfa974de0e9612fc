"""Runs the service against an RTSP server that is killed every minute, with one viewer, and reports crashes, memory and recovery times.

    dotnet publish face-detector -c Release -o /tmp/face-detector
    python3 tests/soak/rtsp_soak.py --service /tmp/face-detector/face-detector --minutes 20

Needs what tests/FaceDetector.Tests/Capture/Rtsp/rtsp_server.py needs, run by /usr/bin/python3. Every third outage begins with the server
hanging rather than dying. Prints one line a minute and a summary as JSON.
"""

import argparse
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

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


def resident_mb(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0


def children(pid):
    return [int(child) for task in pathlib.Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]


def sample(pid):
    kids = children(pid)
    return {
        "residentMb": round(resident_mb(pid), 1),
        "childrenMb": round(sum(resident_mb(kid) for kid in kids), 1),
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
    after_second = [entry["residentMb"] for entry in samples if entry["minute"] >= 2]
    print(json.dumps({
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
        "residentMb": {"afterSecondMinute": after_second[0], "end": after_second[-1], "highest": max(after_second)} if after_second else None,
        "first": samples[0] if samples else None,
        "last": samples[-1] if samples else None,
        "framesReceived": frames,
        "viewer": {"megabytes": viewer.bytes >> 20, "breaks": viewer.breaks},
    }, indent=2))
    return 1 if crashed or any(outage["recovered"] is None for outage in outages) else 0


if __name__ == "__main__":
    sys.exit(main())
