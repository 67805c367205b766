"""Runs of the script: its status, what it said, and the mirror that it may ask. No table."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "tests" / "endings" / "script.py"
AT_MOST = 240.0  # seconds, against hangs; a run takes two or three


class _Drip(BaseHTTPRequestHandler):
    """Sends a model's first bytes and then one now and then, for as long as somebody listens."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "40728226")
        self.end_headers()
        try:
            self.wfile.write(bytes(2**20))
            while not self.server.over.wait(0.2):  # type: ignore[attr-defined]
                self.wfile.write(bytes(2**15))
        except OSError:
            pass

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def mirror() -> Iterator[str]:
    """Serve on this machine; yield the address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Drip) as server:
        server.over = threading.Event()  # type: ignore[attr-defined]
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.over.set()  # type: ignore[attr-defined]
        server.shutdown()


def run(work: str, end: str, url: str, folder: Path) -> tuple[int, str, str]:
    """Run the script with a cache of its own; return status, output, errors."""
    own = {"SAM_WIDGET_CACHE": str(folder), "PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"}
    try:
        done = subprocess.run(
            [sys.executable, str(SCRIPT), work, end, url],
            capture_output=True,
            text=True,
            timeout=AT_MOST,
            env={**os.environ, **own},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL, "", f"It had not ended after {AT_MOST:g} s."
    return done.returncode, done.stdout, done.stderr


def wrong(end: str, status: int, wanted: int, out: str, err: str) -> str:
    """Return what is not as it would be without us; nothing where all is."""
    if status != wanted:
        return f"status {status} in place of {wanted}\n{err}"
    own = {"raises": "LookupError: the user's own", "interrupted": "KeyboardInterrupt"}.get(end, "")
    if err.strip().splitlines()[-1:] != ([own] if own else []) or err.count("Traceback") > 1:
        return f"it said\n{err}"
    if end == "waits_in_a_thread" and out.strip() != "answered True":
        return f"the user's thread got {out!r}"
    return ""
