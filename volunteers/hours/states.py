"""The words that records of hours and their corrections are kept in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Source(models.TextChoices):
    """Who entered it."""

    VOLUNTEER = "volunteer", pgettext_lazy("hours", "The volunteer")
    LEADER = "leader", pgettext_lazy("hours", "The leader")
    STAFF = "staff", pgettext_lazy("hours", "The centre's staff")
    SESSION = "session", pgettext_lazy("hours", "Attendance at a session")


class Evidence(models.TextChoices):
    """What it rests on, the strongest first."""

    SCAN = "A", _("Code scanned at start and end")
    SCAN_AND_LEADER = "B", _("Code scanned, leader's word")
    PHOTO = "C", _("Photo, leader's word")
    STATEMENT = "D", _("Statement")


class HourState(models.TextChoices):
    SUBMITTED = "submitted", pgettext_lazy("hours", "Sent")
    NEEDS_INFO = "needs_info", pgettext_lazy("hours", "A question is open")
    APPROVED = "approved", pgettext_lazy("hours", "Approved")
    REJECTED = "rejected", pgettext_lazy("hours", "Rejected")
    VOID = "void", pgettext_lazy("hours", "Void")


COUNTING = [HourState.SUBMITTED, HourState.NEEDS_INFO, HourState.APPROVED]
TONES = {
    HourState.APPROVED: "open",
    HourState.NEEDS_INFO: "warn",
    HourState.REJECTED: "bad",
    HourState.VOID: "quiet",
}


class AdjustmentState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("adjustment", "Waits for a second person")
    CONFIRMED = "confirmed", pgettext_lazy("adjustment", "Confirmed")
    REFUSED = "refused", pgettext_lazy("adjustment", "Refused")
