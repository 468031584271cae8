"""Who sees a suspension: the holder of its link, and the managers who decide."""

from datetime import date

from django.core.signing import BadSignature, Signer
from django.db.models import Case, Q, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import managed_centres, staffed_centres
from lishui_center.accounts.models import User
from services.standing.models import AppealState, Suspension, SuspensionQuerySet

SIGNER = Signer(salt="suspension-link")


def link_token(suspension: Suspension) -> str:
    """The secret in the person's link."""
    return SIGNER.sign(str(suspension.pk))


def get_suspension_by_link(token: str) -> Suspension:
    """The suspension, or 404: a forged link learns nothing."""
    try:
        pk = int(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        raise Http404 from None
    return get_object_or_404(Suspension.objects.for_list(), pk=pk)


def suspensions_of(user: User) -> SuspensionQuerySet:
    """The person's own, latest first: of visits booked while signed in, or of the proven phone."""
    own = Q(cause__user=user)
    if user.phone_verified_at:
        own |= Q(phone_hash=user.phone_hash)
    return Suspension.objects.for_list().filter(own)


def suspensions_to_decide(user: User, today: date) -> SuspensionQuerySet:
    """The suspensions of the centres that the person manages."""
    return Suspension.objects.for_list().filter(managed_centres(user, today))


def suspensions_seen_by(user: User, today: date) -> SuspensionQuerySet:
    """The suspensions of the centres where the person works, open appeals first."""
    found = Suspension.objects.for_list().filter(staffed_centres(user, today))
    waiting = Case(When(appeal=AppealState.OPEN, then=0), default=1)
    return found.order_by(waiting, "-starts_at", "pk")


def get_suspension_to_decide(user: User, pk: int, today: date) -> Suspension:
    """The suspension, or 404 for anyone who does not manage its centre."""
    return get_object_or_404(suspensions_to_decide(user, today), pk=pk)
