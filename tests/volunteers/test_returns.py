"""Returning hours to the national system: each record once, and what came of it."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from lishui_center.accounts.rules import Role
from lishui_center.audit.models import Event
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.hours import voided
from tests.factories.recognition import served
from tests.factories.services import NOW, CentreFactory, CommunityFactory
from tests.factories.volunteers import TeamFactory
from volunteers.hours.errors import ReasonWantedError
from volunteers.hours.models import HourEntry
from volunteers.returns import rules
from volunteers.returns.actions import make_batch, mark_sent, send_again, take_answers
from volunteers.returns.errors import NoSuchStepError, NothingToSendError, NotYourReturnError
from volunteers.returns.models import ReturnRow, RowState
from volunteers.returns.rules import Answer, UnreadableError, read_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory(centre=CentreFactory())


@pytest.fixture
def admin():
    return town_wide(Role.TOWN_ADMIN)


@pytest.fixture
def entries(team):
    return served(UserFactory(), team, hours=30)


def batch_of(by, *, centre=None, now=NOW):
    return make_batch(centre=centre, by=by, now=now)


def sent_batch(by):
    batch = batch_of(by)
    mark_sent(batch=batch, by=by, now=NOW)
    return batch


def test_takes_each_record_once(team, admin, entries):
    TeamFactory(centre=CommunityFactory())
    batch = batch_of(admin, centre=team.centre)

    assert batch.rows_total == batch.rows.count() == 3
    with pytest.raises(NothingToSendError):
        batch_of(admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnRow.objects.create(batch=batch, entry=entries[0], minutes=1, changed_at=NOW)


def test_takes_no_more_than_fits(admin, entries, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ROWS", 2)

    assert [batch_of(admin).rows_total, batch_of(admin).rows_total] == [2, 1]


def test_what_changed_since_goes_again_as_a_correction(admin, entries):
    batch_of(admin)
    HourEntry.objects.filter(pk=entries[0].pk).update(minutes=60)
    voided(entries[1])

    again = batch_of(admin)

    rows = {row.entry_id: (row.turn, row.minutes) for row in again.rows.all()}
    assert rows == {entries[0].pk: (1, 60), entries[1].pk: (1, 0)}
    with pytest.raises(NothingToSendError):
        batch_of(admin)


def test_a_manager_returns_only_their_centre(team, entries):
    manager = staff_at(team.centre_id, role=Role.CENTRE_MANAGER)

    with pytest.raises(NotYourReturnError):
        batch_of(manager)
    with pytest.raises(NotYourReturnError):
        batch_of(manager, centre=CommunityFactory())
    assert batch_of(manager, centre=team.centre).rows_total == 3


def test_goes_out_is_answered_and_refused_ones_go_again(admin, entries):
    batch = sent_batch(admin)
    first, second, third = batch.rows.all()
    with pytest.raises(NoSuchStepError):
        mark_sent(batch=batch, by=admin, now=NOW)
    with pytest.raises(ReasonWantedError):
        take_answers(batch=batch, answers=[Answer(first.pk, is_accepted=False)], by=admin, now=NOW)

    said = [
        Answer(first.pk, is_accepted=True),
        Answer(second.pk, is_accepted=False, reason="姓名不符"),
        Answer(10**9, is_accepted=True),
    ]
    assert take_answers(batch=batch, answers=said, by=admin, now=NOW) == (1, 1)
    with pytest.raises(NoSuchStepError):
        take_answers(batch=batch, answers=said, by=admin, now=NOW)
    assert send_again(batch=batch, row_ids=[first.pk, second.pk], by=admin, now=NOW) == 1
    states = list(batch.rows.values_list("state", flat=True))
    assert states == [RowState.ACCEPTED, RowState.TO_SEND, RowState.SENT]
    assert third.state == RowState.SENT


@pytest.fixture
def office(client, admin, stop_the_clock):
    stop_the_clock(NOW)
    sign_in_staff(client, admin)
    return client


def test_the_file_takes_a_reason_and_names_people_whole(office, admin, entries):
    batch = batch_of(admin)
    address = reverse("volunteer-staff:return-file", args=[batch.pk])

    assert office.post(address, {"format": "csv"}).status_code == 422
    sheet = office.post(address, {"file-reason": "上报", "format": "xlsx"})
    text = office.post(address, {"file-reason": "上报", "format": "csv"}).getvalue().decode()

    rows = list(load_workbook(io.BytesIO(sheet.getvalue())).active.iter_rows(values_only=True))
    assert len(rows) == 4
    assert rows[1][2] == "陈小怡"
    assert "陈小怡" in text
    assert Event.objects.filter(action="personal.unmasked", reason="上报").count() == 2
    page = office.get(reverse("volunteer-staff:return", args=[batch.pk])).content.decode()
    assert "陈小怡" not in page


def answered(kind, rows):
    """The file as it comes back: CSV in two encodings, or a workbook."""
    lines = [["序号 number", "姓名", "结果 result", "原因 reason"], *rows]
    if kind == "xlsx":
        book, file = Workbook(), io.BytesIO()
        for line in lines:
            book.active.append(line)
        book.save(file)
        return SimpleUploadedFile("answers.xlsx", file.getvalue())
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return SimpleUploadedFile("answers.csv", text.getvalue().encode(kind))


@pytest.mark.parametrize("kind", ["utf-8-sig", "gb18030", "xlsx"])
def test_reads_back_what_the_national_system_said(office, admin, entries, kind):
    batch = sent_batch(admin)
    first, second, _third = batch.rows.all()
    file = answered(kind, [[first.pk, "陈", "成功", ""], [second.pk, "陈", "失败", "姓名不符"]])

    address = reverse("volunteer-staff:return-answers", args=[batch.pk])
    assert office.post(address, {"answer-file": file}).status_code == 302

    second.refresh_from_db()
    assert (second.state, second.reason) == (RowState.REFUSED, "姓名不符")


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.csv", b"a,b\n1,2"),
        SimpleUploadedFile("a.csv", b"\xff\xfe\x00"),
        SimpleUploadedFile("a.csv", b"number,result\n1,maybe"),
        SimpleUploadedFile("a.xlsx", b"no workbook"),
        SimpleUploadedFile("a.pdf", b"number,result\n"),
    ],
    ids=["columns", "bytes", "result", "workbook", "ending"],
)
def test_refuses_a_file_it_cannot_read(office, admin, entries, file):
    batch = sent_batch(admin)
    address = reverse("volunteer-staff:return-answers", args=[batch.pk])
    file.seek(0)

    assert office.post(address, {"answer-file": file}).status_code == 422
    assert not ReturnRow.objects.exclude(state=RowState.SENT).exists()


def test_names_the_line_that_cannot_be_read():
    with pytest.raises(UnreadableError) as refused:
        read_answers([["number", "result"], [1, "ok"], ["x", "ok"]])

    assert refused.value.line == 3


def test_by_hand_the_ticked_ones(office, admin, entries):
    batch = sent_batch(admin)
    row = batch.rows.first()
    address = reverse("volunteer-staff:return-act", args=[batch.pk])

    office.post(address, {"act": "refused", "row": row.pk, "reason": ""})
    assert batch.rows.filter(state=RowState.SENT).count() == 3
    office.post(address, {"act": "refused", "row": row.pk, "reason": "证件号缺失"})
    office.post(address, {"act": "again", "row": row.pk})

    row.refresh_from_db()
    assert (row.state, row.reason) == (RowState.TO_SEND, "")


def test_lists_ask_the_database_the_same_for_many(office, admin, team):
    served(UserFactory(), team, hours=5)
    batch = batch_of(admin)
    pages = [reverse("volunteer-staff:returns"), reverse("volunteer-staff:return", args=[batch.pk])]

    def queries():
        with CaptureQueriesContext(connection) as made:
            for page in pages:
                assert office.get(page).status_code == 200
        return len(made)

    queries()  # the session is kept awake
    few = queries()
    for _ in range(11):
        for entry in served(UserFactory(), TeamFactory(), hours=5):
            ReturnRow.objects.create(batch=batch, entry=entry, minutes=300, changed_at=NOW)
        served(UserFactory(), team, hours=5)
        batch_of(admin)
    assert queries() == few
