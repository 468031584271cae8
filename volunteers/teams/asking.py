"""What is asked of a team and answered once: the columns that joining and leadership share."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import pgettext_lazy

from volunteers.teams.models import WORDS_LENGTH


class AskState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("asked of a team", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("asked of a team", "Accepted")
    REFUSED = "refused", pgettext_lazy("asked of a team", "Not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("asked of a team", "Taken back")
    LAPSED = "lapsed", pgettext_lazy("asked of a team", "Ended with the team")


class AskedOfTeam(models.Model):
    """What was said when asking, where it stands, and who answered what."""

    words = models.CharField(max_length=WORDS_LENGTH)
    state = models.CharField(max_length=10, choices=AskState, default=AskState.ASKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=WORDS_LENGTH, blank=True)

    class Meta:
        abstract = True


def answered_whole(name: str) -> list[CheckConstraint]:
    """An answer has somebody who gave it, and a refusal a reason; `name` begins the names."""
    return [
        CheckConstraint(
            condition=Q(state="asked", decided_by=None, decided_at=None)
            | Q(
                state__in=["accepted", "refused"],
                decided_by__isnull=False,
                decided_at__isnull=False,
            )
            | Q(state__in=["withdrawn", "lapsed"]),
            name=f"{name}_decided_has_a_judge",
        ),
        CheckConstraint(
            condition=~Q(state="refused") | ~Q(reason=""), name=f"{name}_refused_for_a_reason"
        ),
    ]
