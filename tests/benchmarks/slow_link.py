"""A TCP proxy on localhost that delays and rate-limits: an emulated link. It knows no Jupyter.

Browsers' own throttling leaves WebSockets alone in some versions; bytes that come late do not.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 4096
# What a router would hold back before the sender notices.
BACKLOG_CHUNKS = 64


class Direction:
    """One way of the link, shared by all connections as a real one is."""

    def __init__(self, delay: float, bytes_per_second: float) -> None:
        self.delay = delay
        self.bytes_per_second = bytes_per_second
        self.free_at = 0.0

    def arrival(self, size: int) -> float:
        """When `size` bytes handed over now have arrived, on the running loop's clock."""
        start = max(asyncio.get_running_loop().time(), self.free_at)
        self.free_at = start + size / self.bytes_per_second
        return self.free_at + self.delay

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Move bytes from one end to the other until the sender closes."""
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(BACKLOG_CHUNKS)

        async def deliver() -> None:
            loop = asyncio.get_running_loop()
            while True:
                when, data = await under_way.get()
                await asyncio.sleep(max(0.0, when - loop.time()))
                if not data:
                    break
                with contextlib.suppress(OSError):
                    writer.write(data)
                    await writer.drain()
            writer.close()

        delivery = asyncio.create_task(deliver())
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                await under_way.put((self.arrival(len(data)), data))
        await under_way.put((self.arrival(0), b""))
        await delivery


@contextlib.contextmanager
def slow_link(port: int, *, round_trip: float, bits_per_second: float) -> Iterator[int]:
    """Serve localhost:`port` on another port, as over a link.

    Parameters
    ----------
    port
        Where the real server listens on 127.0.0.1.
    round_trip
        Seconds; half of it each way.
    bits_per_second
        Of each direction.

    Yields
    ------
    The link's own port.
    """
    loop = asyncio.new_event_loop()
    ways = [Direction(round_trip / 2, bits_per_second / 8) for _ in range(2)]

    writers: set[asyncio.StreamWriter] = set()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        ends = {writer, far_writer}
        writers.update(ends)
        await asyncio.gather(ways[0].carry(reader, far_writer), ways[1].carry(far_reader, writer))
        writers.difference_update(ends)

    async def stop(server: asyncio.Server) -> None:
        server.close()
        for writer in writers:
            writer.close()
        await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()}, timeout=5)

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    starting = asyncio.start_server(connect, "127.0.0.1", 0)
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(10)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(stop(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
