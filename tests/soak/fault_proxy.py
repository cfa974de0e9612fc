"""A TCP proxy between the service and its camera that does to the stream what bad networks and bad cameras do."""

import asyncio
import contextlib
import socket
import struct

#: What reaches the service: everything, or what the name says of it.
FAULTS = ("cut", "reset", "refuse", "stall", "trickle", "narrow", "garbage", "half")
TRICKLE_BYTES_PER_SECOND = 500
NARROW_BYTES_PER_SECOND = 20_000


class FaultProxy:
    """Forwards one local port to another; `fault` is None or one of FAULTS and may be changed at any time."""

    def __init__(self, target_port, chance):
        self.target_port, self.chance = target_port, chance
        self.fault, self.port, self.connections = None, 0, set()

    async def start(self):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    def set(self, fault):
        self.fault = fault
        if fault in ("cut", "reset", "refuse"):
            for writer in list(self.connections):
                self._end(writer, reset=fault == "reset")

    def _end(self, writer, reset):
        if reset:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
        writer.close()

    async def _serve(self, reader, writer):
        if self.fault in ("refuse", "reset"):
            self._end(writer, reset=self.fault == "reset")
            return
        try:
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.target_port)
        except OSError:
            writer.close()
            return
        self.connections.add(writer)
        try:
            asking = asyncio.create_task(self._copy(reader, up_writer, hurt=False))
            await self._copy(up_reader, writer, hurt=True)
            asking.cancel()
        finally:
            self.connections.discard(writer)
            up_writer.close()
            writer.close()

    async def _copy(self, reader, writer, hurt):
        with contextlib.suppress(OSError, asyncio.CancelledError):
            while data := await reader.read(4096):
                if hurt:
                    data = await self._hurt(data)
                writer.write(data)
                await writer.drain()
        with contextlib.suppress(OSError):
            writer.close()

    async def _hurt(self, data):
        while self.fault == "stall":
            await asyncio.sleep(0.05)
        if self.fault == "trickle":
            await self._wait(len(data) / TRICKLE_BYTES_PER_SECOND)
        elif self.fault == "narrow":
            await self._wait(len(data) / NARROW_BYTES_PER_SECOND)
        elif self.fault == "garbage":
            return self.chance.randbytes(len(data))
        elif self.fault == "half":
            return data[: self.chance.randint(0, len(data))]
        return data

    async def _wait(self, seconds):
        fault = self.fault
        end = asyncio.get_running_loop().time() + seconds
        while self.fault == fault and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.05)
