"""Small drawn pictures for the demo: a lane before and after, marked as no real place."""

from datetime import datetime
from io import BytesIO
from random import Random
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont

from lishui_center.accounts.models import User
from lishui_center.photos.actions import keep_photo
from lishui_center.photos.models import Photo

SEED = 12_480
PAIRS = 6
SIZE = (480, 360)
HORIZON = 210
MARK = "DEMO DATA"
SKIES = {False: "#9aa3a8", True: "#a9d3ea"}
GROUNDS = {False: "#8b8170", True: "#8fb67a"}
WALLS = ["#d9b38c", "#c98d6b", "#e0c9a6", "#b9a08a"]
RUBBISH = ["#5c5048", "#7a6a55", "#3f3a36"]

Pictures: TypeAlias = "list[tuple[Photo, Photo]]"


def make_pictures(*, by: User, now: datetime) -> Pictures:
    """(before, after) of a few lanes."""
    rng = Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
    pairs = []
    for _ in range(PAIRS):
        walls = [rng.choice(WALLS) for _ in range(4)]
        kept = [
            keep_photo(upload=_drawn(walls, rng, is_after=is_after), by=by, now=now)
            for is_after in (False, True)
        ]
        pairs.append((kept[0], kept[1]))
    return pairs


def _drawn(walls: list[str], rng: Random, *, is_after: bool) -> BytesIO:
    width, height = SIZE
    image = Image.new("RGB", SIZE, SKIES[is_after])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, HORIZON, width, height), fill=GROUNDS[is_after])
    for number, colour in enumerate(walls):
        left, top = number * 120 + 8, HORIZON - rng.randint(70, 130)
        draw.rectangle((left, top, left + 100, HORIZON), fill=colour)
        draw.rectangle((left + 35, top + 20, left + 65, top + 50), fill="#4b5a66")
    draw.polygon(((180, HORIZON), (300, HORIZON), (420, height), (60, height)), fill="#c9c3b8")
    for _ in range(9):
        x, y = rng.randint(20, width - 50), rng.randint(HORIZON + 10, height - 60)
        if is_after:
            draw.ellipse((x, y, x + 26, y + 26), fill="#4f8a4c")
        else:
            draw.rectangle((x, y, x + 34, y + 22), fill=rng.choice(RUBBISH))
    words = f"{MARK} - {'after' if is_after else 'before'}"
    draw.rectangle((0, height - 34, width, height), fill="#1f1d1a")
    draw.text((12, height - 29), words, fill="white", font=ImageFont.load_default(20))
    out = BytesIO()
    image.save(out, "PNG")
    out.seek(0)
    return out
