"""Viewers of every kind: each reads until it is cancelled, counts what it got, and comes back when its connection breaks."""

import asyncio
import base64
import json
import os
import struct

FRAME_HEADER = 20


class Viewer:
    def __init__(self, port):
        self.port, self.bytes, self.messages, self.breaks = port, 0, 0, 0

    async def run(self):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                try:
                    await self.watch(reader, writer)
                finally:
                    writer.close()
            except (OSError, EOFError):
                pass
            self.breaks += 1
            await asyncio.sleep(1)

    async def ask(self, reader, writer, path, *headers):
        writer.write("\r\n".join([f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *headers, "", ""]).encode())
        return await reader.readuntil(b"\r\n\r\n")

    async def read(self, reader):
        data = await reader.read(65536)
        if not data:
            raise EOFError
        self.bytes += len(data)
        return data


class MjpegViewer(Viewer):
    async def watch(self, reader, writer):
        await self.ask(reader, writer, "/stream.mjpg")
        while True:
            data = await self.read(reader)
            self.messages += data.count(b"Content-Length")


class EventListener(Viewer):
    async def watch(self, reader, writer):
        await self.ask(reader, writer, "/api/v1/events")
        while True:
            data = await self.read(reader)
            self.messages += data.count(b"event:")


class SnapshotPoller(Viewer):
    async def watch(self, reader, writer):
        await self.ask(reader, writer, "/snapshot.jpg", "Connection: close")
        while data := await reader.read(65536):
            self.bytes += len(data)
        self.messages += 1
        await asyncio.sleep(2)
        raise EOFError


class Page(Viewer):
    """What the page does: watches the camera over the WebSocket and acknowledges each frame."""

    async def watch(self, reader, writer):
        key = base64.b64encode(os.urandom(16)).decode()
        await self.ask(
            reader, writer, "/api/v1/live", "Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13")
        self._send(writer, 1, json.dumps({"watch": ["camera"]}).encode())
        length = 0
        while True:
            first, second = await reader.readexactly(2)
            size = second & 0x7F
            if size == 126:
                (size,) = struct.unpack(">H", await reader.readexactly(2))
            elif size == 127:
                (size,) = struct.unpack(">Q", await reader.readexactly(8))
            data = await reader.readexactly(size)
            self.bytes += size
            length += size
            opcode, last = first & 0x0F, first & 0x80
            if opcode == 8:
                raise EOFError
            if opcode == 9:
                self._send(writer, 10, data)
                continue
            if last:
                if opcode in (0, 2) and length > FRAME_HEADER:
                    self.messages += 1
                    self._send(writer, 2, b"\0")
                length = 0

    @staticmethod
    def _send(writer, opcode, data):
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))
        writer.write(bytes([0x80 | opcode, 0x80 | len(data)]) + mask + masked)


KINDS = {"mjpeg": MjpegViewer, "events": EventListener, "page": Page, "snapshot": SnapshotPoller}
