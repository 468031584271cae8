"""`make pictures`: fresh demo data, a running server, and the pictures of README.

Run it while the demo's town centre is open (09:00-21:00 in Lishui), so that its hall is alive. With
DATABASE_URL set it takes what is loaded there, else demo data of its own.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from io import BytesIO
from pathlib import Path

PORT = 8130
BASE = f"http://127.0.0.1:{PORT}"
FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 150_000
QUALITY = 82
PHONE = {"width": 390, "height": 780}
DESK = {"width": 1280, "height": 800}
WALL = {"width": 1920, "height": 1080}
KIOSK = {"width": 1080, "height": 1500}
SHEET = {"width": 900, "height": 1800}

os.environ.setdefault("DEBUG", "1")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's event loop runs in this thread.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lishui_center.settings")


def main() -> None:
    """Start the app on data of its own, take all pictures, end it again."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/pictures.sqlite3")
        manage("prepare")
        server = subprocess.Popen([sys.executable, "manage.py", "serve", "--port", str(PORT)])
        try:
            wait_for(f"{BASE}/healthz")
            take_all()
        finally:
            server.terminate()
            server.wait()


def manage(*command: str) -> None:
    """Run one command of the project."""
    subprocess.run([sys.executable, "manage.py", *command], check=True)


def wait_for(address: str, seconds: int = 60) -> None:
    """Come back once the server answers."""
    for _ in range(seconds):
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(1)
        else:
            return
    raise SystemExit(f"No answer from {address}")


def take_all() -> None:
    """Every picture, each in a browser of its own."""
    import django  # noqa: PLC0415 - only now the settings know the database

    django.setup()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.browser.conftest import FLAGS  # noqa: PLC0415
    from tests.browser.scenes import scenes  # noqa: PLC0415

    FOLDER.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for scene in scenes():
            context = browser.new_context(
                viewport=scene.viewport, locale="zh-CN", timezone_id="Asia/Shanghai"
            )
            context.add_cookies(
                [{"name": name, "value": value, "url": BASE} for name, value in scene.cookies]
            )
            page = context.new_page()
            page.goto(BASE + scene.address, wait_until="load")
            page.wait_for_timeout(500)  # The first live refresh.
            store(scene.name, page.screenshot(animations="disabled"))
            context.close()


def store(name: str, picture: bytes) -> None:
    """Keep it small: WebP, as good as still fits."""
    from PIL import Image  # noqa: PLC0415

    for quality in range(QUALITY, 30, -10):
        small = BytesIO()
        Image.open(BytesIO(picture)).save(small, "WEBP", quality=quality, method=6)
        if small.tell() <= MOST_BYTES:
            break
    (FOLDER / f"{name}.webp").write_bytes(small.getvalue())


if __name__ == "__main__":
    main()
