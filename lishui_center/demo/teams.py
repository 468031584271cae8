"""Teams of every centre with their people: leaders, deputies, members, and some who left."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.demo.people import DOMAIN, phone_of
from lishui_center.demo.places import Network
from lishui_center.demo.residents import chinese_name
from services.centres.models import Centre
from volunteers.joining.models import JoinRequest
from volunteers.leadership.models import RoleProposal
from volunteers.teams.models import MemberRole, Membership, Team, TeamKind, TeamState

SEED = 45_520
MEMBERS = 520
"""In all 45 teams, the demo's own accounts among them."""
FIRST_TEAM = 12
TOWN_WIDE = 20
RESTING = 5
FORMER = 40
FIRST_PHONE = 9_000  # Residents are numbered from below.
TOPICS = [
    ("creek", "河涌巡护先锋队", "Creek patrol vanguard", "沿河涌巡查清漂，发现污染及时上报。"),
    ("night", "夜归人守护先锋队", "Late-return companions", "晚上在地铁站口陪护晚归的街坊。"),
    ("school", "护学先锋队", "School-gate vanguard", "上学放学时在校门口维持秩序。"),
    ("digital", "智慧助老先锋队", "Digital help for elders", "教长者用手机挂号、付款和视频。"),
]
ABOUT_ZH = "党员带头，街坊参与：清洁家园，探访长者，调解小事，有事一起商量。"
ABOUT_EN = "Party members and neighbours together: tidy streets, visit elders, settle small things."
OVER = ("typhoon", "防风应急先锋队", "Typhoon response vanguard")
OVER_REASON = "职责并入镇应急队，队伍解散。（演示数据）"
WORDS = [
    "住在附近，周末有空，想一起巡河。",
    "退休教师，可以教小朋友写毛笔字。",
    "上夜班，白天有空，愿意帮忙派送物资。",
    "想从村里的队转过来，离单位近。",
]


@dataclass
class TeamPeople:
    """Who is in a team now, by their part in it."""

    team: Team
    leader: User
    deputies: list[User] = field(default_factory=list)
    members: list[User] = field(default_factory=list)

    @property
    def everybody(self) -> list[User]:
        """The leader first."""
        return [self.leader, *self.deputies, *self.members]


def make_teams(network: Network, users: dict[str, User], *, now: datetime) -> list[TeamPeople]:
    """45 teams with 520 members, two of them at rest, and one that is no more."""
    rng = Random(SEED)  # noqa: S311 - repeatable on purpose, and nothing secret
    places = [network.town, *network.communities]
    teams = Team.objects.bulk_create([_team_of(place) for place in places] + _town_wide())
    _rest(teams[-6:-4], today(now))
    sizes = _sizes(rng, len(teams))
    people = iter(_people(rng, MEMBERS - 2 + FORMER, now))
    peopled = []
    for number, (team, size) in enumerate(zip(teams, sizes, strict=True)):
        own = [users["leader"], users["volunteer"]] if number == 0 else []
        crowd = own + [next(people) for _ in range(size - len(own))]
        peopled.append(_split(team, crowd))
    _enrol(peopled, rng, today(now))
    _remember(peopled, list(people), rng, today(now))
    _ask(peopled, users, now)
    return peopled


def team_of(place: Centre) -> str:
    """The code of the place's own team."""
    return f"{place.code}-vanguard"


def _team_of(place: Centre) -> Team:
    return Team(
        code=team_of(place),
        centre=place,
        kind=TeamKind.VANGUARD,
        name_zh=f"{place.short_name_zh}先锋队",
        name_en=f"{place.short_name_en} vanguard",
        about_zh=ABOUT_ZH,
        about_en=ABOUT_EN,
    )


def _town_wide() -> list[Team]:
    return [
        Team(
            code=code,
            kind=TeamKind.VANGUARD,
            name_zh=chinese,
            name_en=english,
            about_zh=about,
            about_en=ABOUT_EN,
        )
        for code, chinese, english, about in TOPICS
    ]


def _rest(teams: list[Team], day: date) -> None:
    """The last villages' teams, without a record for half a year."""
    for team in teams:
        team.state, team.state_on = TeamState.DORMANT, day - timedelta(days=20)
        team.save(update_fields=["state", "state_on"])


def _sizes(rng: Random, count: int) -> list[int]:
    """How many people each team has; the villages share what the others leave of 520."""
    villages = count - 1 - len(TOPICS)
    left = MEMBERS - FIRST_TEAM - TOWN_WIDE * len(TOPICS) - 2 * RESTING
    shares = [left // (villages - 2)] * (villages - 2)
    for number in range(left % (villages - 2)):
        shares[number] += 1
    for _ in range(villages):  # Some are larger, some smaller.
        giver, taker = rng.sample(range(villages - 2), 2)
        given = min(2, shares[giver] - 6)
        shares[giver] -= given
        shares[taker] += given
    return [FIRST_TEAM, *shares, RESTING, RESTING, *[TOWN_WIDE] * len(TOPICS)]


def _people(rng: Random, count: int, now: datetime) -> list[User]:
    joined = now - timedelta(days=400)
    people = []
    for number in range(1, count + 1):
        user = User(
            email=f"volunteer-{number}@{DOMAIN}",
            display_name=chinese_name(rng),
            password=make_password(None),
            is_demo=True,
            joined_at=joined,
        )
        user.set_phone(phone_of(FIRST_PHONE + number), verified_at=joined)
        people.append(user)
    return User.objects.bulk_create(people)


def _split(team: Team, crowd: list[User]) -> TeamPeople:
    """The first leads; a larger team has two deputies. The demo's volunteer stays a member."""
    leader, *others = crowd
    if team.code == "town-vanguard":
        volunteer, *others = others
        return TeamPeople(team, leader, others[:2], [volunteer, *others[2:]])
    deputies = 2 if len(crowd) >= FIRST_TEAM else 1
    return TeamPeople(team, leader, others[:deputies], others[deputies:])


def _enrol(peopled: list[TeamPeople], rng: Random, day: date) -> None:
    """Leaders since years, the others since then; at the first team all for over a year."""
    rows = []
    for one in peopled:
        founded = day - timedelta(days=rng.randint(700, 1500))
        terms = [(one.leader, MemberRole.LEADER)]
        terms += [(user, MemberRole.DEPUTY) for user in one.deputies]
        terms += [(user, MemberRole.MEMBER) for user in one.members]
        for user, role in terms:
            ago = 400 if one.team.code == "town-vanguard" else rng.randint(20, 690)
            since = founded if role == MemberRole.LEADER else day - timedelta(days=ago)
            rows.append(Membership(team=one.team, user=user, role=role, starts_on=since))
    Membership.objects.bulk_create(rows)


def _remember(peopled: list[TeamPeople], gone: list[User], rng: Random, day: date) -> None:
    """Those who left, and the team that was disbanded."""
    code, chinese, english = OVER
    end = day - timedelta(days=120)
    over = Team.objects.create(
        code=code,
        kind=TeamKind.VANGUARD,
        name_zh=chinese,
        name_en=english,
        state=TeamState.DISBANDED,
        state_on=end,
        state_reason=OVER_REASON,
    )
    rows = []
    for number, user in enumerate(gone):
        since = day - timedelta(days=rng.randint(500, 900))
        if number < TOWN_WIDE // 2:
            role = MemberRole.MEMBER if number else MemberRole.LEADER
            rows.append(Membership(team=over, user=user, role=role, starts_on=since, ends_on=end))
            continue
        team = peopled[number % len(peopled)].team
        until = since + timedelta(days=rng.randint(60, 480))
        rows.append(Membership(team=team, user=user, starts_on=since, ends_on=until))
    Membership.objects.bulk_create(rows)


def _ask(peopled: list[TeamPeople], users: dict[str, User], now: datetime) -> None:
    """Four who ask the first team's leader, one of them from another team; one proposed deputy."""
    first, village = peopled[0], peopled[1]
    mover = village.members[0]
    askers = [users["resident"], peopled[2].members[0], peopled[3].members[0], mover]
    JoinRequest.objects.bulk_create(
        JoinRequest(
            team=first.team,
            user=user,
            words=words,
            leaving=Membership.objects.get(user=mover) if user == mover else None,
            asked_at=now - timedelta(hours=7 * (number + 1)),
        )
        for number, (user, words) in enumerate(zip(askers, WORDS, strict=True))
    )
    RoleProposal.objects.create(
        team=first.team,
        candidate=first.members[-1],
        role=MemberRole.DEPUTY,
        proposed_by=first.leader,
        words="负责护学岗两年，从未缺勤，大家都信任。（演示数据）",
        proposed_at=now - timedelta(days=1),
    )
