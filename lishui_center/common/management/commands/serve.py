"""Run the whole system as one command: web, event streams, worker and beat."""

import os
import socket
import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lishui_center.common.supervision import Child, keep_running

CELERY = [sys.executable, "-m", "celery", "--app", "lishui_center", "--quiet"]


class Command(BaseCommand):
    """Four processes on this machine; in a container each runs as a service of its own."""

    help = "Run web, event streams, worker and beat together until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the pages are served."""
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *_args: object, host: str, port: int, **_options: object) -> None:
        """Start them, keep them running, end them all."""
        refuse_taken(host, port)
        os.environ.update(HOST=host, PORT=str(port))
        # Gunicorn's threads would each be held by one open stream, so these have their own process.
        has_streams = is_free(host, port + 1)
        if has_streams:
            os.environ.setdefault("STREAMS_URL", f"http://{host}:{port + 1}")
        self.stdout.write(f"Lishui Center: http://{host}:{port}/  (Ctrl-C ends it)")
        self.stdout.flush()
        children = [
            Child("web", [sys.executable, "-m", "gunicorn"]),
            Child("worker", [*CELERY, *worker_arguments()]),
            Child("beat", [*CELERY, "beat", "--pidfile="]),
        ]
        if has_streams:
            children.append(Child("streams", [sys.executable, *streams_arguments(host, port + 1)]))
        else:
            self.stdout.write(f"Port {port + 1} is taken: pages look for news every few seconds.")
        keep_running(children)


def streams_arguments(host: str, port: int) -> list[str]:
    """One process feeds all open boards; access lines would name the links' tokens."""
    application = "lishui_center.asgi:application"
    where = ["--host", host, "--port", str(port)]
    return ["-m", "uvicorn", application, *where, "--no-access-log", "--log-level", "warning"]


def worker_arguments() -> list[str]:
    """One process with threads; no chatter between workers, as the database says what is due."""
    threads = os.environ.get("WORKER_THREADS", "2")
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return ["worker", "--pool", "threads", "--concurrency", threads, *quiet]


def refuse_taken(host: str, port: int) -> None:
    """A clear word now instead of a web process that fails again and again.

    Raises:
        CommandError: something else listens on the address.
    """
    if not is_free(host, port):
        raise CommandError(f"{host}:{port} is taken. Choose another: PORT=8100")


def is_free(host: str, port: int) -> bool:
    """Whether nothing else listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):  # There is no port after the last one.
            return False
    return True
