"""Stars in a person's copy of all data, and in erasing it."""

from lishui_center.accounts.models import User
from volunteers.recognition.models import Objection, StarAward


def export_stars(user: User) -> dict[str, object]:
    """The person's stars, and what the person said against others'."""
    return {
        "stars": [
            {
                "level": award.level,
                "state": award.state,
                "reached_on": award.eligible_on.isoformat(),
                "announced_on": award.announced_on and award.announced_on.isoformat(),
                "awarded_on": award.awarded_on and award.awarded_on.isoformat(),
                "reason": award.reason,
            }
            for award in StarAward.objects.of(user).order_by("level")
        ],
        "objections": [
            {"at": objection.raised_at.isoformat(), "text": objection.text}
            for objection in Objection.objects.filter(raised_by=user, at_desk=False)
        ],
    }


def forget_stars(user: User) -> None:
    """Take the words out; the stars stay with the hours, which are kept ten years."""
    StarAward.objects.of(user).exclude(reason="").update(reason="")
    Objection.objects.filter(award__volunteer=user).update(text="", answer="")
    Objection.objects.filter(raised_by=user, at_desk=False).update(text="", answer="")
