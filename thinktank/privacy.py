"""The think tank's part in a person's copy of all data, and in erasing it.

What was published stays: it is a public record of the town. It no longer says whose it was.
"""

from lishui_center.accounts.models import User
from thinktank.experts.models import ExpertProfile, ProfileState
from thinktank.observations.models import Interest, Observation, ObservationState
from thinktank.recommendations.models import Recommendation, Response, Verification


def export_think_tank(user: User) -> dict[str, object]:
    """Profile and terms, and whatever the person wrote here."""
    profile = ExpertProfile.objects.of_user(user)
    reports = Observation.objects.of(user).defer("evidence").order_by("pk")
    advice = Recommendation.objects.of(user).order_by("pk")
    return {
        "profile": _profile(profile) if profile else None,
        "observations": [
            {
                "title": report.title,
                "subject": report.subject_key,
                "observed_on": report.observed_on.isoformat(),
                "state": report.state,
                "text": report.text,
            }
            for report in reports
        ],
        "recommendations": [
            {"title": each.title, "text": each.text, "issued_on": each.issued_on.isoformat()}
            for each in advice
        ],
        "answers": [
            {"answer": answer.answer_class, "text": answer.text}
            for answer in Response.objects.filter(by=user).order_by("pk")
        ],
        "checks": [
            {"metric": check.metric, "note": check.note, "has_effect": check.has_effect}
            for check in Verification.objects.filter(by=user).order_by("pk")
        ],
    }


def forget_think_tank(user: User) -> None:
    """Empty the profile, drop drafts and interests; what was published stays without a name."""
    ExpertProfile.objects.filter(user=user).update(
        name_zh="", name_en="", bio_zh="", bio_en="", state=ProfileState.HIDDEN
    )
    Interest.objects.filter(expert__user=user).delete()
    Observation.objects.of(user).filter(state=ObservationState.DRAFT).delete()


def _profile(profile: ExpertProfile) -> dict[str, object]:
    return {
        "code": profile.code,
        "field": profile.field,
        "name_zh": profile.name_zh,
        "name_en": profile.name_en,
        "bio_zh": profile.bio_zh,
        "bio_en": profile.bio_en,
        "terms": [
            {
                "letter": term.letter_no,
                "from": term.starts_on.isoformat(),
                "until": term.last_day.isoformat(),
                "state": term.state,
            }
            for term in profile.engagements.order_by("starts_on")
        ],
        "interests": [
            {"subject": f"{each.subject_kind}:{each.subject_code}", "reason": each.reason}
            for each in profile.interests.all()
        ],
        "meetings": [meeting.title for meeting in profile.meetings.order_by("starts_at")],
    }
