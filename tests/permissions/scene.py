"""The town in which the matrix is tried: one of everything, and somebody of every role."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lishui_center.accounts.models import User
from lishui_center.accounts.rules import Role
from tests.factories.accounts import UserFactory, sign_in_staff, staff_at, town_wide
from tests.factories.needs import Desk
from tests.factories.think_tank_scene import ThinkTank
from tests.factories.thinktank import DAY
from tests.factories.volunteers import TeamFactory, member_of
from tests.permissions.table import ROLES
from volunteers.teams.models import MemberRole

YESTERDAY = DAY - timedelta(days=1)


class Scene:
    """`keys` names the rows of the town as the table does; the parts beside this file make them."""

    def __init__(self, *parts: Callable[["Scene"], None]) -> None:
        self.desk = Desk()
        self.centre, self.village = self.desk.town, self.desk.village
        self.team = TeamFactory(code="creek", centre=self.centre)
        self.keys: dict[str, Any] = {
            "centre": "town",
            "centre_pk": self.centre.pk,
            "village": self.village.code,
            "today": DAY.isoformat(),
            "day": (DAY + timedelta(days=4)).isoformat(),
            "earlier": (DAY - timedelta(days=20)).isoformat(),
        }
        self._steps: dict[str, Callable[[], dict[str, Any] | None]] = {}
        self._files: dict[str, tuple[str, bytes]] = {}
        manager = staff_at(self.centre.pk, role=Role.CENTRE_MANAGER)
        # Who did what came before: nobody decides on what they did themselves.
        self.colleague = staff_at(self.centre.pk, role=Role.CENTRE_MANAGER)
        self.other_admin = town_wide(Role.TOWN_ADMIN)
        self.tank = ThinkTank(self.other_admin, self.centre, self.colleague)
        self.people: dict[str, User] = {
            "resident": UserFactory(),
            "volunteer": member_of(self.team),
            "lead": member_of(self.team),
            "leader": member_of(self.team, role=MemberRole.LEADER),
            "deputy": member_of(self.team, role=MemberRole.DEPUTY),
            "ended": self.tank.ended.user,
            "clerk": staff_at(self.centre.pk),
            "manager": manager,
            "elsewhere": staff_at(self.village.pk, role=Role.CENTRE_MANAGER),
            "admin": town_wide(Role.TOWN_ADMIN),
            "auditor": town_wide(Role.AUDITOR),
            "expert": self.tank.author.user,
        }
        member_of(self.team, user=self.people["ended"], role=MemberRole.LEADER, ends_on=YESTERDAY)
        self.keys |= {f"{name}_id": user.pk for name, user in self.people.items()}
        for part in parts:
            part(self)
        self.clients = {role: self._signed_in(role) for role in ROLES}

    def can(self, name: str, step: Callable[[], dict[str, Any] | None]) -> None:
        """A step that a row of the table can ask for; it may name new keys."""
        self._steps[name] = step

    def holds(self, name: str, file_name: str, content: bytes) -> None:
        """A file that a row can send."""
        self._files[name] = (file_name, content)

    @contextmanager
    def after(self, steps: Sequence[str]) -> Iterator[None]:
        """These steps are taken; afterwards the keys are what they were."""
        kept = dict(self.keys)
        try:
            for name in steps:
                self.keys |= self._steps[name]() or {}
            yield
        finally:
            self.keys = kept

    def file(self, name: str) -> SimpleUploadedFile:
        """The file, to be read once."""
        return SimpleUploadedFile(*self._files[name])

    def _signed_in(self, role: str) -> tuple[Client, str]:
        """The session as it is after a first page."""
        client = Client()
        if role in self.people:
            sign_in_staff(client, self.people[role])
            client.get(reverse("dashboards:staff"))
        return client, client.cookies.output(header="", sep=";")
