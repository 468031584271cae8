"""The needs' part in a person's copy of all data, in erasing it, and in forgetting in time."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from lishui_center.accounts.models import User
from lishui_center.photos.actions import remove_photo
from lishui_center.photos.models import Photo
from services.requests.followers import Follower
from services.requests.models import RequestEvent, RequestPhoto, ServiceRequest
from services.requests.rules import OVER, Party

KEPT_FOR = timedelta(days=3 * 365)
"""How long a need keeps its person and words. Source: domain.md, "Law and standards"."""
AT_ONCE = 1_000


def export_needs(user: User) -> list[dict[str, object]]:
    """What the person reported or follows, with what was said to and by them."""
    return [
        {
            "reference": entry.request.reference,
            "reported": entry.is_reporter,
            "category": entry.request.category,
            "centre": entry.request.centre.code,
            "place": entry.request.place if entry.is_reporter else "",
            "text": entry.request.text if entry.is_reporter else entry.request.words,
            "state": entry.request.state,
            "created_at": entry.request.created_at.isoformat(),
            "phone": entry.phone,
            "email": entry.email,
            "steps": [
                {"at": event.at.isoformat(), "state": event.state, "note": event.note}
                for event in entry.request.events.all()
                if event.is_public
            ],
            "answers": [
                {"solved": said.solved, "satisfaction": said.satisfaction, "text": said.text}
                for said in entry.feedback.all()
            ],
        }
        for entry in _own(user)
        .select_related("request__centre")
        .prefetch_related("request__events", "feedback")
        .order_by("pk")
    ]


def forget_needs(user: User) -> None:
    """Take the person out of all needs, and the words and photos out of those that are over.

    What is open stays to be put right, without the name.
    """
    own = _own(user)
    reported = ServiceRequest.objects.filter(
        Q(user=user) | Q(pk__in=own.filter(is_reporter=True).values("request"))
    )
    keys = list(reported.values_list("pk", flat=True))
    entries = list(own.values_list("pk", flat=True))
    _unname(Follower.objects.filter(pk__in=entries))
    ServiceRequest.objects.filter(pk__in=keys).update(user=None, request_hash="")
    RequestEvent.objects.filter(actor=user, party=Party.RESIDENT).update(actor=None)
    _empty(ServiceRequest.objects.filter(pk__in=keys, state__in=OVER))


def forget_old(*, now: datetime) -> int:
    """The same for what ended over three years ago; how many needs. Safe to run twice."""
    old = ServiceRequest.objects.filter(state__in=OVER, moved_at__lt=now - KEPT_FOR)
    keys = list(old.exclude(text="").values_list("pk", flat=True)[:AT_ONCE])
    _unname(Follower.objects.filter(request__in=keys))
    RequestEvent.objects.filter(request__in=keys, party=Party.RESIDENT).update(actor=None)
    return _empty(ServiceRequest.objects.filter(pk__in=keys))


def _own(user: User) -> QuerySet[Follower]:
    return Follower.objects.of_person(user)


def _unname(entries: QuerySet[Follower]) -> None:
    entries.update(user=None, phone_sealed="", phone_hash="", email_sealed="")


def _empty(needs: QuerySet[ServiceRequest]) -> int:
    """Take the words and photos out; the row stays, to be counted."""
    keys = list(needs.values_list("pk", flat=True))
    rows = RequestPhoto.objects.filter(request__in=keys)
    photos = list(rows.values_list("photo", flat=True))
    rows.delete()
    for photo in Photo.objects.filter(pk__in=photos):
        remove_photo(photo=photo)
    RequestEvent.objects.filter(request__in=keys).exclude(note="").update(note="")
    return ServiceRequest.objects.filter(pk__in=keys).update(
        text="", public_text="", place="", user=None, request_hash=""
    )
