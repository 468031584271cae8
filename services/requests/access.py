"""Who sees a need, and in which parts: its link's holder, the units it concerns, the auditor."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from lishui_center.accounts.access import staffed_centres, works_town_wide
from lishui_center.accounts.models import User
from lishui_center.accounts.rules import Role
from services.centres.models import Centre, CentreQuerySet
from services.requests.followers import Follower
from services.requests.models import ServiceRequest, ServiceRequestQuerySet
from services.requests.rules import Party
from services.requests.targets import CENTRE, KINDS

SECRET_LENGTH = 24


def get_follower_by_link(reference: str, secret: str) -> Follower:
    """The reporter or follower whose link this is, or 404 without a word on why."""
    if not (reference.isalnum() and secret.isalnum() and len(secret) == SECRET_LENGTH):
        raise Http404
    found = Follower.objects.select_related(
        "request__centre", "request__handler", "request__responsible", "request__merged_into"
    )
    return get_object_or_404(found, request__reference=reference.upper(), secret=secret)


def get_follower_by_secret(secret: str) -> Follower:
    """The same by the secret alone, as a text message carries it."""
    if not (secret.isalnum() and len(secret) == SECRET_LENGTH):
        raise Http404
    return get_object_or_404(Follower.objects.select_related("request"), secret=secret)


def needs_seen_by(user: User, today: date) -> ServiceRequestQuerySet:
    """The needs of the units that the person works for; auditors see all, and change none."""
    if works_town_wide(user, today) or user.has_role(Role.AUDITOR, today):
        return ServiceRequest.objects.all()
    mine = staffed_centres(user, today, field="responsible_id")
    mine |= staffed_centres(user, today, field="handler_id")
    for kind, target in KINDS.items():
        if codes := target.codes_of(user, today):
            mine |= Q(target_kind=kind, target_code__in=codes)
    return ServiceRequest.objects.filter(mine)


def get_need_for_staff(user: User, reference: str, today: date) -> ServiceRequest:
    """The need, or 404 for anyone whom it does not concern."""
    if not reference.isalnum():  # no database takes a NUL
        raise Http404
    found = needs_seen_by(user, today).for_page()
    return get_object_or_404(found, reference=reference.upper())


def parties_of(user: User, need: ServiceRequest, today: date) -> frozenset[Party]:
    """In which parts the person may act; none on a need of one's own."""
    return parties_of_each(user, [need], today)[need.pk]


def parties_of_each(
    user: User, needs: Collection[ServiceRequest], today: date
) -> dict[int, frozenset[Party]]:
    """The same for many, {need: parts}, by a fixed number of queries."""
    followed = Follower.objects.of_person(user).filter(request__in=[need.pk for need in needs])
    own = set(followed.values_list("request", flat=True))
    kinds = {need.target_kind for need in needs if need.target_kind in KINDS}
    codes = {kind: frozenset(KINDS[kind].codes_of(user, today)) for kind in kinds}
    return {
        need.pk: frozenset()
        if need.user_id == user.pk or need.pk in own
        else _parties(user, need, today, codes)
        for need in needs
    }


def is_own(user: User, need: ServiceRequest) -> bool:
    """Whether the person reported it or follows it."""
    return need.user_id == user.pk or Follower.objects.of_person(user).filter(request=need).exists()


def _parties(
    user: User, need: ServiceRequest, today: date, codes: Mapping[str, Collection[str]]
) -> frozenset[Party]:
    parties = set()
    may_lead = not need.is_with_town or user.is_town_admin(today)
    if may_lead and user.works_at(need.responsible_id, today):
        parties.add(Party.DESK)
    if may_lead and user.manages(need.responsible_id, today):
        parties.add(Party.MANAGER)
    if _is_of_unit(user, need, today, codes):
        parties.add(Party.UNIT)
    return frozenset(parties)


def _is_of_unit(
    user: User, need: ServiceRequest, today: date, codes: Mapping[str, Collection[str]]
) -> bool:
    """Whether the person belongs to those to whom it was passed on; to nobody: to the desk."""
    if not need.target_kind:
        return user.works_at(need.responsible_id, today)
    if need.target_kind == CENTRE and need.handler_id:
        return user.works_at(need.handler_id, today)
    return need.target_code in codes.get(need.target_kind, ())


def centres_to_report_at() -> CentreQuerySet:
    """Every place of the network can have a need."""
    return Centre.objects.active()


def unit_for(place: Centre) -> Centre:
    """Who receives a need of that place first: a station's is its parent's."""
    return place.parent if place.tier == "station" and place.parent else place
