"""About 400 needs of 60 days, in every state, with what was said of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from string import ascii_letters, digits

from lishui_center.accounts.models import User
from lishui_center.common.clock import ZONE, today
from lishui_center.common.encryption import lookup_hash, seal
from lishui_center.demo.need_clocks import NeedClocks
from lishui_center.demo.need_lives import HOURS, LIVES, WORDS
from lishui_center.demo.people import phone_of
from lishui_center.demo.places import Network
from lishui_center.demo.residents import FIRST_PHONE
from lishui_center.demo.tables import rows
from lishui_center.demo.teams import team_of
from services.centres.models import Centre
from services.clocks.models import SlaClock
from services.dispatching.models import LIVE, Dispatch, DispatchState
from services.ratings.models import Score
from services.requests.followers import Follower, RequestCounter
from services.requests.models import Channel, RequestEvent, ServiceRequest
from services.requests.rules import BY_ACT, OPEN, UNTOLD, Act, Party, State, reference_text
from services.resolution.models import Feedback, Source
from services.resolution.rollup import roll_up
from services.tracking.actions import SUBMIT
from volunteers.teams.models import MemberRole, Membership

SEED = 12_345
NEEDS = 400
PHONES = 200
WITH_PHONE = 0.7
AT_TOWN = 0.2
CHANNELS = {Channel.WEB: 60, Channel.PHONE: 15, Channel.COUNTER: 15, Channel.VISIT: 10}
SCORES = {5: 55, 4: 30, 3: 9, 2: 4, 1: 2}
OPENS, CLOSES = 9, 21
BY_RESIDENT = frozenset({Act.ANSWER, Act.CONFIRM, Act.REOPEN})
BY_UNIT = frozenset({Act.ACCEPT, Act.RETURN, Act.START, Act.ASK, Act.RESOLVE, Act.TO_PROJECT})


def make_needs(network: Network, users: dict[str, User], *, days: int, now: datetime) -> None:
    """Store them, and add up their rates."""
    book = NeedBook(network, users, now, days)
    book.write(max(len(LIVES), NEEDS * min(days, 60) // 60))
    first = today(now) - timedelta(days=max(days, 60))
    roll_up(first=first, last=today(now), now=now)


@dataclass
class Life:
    """One need with everything that hangs on it, before it is stored."""

    need: ServiceRequest
    steps: tuple[Act, ...]
    result: str
    events: list[RequestEvent] = field(default_factory=list)
    dispatches: list[Dispatch] = field(default_factory=list)
    clocks: list[SlaClock] = field(default_factory=list)
    answers: list[Feedback] = field(default_factory=list)
    follower: Follower = field(init=False)


class NeedBook:
    """Writes the needs of one run in a few statements."""

    def __init__(self, network: Network, users: dict[str, User], now: datetime, days: int) -> None:
        self.rng = Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
        self.network, self.users, self.now, self.days = network, users, now, days
        self.stories = rows("needs")
        places = [network.town, *network.communities]
        self.clerks: dict[int, User] = {network.town.pk: users["clerk"]}
        for centre in network.communities:
            if clerk := users.get(f"clerk-{centre.code}"):
                self.clerks[centre.pk] = clerk
        self.clocks = NeedClocks(places, now, days)
        leads = Membership.objects.open().filter(role=MemberRole.LEADER)
        self.leaders = {one.team.code: one.user for one in leads.select_related("team", "user")}
        numbers = [phone_of(FIRST_PHONE + n) for n in range(PHONES)]
        self.phones = [(seal(phone), lookup_hash(phone)) for phone in numbers]

    def write(self, count: int) -> None:
        """Live them through, number them by the day, and store them."""
        lives = sorted(
            (self._life(number) for number in range(count)), key=lambda one: one.need.created_at
        )
        self._number(lives)
        root = next(one.need for one in lives if one.need.state in OPEN)
        joined = [one.need for one in lives if one.need.state == State.MERGED]
        others = [one.need for one in lives if one.need.state != State.MERGED]
        ServiceRequest.objects.bulk_create(others)
        for need in joined:
            need.merged_into = root
        ServiceRequest.objects.bulk_create(joined)
        self._store(lives)

    def _life(self, number: int) -> Life:
        steps, _share, least, most = self._fate(number)
        story = self.stories[self.rng.randrange(len(self.stories))]
        ago = self.rng.uniform(least, min(most, max(self.days, least + 1)))
        created = self.now - timedelta(days=ago)
        centre = self._place()
        mine = number % 40 == 0
        need = ServiceRequest(
            category=story["category"],
            text=story["text"],
            public_text=story["text"],
            place=story["place"],
            centre=centre,
            responsible=centre,
            channel=self.rng.choices(list(CHANNELS), list(CHANNELS.values()))[0],
            user=self.users["resident"] if mine else None,
            created_at=created,
            moved_at=created,
        )
        if need.channel == Channel.VISIT:
            need.visited_by = team_of(centre)
            need.entered_by = self.leaders.get(need.visited_by)
        if number == len(LIVES):
            need.text, need.is_held = f"{need.text}，电话{phone_of(FIRST_PHONE)}", True
        life = Life(need, steps, story["result"])
        self._follow(life)
        self._walk(life)
        return life

    def _fate(self, number: int) -> tuple[tuple[Act, ...], int, int, int]:
        """Each once, then as likely as they are."""
        if number < len(LIVES):
            return LIVES[number]
        return self.rng.choices(LIVES, [share for _steps, share, _a, _b in LIVES])[0]

    def _place(self) -> Centre:
        if self.rng.random() < AT_TOWN:
            return self.network.town
        return self.rng.choice(self.network.communities)

    def _follow(self, life: Life) -> None:
        need = life.need
        sealed, hashed = ("", "")
        if need.user is None and self.rng.random() < WITH_PHONE:
            sealed, hashed = self.rng.choice(self.phones)
        life.follower = Follower(
            request=need,
            is_reporter=True,
            secret="".join(self.rng.choices(ascii_letters + digits, k=24)),
            user=need.user,
            phone_sealed=sealed,
            phone_hash=hashed,
            language="zh-hans",
            created_at=need.created_at,
        )

    def _walk(self, life: Life) -> None:
        """All steps, pressed together where there was not time enough."""
        need, at = life.need, life.need.created_at
        self._event(life, SUBMIT, at, Party.UNIT if need.visited_by else Party.RESIDENT)
        life.clocks = self.clocks.start(need)
        waits = [self.rng.uniform(*HOURS[act]) for act in life.steps]
        room = (self.now - need.created_at).total_seconds() / 3600
        press = min(1.0, room * 0.95 / sum(waits)) if waits else 1.0
        shown = at
        for act, hours in zip(life.steps, waits, strict=True):
            at += timedelta(hours=hours * press)
            shown = max(shown, self._at_work(at) if act not in BY_RESIDENT else at)
            self._step(life, act, shown)
        self.clocks.look(life.clocks)

    def _at_work(self, at: datetime) -> datetime:
        """That moment, or the next morning's: nobody deals with needs at night."""
        local = at.astimezone(ZONE)
        if OPENS <= local.hour < CLOSES:
            return at
        morning = local.replace(hour=OPENS) + timedelta(days=local.hour >= CLOSES)
        return morning if morning < self.now else at

    def _step(self, life: Life, act: Act, at: datetime) -> None:
        need = life.need
        need.state = BY_ACT[act].next or need.state
        need.version += 1
        need.stage += act not in UNTOLD
        need.moved_at = at
        if act is Act.DISPATCH:
            self._send(life, at)
        elif act is Act.ACCEPT:
            need.responsible = need.handler or need.responsible
            life.dispatches[-1].state = DispatchState.ACCEPTED
            life.dispatches[-1].accepted_at = at
        elif act is Act.RESOLVE:
            need.rounds, need.resolved_at = need.rounds + 1, at
            self._end(life, DispatchState.DONE, at)
        elif act in {Act.RETURN, Act.REOPEN, Act.MERGE}:
            need.returns += act is Act.RETURN
            self._end(life, DispatchState.RETURNED, at)
            need.target_kind, need.target_code, need.handler = "", "", None
        elif act is Act.TRANSFER:
            need.outside_body, need.outside_number = "12345", "GD2026112300"
        self._answer(life, act, at)
        self._event(life, act, at, self._party(act))
        life.clocks += self.clocks.step(life.clocks, need, act, at)

    def _send(self, life: Life, at: datetime) -> None:
        need = life.need
        unit = need.centre if self.rng.random() < 0.6 else self.network.town  # noqa: PLR2004
        need.target_kind, need.target_code, need.handler = "centre", unit.code, unit
        life.dispatches.append(
            Dispatch(
                target_kind="centre",
                target_code=unit.code,
                sent_at=at,
                sent_by=self.clerks.get(need.responsible.pk),
            )
        )

    def _end(self, life: Life, state: DispatchState, at: datetime) -> None:
        if life.dispatches and life.dispatches[-1].state in LIVE:
            life.dispatches[-1].state, life.dispatches[-1].ended_at = state, at

    def _answer(self, life: Life, act: Act, at: datetime) -> None:
        if act not in {Act.CONFIRM, Act.REOPEN}:
            return
        score = self.rng.choices(list(SCORES), list(SCORES.values()))[0]
        life.answers.append(
            Feedback(
                round=life.need.rounds,
                solved=act is Act.CONFIRM,
                satisfaction=score if act is Act.CONFIRM else Score.DISSATISFIED,
                source=Source.LINK,
                at=at,
            )
        )

    def _party(self, act: Act) -> Party:
        if act in BY_RESIDENT:
            return Party.RESIDENT
        if act in {Act.LAPSE, Act.CLOSE}:
            return Party.SYSTEM
        return Party.UNIT if act in BY_UNIT else Party.DESK

    def _event(self, life: Life, act: str, at: datetime, party: Party) -> None:
        need = life.need
        unit = need.handler or need.responsible
        staff = self.clerks.get(unit.pk) if party in {Party.UNIT, Party.DESK} else None
        noted = act == SUBMIT and need.visited_by
        note = life.result if act == Act.RESOLVE else WORDS.get(act, "")
        life.events.append(
            RequestEvent(
                act=act,
                state=need.state,
                at=at,
                actor=need.entered_by if noted else staff,
                party=party,
                unit=need.visited_by if noted else unit.code,
                note=note,
                version=need.version,
            )
        )

    def _number(self, lives: Sequence[Life]) -> None:
        counted: Counter[date] = Counter()
        for life in lives:
            day = today(life.need.created_at)
            counted[day] += 1
            life.need.reference = reference_text(day, counted[day])
        RequestCounter.objects.bulk_create(
            RequestCounter(date=day, last=last) for day, last in counted.items()
        )

    def _store(self, lives: Sequence[Life]) -> None:
        for life in lives:
            hanging: list[RequestEvent | Dispatch | SlaClock] = [
                *life.events,
                *life.dispatches,
                *life.clocks,
            ]
            for row in hanging:
                row.request = life.need
        Follower.objects.bulk_create(life.follower for life in lives)
        for life in lives:
            for said in life.answers:
                said.follower = life.follower
        RequestEvent.objects.bulk_create(row for life in lives for row in life.events)
        Dispatch.objects.bulk_create(row for life in lives for row in life.dispatches)
        SlaClock.objects.bulk_create(row for life in lives for row in life.clocks)
        Feedback.objects.bulk_create(row for life in lives for row in life.answers)
