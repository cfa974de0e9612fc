"""The long soak: an H.264 camera at 720p over RTSP, a fault every minute, viewers of every kind coming and going.

    python3 tests/soak/soak.py --minutes 120 --out soak

Publishes the service unless --service names one. Writes soak.csv (a sample every 10 s), soak.svg, soak.json (the verdict) and service.log into the
folder --out; they are complete at any moment of the run. Needs what tests/FaceDetector.Tests/Capture/Rtsp/rtsp_server.py needs, and ffmpeg.
"""

import argparse
import asyncio
import csv
import json
import pathlib
import random
import re
import statistics
import subprocess
import sys
import time

import plot
from fault_proxy import FAULTS, FaultProxy
from rig import OTHERS, ROOT, Camera, Service, hurt, publish, recovery
from sampling import Sampler
from viewers import KINDS

COLUMNS = (
    "minute", "fault", "state", "rss_mb", "rss_anon_mb", "rss_file_mb", "heap_mb", "files", "threads", "children", "child_mb",
    "received", "received_per_s", "detected", "encoded", "viewers", "total_p50_ms", "total_p99_ms", "delivery_p50_ms", "delivery_p99_ms", "cpu_s", "load")


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
            for column in ("total_p50_ms", "total_p99_ms", "delivery_p50_ms", "delivery_p99_ms")
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
        print(f"frames after {first} s; process {service.process.pid}, port {service.port}", flush=True)
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


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--service", help="a published face-detector; without it one is published from this work tree")
    parser.add_argument("--backend", default="portable", choices=["auto", "opencv", "portable"])
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--every", type=float, default=60, help="seconds from one fault to the next")
    parser.add_argument("--settled", type=float, default=20, help="the minute from which memory, files and threads have to stay flat")
    parser.add_argument("--rate", type=int, default=10, help="frames a second")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", default="soak")
    options = parser.parse_args()
    options.commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    options.service = options.service or publish(pathlib.Path(options.out).resolve() / "service")
    return asyncio.run(soak(options))


if __name__ == "__main__":
    sys.exit(main())
