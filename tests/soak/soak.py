"""The long soak: an H.264 camera at 720p over RTSP, a fault every minute, viewers of every kind coming and going.

    python3 tests/soak/soak.py --minutes 120 --out soak

Publishes the service unless --service names one. Writes soak.csv (a sample every 10 s), soak.svg, soak.json (the verdict) and service.log into the
folder --out; they are complete at any moment of the run. Needs what tests/FaceDetector.Tests/Capture/Rtsp/rtsp_server.py needs, and ffmpeg.
"""

import argparse
import asyncio
import contextlib
import csv
import json
import os
import pathlib
import random
import re
import signal
import statistics
import subprocess
import sys
import time

import plot
from fault_proxy import FAULTS, FaultProxy
from viewers import KINDS

ROOT = pathlib.Path(__file__).parents[2]
SERVER = ROOT / "tests" / "FaceDetector.Tests" / "Capture" / "Rtsp" / "rtsp_server.py"

#: Faults of the camera and of the child process beside those of the line.
OTHERS = ("camera killed", "camera hangs", "ffmpeg killed", "other size", "other codec")
HISTOGRAMS = {
    "total": 'faceedge_stage_seconds_bucket{camera="camera",stage="total"',
    "glass": 'faceedge_glass_to_glass_seconds_bucket{camera="camera"',
}
COLUMNS = (
    "minute", "fault", "state", "rss_mb", "rss_anon_mb", "rss_file_mb", "heap_mb", "files", "threads", "children", "child_mb",
    "received", "received_per_s", "detected", "encoded", "viewers", "total_p50_ms", "total_p99_ms", "glass_p50_ms", "glass_p99_ms", "cpu_s", "load")


class Camera:
    """The RTSP server behind the proxy."""

    def __init__(self, rate):
        self.rate, self.process, self.port = rate, None, 0

    async def start(self, width=1280, height=720, codec="h264"):
        self.process = await asyncio.create_subprocess_exec(
            "/usr/bin/python3", str(SERVER), "--port", str(self.port), "--width", str(width), "--height", str(height), "--rate", str(self.rate),
            "--codec", codec, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        while line := await self.process.stdout.readline():
            if line.startswith(b"ready "):
                self.port = int(line.split()[1])
                self.reading = asyncio.create_task(self.process.stdout.read())
                return
        raise RuntimeError("the RTSP server did not start")

    async def kill(self):
        self.process.kill()
        await self.process.wait()

    def hang(self):
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)


class Service:
    def __init__(self, command, camera_url, backend, log):
        self.camera_url, self.port = camera_url, 0
        environment = {
            **os.environ, "ASPNETCORE_URLS": "http://127.0.0.1:0", "RTSP_URL": camera_url, "Imaging__Backend": backend,
            "Logging__LogLevel__Microsoft.Hosting.Lifetime": "Information"}
        self.log = log
        with open(log, "wb") as file:
            self.process = subprocess.Popen([command], cwd=pathlib.Path(command).parent, env=environment, stdout=file, stderr=file)

    async def started(self):
        for _ in range(600):
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", self.log.read_text()):
                self.port = int(found[1])
                return
            await asyncio.sleep(0.2)
        raise RuntimeError(f"the service did not start: {self.log.read_text()}")

    async def get(self, path):
        async with asyncio.timeout(20):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write(f"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
            answer = await reader.read()
            writer.close()
        return answer.split(b"\r\n\r\n", 1)[1].decode()

    async def camera(self):
        return json.loads(await self.get("/api/v1/cameras"))[0]

    def children(self):
        return [int(child) for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir() for child in (task / "children").read_text().split()]


class Sampler:
    """One row of the CSV: what the kernel says of the process, and what the service says of itself since the row before."""

    def __init__(self, service):
        self.service, self.before, self.at = service, {}, None

    async def sample(self, started, fault):
        metrics = await self.service.get("/metrics")
        status = await self.service.camera()
        now = time.monotonic()
        children = self.service.children()
        memory = status_of(self.service.process.pid)
        received = status["framesReceived"]
        row = {
            "minute": round((now - started) / 60, 2),
            "fault": fault or "",
            "state": status["state"],
            "rss_mb": round(memory["VmRSS"] / 1024, 1),
            "rss_anon_mb": round(memory["RssAnon"] / 1024, 1),
            "rss_file_mb": round((memory["RssFile"] + memory["RssShmem"]) / 1024, 1),
            "heap_mb": round(single(metrics, "dotnet_total_memory_bytes") / 2**20, 1),
            "files": len(os.listdir(f"/proc/{self.service.process.pid}/fd")),
            "threads": memory["Threads"],
            "children": len(children),
            "child_mb": round(sum(status_of(child).get("VmRSS", 0) for child in children) / 1024, 1),
            "received": received,
            "received_per_s": round((received - self.before.get("received", 0)) / (now - self.at), 1) if self.at else "",
            "detected": int(single(metrics, 'faceedge_frames_detected_total{camera="camera"}')),
            "encoded": int(single(metrics, 'faceedge_frames_encoded_total{camera="camera"}')),
            "viewers": status["viewers"],
            "cpu_s": round(cpu_seconds(self.service.process.pid), 1),
            "load": round(os.getloadavg()[0], 1),
        }
        for name, metric in HISTOGRAMS.items():
            buckets = histogram(metrics, metric)
            for percent in (50, 99):
                row[f"{name}_p{percent}_ms"] = percentile(buckets, self.before.get(name), percent / 100)
            self.before[name] = buckets
        self.before["received"], self.at = received, now
        return row


def status_of(pid):
    with contextlib.suppress(OSError):
        lines = (line.split() for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines())
        return {line[0][:-1]: int(line[1]) for line in lines if line[0].startswith(("Vm", "Rss", "Threads"))}
    return {}


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def single(metrics, name):
    found = re.search(rf"^{re.escape(name)} (\S+)", metrics, re.MULTILINE)
    return float(found[1]) if found else 0.0


def histogram(metrics, start):
    rows = re.findall(rf'^{re.escape(start)},le="([^"]+)"}} (\S+)', metrics, re.MULTILINE)
    return [(float(bound.replace("+Inf", "inf")), float(count)) for bound, count in rows]


def percentile(buckets, before, share):
    """In milliseconds, interpolated in its bucket; "" where nothing was counted."""
    old = dict(before or [])
    counts = [(bound, count - old.get(bound, 0)) for bound, count in buckets]
    if not counts or counts[-1][1] <= 0:
        return ""
    wanted, low, below = share * counts[-1][1], 0.0, 0.0
    for bound, count in counts:
        if count >= wanted:
            if bound == float("inf"):
                return round(low * 1000, 1)
            return round((low + (bound - low) * (wanted - below) / max(count - below, 1e-9)) * 1000, 1)
        low, below = bound, count
    return ""


async def hurt(fault, camera, proxy, service, seconds):
    """One fault from beginning to end."""
    if fault in FAULTS:
        proxy.set(fault)
        await asyncio.sleep(seconds)
        proxy.set(None)
    elif fault == "camera killed":
        await camera.kill()
        await asyncio.sleep(seconds)
        await camera.start()
    elif fault == "camera hangs":
        camera.hang()
        await asyncio.sleep(seconds)
        camera.go_on()
    elif fault == "ffmpeg killed":
        for child in service.children():
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)
    else:
        await camera.kill()
        await camera.start(*((640, 360) if fault == "other size" else (1280, 720)), "mjpeg" if fault == "other codec" else "h264")
        await recovery(service, 60)
        await asyncio.sleep(seconds)
        await camera.kill()
        await camera.start()


async def recovery(service, limit):
    """Seconds until pictures flow again: live, and five more than before; None when that takes longer than the limit."""
    began = time.monotonic()
    first = None
    while time.monotonic() - began < limit:
        status = await service.camera()
        if status["state"] == "live":
            first = status["framesReceived"] if first is None else first
            if status["framesReceived"] >= first + 5:
                return round(time.monotonic() - began, 2)
        else:
            first = None
        await asyncio.sleep(0.1)
    return None


async def faults(outages, current, options, camera, proxy, service, chance):
    kinds = []
    while True:
        await asyncio.sleep(options.every / 4)
        began = time.monotonic()
        if not kinds:
            kinds = chance.sample([*FAULTS, *OTHERS], len(FAULTS) + len(OTHERS))
        fault, seconds = kinds.pop(), chance.uniform(1, 15)
        current[0] = fault
        await hurt(fault, camera, proxy, service, seconds)
        recovered = await recovery(service, 120)
        current[0] = None
        outages.append({"fault": fault, "seconds": round(seconds, 1), "recovered": recovered})
        print(f"{time.strftime('%H:%M:%S')} {outages[-1]}", flush=True)
        await asyncio.sleep(max(0, options.every * 3 / 4 - (time.monotonic() - began)))


async def crowd(port, viewers, chance):
    """One of each kind always; others come and go, up to eight more."""
    tasks = []

    def come(kind):
        viewer = KINDS[kind](port)
        viewers.append((kind, viewer))
        return asyncio.create_task(viewer.run())

    steady = [come(kind) for kind in KINDS]
    try:
        while True:
            await asyncio.sleep(chance.uniform(2, 20))
            if tasks and (len(tasks) > 7 or chance.random() < 0.5):
                tasks.pop(chance.randrange(len(tasks))).cancel()
            else:
                tasks.append(come(chance.choice(list(KINDS))))
    finally:
        for task in steady + tasks:
            task.cancel()


def errors(log):
    """What the service itself calls an error; none is allowed."""
    return [line[:300] for line in log.read_text(errors="replace").splitlines() if re.search(r" (fail|crit): ", line)]


def verdict(rows, outages, viewers, options, exit_code, minutes):
    recoveries = {}
    for outage in outages:
        recoveries.setdefault(outage["fault"], []).append(outage["recovered"])
    settled = [row for row in rows if row["minute"] >= options.settled]
    half = len(settled) // 2
    spread = {
        column: {
            "first half": round(statistics.median(row[column] for row in settled[:half]), 1),
            "second half": round(statistics.median(row[column] for row in settled[half:]), 1),
            "highest": max(row[column] for row in settled),
        }
        for column in ("rss_mb", "rss_anon_mb", "rss_file_mb", "heap_mb", "files", "threads", "child_mb")
    } if half else {}
    flat = bool(spread) and all(
        spread[column]["second half"] - spread[column]["first half"] <= allowed
        for column, allowed in (("rss_anon_mb", 3), ("files", 8), ("threads", 4)))
    lost = [outage for outage in outages if outage["recovered"] is None]
    logged = errors(pathlib.Path(options.out) / "service.log")
    kinds = {}
    for kind, viewer in viewers:
        total = kinds.setdefault(kind, {"came": 0, "messages": 0, "megabytes": 0, "breaks": 0})
        total["came"] += 1
        total["messages"] += viewer.messages
        total["megabytes"] += viewer.bytes >> 20
        total["breaks"] += 0 if kind == "snapshot" else viewer.breaks
    return {
        "minutes": round(minutes, 1),
        "commit": options.commit,
        "backend": options.backend,
        "stream": f"1280x720 H.264 at {options.rate} frames/s",
        "passed": exit_code in (None, 0) and not lost and not logged and flat,
        "crashed": exit_code not in (None, 0),
        "faults": len(outages),
        "notRecovered": lost,
        "errorsLogged": len(logged), "firstErrors": logged[:3],
        "recoverySeconds": {
            fault: {"times": len(all_), "median": statistics.median(got), "longest": max(got)}
            for fault, all_ in sorted(recoveries.items()) if (got := [seconds for seconds in all_ if seconds is not None])},
        f"afterMinute{options.settled:g}": spread,
        "flat": flat,
        "latencyMs": {
            column: round(statistics.median(values), 1)
            for column in ("total_p50_ms", "total_p99_ms", "glass_p50_ms", "glass_p99_ms")
            if (values := [row[column] for row in rows if row[column] != ""])},
        "received": rows[-1]["received"], "detected": rows[-1]["detected"], "encoded": rows[-1]["encoded"],
        "viewers": kinds,
    }


async def soak(options):
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(options.seed)
    camera, proxy = Camera(options.rate), FaultProxy(0, chance)
    await camera.start()
    proxy.target_port = camera.port
    await proxy.start()
    service = Service(options.service, f"rtsp://127.0.0.1:{proxy.port}/camera", options.backend, out / "service.log")
    tasks, rows, outages, viewers, current = [], [], [], [], [None]
    try:
        await service.started()
        first = await recovery(service, 120)
        print(f"pictures after {first} s; process {service.process.pid}, port {service.port}", flush=True)
        started = time.monotonic()
        tasks = [
            asyncio.create_task(crowd(service.port, viewers, chance)),
            asyncio.create_task(faults(outages, current, options, camera, proxy, service, chance)),
        ]
        sampler = Sampler(service)
        with open(out / "soak.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            while time.monotonic() - started < options.minutes * 60:
                if service.process.poll() is not None or any(task.done() for task in tasks):
                    break
                rows.append(await sampler.sample(started, current[0]))
                writer.writerow(rows[-1])
                file.flush()
                if len(rows) % 30 == 1 and len(rows) > 1:
                    report(out, verdict(rows, outages, viewers, options, service.process.poll(), (time.monotonic() - started) / 60))
                await asyncio.sleep(10)
        minutes = (time.monotonic() - started) / 60
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        exit_code = service.process.poll()
        if exit_code is None:
            service.process.terminate()
            exit_code = service.process.wait(60)
        await camera.kill()
    result = verdict(rows, outages, viewers, options, exit_code, minutes)
    report(out, result)
    print(json.dumps(result, indent=2))
    return 0 if result["passed"] else 1


def report(out, result):
    (out / "soak.json").write_text(json.dumps(result, indent=2) + "\n")
    plot.draw(out / "soak.csv", out / "soak.svg")


def publish(folder):
    subprocess.run(["dotnet", "publish", ROOT / "face-detector", "-c", "Release", "-o", folder], check=True)
    return str(folder / "face-detector")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--service", help="a published face-detector; without it one is published from this work tree")
    parser.add_argument("--backend", default="portable", choices=["auto", "opencv", "portable"])
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--every", type=float, default=60, help="seconds from one fault to the next")
    parser.add_argument("--settled", type=float, default=20, help="the minute from which memory, files and threads have to stay flat")
    parser.add_argument("--rate", type=int, default=10, help="pictures a second")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", default="soak")
    options = parser.parse_args()
    options.commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    options.service = options.service or publish(pathlib.Path(options.out).resolve() / "service")
    return asyncio.run(soak(options))


if __name__ == "__main__":
    sys.exit(main())
