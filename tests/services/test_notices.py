"""Telling a visitor, once, all that is missing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lishui_center.audit.models import Event
from lishui_center.notifications.models import Notification
from lishui_center.notifications.subjects import load
from services.console.actions import call_next
from services.console.errors import ItemElsewhereError
from services.console.items import add_item, drop_item, give_notice
from services.console.outcomes import finish, undo
from services.notices.access import missing_of
from services.notices.errors import NothingMissingError, NothingNamedError
from services.notices.models import MissingDocument
from services.notices.rules import LineOutcome
from services.tickets.models import Ticket, TicketItem, TicketState
from tests.factories.accounts import sign_in_staff, staff_at
from tests.factories.hall import arrive, called, clerk_at, make_hall
from tests.factories.services import NOW, CommunityFactory, DocumentFactory, OfferingFactory

pytestmark = pytest.mark.django_db
MISSING = TicketItem.Outcome.MISSING
LATER = NOW + timedelta(seconds=20)


@pytest.fixture
def offering():
    return make_hall()


@pytest.fixture
def document(offering):
    return DocumentFactory(item=offering.item, name_zh="户口簿", name_en="Household register")


@pytest.fixture
def clerk(offering):
    """Somebody with a booking, and a phone, sits in front of this one."""
    arrive(offering, cell=44, at=NOW)
    clerk = clerk_at(offering.pool)
    call_next(clerk=clerk, now=NOW)
    return clerk


def lacks(offering, *documents, other=""):
    return {offering.item_id: LineOutcome(MISSING, [paper.pk for paper in documents], other)}


def test_keeps_the_list_as_it_was_told_when_the_catalogue_changes(offering, document, clerk):
    ticket = finish(clerk=clerk, now=NOW, outcomes=lacks(offering, document, other="  两张照片 "))
    document.delete()

    (line,) = missing_of(ticket)

    assert [paper.name_zh for paper in line.missing.all()] == ["户口簿", "两张照片"]
    assert Event.objects.filter(action="notice.given", facts__documents=2).exists()


def test_missing_without_saying_what_ends_no_visit(offering, document, clerk):
    stranger = DocumentFactory(item__code="Z99")

    with pytest.raises(NothingNamedError, match=offering.item.name):
        finish(clerk=clerk, now=NOW, outcomes=lacks(offering, stranger, other=" "))

    assert Ticket.objects.get().state == TicketState.CALLED
    assert not MissingDocument.objects.exists()


def test_prints_the_list_while_the_person_is_here_and_keeps_it_when_finishing(
    offering, document, clerk
):
    with pytest.raises(NothingMissingError):
        give_notice(clerk=clerk, outcomes={})
    give_notice(clerk=clerk, outcomes=lacks(offering, document))
    assert not Notification.objects.filter(kind="documents_missing").exists()

    ticket = finish(clerk=clerk, now=NOW)

    assert [line.outcome for line in missing_of(ticket)] == [MISSING]
    assert Notification.objects.filter(kind="documents_missing").count() == 1


def test_sends_the_list_as_it_is_after_taking_back(offering, document, clerk):
    finish(clerk=clerk, now=NOW, outcomes=lacks(offering, document))
    ticket = undo(clerk=clerk, now=NOW)
    assert load("notice", ticket.pk) is None

    finish(clerk=clerk, now=LATER, outcomes=lacks(offering, document, other="照片"))

    message = Notification.objects.get(kind="documents_missing")
    assert load("notice", ticket.pk).context["count"] == 2
    assert message.due_at == NOW + timedelta(minutes=1)


def test_sends_nothing_once_nothing_is_missing_after_all(offering, document, clerk):
    give_notice(clerk=clerk, outcomes=lacks(offering, document))

    ticket = finish(
        clerk=clerk,
        now=NOW,
        outcomes={offering.item_id: LineOutcome(TicketItem.Outcome.RESOLVED, [document.pk])},
    )

    assert missing_of(ticket) == []
    assert not Notification.objects.filter(kind="documents_missing").exists()


def test_a_walk_in_gets_the_services_that_the_window_handles(offering):
    clerk, ticket = called(offering.pool)
    elsewhere = OfferingFactory(centre=offering.centre)

    add_item(clerk=clerk, item_id=offering.item_id)
    add_item(clerk=clerk, item_id=offering.item_id)
    with pytest.raises(ItemElsewhereError):
        add_item(clerk=clerk, item_id=elsewhere.item_id)

    assert ticket.items.get().item == offering.item
    drop_item(clerk=clerk, item_id=offering.item_id)
    assert not ticket.items.exists()


@pytest.fixture
def at_the_window(client, clerk, stop_the_clock):
    stop_the_clock(NOW)
    sign_in_staff(client, clerk)
    return client


def fields(offering, **more):
    ticket = Ticket.objects.get()
    return {
        "ticket": ticket.pk,
        "version": ticket.version,
        f"outcome-{offering.item_id}": MISSING,
        **more,
    }


def test_the_sheet_is_in_the_visitors_language_and_for_the_centres_staff_only(
    at_the_window, offering, document, client
):
    Ticket.objects.update(language="en")
    sent = fields(offering, **{f"missing-{offering.item_id}": [document.pk]})

    answer = at_the_window.post(reverse("staff:console-notice"), sent, follow=True)

    assert "Household register" in answer.content.decode()
    assert "What is still missing" in answer.content.decode()
    sign_in_staff(client, staff_at(CommunityFactory().pk))
    address = reverse("staff:notice", args=[sent["ticket"]])
    assert client.get(address).status_code == 404


def test_the_console_keeps_what_was_filled_in_when_it_refuses(at_the_window, offering, document):
    answer = at_the_window.post(
        reverse("staff:console-act", args=["finish"]),
        fields(offering),
        headers={"hx-request": "true"},
    )

    (line,) = answer.context["console"].lines
    assert line.outcome == MISSING
    assert "一次" in answer.context["refusal"]


@pytest.mark.parametrize("key", ["", "x", "²", "-1", "9" * 30])
def test_a_key_that_is_none_adds_no_service(at_the_window, offering, key):
    sent = fields(offering, item=key)

    answer = at_the_window.post(reverse("staff:console-act", args=["add-item"]), sent, follow=True)

    assert answer.status_code == 200
    assert TicketItem.objects.count() == 1


def test_the_visitors_page_shows_the_list_and_books_again(client, offering, document, clerk):
    ticket = finish(clerk=clerk, now=NOW, outcomes=lacks(offering, document))

    text = client.get(reverse("tickets:place", args=[ticket.secret])).content.decode()

    assert "户口簿" in text
    assert f"centre={offering.centre.code}&amp;item={offering.item.code}" in text
