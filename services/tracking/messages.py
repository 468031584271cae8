"""What the reporter and the followers of a need are told, of every step."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from lishui_center.common.clock import today
from lishui_center.common.dates import message_date
from lishui_center.notifications.actions import Message, Recipient, notify_all
from lishui_center.notifications.subjects import Snapshot
from services.clocks.models import ClockKind
from services.requests.followers import Follower
from services.requests.models import ServiceRequest
from services.requests.rules import Act, State

KINDS = {
    Act.ACCEPT: "need_accepted",
    Act.ASK: "need_question",
    Act.RESOLVE: "need_resolved",
}
NOTE_IN_MESSAGE = 60


def tell_received(follower: Follower, *, now: datetime) -> None:
    """That the need is here, with its number and by when it is answered."""
    notify_all(_messages([follower], "need_received", follower.request, "", now))


def tell_following(follower: Follower, *, now: datetime) -> None:
    """That the person follows a need from now on."""
    notify_all(_messages([follower], "need_followed", follower.request, "", now))


def tell_step(request: ServiceRequest, act: Act, *, note: str, now: datetime) -> None:
    """Everybody who follows the need or one that was joined with it: one INSERT."""
    told = Q(request=request) | Q(request__merged_into=request)
    followers = list(Follower.objects.filter(told).select_related("user"))
    notify_all(_messages(followers, KINDS.get(act, "need_step"), request, note, now))


def track_path(follower: Follower) -> str:
    """The page of the need for this one person, within the site."""
    path = reverse("needs:track", args=[follower.request.reference])
    return f"{path}?t={follower.secret}"


def track_url(follower: Follower) -> str:
    """The absolute link that messages carry."""
    return f"{settings.SITE_URL}{track_path(follower)}"


def contact_of(follower: Follower) -> Recipient:
    """Where the person is reached: what was typed, else what the account has."""
    user = follower.user
    return Recipient(
        user_id=follower.user_id,
        phone_sealed=follower.phone_sealed or (user.phone_sealed if user else ""),
        phone_hash=follower.phone_hash or (user.phone_hash if user else ""),
        email=follower.email or (user.email if user else ""),
        language=follower.language,
    )


def load_snapshots(pks: Sequence[int]) -> Mapping[int, Snapshot]:
    """Needs as each of their followers' messages see them (notifications.subjects)."""
    followers = Follower.objects.filter(pk__in=pks).select_related(
        "request__centre", "request__merged_into__centre"
    )
    loaded = followers.prefetch_related("request__clocks", "request__merged_into__clocks")
    return {follower.pk: _snapshot(follower) for follower in loaded}


def _snapshot(follower: Follower) -> Snapshot:
    own = follower.request
    request = own.merged_into or own
    clocks = {clock.kind: clock for clock in request.clocks.all() if clock.ended_at is None}
    first = clocks.get(ClockKind.FIRST_RESPONSE)
    return Snapshot(
        version=request.stage,
        centre_id=request.responsible_id,
        context={
            "reference": own.reference,
            "about": own.get_category_display(),
            "centre": request.centre.short_name,
            "date": message_date(today(own.created_at)),
            "answer_days": str(first.days) if first else "",
            "url": track_url(follower),
            "short_url": f"{settings.SITE_URL}{reverse('needs:short', args=[follower.secret])}",
        },
    )


def _messages(
    followers: Sequence[Follower], kind: str, request: ServiceRequest, note: str, now: datetime
) -> list[Message]:
    return [
        Message(
            kind=kind,
            key=f"need-{follower.pk}-{kind}-{request.version}",
            recipient=contact_of(follower),
            due_at=now,
            subject=("need", follower.pk, request.stage),
            context=_context(follower, request, note),
        )
        for follower in followers
        if follower.is_reachable
    ]


def _context(follower: Follower, request: ServiceRequest, note: str) -> dict[str, str]:
    with translation.override(follower.language):
        step = str(State(request.state).label)
    short = note if len(note) <= NOTE_IN_MESSAGE else note[: NOTE_IN_MESSAGE - 1] + "…"
    return {"step": step, "note": short}
