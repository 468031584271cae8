"""How gunicorn serves pages and API; `manage.py serve` and the container both read this."""

import gc
import os
from pathlib import Path

from lishui_center.settings import DATABASES, LOGGING

wsgi_app = "lishui_center.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
# SQLite lets one writer in at a time, so a second process would mostly cost memory.
IS_EMBEDDED = DATABASES["default"]["ENGINE"].endswith("sqlite3")
workers = int(os.environ.get("WEB_WORKERS", "1" if IS_EMBEDDED else "2"))
threads = int(os.environ.get("WEB_THREADS", "8" if IS_EMBEDDED else "4"))
# Loaded once and shared, several workers need half the memory; for one it would be a second copy.
preload_app = workers > 1
keepalive = 5
# A worker proves that it lives by touching a file; on a slow disk that alone can time out.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - not a secret
control_socket_disable = True
# The request middleware writes the access log, without what could name a person.
accesslog = None
logconfig_dict = LOGGING


def when_ready(_server: object) -> None:
    """Before the workers are forked: look for no garbage in what was loaded and stays for good.

    Requests make few cycles, so the young are looked through less often than Python's 700.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
