"""Who sees, decides on and cancels a use."""

from datetime import date, datetime

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare

from lishui_center.accounts.access import staffed_centres, works_town_wide
from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from services.centres.models import Centre
from services.lending.models import LendingPolicy, Use, UseQuerySet, UseState
from services.lending.rules import Terms
from services.resources.models import Resource


def terms_of(resource: Resource) -> Terms:
    """What residents may ask for there; the defaults while nothing is stored."""
    stored = LendingPolicy.objects.filter(centre=resource.centre_id).first()
    return stored.terms if stored else Terms()


def policy_of(centre: Centre) -> LendingPolicy:
    """What the centre allows; the defaults while nothing was stored."""
    stored = LendingPolicy.objects.filter(centre=centre).first()
    return stored or LendingPolicy(centre=centre)


def get_use_by_link(reference: str, token: str) -> Use:
    """The use, or 404: a wrong token learns nothing, not even that it exists."""
    if not reference.isalnum():  # no database takes a NUL
        raise Http404
    use = Use.objects.for_list().filter(reference=reference.upper()).first()
    if use is None or not constant_time_compare(use.token, token):
        raise Http404
    return use


def own_uses(user: User) -> Q:
    """A filter: asked for while signed in, or with the phone that the person has proven."""
    own = Q(user=user)
    return own | Q(phone_hash=user.phone_hash) if user.phone_verified_at else own


def uses_of(user: User) -> UseQuerySet:
    """What the person asked for, the next first."""
    return Use.objects.for_list().filter(own_uses(user)).order_by("-starts_at", "-pk")


def uses_decided_by(user: User, day: date) -> UseQuerySet:
    """The uses of resources at the centres where the person works; of the town's, the town's."""
    here = staffed_centres(user, day, field="resource__centre_id")
    return Use.objects.for_list().filter(here)


def uses_seen_by(user: User, day: date) -> UseQuerySet:
    """The same, and what the person entered at other centres."""
    here = staffed_centres(user, day, field="resource__centre_id")
    return Use.objects.for_list().filter(here | Q(entered_by=user) if here else here)


def uses_on_list(user: User, wanted: str, now: datetime) -> UseQuerySet:
    """To decide: what waits at the person's centres; coming and past: also what they entered."""
    if wanted == "decide":
        waiting = uses_decided_by(user, today(now)).not_begun(now)
        return waiting.filter(state=UseState.ASKED)
    seen = uses_seen_by(user, today(now))
    if wanted == "coming":
        return seen.to_come(now)
    over = seen.exclude(pk__in=Use.objects.to_come(now).values("pk"))
    return over.order_by("-starts_at", "-pk")


def get_use_for_staff(user: User, reference: str, day: date) -> Use:
    """The use, or 404 for anyone who neither works there nor entered it."""
    return get_object_or_404(uses_seen_by(user, day), reference=reference.upper())


def get_use_to_decide(user: User, reference: str, day: date) -> Use:
    """The use, or 404 for anyone who does not work where its resource belongs."""
    return get_object_or_404(uses_decided_by(user, day), reference=reference.upper())


def works_at(user: User, resource: Resource, day: date) -> bool:
    """Whether the person works where the resource belongs."""
    if resource.centre_id is None:
        return works_town_wide(user, day)
    return Resource.objects.filter(staffed_centres(user, day), pk=resource.pk).exists()


def is_own(user: User, use: Use) -> bool:
    """Whether the person asked for it, entered it, or gets its messages."""
    has_phone = bool(user.phone_hash) and user.phone_hash == use.phone_hash
    return has_phone or user.pk in (use.user_id, use.entered_by_id)
