"""The pages of stars, certificates, boards and returns, each with somebody who may see it."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from lishui_center.accounts.models import User
from tests.browser.places import Place
from tests.browser.town import Town
from tests.factories.accounts import UserFactory, sign_in_staff
from tests.factories.recognition import DAY, announced, awarded, served, star
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.boards.actions import count_team_days, give_consent
from volunteers.certificates.actions import certify_hours, certify_star, revoke_certificate
from volunteers.certificates.models import Certificate
from volunteers.certificates.rules import Period
from volunteers.recognition.models import StarAward
from volunteers.recognition.objecting import object_to_star
from volunteers.returns.actions import make_batch, mark_sent


def recognition_places(town: Town) -> Iterator[Place]:
    """What a volunteer with a star sees, and what everybody does."""
    volunteer, award = _scene(town)
    mine, nobody = Client(), Client()
    mine.force_login(volunteer)
    team = award.volunteer.memberships.get().team.code
    star_paper = certify_star(volunteer=volunteer, level=1, key=uuid4(), now=NOW)
    valid, revoked = _certificate(volunteer), _certificate(volunteer)
    revoke_certificate(code=revoked.code, by=town.admin, reason="误开", now=NOW)
    own = {"stars": [], "certificates": [], "object": [award.pk], "team-board": [team]}
    for name, args in own.items():
        yield Place(f"volunteers:{name}", mine, reverse(f"volunteers:{name}", args=args))
    for name in ("volunteers:notices", "volunteers:board", "certificates:ask"):
        yield Place(name, nobody, reverse(name))
    for name, shown in (("", valid), (", revoked", revoked), (", star", star_paper)):
        address = reverse("certificates:verify", args=[shown.code])
        yield Place(f"certificates:verify{name}", nobody, address)


def recognition_staff_places(town: Town) -> Iterator[Place]:
    """What the town's administrator decides on."""
    volunteer, award = _scene(town)
    admin = Client()
    sign_in_staff(admin, town.admin)
    batch = make_batch(centre=town.centre, by=town.admin, now=NOW)
    mark_sent(batch=batch, by=town.admin, now=NOW)
    arguments = {
        "stars": [],
        "star": [award.pk],
        "desk-objection": [award.pk],
        "certificates": [],
        "certificate": [_certificate(volunteer).code],
        "returns": [],
        "return": [batch.pk],
    }
    for name, args in arguments.items():
        address = reverse(f"volunteer-staff:{name}", args=args)
        yield Place(f"volunteer-staff:{name}", admin, address)


def _scene(town: Town) -> tuple[User, StarAward]:
    """Somebody with a star, and a neighbour's that somebody objects to."""
    team = TeamFactory(centre=town.centre)
    volunteer, neighbour = member_of(team), member_of(team)
    for user in (volunteer, neighbour):
        served(user, team, hours=108)
        give_consent(user=user, now=NOW)
    awarded(volunteer)
    award = announced(neighbour)
    object_to_star(award_id=award.pk, by=UserFactory(), text="没有来", now=NOW)
    star(member_of(team))
    count_team_days(now=NOW)
    return volunteer, award


def _certificate(volunteer: User) -> Certificate:
    period = Period(DAY - timedelta(days=30), DAY)
    return certify_hours(volunteer=volunteer, period=period, key=uuid4(), now=NOW)
