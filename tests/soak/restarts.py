"""What each fault of a camera costs: the same fault again and again, recovery times, and what the service holds before and after.

    python3 tests/soak/restarts.py --times 100 --out restarts.json

With --times 100 the camera is restarted a hundred times and every other fault comes ten times. Needs what soak.py needs.
"""

import argparse
import asyncio
import json
import pathlib
import random
import statistics
import sys
import tempfile

from fault_proxy import FAULTS, FaultProxy
from rig import OTHERS, Camera, Service, hurt, publish, recovery
from sampling import Sampler
from soak import errors


async def measure(options):
    chance = random.Random(1)
    camera, proxy = Camera(options.rate), FaultProxy(0, chance)
    await camera.start()
    proxy.target_port = camera.port
    await proxy.start()
    log = pathlib.Path(tempfile.mkdtemp()) / "service.log"
    service = Service(options.service, f"rtsp://127.0.0.1:{proxy.port}/camera", options.backend, log)
    rows = []
    try:
        await service.started()
        await recovery(service, 120)
        await asyncio.sleep(options.settle)
        for fault in ("camera killed", *(name for name in (*FAULTS, *OTHERS) if name != "camera killed")):
            before = await Sampler(service).sample(0, None)
            times = options.times if fault == "camera killed" else max(1, options.times // 10)
            recovered = []
            for _ in range(times):
                await hurt(fault, camera, proxy, service, chance.uniform(0, options.longest))
                recovered.append(await recovery(service, 120))
            await asyncio.sleep(2)
            after = await Sampler(service).sample(0, None)
            got = [seconds for seconds in recovered if seconds is not None]
            rows.append({
                "fault": fault,
                "times": times,
                "lost": times - len(got),
                "recoverySeconds": {"median": statistics.median(got), "longest": max(got)} if got else None,
                **{column: [before[column], after[column]] for column in ("rss_mb", "rss_anon_mb", "files", "threads", "children")},
            })
            print(json.dumps(rows[-1]), flush=True)
        crashed = service.process.poll() is not None
    finally:
        service.process.terminate()
        service.process.wait(60)
        await camera.kill()
    result = {"backend": options.backend, "crashed": crashed, "errorsLogged": errors(log), "faults": rows}
    pathlib.Path(options.out).write_text(json.dumps(result, indent=2) + "\n")
    return 1 if crashed or result["errorsLogged"] or any(row["lost"] for row in rows) else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--service", help="a published face-detector; without it one is published from this work tree")
    parser.add_argument("--backend", default="portable", choices=["auto", "opencv", "portable"])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--longest", type=float, default=3, help="seconds that a fault lasts at most")
    parser.add_argument("--settle", type=float, default=60, help="seconds before the first fault")
    parser.add_argument("--rate", type=int, default=10)
    parser.add_argument("--out", default="restarts.json")
    options = parser.parse_args()
    options.service = options.service or publish(pathlib.Path(tempfile.mkdtemp()))
    return asyncio.run(measure(options))


if __name__ == "__main__":
    sys.exit(main())
