"""A web server on this machine that behaves as badly as a test asks."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK = 16_384


class Web:
    """What it serves, how, and what it was asked.

    Attributes
    ----------
    files : dict
        Path to bytes.
    cuts : list of int
        For one answer after the other: bytes of the body before the connection breaks.
    ranges : bool
        Whether it goes on where it is asked to; else it starts anew each time.
    headers : dict
        Sent with each answer, over its own.
    own : dict
        Path to the headers of that file, over those.
    status : int, optional
        Refuses everything; what it does not have, it refuses with 404.
    status_headers : dict
        Sent with each refusal.
    gate : Event, optional
        Waited for in the middle of each body.
    drip : float, optional
        s between each two bytes of a body.
    refusals : list
        Of (status, headers), for one request after the other, before anything is answered.
    logins : list
        The Authorization headers that came.
    asked : list
        Of (path, Range header or None), in order.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.cuts: list[int] = []
        self.ranges = True
        self.headers: dict[str, str | None] = {}
        self.own: dict[str, dict[str, str]] = {}
        self.status: int | None = None
        self.status_headers: dict[str, str] = {}
        self.gate: threading.Event | None = None
        self.asked: list[tuple[str, str | None]] = []
        self.drip: float | None = None
        self.refusals: list[tuple[int, dict[str, str]]] = []
        self.logins: list[str] = []
        self.url = ""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        self.asked.append((request.path, wanted))
        if login := request.headers.get("Authorization"):
            self.logins.append(login)
        if self.refusals:
            status, headers = self.refusals.pop(0)
            self.refuse(request, status, headers)
            return
        if request.path not in self.files or self.status:
            self.refuse(request, self.status or 404)
            return
        body = self.files[request.path]
        start = 0
        if wanted and self.ranges:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if start >= len(body):
                self.refuse(request, 416)
                return
        request.send_response(206 if start else 200)
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Length": str(len(body) - start),
            **({"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"} if start else {}),
            **self.headers,
            **self.own.get(request.path, {}),
        }
        for name, value in headers.items():
            if value is not None:
                request.send_header(name, value)
        request.end_headers()
        if request.command == "HEAD":
            return
        end = start + self.cuts.pop(0) if self.cuts else len(body)
        middle = (start + min(end, len(body))) // 2
        while self.drip and start < end:
            request.wfile.write(body[start : start + 1])
            start += 1
            time.sleep(self.drip)
        for at in range(start, min(end, len(body)), CHUNK):
            if self.gate and at <= middle < at + CHUNK:
                self.gate.wait(30)
            request.wfile.write(body[at : min(at + CHUNK, end)])
        request.wfile.flush()

    def refuse(
        self, request: BaseHTTPRequestHandler, status: int, headers: dict[str, str] | None = None
    ) -> None:
        request.send_response(status)
        said = {"Content-Length": "0", **self.status_headers, **(headers or {})}
        for name, value in said.items():
            request.send_header(name, value)
        request.end_headers()


@contextmanager
def serving() -> Iterator[Web]:
    """Serve until the block ends."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                web.answer(self)
            except OSError:  # who asked has gone
                self.close_connection = True

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    web.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
