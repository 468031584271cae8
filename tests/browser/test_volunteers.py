"""An hour from the phone that enters it to the paper that proves it, and to its end."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from tests.browser.walk import button, link, said
from tests.factories.accounts import UserFactory, staff_at
from tests.factories.hours import centre_team
from tests.factories.services import NOW
from tests.factories.volunteers import member_of
from volunteers.certificates.models import Certificate
from volunteers.hours.models import HourEntry
from volunteers.review.actions import draw_sample
from volunteers.review.models import SampledEntry, SampleState
from volunteers.teams.models import MemberRole
from volunteers.templatetags.hours import hours

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("wednesday_morning"),
    pytest.mark.parametrize("language", ["zh-hans", "en"]),
]
WIDE = {"width": 1280, "height": 900}
NAME = "欧阳小怡"


@pytest.fixture
def team():
    return centre_team()


@pytest.fixture
def open_in(open_phone, open_as, language):
    """`open_in(user)`: the person's phone; `open_in()`: that of somebody not signed in."""

    def open_page(user=None, **options) -> Page:
        if user is None:
            return open_phone(language=language, **options)
        return open_as(user, language=language, **options)

    return open_page


def enter(phone: Page, start: str, end: str, *, number: int) -> None:
    """Yesterday's service; `number` records are there then."""
    form = phone.locator("form[data-outbox]")
    form.locator("[name=day]").fill("2026-11-24")
    form.locator("[name=start]").fill(start)
    form.locator("[name=end]").fill(end)
    form.locator(".buttons .btn-primary").click()
    expect(phone.locator("#ledger li")).to_have_count(number)


def approve_all(leader: Page, team, *, number: int) -> None:
    """The leader's one screen: ticked already, one tap."""
    leader.goto(reverse("volunteers:team-hours", args=[team.code]))
    expect(leader.locator(".approvals input:checked")).to_have_count(number)
    button(leader, "Approve the ticked ones").click()
    expect(leader.locator(".approvals")).to_have_count(0)


def verify_drawn(desk: Page) -> None:
    """The manager finds the drawn record among those to look at again, and says it is true."""
    desk.goto(reverse("hours:audit"))
    link(desk, "Check it").click()
    desk.locator("#id_remark").fill("问过队长")
    button(desk, "It is true").click()
    expect(desk.locator("tbody .pill-open")).to_have_count(1)


def make_certificate(phone: Page) -> tuple[str, bytes]:
    """For all days there are; the paper's address for others, and the paper."""
    phone.goto(reverse("volunteers:certificates"))
    button(phone, "Make a certificate").click()
    made = link(phone, "Open as PDF")
    expect(made).to_be_visible()
    paper = phone.request.get(made.get_attribute("href"))
    assert paper.headers["content-type"] == "application/pdf"
    return link(phone, "What others see").get_attribute("href"), paper.body()


def revoke(desk: Page, code: str) -> None:
    """Not without a reason."""
    desk.goto(reverse("volunteer-staff:certificates"))
    desk.locator("tbody a").click()
    expect(desk.locator("#id_reason")).to_be_visible()
    button(desk, "Revoke the certificate").click()
    expect(desk.locator("#id_reason[aria-invalid=true]")).to_be_visible()
    desk.locator("#id_reason").fill("误开")
    button(desk, "Revoke the certificate").click()
    expect(desk.locator(".facts")).to_contain_text("误开")


def test_hours_are_approved_audited_certified_and_the_paper_revoked(open_in, team, language):
    volunteer = member_of(team, user=UserFactory(display_name=NAME))
    leader = member_of(team, role=MemberRole.LEADER)
    phone, desk = (
        open_in(volunteer),
        open_in(staff_at(team.centre_id, role=Role.CENTRE_MANAGER), viewport=WIDE),
    )
    phone.goto(reverse("volunteers:my-hours"))
    enter(phone, "08:00", "09:30", number=1)
    enter(phone, "19:00", "20:00", number=2)
    assert HourEntry.objects.approved().count() == 0

    approve_all(open_in(leader), team, number=2)
    assert draw_sample(day=today(NOW)) == 1
    verify_drawn(desk)
    assert SampledEntry.objects.get().state == SampleState.VERIFIED

    address, paper = make_certificate(phone)
    assert paper.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1

    anybody = open_in()
    anybody.goto(address)
    heading, facts = anybody.locator("h1"), anybody.locator(".facts")
    expect(heading).to_have_text(said(anybody, "This certificate is valid"))
    expect(facts).to_contain_text(volunteer.masked_name)
    with translation.override(language):
        expect(facts).to_contain_text(hours(150))
    assert NAME not in anybody.content()

    revoke(desk, Certificate.objects.get().code)

    anybody.reload()
    expect(heading).to_have_text(said(anybody, "This certificate no longer holds"))
    assert "误开" not in anybody.content()
    phone.reload()
    expect(phone.locator(".records .pill-bad")).to_be_visible()
