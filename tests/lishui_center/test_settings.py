"""Settings: safe by default, and every knob written down."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
KNOB = re.compile(r'(?:env\.\w+|environ\.get)\(\s*"([A-Z_]+)"')
LISTED = re.compile(r"^#([A-Z_]+)=", re.MULTILINE)


def start(code, **environment):
    """What a fresh process answers that loads the settings from this environment alone."""
    return subprocess.run(
        [sys.executable, "-c", f"import lishui_center.settings as s; {code}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": os.environ["VAR_DIR"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("source", ["lishui_center/settings.py", "gunicorn.conf.py"])
def test_lists_every_knob_in_the_example(source):
    knobs = set(KNOB.findall((ROOT / source).read_text("utf-8")))
    listed = set(LISTED.findall((ROOT / ".env.example").read_text("utf-8")))

    assert knobs <= listed


def test_refuses_to_start_without_a_secret():
    assert "Set SECRET_KEY" in start("", DEBUG="0", SECRET_KEY="").stderr


def test_keeps_production_strict_by_default():
    shown = start(
        "print(s.DEBUG, s.DEMO_PHONES, s.HTTPS, s.SESSION_COOKIE_SECURE, s.ALLOWED_HOSTS[0])",
        SECRET_KEY="x" * 50,
        SITE_URL="https://centre.example.org",
        DEBUG="0",
    )

    assert shown.stdout.split() == ["False", "False", "True", "True", "centre.example.org"]


def test_links_lead_to_where_it_is_served():
    shown = start("print(s.SITE_URL)", DEBUG="1", PORT="8123")

    assert shown.stdout.strip() == "http://127.0.0.1:8123"
