"""An SMS gateway on this machine that answers what a test tells it to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any


class Gateway:
    """`received` holds what came in; `answers` the statuses to give, 0 hangs up without one.

    With `hold` cleared, a request waits for it to be set before it is answered.
    """

    def __init__(self) -> None:
        self.received: Queue[dict[str, Any]] = Queue()
        self.answers: list[int] = []
        self.hold = threading.Event()
        self.hold.set()
        self.url = ""


class _Handler(BaseHTTPRequestHandler):
    gateway: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = {"headers": dict(self.headers), "body": body, **json.loads(body)}
        self.gateway.received.put(request)
        self.gateway.hold.wait(30)
        status = self.gateway.answers.pop(0) if self.gateway.answers else 200
        if status:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Tests stay quiet."""


@contextmanager
def gateway() -> Iterator[Gateway]:
    """A gateway that serves until the end of the block."""
    told = Gateway()
    handler = type("Handler", (_Handler,), {"gateway": told})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    told.url = f"http://lishui:s%40cret@127.0.0.1:{server.server_port}/sms"
    try:
        yield told
    finally:
        told.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()
