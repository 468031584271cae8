"""Entering members from a sheet: all rows or none."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from lishui_center.accounts.actions import forget_unproven
from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.notifications.models import Notification
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at
from tests.factories.services import NOW, CentreFactory, CommunityFactory
from tests.factories.teams import sheet_of
from tests.factories.volunteers import TeamFactory, member_of
from volunteers.importing import sheet
from volunteers.importing.actions import confirm_import, keep_rows, remove_expired
from volunteers.importing.checking import check_rows
from volunteers.importing.errors import (
    FormulaError,
    ImportGoneError,
    NoRowsError,
    NotASheetError,
    RowsAtFaultError,
    TooLargeError,
    TooManyRowsError,
)
from volunteers.importing.models import MemberImport
from volunteers.teams.models import Membership, TeamState

pytestmark = pytest.mark.django_db
DAY = today(NOW)
PHONE = "13912340001"


@pytest.fixture
def team():
    return TeamFactory(code="creek", centre=CentreFactory())


@pytest.fixture
def clerk(team):
    return staff_at(team.centre_id)


def faults(rows, by):
    read = sheet.read_rows(sheet_of(rows))
    return [bool(one.faults) for one in check_rows(read, by=by, day=DAY)]


def kept(rows, by):
    return keep_rows(rows=sheet.read_rows(sheet_of(rows)), by=by, now=NOW)


def test_enters_all_rows_and_opens_accounts_for_strangers(team, clerk):
    known = UserFactory(display_name="陈小怡")
    rows = [
        ["creek", "欧阳明", 13912340001, date(2026, 5, 1)],
        ["creek", "陈怡", known.phone, "2026/6/2"],
        ["CREEK", "梁宽", "+86 139-1234-0003", None],
    ]

    assert confirm_import(import_id=kept(rows, clerk).pk, by=clerk, now=NOW) == 3

    new = User.objects.with_phone(PHONE)
    assert new.display_name == "欧阳明"
    assert not new.has_usable_password()
    known.refresh_from_db()
    assert known.display_name == "陈小怡"
    days = Membership.objects.order_by("pk").values_list("starts_on", flat=True)
    assert list(days) == [date(2026, 5, 1), date(2026, 6, 2), DAY]
    assert Notification.objects.filter(kind="team_entered").count() == 3
    assert forget_unproven(now=NOW + timedelta(days=9)) == 0


def test_names_what_is_wrong_with_each_row(team, clerk):
    inside, before = UserFactory(), UserFactory()
    member_of(team, user=inside)
    member_of(team, user=before, ends_on=date(2026, 3, 1))
    gone = UserFactory(is_active=False)
    TeamFactory(code="elsewhere", centre=CommunityFactory())
    TeamFactory(code="over", centre=team.centre, state=TeamState.DORMANT)
    good = ["creek", "欧阳明", PHONE, None]
    rows = [
        good,
        ["creek", "", "13912340002", None],
        ["creek", "梁宽", "12345", None],
        ["", "梁宽", "13912340003", None],
        ["elsewhere", "梁宽", "13912340004", None],
        ["over", "梁宽", "13912340005", None],
        good,
        ["creek", "梁宽", PHONE, None],
        ["creek", "甲", inside.phone, None],
        ["creek", "乙", before.phone, "2026-02-28"],
        ["creek", "丙", clerk.phone, None],
        ["creek", "丁", gone.phone, None],
        ["creek", "戊", "13912340006", "昨天"],
        ["creek", "己", "13912340007", DAY + timedelta(days=1)],
        ["creek", "庚" * 61, "13912340008", None],
        ["creek", "乙", before.phone, "2026-03-02"],
    ]

    found = faults(rows, clerk)

    assert found == [False] + [True] * 15
    assert faults(rows[-1:], clerk) == [False]


def test_asks_the_same_for_one_row_and_many(team, clerk, django_assert_num_queries):
    rows = [["creek", "陈小怡", UserFactory().phone, None] for _ in range(9)]

    for some in (rows[:1], rows):
        read = sheet.read_rows(sheet_of(some))
        clerk = User.objects.get(pk=clerk.pk)
        with django_assert_num_queries(4):
            check_rows(read, by=clerk, day=DAY)


def test_enters_nothing_when_a_row_went_bad_after_the_preview(team, clerk):
    other = UserFactory()
    list_ = kept([["creek", "欧阳明", PHONE, None], ["creek", "乙", other.phone, None]], clerk)
    member_of(team, user=other)

    with pytest.raises(RowsAtFaultError):
        confirm_import(import_id=list_.pk, by=clerk, now=NOW)

    assert User.objects.with_phone(PHONE) is None
    assert Membership.objects.count() == 1
    assert MemberImport.objects.count() == 1


def test_a_list_is_sealed_for_its_owner_used_once_and_short_lived(team, clerk):
    list_ = kept([["creek", "欧阳明", PHONE, None]], clerk)
    assert PHONE not in list_.rows_sealed
    assert "欧阳明" not in list_.rows_sealed
    with pytest.raises(ImportGoneError):
        confirm_import(import_id=list_.pk, by=staff_at(team.centre_id), now=NOW)
    with pytest.raises(ImportGoneError):
        confirm_import(import_id=list_.pk, by=clerk, now=NOW + timedelta(minutes=31))

    confirm_import(import_id=list_.pk, by=clerk, now=NOW)

    with pytest.raises(ImportGoneError):
        confirm_import(import_id=list_.pk, by=clerk, now=NOW)
    kept([["creek", "丙", "13912340009", None]], clerk)
    assert remove_expired(now=NOW + timedelta(minutes=31)) == 1


def bomb():
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 9_000_000)
    return file.getvalue()


def far_down():
    book = load_workbook(BytesIO(sheet_of([["creek", "甲", PHONE, None]])))
    book.active.cell(900_000, 2, "乙")
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (lambda: b"x" * (1024 * 1024 + 1), TooLargeError),
        (bomb, TooLargeError),
        (lambda: b"PK\x03\x04 no archive", NotASheetError),
        (lambda: sheet_of([]), NoRowsError),
        (lambda: sheet_of([["creek", "=1+1", PHONE, None]]), FormulaError),
        (lambda: sheet_of([["a", "b", "c", None]] * 1001), TooManyRowsError),
        (far_down, TooManyRowsError),
        (sheet.template, NoRowsError),
    ],
)
def test_refuses_what_is_no_list_of_members(content, refusal):
    with pytest.raises(refusal):
        sheet.read_rows(content())


def test_goes_from_the_file_over_the_preview_to_the_members(client, team, clerk):
    sign_in_staff(client, clerk)
    rows = [["creek", "欧阳明", PHONE, None]]
    upload = SimpleUploadedFile("队员.xlsx", sheet_of(rows))

    page = client.post(reverse("volunteer-staff:import"), {"sheet": upload}, follow=True)
    assert page.context["wrong"] == 0
    assert PHONE in page.content.decode()
    other = client.__class__()
    sign_in_staff(other, staff_at(team.centre_id))
    assert other.get(page.request["PATH_INFO"]).status_code == 404
    client.post(page.request["PATH_INFO"], {"act": "confirm"})

    assert Membership.objects.get().team == team
    assert not MemberImport.objects.exists()


def test_says_on_the_page_what_is_wrong(client, team, clerk):
    sign_in_staff(client, clerk)

    nothing = client.post(reverse("volunteer-staff:import"), {})
    large = SimpleUploadedFile("a.xlsx", b"x" * (1024 * 1024 + 1))
    too_large = client.post(reverse("volunteer-staff:import"), {"sheet": large})
    bad = SimpleUploadedFile("a.xlsx", sheet_of([["creek", "", "1", None]]))
    page = client.post(reverse("volunteer-staff:import"), {"sheet": bad}, follow=True)
    refused = client.post(page.request["PATH_INFO"], {"act": "confirm"})
    client.post(page.request["PATH_INFO"], {"act": "discard"})

    assert (nothing.status_code, too_large.status_code, refused.status_code) == (422, 422, 409)
    assert page.context["wrong"] == 1
    assert not MemberImport.objects.exists()
