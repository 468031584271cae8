"""The five buttons, and what managers see of the answers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lishui_center.accounts.models import RoleGrant
from lishui_center.accounts.rules import Role
from services.ratings.models import FollowUp, FollowUpState, Rating, Score
from tests.factories.accounts import sign_in_staff, staff_at
from tests.factories.hall import called, finished, make_hall, rated
from tests.factories.services import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]


@pytest.fixture
def at_ten(stop_the_clock):
    stop_the_clock(NOW)


@pytest.fixture
def pool():
    return make_hall().pool


@pytest.fixture
def manager(client, pool):
    user = staff_at(pool.centre_id, role=Role.CENTRE_MANAGER)
    sign_in_staff(client, user)
    return user


def rate(client, ticket, **sent):
    return client.post(reverse("ratings:rate", args=[ticket.secret]), sent, follow=True)


def listed(client, **query):
    return client.get(reverse("staff:ratings"), query)


def case_url(case):
    return reverse("staff:follow-up", args=[case.pk])


def test_my_place_shows_the_five_buttons_once_the_visit_is_over(client, pool):
    _clerk, ticket = called(pool)
    url = reverse("tickets:place", args=[ticket.secret])
    assert "score" not in client.get(url).content.decode()

    page = client.get(reverse("tickets:place", args=[finished(pool).secret])).content.decode()

    assert page.count('name="score"') == 5
    assert "hx-get" not in page


def test_one_press_is_enough_and_more_can_be_said(client, pool):
    answer = rate(client, finished(pool), score="4", tags=["quick"], text="很快")

    rating = Rating.objects.get()
    assert (rating.score, rating.tags, rating.text) == (4, ["quick"], "很快")
    assert 'name="score"' not in answer.content.decode()
    assert "谢谢您的评价" in answer.content.decode()


def test_whoever_opens_the_link_later_does_not_learn_what_was_said(client, pool):
    ticket = finished(pool)
    assert "很抱歉" in rate(client, ticket, score="1", text="等太久").content.decode()

    page = client.get(reverse("ratings:rate", args=[ticket.secret])).content.decode()

    assert "等太久" not in page
    assert "满意" not in page


def test_a_second_rating_is_kindly_told_of_the_first(client, pool):
    ticket = finished(pool)
    rate(client, ticket, score="5")

    answer = rate(client, ticket, score="1")

    assert answer.status_code == 200
    assert Rating.objects.get().score == 5


def test_what_is_no_answer_is_asked_for_again(client, pool):
    for sent in ({"text": "很快"}, {"score": "6"}, {"score": "5", "tags": ["made up"]}):
        assert rate(client, finished(pool), **sent).status_code == 422

    assert not Rating.objects.exists()


def test_an_old_visit_is_told_that_it_is_too_late(client, pool):
    ticket = finished(pool)
    type(ticket).objects.update(ended_at=NOW - timedelta(days=8))

    assert rate(client, ticket, score="5").status_code == 422
    page = client.get(reverse("ratings:rate", args=[ticket.secret]))
    assert 'name="score"' not in page.content.decode()


def test_a_wrong_link_learns_nothing(client, pool):
    assert client.get(reverse("ratings:rate", args=["x" * 24])).status_code == 404


def test_a_manager_sees_words_and_counts_but_not_whose_they_are(client, pool, manager):
    rating = rated(Score.DISSATISFIED, pool=pool, text="等太久", tags=["long_wait"])

    page = listed(client).content.decode()

    assert "等太久" in page
    assert case_url(rating.follow_up) in page
    assert rating.ticket.text not in page
    assert rating.ticket.secret not in page
    case = client.get(case_url(rating.follow_up)).content.decode()
    assert "等太久" in case
    assert rating.ticket.text not in case


@pytest.mark.parametrize("elsewhere", [False, True])
def test_clerks_and_other_centres_see_nothing(client, pool, elsewhere):
    case = rated(Score.DISSATISFIED, pool=pool, text="等太久").follow_up
    role = Role.CENTRE_MANAGER if elsewhere else Role.CENTRE_STAFF
    sign_in_staff(client, staff_at(pool.centre_id + elsewhere, role=role))

    answer = listed(client)

    assert (answer.status_code, "等太久" in answer.content.decode()) == (
        (200, False) if elsewhere else (404, False)
    )
    for method in (client.get, client.post):
        assert method(case_url(case)).status_code == 404
    assert client.post(reverse("staff:follow-up-phone", args=[case.pk])).status_code == 404


def test_lists_open_cases_first_the_earliest_due_before_all(client, pool, manager):
    rated(pool=pool, text="不错")
    late, overdue = (rated(Score.DISSATISFIED, pool=pool).follow_up for _ in range(2))
    FollowUp.objects.filter(pk=overdue.pk).update(due_on=NOW.date() - timedelta(days=1))

    page = listed(client).content.decode()

    assert page.index(case_url(overdue)) < page.index(case_url(late)) < page.index("不错")


def test_narrows_by_period_and_score(client, pool, manager):
    bad = rated(Score.DISSATISFIED, pool=pool, text="等太久")
    rated(pool=pool, text="不错")
    assert "不错" not in listed(client, only="bad").content.decode()

    type(bad.ticket).objects.update(date=NOW.date() - timedelta(days=40))

    assert "等太久" not in listed(client).content.decode()
    assert "等太久" in listed(client, days="90", centre=pool.centre.code).content.decode()


def test_a_list_of_twelve_costs_what_a_list_of_one_costs(client, pool, manager):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert listed(client).status_code == 200
        return len(asked)

    rated(Score.DISSATISFIED, pool=pool)
    queries()
    few = queries()
    for _ in range(11):
        rated(Score.DISSATISFIED, pool=pool)

    assert queries() == few


def test_a_manager_notes_and_closes(client, pool, manager):
    case = rated(Score.DISSATISFIED, pool=pool).follow_up
    url = case_url(case)

    client.post(url, {"act": "note", "note-state": "verified", "note-text": "已核实"})
    client.post(url, {"act": "close", "close-call_back": "satisfied", "close-text": "满意"})

    case.refresh_from_db()
    assert (case.state, case.manager) == (FollowUpState.CLOSED, manager)
    assert "已核实" in client.get(url).content.decode()


def test_a_case_takes_words_and_the_call_back(client, pool, manager):
    case = rated(Score.DISSATISFIED, pool=pool).follow_up
    FollowUp.objects.update(state=FollowUpState.FIXED)

    for sent in (
        {"act": "note", "note-state": "fixed", "note-text": ""},
        {"act": "note", "note-state": "open", "note-text": "重来"},
        {"act": "close", "close-call_back": "", "close-text": "未回访"},
    ):
        assert client.post(case_url(case), sent).status_code == 422


def test_the_number_is_shown_only_for_a_reason(client, pool, manager):
    visit = {"phone": "13900000009"}
    case = rated(Score.DISSATISFIED, pool=pool, visit=visit).follow_up
    assert "13900000009" not in client.get(case_url(case)).content.decode()
    url = reverse("staff:follow-up-phone", args=[case.pk])

    assert "13900000009" not in client.post(url).content.decode()
    assert "13900000009" in client.post(url, {"phone-reason": "回访"}).content.decode()


def test_a_manager_who_served_at_the_visit_decides_nothing(client, pool):
    case = rated(Score.DISSATISFIED, pool=pool).follow_up
    clerk = case.rating.ticket.events.exclude(window=None).first().actor
    RoleGrant.objects.filter(user=clerk).update(role=Role.CENTRE_MANAGER)
    sign_in_staff(client, clerk)

    sent = {"act": "note", "note-state": "verified", "note-text": "无事"}

    assert 'name="act"' not in client.get(case_url(case)).content.decode()
    assert client.post(case_url(case), sent).status_code == 422
