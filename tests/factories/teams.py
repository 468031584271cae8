"""Who asks to join a team or is proposed for a role in it, and sheets of members."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

from lishui_center.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.services import NOW
from tests.factories.volunteers import member_of
from volunteers.joining.actions import ask_to_join
from volunteers.joining.models import JoinRequest
from volunteers.leadership.actions import propose_role
from volunteers.leadership.models import RoleProposal
from volunteers.teams.models import MemberRole, Team


def asks(team: Team, *, user: User | None = None, **more: object) -> JoinRequest:
    """Somebody asks to join."""
    return ask_to_join(team=team, user=user or UserFactory(), words="想一起巡河", now=NOW, **more)


def proposed(
    team: Team, *, by: User, candidate: User | None = None, role: MemberRole = MemberRole.DEPUTY
) -> RoleProposal:
    """A member is proposed for a role."""
    return propose_role(
        team=team,
        candidate=candidate or member_of(team),
        role=role,
        words="热心负责",
        by=by,
        now=NOW,
    )


def sheet_of(rows: Sequence[Sequence[object]]) -> bytes:
    """An Excel file with a heading and the rows."""
    book = Workbook()
    book.active.append(["code", "name", "phone", "since"])
    for row in rows:
        book.active.append(list(row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()
