"""Whose certificates one may see, and what one would say."""

from datetime import date, datetime
from typing import Any

from django.db.models import Sum
from django.shortcuts import get_object_or_404

from lishui_center.accounts.models import User
from lishui_center.common.clock import ZONE
from services.centres.models import Centre, Tier
from volunteers.certificates import rules
from volunteers.certificates.models import Certificate, CertificateQuerySet
from volunteers.certificates.rules import Period
from volunteers.recognition.access import volunteers_managed_by
from volunteers.recognition.ledger import approved
from volunteers.recognition.models import AwardState, StarAward, StarAwardQuerySet

ISSUER = ("里水镇党群服务中心", "Lishui Town Party-Mass Service Centre")


def certificates_of(user: User) -> CertificateQuerySet:
    """The person's own, the latest first."""
    return Certificate.objects.of(user).for_list()


def get_own_certificate(user: User, code: str) -> Certificate:
    """The person's own that still says something, or 404."""
    return get_object_or_404(certificates_of(user).exclude(snapshot={}), code=code)


def certificates_managed_by(user: User, day: date, search: str = "") -> CertificateQuerySet:
    """Those of volunteers whose centre the person manages; with a code, that one."""
    found = Certificate.objects.filter(volunteers_managed_by(user, day))
    return (found.filter(code=rules.clean_code(search)) if search else found).for_list()


def get_certificate_to_manage(user: User, code: str, day: date) -> Certificate:
    """The certificate, or 404 for whoever does not manage a centre of the volunteer."""
    return get_object_or_404(certificates_managed_by(user, day), code=code)


def find_certificate(typed: str) -> Certificate | None:
    """The certificate with this code, as somebody typed it."""
    code = rules.clean_code(typed)
    return Certificate.objects.select_related("award").filter(code=code).first() if code else None


def stars_to_certify(user: User) -> StarAwardQuerySet:
    """The stars that were awarded to the person, the highest first."""
    return StarAward.objects.of(user).in_state(AwardState.AWARDED).order_by("-level")


def span_of(user: User, day: date) -> Period:
    """From the person's first approved record up to `day`: the usual choice."""
    first = approved().filter(volunteer=user).order_by("starts_at").values_list("date", flat=True)
    return Period(first[:1][0] if first.exists() else day.replace(month=1, day=1), day)


def snapshot_of(
    user: User, period: Period, *, now: datetime, star: StarAward | None = None
) -> dict[str, Any]:
    """All that a certificate would say, in both languages: plain JSON values. Two queries."""
    done = approved().filter(volunteer=user, date__range=(period.first, period.last))
    teams = (
        done.order_by()
        .values("team__code", "team__name_zh", "team__name_en")
        .annotate(total=Sum("counted"))
        .order_by("-total", "team__code")
    )
    rows = [
        {"zh": team["team__name_zh"], "en": team["team__name_en"], "minutes": team["total"]}
        for team in teams
    ]
    issuer = Centre.objects.filter(tier=Tier.TOWN).values_list("name_zh", "name_en").first()
    return {
        "name": user.display_name,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "minutes": sum(row["minutes"] for row in rows),
        "records": done.count(),
        "teams": rows,
        "star": star.level if star else 0,
        "awarded": star.awarded_on.isoformat() if star and star.awarded_on else "",
        "issuer": list(issuer or ISSUER),
        "issued": now.astimezone(ZONE).isoformat(timespec="seconds"),
        "demo": user.is_demo,
    }
