"""What the soaks try the service with: a camera, the service itself, and everything that may happen between them."""

import asyncio
import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import time

from fault_proxy import FAULTS

ROOT = pathlib.Path(__file__).parents[2]
SERVER = ROOT / "tests" / "FaceDetector.Tests" / "Capture" / "Rtsp" / "rtsp_server.py"

#: Faults of the camera and of the child process beside those of the line.
OTHERS = ("camera killed", "camera hangs", "ffmpeg killed", "other size", "other codec")


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
    """Seconds until frames flow again: live, and five more than before; None when that takes longer than the limit."""
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


def publish(folder):
    subprocess.run(["dotnet", "publish", ROOT / "face-detector", "-c", "Release", "-o", folder], check=True)
    return str(folder / "face-detector")
