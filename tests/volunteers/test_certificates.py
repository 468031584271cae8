"""Certificates: frozen, drawn, checked by anybody, revoked."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext, override
from fpdf import FPDF

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from services.standing.errors import OwnRecordError
from tests.conftest import lacking
from tests.factories.accounts import UserFactory, town_wide
from tests.factories.recognition import DAY, awarded, served
from tests.factories.services import NOW
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.certificates import rules
from volunteers.certificates.actions import certify_hours, certify_star, revoke_certificate
from volunteers.certificates.errors import (
    NoFontError,
    NoStarError,
    NothingToCertifyError,
    RevokedAlreadyError,
    TooManyCertificatesError,
)
from volunteers.certificates.fonts import check_font, find_font
from volunteers.certificates.models import Certificate
from volunteers.certificates.paper import MARGIN, WIDTH, draw
from volunteers.certificates.rules import Period
from volunteers.hours.models import HourEntry
from volunteers.recognition.models import AwardState, StarAward
from volunteers.teams.models import Team

pytestmark = pytest.mark.django_db
PERIOD = Period(DAY - timedelta(days=30), DAY)


@pytest.fixture
def volunteer():
    team = TeamFactory()
    user = member_of(team, user=UserFactory(display_name="陈小怡"))
    served(user, team, hours=30)
    return user


def certify(volunteer, *, period=PERIOD, key=None, now=NOW):
    return certify_hours(volunteer=volunteer, period=period, key=key or uuid4(), now=now)


def verify(client, code):
    return client.get(reverse("certificates:verify", args=[code]))


def test_says_what_the_ledger_says_of_the_period(volunteer):
    served(volunteer, other := TeamFactory(name_en="School gate"), hours=2)
    short = Period(DAY - timedelta(days=2), DAY)

    said = certify(volunteer, period=short).snapshot

    assert (said["minutes"], said["records"]) == (26 * 60, 3)
    assert [team["minutes"] for team in said["teams"]] == [24 * 60, 120]
    assert said["teams"][1]["en"] == other.name_en
    with pytest.raises(NothingToCertifyError):
        certify(volunteer, period=Period(DAY, DAY))


def test_a_double_click_makes_one(client, volunteer, stop_the_clock):
    stop_the_clock(NOW)
    client.force_login(volunteer)
    sent = {"key": str(uuid4()), "first": "2026-11-01", "last": "2026-11-25"}

    answers = [client.post(reverse("volunteers:certificates"), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    certificate = Certificate.objects.get()
    certificate.pk, certificate.code = None, "other"
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save()


@pytest.mark.parametrize(
    "days", [{"last": "2026-11-26"}, {"first": "2026-11-25", "last": "2026-11-01"}, {"first": "?"}]
)
def test_refuses_days_that_make_no_sense(client, volunteer, stop_the_clock, days):
    stop_the_clock(NOW)
    client.force_login(volunteer)
    sent = {"key": str(uuid4()), "first": "2026-11-01", "last": "2026-11-25", **days}

    assert client.post(reverse("volunteers:certificates"), sent).status_code == 422


def test_makes_not_too_many_a_day(volunteer, monkeypatch):
    monkeypatch.setattr(rules, "MOST_A_DAY", 1)
    certify(volunteer)

    with pytest.raises(TooManyCertificatesError):
        certify(volunteer)


def test_a_star_is_certified_while_it_is_awarded(volunteer):
    with pytest.raises(NoStarError):
        certify_star(volunteer=volunteer, level=1, key=uuid4(), now=NOW)
    award = awarded(volunteer)

    certificate = certify_star(volunteer=volunteer, level=1, key=uuid4(), now=NOW)

    assert certificate.is_valid
    assert certificate.snapshot["star"] == 1
    StarAward.objects.filter(pk=award.pk).update(
        state=AwardState.REVOKED, closed_by=UserFactory(), closed_at=NOW
    )
    certificate = Certificate.objects.get()
    assert (certificate.is_valid, certificate.ended_at) == (False, NOW)


@pytest.mark.parametrize("typed", ["k7q2m9abcdef", "K7Q2-M9AB-CDEF", " K7Q2 M9AB–CDEF\n"])
def test_reads_a_code_as_people_type_it(typed):
    assert rules.clean_code(typed) == "K7Q2M9ABCDEF"
    assert rules.clean_code(typed + "X") == ""
    assert rules.clean_code("K7Q2-M9AB-CDE0") == ""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_anybody_checks_it_and_learns_no_more_than_they_hold(client, volunteer, language):
    certificate = certify(volunteer)
    client.cookies["django_language"] = language

    page = verify(client, certificate.shown_code.lower()).content.decode()

    with override(language):
        assert gettext("This certificate is valid") in page
    assert "陈*怡" in page
    assert "陈小怡" not in page
    assert "30" in page


def test_says_what_it_said_after_the_ledger_changed(client, volunteer):
    certificate = certify(volunteer)
    no_font_is_missing()
    before = draw(certificate)
    HourEntry.objects.of(volunteer).filter(date=DAY - timedelta(days=1)).update(minutes=60)

    certificate = Certificate.objects.get()

    assert certificate.minutes == 30 * 60
    assert certificate.is_valid
    assert draw(certificate) == before


def no_font_is_missing():
    try:
        find_font()
    except NoFontError:
        lacking("a Chinese font")


def test_is_one_page_with_a_small_font_and_no_name_left_behind(client, volunteer):
    volunteer.is_demo = True
    certificate = certify(volunteer)
    no_font_is_missing()
    client.force_login(volunteer)

    answer = client.get(reverse("volunteers:certificate-paper", args=[certificate.code]))

    content = answer.getvalue()
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 1
    assert len(content) < 80_000
    assert b"/Subtype /Link" in content
    assert Event.objects.filter(action="certificate.fetched").count() == 1


def test_long_names_stay_on_the_sheet(volunteer, monkeypatch):
    Team.objects.update(name_zh="顺" * 60, name_en="Vanguard " * 11)
    volunteer.display_name = "Konstantinopoulou-Papadimitriou van der Meer"
    volunteer.save(update_fields=["display_name"])
    write, edges = FPDF.cell, []

    def noted(page, w=None, h=None, text="", **more):
        edges.append(page.x + page.get_string_width(text))
        return write(page, w, h, text, **more)

    monkeypatch.setattr(FPDF, "cell", noted)
    draw(certify(volunteer))

    assert max(edges) <= WIDTH - MARGIN


def test_revoked_says_since_when(client, volunteer):
    certificate, admin = certify(volunteer), town_wide(Role.TOWN_ADMIN)
    with pytest.raises(OwnRecordError):
        revoke_certificate(code=certificate.code, by=volunteer, reason="x", now=NOW)

    revoke_certificate(code=certificate.code, by=admin, reason="误开", now=NOW)

    page = verify(client, certificate.code).content.decode()
    assert "2026-11-25" in page
    assert gettext("This certificate is valid") not in page
    assert "误开" not in page
    assert Event.objects.get(action="certificate.revoked").actor_id == admin.pk
    with pytest.raises(RevokedAlreadyError):
        revoke_certificate(code=certificate.code, by=admin, reason="误开", now=NOW)


def test_finds_out_when_somebody_changed_what_is_kept(client, volunteer):
    certificate = certify(volunteer)
    Certificate.objects.update(snapshot={**certificate.snapshot, "minutes": 99_000})

    page = verify(client, certificate.code).content.decode()

    assert gettext("This certificate cannot be confirmed") in page


def test_an_unknown_code_is_a_friendly_404_and_guessing_ends(client, settings):
    settings.CERTIFICATE_GUESSES = 2

    answers = [verify(client, "K7Q2M9ABCDEF") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert gettext("No certificate has this code") in answers[0].content.decode()


def test_the_form_leads_to_the_code(client):
    address = reverse("certificates:ask")

    assert client.get(address).status_code == 200
    assert client.get(address, {"code": ""}).status_code == 422
    found = client.get(address, {"code": "K7Q2-M9AB-CDEF"})
    assert found.url == reverse("certificates:verify", args=["K7Q2-M9AB-CDEF"])


def test_says_at_the_start_when_no_font_is_there(settings, volunteer, client):
    settings.CERTIFICATE_FONT = "/nowhere/font.ttc#2"

    assert [found.id for found in check_font()] == ["volunteers.W001"]
    with pytest.raises(NoFontError):
        draw(certify(volunteer))
    client.force_login(volunteer)
    code = Certificate.objects.get().code
    assert client.get(reverse("volunteers:certificate-paper", args=[code])).status_code == 302


def test_draws_not_without_end(client, settings, volunteer):
    settings.CERTIFICATE_DRAWINGS = 1
    settings.CERTIFICATE_FONT = "/nowhere"
    code = certify(volunteer).code
    client.force_login(volunteer)
    address = reverse("volunteers:certificate-paper", args=[code])

    said = [client.get(address, follow=True).content.decode() for _ in range(2)]

    assert gettext("Too many at once. Please try again in an hour.") in said[1]
    assert gettext("Too many at once. Please try again in an hour.") not in said[0]


def test_takes_the_face_that_the_setting_names(settings, tmp_path: Path):
    font = tmp_path / "font.ttc"
    font.touch()
    settings.CERTIFICATE_FONT = f"{font}#4"

    assert (find_font().path, find_font().number) == (font, 4)
