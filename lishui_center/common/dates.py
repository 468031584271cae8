"""Dates as people read them: 11月25日（周三）14:00-14:30, or Wed 25 Nov, 14:00-14:30."""

from datetime import date, datetime

from babel.dates import format_date
from django.utils.translation import get_language

from lishui_center.common.clock import ZONE

CHINESE = ("M月d日（EEE）", "EEE", "zh_Hans", "")
ENGLISH = ("EEE d MMM", "EEE", "en", ", ")


def _local_date(value: date | datetime) -> date:
    return value.astimezone(ZONE).date() if isinstance(value, datetime) else value


def short_date(value: date | datetime) -> str:
    """The day in the active language; moments are taken at the centres' local time."""
    pattern, _, locale, _ = _style()
    return format_date(_local_date(value), pattern, locale=locale)


def weekday(value: date | datetime) -> str:
    """'周三' or 'Wed'."""
    _, pattern, locale, _ = _style()
    return format_date(_local_date(value), pattern, locale=locale)


def clock(moment: datetime) -> str:
    """'14:30', the centres' local time."""
    return moment.astimezone(ZONE).strftime("%H:%M")


def short_moment(moment: datetime) -> str:
    """The day and the time: '11月25日（周三）14:00'."""
    return short_date(moment) + _style()[3] + clock(moment)


def short_range(start: datetime, end: datetime) -> str:
    """The day and both times; the end is taken to be on the same day."""
    return f"{short_moment(start)}-{clock(end)}"


def _style() -> tuple[str, str, str, str]:
    return ENGLISH if (get_language() or "").startswith("en") else CHINESE


def message_date(value: date) -> str:
    """The day as short as an SMS needs it: '11月25日' or 'Wed 25 Nov'."""
    pattern, locale = ("EEE d MMM", "en") if _style() is ENGLISH else ("M月d日", "zh_Hans")
    return format_date(value, pattern, locale=locale)
