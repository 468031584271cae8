"""What stands on the paper. It speaks both languages at once, so each line is a pair."""

from datetime import date
from typing import Any

from babel.dates import format_date

Pair = tuple[str, str]

TITLES: dict[bool, Pair] = {
    False: ("志愿服务证明", "Certificate of Volunteer Service"),
    True: ("星级志愿者证书", "Star Volunteer Certificate"),
}
CERTIFIES: Pair = ("兹证明", "This is to certify that")
TEAM: Pair = ("服务队伍", "Team")
HOURS: Pair = ("服务时长", "Hours")
OTHERS: Pair = ("其他队伍", "Other teams")
NUMBER: Pair = ("证书编号", "Certificate no.")
VERIFY: Pair = ("扫码核验真伪", "Scan to verify")
ISSUER: Pair = ("出具单位", "Issued by")
ISSUED: Pair = ("出具日期", "Date of issue")
DEMO: Pair = ("演示数据", "DEMO DATA")
NOTE: Pair = (
    "本证明依据志愿服务记录出具，所载时长为出具之时经核准的时长。",
    "From the record of volunteer service; the hours are those approved at the time of issue.",
)
STARS = ("一", "二", "三", "四", "五")
STARS_EN = ("one", "two", "three", "four", "five")


def statement(said: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The lines before the figure: Chinese, English."""
    first, last = _day(said["first"]), _day(said["last"])
    if said["star"]:
        awarded, star = _day(said["awarded"]), said["star"] - 1
        chinese = [
            f"经公示无异议，于{awarded[0]}被评定为{STARS[star]}星志愿者。",
            f"截至{last[0]}，经核准的志愿服务时长共计",
        ]
        english = [
            f"was awarded the {STARS_EN[star]}-star rating on {awarded[1]} after public notice.",
            f"Volunteer service approved up to {last[1]}:",
        ]
        return chinese, english
    return (
        [f"自{first[0]}至{last[0]}参加志愿服务，", "经核准的服务时长共计"],
        [
            f"took part in volunteer service from {first[1]} to {last[1]}.",
            "Approved service in total:",
        ],
    )


def duration(minutes: int) -> Pair:
    """'128小时30分钟', '128 h 30 min'."""
    hours, rest = divmod(minutes, 60)
    chinese = [f"{hours}小时" if hours else "", f"{rest}分钟" if rest else ""]
    english = [f"{hours} h" if hours else "", f"{rest} min" if rest else ""]
    return "".join(chinese), " ".join(part for part in english if part)


def issued(said: dict[str, Any]) -> Pair:
    """The day it was made."""
    return _day(said["issued"][:10])


def _day(text: str) -> Pair:
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日", format_date(day, "d MMMM y", locale="en")
