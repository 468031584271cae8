"""The desk's pages: deadlines, the reporter's number, many needs at once, writing one down."""

import pytest
from django.urls import reverse

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from services.clocks.models import SlaPolicy
from services.dispatching.ways import AT_ONCE, KEYS, ways_from
from services.requests.models import ServiceRequest
from services.requests.rules import Act, Party, State
from tests.factories.accounts import sign_in_staff, staff_at, town_wide
from tests.factories.needs import PHONE, Desk, report
from tests.factories.services import NOW

pytestmark = pytest.mark.django_db

WRITTEN = {"channel": "phone", "category": "parking", "text": "村口消防通道长期停满了车"}


@pytest.fixture
def desk(stop_the_clock):
    stop_the_clock(NOW)
    return Desk()


@pytest.fixture
def clerk(client, desk):
    sign_in_staff(client, desk.clerk)
    return client


def said(answer):
    """What the page after a step says, as one text."""
    return " ".join(str(message) for message in answer.context["messages"])


def test_the_town_promises_other_deadlines_from_now_on(client, desk):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))
    page = reverse("staff:need-deadlines")
    typed = {"category": "parking", "first_response_days": "2", "resolution_days": "7"}

    answer = client.post(page, typed, follow=True)

    policy = SlaPolicy.objects.get()
    assert (policy.version, policy.first_response_days, policy.resolution_days) == (1, 2, 7)
    assert policy in answer.context["policies"]
    assert len(answer.context["policies"]) > 1
    assert Event.objects.filter(action="need.deadlines_set").get().facts["version"] == 1
    clocks = report(desk.town).request.clocks
    assert set(clocks.values_list("policy_version", "days")) == {(1, 2), (1, 7)}


@pytest.mark.parametrize("days", [("8", "7"), ("0", "7"), ("", "7"), ("2", "251")])
def test_refuses_deadlines_that_make_no_sense(client, desk, days):
    sign_in_staff(client, town_wide(Role.TOWN_ADMIN))
    typed = {"category": "parking", "first_response_days": days[0], "resolution_days": days[1]}

    assert client.post(reverse("staff:need-deadlines"), typed).status_code == 422
    assert not SlaPolicy.objects.exists()


def test_nobody_else_sets_deadlines(client, desk):
    sign_in_staff(client, desk.manager)

    assert client.get(reverse("staff:need-deadlines")).status_code == 404


def test_the_number_stays_masked_until_a_reason_is_given(clerk, desk):
    need = report(desk.town).request
    page, ask = (reverse(f"staff:need{part}", args=[need.reference]) for part in ("", "-contact"))

    before = clerk.get(page)
    without = clerk.post(ask, {"why-reason": " "})
    assert PHONE not in before.content.decode() + without.content.decode()
    assert without.status_code == 422
    assert not Event.objects.filter(action="personal.unmasked").exists()
    shown = clerk.post(ask, {"why-reason": "核实现场位置"})

    assert PHONE in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    seen = Event.objects.get(reason="核实现场位置")
    assert (seen.actor_id, seen.target_id) == (desk.clerk.pk, str(need.pk))
    assert PHONE not in str(seen.facts)
    assert PHONE not in clerk.get(page).content.decode()


@pytest.mark.parametrize(("who", "status"), [("elsewhere", 404), ("auditor", 404), ("own", 422)])
def test_others_are_not_shown_the_number(client, desk, who, status):
    need = report(desk.town).request
    if who == "own":
        need.followers.create(user=desk.clerk, secret="o" * 24, language="en", created_at=NOW)
    people = {"elsewhere": desk.village_clerk, "own": desk.clerk}
    sign_in_staff(client, people.get(who) or town_wide(Role.AUDITOR))

    answer = client.post(
        reverse("staff:need-contact", args=[need.reference]), {"why-reason": "看看"}
    )

    assert answer.status_code == status
    assert PHONE not in answer.content.decode()
    assert not Event.objects.filter(reason="看看").exists()


def test_many_at_once_says_by_number_what_was_refused(clerk, desk):
    needs = [report(desk.town, phone="").request for _ in range(3)]
    desk.do(needs[1], Act.TRIAGE)
    stranger = report(desk.village, phone="").request
    sent = {"act": "triage", "references": [need.reference for need in (*needs, stranger)]}

    answer = clerk.post(reverse("staff:needs-bulk"), sent, follow=True)

    assert f"{needs[1].reference}: " in said(answer)
    for other in (needs[0], needs[2], stranger):
        assert other.reference not in said(answer)
    for need in (*needs, stranger):
        need.refresh_from_db()
    assert [need.state for need in needs] == [State.TRIAGED] * 3
    assert stranger.state == State.SUBMITTED


def test_many_at_once_passes_on_only_to_somebody(clerk, desk):
    need = desk.need_in("triaged")
    sent = {"act": "dispatch", "references": [need.reference]}

    nobody = clerk.post(reverse("staff:needs-bulk"), sent, follow=True)
    assert need.reference in said(nobody)
    clerk.post(reverse("staff:needs-bulk"), sent | {"target": f"centre:{desk.village.code}"})

    need.refresh_from_db()
    assert (need.state, need.handler) == (State.DISPATCHED, desk.village)


def test_fifty_at_once_and_not_one_more(clerk, desk):
    need = report(desk.town, phone="").request
    fifty = [need.reference, *(f"S26112599{number:02d}" for number in range(49))]

    more = clerk.post(
        reverse("staff:needs-bulk"), {"act": "triage", "references": [*fifty, "S1"]}, follow=True
    )
    need.refresh_from_db()
    assert need.state == State.SUBMITTED
    assert "50" in said(more)
    clerk.post(reverse("staff:needs-bulk"), {"act": "triage", "references": fifty})

    need.refresh_from_db()
    assert need.state == State.TRIAGED


@pytest.mark.parametrize(
    "sent", [{"act": "triage"}, {"act": "close", "references": ["S2611250001"]}, {}]
)
def test_nothing_ticked_or_chosen_changes_nothing(clerk, desk, sent):
    need = report(desk.town).request
    version = need.version

    answer = clerk.post(reverse("staff:needs-bulk"), sent, follow=True)

    need.refresh_from_db()
    assert need.version == version
    assert len(answer.context["messages"]) == 1


def test_shows_staff_what_is_known_before_a_need_is_doubled(clerk, desk):
    known = report(desk.town, text=WRITTEN["text"]).request
    typed = WRITTEN | {"centre": desk.town.code, "phone": "13900000005"}

    step = clerk.post(reverse("staff:need-new"), typed)
    assert step.context["known"] == [known]
    assert ServiceRequest.objects.count() == 1
    page = clerk.post(reverse("staff:need-new"), typed | {"follow": known.reference}, follow=True)

    assert page.redirect_chain[-1][0] == reverse("staff:need", args=[known.reference])
    assert known.followers.get(is_reporter=False).phone == "13900000005"
    assert ServiceRequest.objects.count() == 1
    assert Event.objects.get(action="need.followed").actor_id == desk.clerk.pk


def test_who_left_no_number_is_not_counted_as_told(clerk, desk):
    known = report(desk.town, text=WRITTEN["text"]).request
    typed = WRITTEN | {"centre": desk.town.code, "follow": known.reference}

    answer = clerk.post(reverse("staff:need-new"), typed, follow=True)

    assert known.reference in said(answer)
    assert known.followers.count() == 1


def test_keeps_the_words_and_joins_the_two(clerk, desk):
    known = report(desk.town, text=WRITTEN["text"]).request
    typed = WRITTEN | {"centre": desk.town.code, "phone": "13900000005", "join": known.reference}

    clerk.post(reverse("staff:need-new"), typed)

    joined = ServiceRequest.objects.exclude(pk=known.pk).get()
    assert (joined.state, joined.merged_into, joined.entered_by) == (
        State.MERGED,
        known,
        desk.clerk,
    )


def test_joining_at_another_centre_writes_nothing(clerk, desk):
    known = report(desk.village, text=WRITTEN["text"]).request
    typed = WRITTEN | {"centre": desk.village.code}

    assert not clerk.post(reverse("staff:need-new"), typed).context["may_join"]
    refused = clerk.post(reverse("staff:need-new"), typed | {"join": known.reference})

    assert refused.status_code == 422
    assert ServiceRequest.objects.count() == 1


def test_what_is_something_else_is_saved_by_itself(clerk, desk):
    report(desk.town, text=WRITTEN["text"])

    clerk.post(reverse("staff:need-new"), WRITTEN | {"centre": desk.town.code, "sure": "1"})

    need = ServiceRequest.objects.latest("pk")
    assert (need.state, need.channel, need.entered_by) == (State.SUBMITTED, "phone", desk.clerk)


def test_a_step_of_the_board_answers_in_words(clerk, desk):
    need = report(desk.town).request
    step = reverse("staff:need-act", args=[need.reference, "triage"])
    sent = {"triage-version": need.version, "triage-category": need.category}

    done = clerk.post(step, sent, headers={"Accept": "text/plain"})
    late = clerk.post(step, sent, headers={"Accept": "text/plain"})

    assert (done.status_code, late.status_code) == (200, 422)
    assert need.reference in done.content.decode()
    assert late["Content-Type"] == "text/plain; charset=utf-8"
    assert len(late.content.decode()) > 10
    need.refresh_from_db()
    assert need.state == State.TRIAGED


def test_the_way_of_the_board_opens_the_form(clerk, desk):
    need = desk.need_in("triaged")

    page = clerk.get(reverse("staff:need", args=[need.reference]) + "?do=transfer")

    form = page.content.decode().partition('id="do-transfer"')[2].partition(">")[0]
    assert "open" in form


@pytest.mark.parametrize(
    ("state", "party", "ways"),
    [
        (State.SUBMITTED, Party.DESK, {"t": "triaged", "d": "sent"}),
        (State.TRIAGED, Party.DESK, {"d": "sent", "p": "working"}),
        (State.DISPATCHED, Party.UNIT, {"a": "working", "r": "new"}),
        (State.IN_PROGRESS, Party.UNIT, {"r": "new", "q": "asked", "f": "confirm"}),
        (State.WAITING_RESIDENT, Party.UNIT, {"w": "working"}),
        (State.RESOLVED_CLAIMED, Party.DESK, {"o": "new"}),
        (State.SUBMITTED, Party.UNIT, {}),
    ],
)
def test_a_card_can_go_where_a_step_leads(state, party, ways):
    assert {way.key: way.column for way in ways_from(state, {party})} == ways


def test_each_letter_and_each_column_means_one_step():
    assert len(set(KEYS.values())) == len(KEYS)
    assert set(KEYS) >= AT_ONCE
    for state in (State.SUBMITTED, State.TRIAGED, State.DISPATCHED, State.IN_PROGRESS):
        columns = [way.column for way in ways_from(state, set(Party))]
        assert len(columns) == len(set(columns))


def test_the_board_asks_as_much_for_twelve_as_for_one(clerk, desk, django_assert_max_num_queries):
    staff_at(desk.town.pk)
    report(desk.town, phone="")
    clerk.get(reverse("staff:needs-board"))
    with django_assert_max_num_queries(40) as one:
        clerk.get(reverse("staff:needs-board"))
    asked = len(one)
    for _ in range(11):
        report(desk.town, phone="")

    with django_assert_max_num_queries(asked):
        page = clerk.get(reverse("staff:needs-board"))

    column, cards = page.context["columns"][0]
    assert (column.count, len(cards)) == (12, 12)
    assert all(card.ways for card in cards)
