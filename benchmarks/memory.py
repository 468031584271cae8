"""What the whole system takes on the embedded default: web, worker and beat."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks.processes import Memory, descendants, memory_of, serving

SETTLE_SECONDS = 8
PATHS = ["/", "/api/v1/centres/", "/api/v1/availability/?centre=town&item=C02&days=7"]
TIMES = 20
SWITCHES = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SMS_URL")


def measure_memory(folder: Path) -> Memory:
    """Resident megabytes of `manage.py serve` after some requests, on SQLite with demo data."""
    env = {name: value for name, value in os.environ.items() if name not in SWITCHES}
    env |= {"VAR_DIR": str(folder / "embedded"), "DEBUG": "1"}
    for command in (["migrate"], ["createcachetable"], ["demo", "--scale", "0.1"]):
        _manage(command, env)
    serve = [sys.executable, "manage.py", "serve"]
    with serving(serve, log=folder / "serve.log", env=env) as server:
        for path in PATHS * TIMES:
            urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}").read()
        time.sleep(SETTLE_SECONDS)
        return memory_of([server.pid, *descendants(server.pid)])


def _manage(command: list[str], env: dict[str, str]) -> None:
    whole = [sys.executable, "manage.py", *command]
    subprocess.run(whole, env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
