"""An SMTP server on this machine that refuses or hangs up where a test tells it to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say(b"220 ready")
        for line in self.rfile:
            answer = self.server.answers.get(line[:4].upper().strip(), b"250 ok")
            if not answer:
                return
            self._say(answer)
            if answer.startswith(b"354"):
                while self.rfile.readline().strip() != b".":
                    pass
                end = self.server.answers.get(b".", b"250 ok")
                if not end:
                    return
                self._say(end)

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


@contextmanager
def mail_server(**answers: bytes) -> Iterator[int]:
    """The port it listens on. `rcpt=b"550 no"` answers so; an empty answer hangs up.

    `end` is the answer to the end of the mail.
    """
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        told = {command.upper().encode(): answer for command, answer in answers.items()}
        if "end" in answers:
            told[b"."] = answers["end"]
        server.answers = {b"DATA": b"354 go on"} | told
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()
