"""The settings under test: production's, changed only for speed and to touch nothing of yours.

The environment is fixed before settings.py reads it, so a `.env` beside it changes no test. Which
database runs is DATABASE_URL's choice; `python -m tests` goes through them.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HERE = Path(tempfile.mkdtemp(prefix="lishui-test-"))
atexit.register(shutil.rmtree, HERE, ignore_errors=True)

os.environ.update(
    DEBUG="0",
    SECRET_KEY="only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789",
    FIELD_KEYS="only-for-tests-field-key-abcdefghijklmnopqrstuvwxyz",
    LOOKUP_KEY="only-for-tests-lookup-key-abcdefghijklmnopqrstuvwxyz",
    VAR_DIR=str(HERE),
    ALLOWED_HOSTS="testserver",
    SITE_URL="http://testserver",
    HTTPS="0",
    TRUSTED_PROXIES="0",
    REDIS_URL="",
    SMS_URL="file:",
    QUIET_FROM="21:30",
    QUIET_UNTIL="08:00",
    EMAIL_URL="memorymail://",
    DEMO_PHONES="0",
    THROTTLE_ANON="off",
    CONN_MAX_AGE="0",
    LOG_LEVEL="WARNING",
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{HERE / 'lishui.sqlite3'}")

from lishui_center.settings import *

STATIC_ROOT.mkdir()
# Nothing here has to outlive a power cut, so nothing waits for the disk.
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
else:
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    # A file, as in real life: a database in memory would be one connection shared by all threads.
    DATABASES["default"]["TEST"] = {"NAME": str(HERE / "test.sqlite3")}

# zeal watches every request for queries repeated row by row.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
ZEAL_ALLOWLIST = [  # allauth and Django ask for one row twice in a request
    {"model": "account.EmailAddress", "field": "get()"},
    {"model": "sessions.Session", "field": "get()"},
    # A refused act reads its need again, as it is for this person by then.
    {"model": "services.ServiceRequest", "field": "get()"},
]

CACHES = CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
