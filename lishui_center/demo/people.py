"""The accounts of the demo, and the roles they hold."""

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress

from lishui_center.accounts.models import RoleGrant, User
from lishui_center.accounts.roles.actions import grant_role
from lishui_center.accounts.rules import Role, Scope
from lishui_center.common.clock import today
from lishui_center.demo.places import Network
from services.centres.models import Centre
from services.household.actions import Relative, add_relative
from services.household.models import Relation

DOMAIN = "demo.lishui"
PASSWORD = "lishui-demo"  # noqa: S105 - published; the command refuses to run in production
ACCOUNTS = [
    ("resident", "陈小怡"),
    ("clerk", "黎志明"),
    ("manager", "梁慧敏"),
    ("admin", "何家辉"),
    ("volunteer", "苏婉婷"),
    ("leader", "郭永强"),
    ("expert", "潘博文"),
    ("auditor", "关静仪"),
]
VILLAGES_WITH_CLERK = 5


def phone_of(number: int) -> str:
    """The demo phone with that number, 0 to 9999: no network gives these out."""
    return f"1200000{number:04d}"


def make_people(network: Network, *, now: datetime) -> dict[str, User]:
    """Store the accounts with their roles: {name before the @: user}."""
    villages = network.communities[:VILLAGES_WITH_CLERK]
    accounts = ACCOUNTS + [
        (f"clerk-{centre.code}", f"{surname}晓{given}")
        for centre, surname, given in zip(villages, "邓谭区叶冼", "华玲峰雯东", strict=True)
    ]
    users = _make_users(accounts, joined_at=now - timedelta(days=90))
    _grant_roles(users, network.town, villages, now=now)
    _make_family(users["resident"])
    return users


def clerks_of(users: dict[str, User]) -> dict[int, User]:
    """Who books for callers: {centre id: user}."""
    grants = RoleGrant.objects.filter(role=Role.CENTRE_STAFF, user__in=users.values())
    return {grant.scope_id: grant.user for grant in grants.select_related("user") if grant.scope_id}


def _make_users(accounts: list[tuple[str, str]], *, joined_at: datetime) -> dict[str, User]:
    users: dict[str, User] = {}
    for number, (name, display_name) in enumerate(accounts, start=1):
        user = User(
            email=f"{name}@{DOMAIN}",
            display_name=display_name,
            is_demo=True,
            joined_at=joined_at,
        )
        user.set_phone(phone_of(number), verified_at=joined_at)
        # Hashing a password is slow on purpose, and this one is the same for all.
        if users:
            user.password = users["resident"].password
        else:
            user.set_password(PASSWORD)
        user.save()
        users[name] = user
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True)
        for user in users.values()
    )
    return users


def _grant_roles(
    users: dict[str, User], town: Centre, villages: list[Centre], *, now: datetime
) -> None:
    """The administrator's own role is given by the system, all others by the administrator."""
    since = today(now) - timedelta(days=90)
    admin = users["admin"]
    _grant(admin, Role.TOWN_ADMIN, since=since).save()
    grants = [
        _grant(users["clerk"], Role.CENTRE_STAFF, town, since=since),
        _grant(users["manager"], Role.CENTRE_MANAGER, town, since=since),
        _grant(users["volunteer"], Role.VOLUNTEER, since=since),
        _grant(users["leader"], Role.VOLUNTEER, since=since),
        _grant(users["auditor"], Role.AUDITOR, since=since),
        *(
            _grant(users[f"clerk-{centre.code}"], Role.CENTRE_STAFF, centre, since=since)
            for centre in villages
        ),
    ]
    for grant in grants:
        grant_role(grant=grant, by=admin, now=now)


def _grant(user: User, role: Role, centre: Centre | None = None, *, since: date) -> RoleGrant:
    return RoleGrant(
        user=user,
        role=role,
        scope=Scope.CENTRE if centre else Scope.TOWN,
        scope_id=centre.pk if centre else None,
        valid_from=since,
    )


def _make_family(resident: User) -> None:
    """A mother who is exempt from suspensions, and a child; both without a phone."""
    for relative in (
        Relative(name="陈秀兰", relation=Relation.PARENT, concession=True),
        Relative(name="李子轩", relation=Relation.CHILD),
    ):
        add_relative(user=resident, relative=relative)
