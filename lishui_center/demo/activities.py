"""Activities of every centre: past ones with their attendance, coming ones with people waiting.

One session of the demo's leader runs at the moment of loading, so that its code can be shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from lishui_center.accounts.models import User
from lishui_center.common.clock import moment, today
from lishui_center.demo.places import Network
from lishui_center.demo.residents import chinese_name
from services.centres.models import Centre
from volunteers.activities.models import Activity, ActivityKind, ActivityState, Session
from volunteers.presence.actions import settle_list
from volunteers.signups.models import Signup, SignupState
from volunteers.teams.models import Team
from volunteers.training.models import TrainingEntry

SEED = 91_126
PEOPLE = 60
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
WORDS = ("title_zh", "title_en", "about_zh", "audience_zh", "about_en", "audience_en")
SMALL, LARGE = (4, 5, 6), (6, 8, 12, 20)
WEEKS = (-1, 1)
"""Each activity once in the past and once ahead, and every second one once more."""
TOPICS = [
    (
        "service",
        "河涌巡护清漂",
        "Creek clean-up",
        "沿河捡拾垃圾，记录排污口。",
        "志愿者",
        "Picking up litter along the creek.",
        "Volunteers",
    ),
    (
        "service",
        "长者智能手机课堂",
        "Phones for elders",
        "一对一教长者用手机挂号、缴费。",
        "长者",
        "One to one: booking a doctor, paying a bill.",
        "Older people",
    ),
    (
        "service",
        "护学岗",
        "School-gate watch",
        "上放学时段维护校门口秩序。",
        "志愿者",
        "Keeping the school gate calm.",
        "Volunteers",
    ),
    (
        "service",
        "夜归人守护",
        "Late-return companions",
        "陪伴夜间回村的居民。",
        "志愿者",
        "Walking late returners home.",
        "Volunteers",
    ),
    (
        "training",
        "急救培训",
        "First aid course",
        "心肺复苏和除颤器使用。",
        "志愿者和村居工作人员",
        "Resuscitation and defibrillator.",
        "Volunteers",
    ),
    (
        "training",
        "调解员培训",
        "Mediators' course",
        "邻里纠纷怎么听、怎么谈。",
        "调解员",
        "Listening and talking in a dispute.",
        "Mediators",
    ),
    (
        "event",
        "邻里百家宴",
        "Neighbours' table",
        "每家带一道菜，一起吃顿饭。",
        "",
        "Every family brings a dish.",
        "",
    ),
    (
        "event",
        "非遗龙舟展",
        "Dragon boat show",
        "看里水龙舟怎么做出来。",
        "全体居民",
        "How Lishui builds its boats.",
        "Everybody",
    ),
    (
        "event",
        "周末电影",
        "Weekend film",
        "老片新看，坐满为止。",
        "全体居民",
        "An old film, until all seats are taken.",
        "Everybody",
    ),
]


@dataclass
class _Rows:
    """What is written at once in the end."""

    sessions: list[Session] = field(default_factory=list)
    signups: list[Signup] = field(default_factory=list)
    learned: list[TrainingEntry] = field(default_factory=list)


def make_activities(network: Network, users: dict[str, User], *, now: datetime) -> None:
    """Sixty activities, and one of the leader's that runs now."""
    rng = Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
    people = [*_people(rng, now), users["volunteer"], users["resident"]]
    teams = {team.centre_id: team for team in Team.objects.filter(centre__isnull=False)}
    activities = Activity.objects.bulk_create(_activities(network, teams, users["leader"], now))
    rows = _Rows()
    for number, activity in enumerate(activities):
        rows.sessions.extend(_sessions(activity, number, rng, today(now)))
    now_running = _running(activities[0], now)
    rows.sessions.append(now_running)
    Session.objects.bulk_create(rows.sessions)
    for session in rows.sessions:
        _fill(session, people, rows, rng, now)
    _seat_the_known(now_running, users, rows)
    Signup.objects.bulk_create(rows.signups)
    TrainingEntry.objects.bulk_create(rows.learned)
    _settle(rows.sessions, users, now)


def _activities(
    network: Network, teams: dict[int | None, Team], maker: User, now: datetime
) -> Iterator[Activity]:
    """One of each topic at the town centre, then one or two at every other centre."""
    places: list[Centre] = [network.town] * len(TOPICS) + network.communities
    places += network.communities[: 60 - len(places)]
    for number, centre in enumerate(places):
        kind, *words = TOPICS[number % len(TOPICS)]
        yield Activity(
            code=f"demo-{number + 1}",
            kind=kind,
            centre=centre,
            team=teams.get(centre.pk) if kind != ActivityKind.EVENT else None,
            **dict(zip(WORDS, words, strict=True)),
            state=ActivityState.DRAFT if not (number + 1) % 20 else ActivityState.PUBLISHED,
            made_by=maker,
            created_at=now - timedelta(days=30),
        )


def _sessions(activity: Activity, number: int, rng: Random, day: date) -> Iterator[Session]:
    weeks = [*WEEKS, 2] if number % 2 == 0 else [*WEEKS]
    for week in weeks:
        at = day + timedelta(weeks=week, days=number % 7 - 3)
        start = moment(at, rng.choice([37, 38, 57, 58, 76]))
        sizes = SMALL if activity.kind == ActivityKind.SERVICE else LARGE
        yield _session(activity, start, hours=2, capacity=rng.choice(sizes))


def _session(activity: Activity, start: datetime, *, hours: int, capacity: int) -> Session:
    return Session(
        activity=activity,
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        date=today(start),
        place="二楼多功能室" if activity.kind != ActivityKind.SERVICE else "服务台前集合",
        capacity=capacity,
        signup_closes_at=start - timedelta(hours=2),
    )


def _running(activity: Activity, now: datetime) -> Session:
    """The leader's, from the last full hour on."""
    start = now.replace(minute=0, second=0, microsecond=0)
    return _session(activity, start, hours=3, capacity=12)


def _people(rng: Random, now: datetime) -> list[User]:
    return User.objects.bulk_create(
        User(
            email=f"neighbour-{number}@demo.lishui",
            display_name=chinese_name(rng),
            password=make_password(None),
            is_demo=True,
            joined_at=now - timedelta(days=200),
        )
        for number in range(1, PEOPLE + 1)
    )


def _fill(
    session: Session, people: Sequence[User], rows: _Rows, rng: Random, now: datetime
) -> None:
    """So many as like, a little more than there are places at times."""
    if session.activity.state == ActivityState.DRAFT:
        return
    is_over = session.ends_at <= now
    wanted = min(rng.randint(3, session.capacity + 3), PEOPLE)
    for place, person in enumerate(rng.sample(people[:PEOPLE], wanted), start=1):
        if place > session.capacity:
            state = SignupState.EXPIRED if is_over else SignupState.WAITING
        else:
            state = SignupState.SIGNED_UP
        signup = _signup(session, person, state, place, rng)
        if is_over and state == SignupState.SIGNED_UP:
            _was_there(signup, rows, rng)
        rows.signups.append(signup)


def _signup(session: Session, person: User, state: SignupState, place: int, rng: Random) -> Signup:
    has_place = state in (SignupState.SIGNED_UP, SignupState.ATTENDED)
    return Signup(
        reference="".join(rng.choices(ALPHABET, k=6)),
        link_nonce="".join(rng.choices(ALPHABET, k=16)),
        session=session,
        user=person,
        name=person.display_name,
        person_hash=f"user-{person.pk}",
        language="zh-hans",
        state=state,
        place=place if has_place else None,
        created_at=session.starts_at - timedelta(days=5) + timedelta(minutes=place),
    )


def _was_there(signup: Signup, rows: _Rows, rng: Random) -> None:
    """Four of five came; at courses that is kept in the ledger of learning."""
    session = signup.session
    if session.activity.kind == ActivityKind.SERVICE:
        return  # The leader ticks these, which makes records of hours.
    if not rng.randrange(5):
        signup.state = SignupState.MISSED
        return
    signup.state = SignupState.ATTENDED
    signup.checked_in_at = session.starts_at - timedelta(minutes=rng.randint(0, 15))
    signup.checked_out_at = session.ends_at + timedelta(minutes=rng.randint(0, 10))
    signup.kept_at = signup.checked_out_at
    if session.activity.kind == ActivityKind.TRAINING:
        rows.learned.append(
            TrainingEntry(
                user=signup.user,
                session=session,
                date=session.date,
                minutes=120,
                was_scanned=True,
                created_at=signup.checked_out_at,
            )
        )


def _seat_the_known(session: Session, users: dict[str, User], rows: _Rows) -> None:
    """The demo's volunteer has the first place of the session that runs now."""
    rng = Random(SEED)  # noqa: S311 - as above
    signup = _signup(session, users["volunteer"], SignupState.SIGNED_UP, session.capacity, rng)
    rows.signups = [
        other
        for other in rows.signups
        if other.session is not session or (other.place or 0) < session.capacity
    ]
    rows.signups.append(signup)


def _settle(sessions: Iterable[Session], users: dict[str, User], now: datetime) -> None:
    """Who came to past service was ticked by the leader, where there is none by the town: hours.

    One did not come; the others' hours wait to be approved.
    """
    led = Team.objects.get(memberships__user=users["leader"], memberships__role="leader")
    past = [session for session in sessions if session.ends_at <= now]
    placed = Signup.objects.placed().filter(session__in=past)
    numbers: dict[int, list[int]] = {}
    for pk, session_id in placed.order_by("place").values_list("pk", "session"):
        numbers.setdefault(session_id, []).append(pk)
    for session in past:
        if session.activity.kind == ActivityKind.SERVICE and session.pk in numbers:
            by = users["leader"] if session.activity.team_id == led.pk else users["admin"]
            first, *others = numbers[session.pk]
            settle_list(session=session, came=others, missed=[first], by=by, now=now)
