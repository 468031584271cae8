"""A town on Wednesday morning where no page is empty: one of everything there is to see."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.rules import Role
from lishui_center.common.clock import today
from lishui_center.exports.rules import State
from services.closing.actions import close_day
from services.closures.models import Closure
from services.console.actions import call_next, miss
from services.halls.models import HallSettings
from services.hours.models import CalendarDay, HoursException, HoursRule
from services.household.actions import Relative, add_relative
from services.household.models import Relation
from services.orphans.rules import Decision
from services.ratings.models import Score
from services.roster.swaps import ask_swap
from services.standing.actions import appeal, suspend
from services.waitlist.offers import offer_places
from tests.factories.accounts import UserFactory, staff_at, town_wide
from tests.factories.exports import asked
from tests.factories.hall import arrive, clerk_at, finished, lacking, rated, walk_in
from tests.factories.needs import report
from tests.factories.notifications import failed
from tests.factories.opening import booking_at, close_behind_its_back, weekly_offering
from tests.factories.projects import project_in
from tests.factories.roster import asked_leave, granted_leave, hours, planned
from tests.factories.services import NOW, CommunityFactory, DocumentFactory, WindowFactory
from tests.factories.think_tank_scene import ThinkTank
from tests.factories.volunteers import TeamFactory, member_of
from tests.factories.waiting import free_a_place, full_offering, waiting
from volunteers.projects.rules import State as ProjectState
from volunteers.teams.models import MemberRole

PASSWORD = "correct horse battery"
DAY = today(NOW)


class Town:
    """The rows, made by the real actions where there are any."""

    def __init__(self) -> None:
        self.resident = UserFactory(phone="13900000001", phone_verified_at=NOW)
        self.admin = town_wide(Role.TOWN_ADMIN)
        self._open_a_centre()
        self._book()
        self._wait()
        self._suspend()
        self._close_a_village()
        self._fill_the_hall()
        self._serve()
        self._keep_a_roster()
        self._undertake()
        self.tank = ThinkTank(
            self.admin, self.centre, staff_at(self.centre.pk, role=Role.CENTRE_MANAGER)
        )
        self._export()
        self.need = report(self.centre, phone="").request
        self.team = TeamFactory(centre=self.centre)
        member_of(self.team, role=MemberRole.LEADER)
        self.relative = add_relative(
            user=self.resident, relative=Relative("李阿婆", Relation.PARENT)
        )
        self.grant = RoleGrant.objects.get(user=self.admin)
        self.message = failed(user_id=self.resident.pk, centre_id=self.centre.pk)

    def _open_a_centre(self) -> None:
        self.offering = weekly_offering()
        self.centre = self.offering.centre
        DocumentFactory(item=self.offering.item)
        self.window = WindowFactory(pool=self.offering.pool)
        self.rule = HoursRule.objects.get()
        self.holiday = CalendarDay.objects.create(
            date=DAY + timedelta(days=40),
            kind="statutory_holiday",
            name_zh="元旦",
            name_en="New Year",
            source="国务院办公厅",
        )

    def _book(self) -> None:
        """One for tomorrow evening, one whose day was closed since."""
        self.booking = booking_at(self.offering, 18)
        self.orphan = booking_at(self.offering, 14, day=DAY + timedelta(days=3), number=2)
        close_behind_its_back(self.orphan)
        self.exception = HoursException.objects.get()

    def _wait(self) -> None:
        """One waits, to another one a place is offered."""
        self.full = full_offering(pool__centre=self.centre)
        self.offer = waiting(self.full)
        free_a_place(self.full)
        offer_places(pool_id=self.full.pool_id, day=self.offer.date, now=NOW)
        self.offer.refresh_from_db()
        self.entry = waiting(self.full, phone="13900000001", name="陈小怡")

    def _fill_the_hall(self) -> None:
        """One is at a window, one missed the call, one waits."""
        HallSettings.objects.create(centre=self.centre, remote_minutes=30)
        pool = self.offering.pool
        self.clerk = clerk_at(pool)
        walk_in(pool)
        self.missed = call_next(clerk=self.clerk, now=NOW)
        miss(clerk=self.clerk, now=NOW)
        self.ticket = arrive(self.offering, cell=44, at=NOW, phone="13900000021")
        call_next(clerk=self.clerk, now=NOW)
        self.waiting = walk_in(pool)
        self.idle_clerk = clerk_at(pool)

    def _suspend(self) -> None:
        cause = booking_at(self.offering, 11, number=7)
        self.suspension = suspend(
            phone_hash=cause.phone_hash,
            cause_id=cause.pk,
            policy=self.centre.policy,
            actor=self.admin,
            now=NOW,
        )
        appeal(suspension_id=self.suspension.pk, text="住院了", now=NOW)

    def _close_a_village(self) -> None:
        village = CommunityFactory()
        self.closure = Closure.objects.create(
            date=DAY,
            reason_zh="台风",
            reason_en="typhoon",
            decision=Decision.KEEP,
            bookings=3,
            kept=1,
            created_by=self.admin,
            created_at=NOW,
        )
        self.closure.centres.add(village)

    def _serve(self) -> None:
        """One may rate, one lacks a document, one was not satisfied; yesterday is closed."""
        self.served = finished(self.offering.pool)
        self.lacking = lacking(self.offering)
        self.follow_up = rated(Score.DISSATISFIED, pool=self.offering.pool, text="等太久").follow_up
        close_day(centre=self.centre, day=DAY - timedelta(days=1), now=NOW)

    def _undertake(self) -> None:
        """One project is under way, one waits to be approved."""
        self.project = project_in(ProjectState.ACTIVE, team=TeamFactory(centre=self.centre))
        self.proposal = project_in(ProjectState.PROPOSED, team=self.project.team)

    def _export(self) -> None:
        """One waits, one is being written, one is ready, one failed, one was stopped."""
        self.exports = [asked(self.admin, f"list-{state}", rows=9) for state in State]
        for export, state in zip(self.exports, State, strict=True):
            export.state = state
            export.claimed_until = NOW if state == State.RUNNING else None
            export.file_name = "ready.csv" if state == State.DONE else ""
            export.rows_done = 4
            export.save()

    def _keep_a_roster(self) -> None:
        """Two shifts with gaps around them, a leave, and a shift to swap."""
        self.clerk = staff_at(self.centre.pk, display_name="黎志明")
        colleague = staff_at(self.centre.pk, display_name="苏婉婷")
        times = hours("10:00", "18:00", ("12:00", "12:30"))
        self.shift = planned(self.window, self.clerk, times)
        given = planned(None, colleague, hours("18:00", "21:00"), centre=self.centre)
        self.swap = ask_swap(shift=given, to=self.clerk, other=None, by=colleague, now=NOW)
        self.leave = asked_leave(colleague, self.centre, first=DAY + timedelta(days=5))
        granted_leave(colleague, self.centre, first=DAY + timedelta(days=3))


def authenticator_of(user: User) -> None:
    """An authenticator app as the second step."""
    TOTP.activate(user, generate_totp_secret())


def second_steps_of(user: User) -> Authenticator:
    """An authenticator app, recovery codes and a security key; the key's row."""
    authenticator_of(user)
    RecoveryCodes.activate(user)
    return Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "钥匙", "credential": {"clientExtensionResults": {}}},
    )
