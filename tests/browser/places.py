"""Every page there is, each with somebody who may see it.

A place is called by its URL name; after a comma comes what is special about it.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from lishui_center.accounts.models import User
from services.bookings.messages import manage_path
from services.standing.access import link_token
from services.waitlist.messages import entry_path
from tests.browser.town import PASSWORD, Town, authenticator_of, second_steps_of
from tests.factories.accounts import UserFactory, sign_in_staff
from tests.factories.pages import START, book_url, hold, link_to


class Place(NamedTuple):
    """A page, with the session of whoever looks at it."""

    name: str
    client: Client
    address: str


def all_names() -> set[str]:
    """The URL names of the project's own pages and of allauth's."""
    return set(_names(get_resolver(), ""))


def public_places(town: Town) -> Iterator[Place]:
    """What everybody sees, and whoever has a link."""
    item = town.offering.item.code
    nobody = Client()
    addresses = {
        "home": reverse("home"),
        "home, search": f"{reverse('home')}?q={item}",
        "centres:list": reverse("centres:list"),
        "centres:centre": reverse("centres:centre", args=[town.centre.code]),
        "catalogue:guide": reverse("catalogue:guide"),
        "catalogue:item": reverse("catalogue:item", args=[item]),
        "bookings:book": book_url(),
        "bookings:book, chosen": book_url(town.offering),
        "bookings:book, time": book_url(town.offering, day="2026-11-26"),
        "bookings:book, hold over": book_url(town.offering, start=START.isoformat()),
        "bookings:manage": manage_path(town.booking),
        "bookings:manage, closed": manage_path(town.orphan),
        "bookings:mine, nobody": reverse("bookings:mine"),
        "changes:move": link_to(town.booking, "changes:move"),
        "changes:cancel": link_to(town.booking, "changes:cancel"),
        "standing:show": reverse("standing:show", args=[link_token(town.suspension)]),
        "ratings:rate": reverse("ratings:rate", args=[town.served.secret]),
        "ratings:rate, rated": reverse("ratings:rate", args=[town.follow_up.rating.ticket.secret]),
        "waitlist:join": reverse("waitlist:join")
        + f"?centre={town.centre.code}&item={town.full.item.code}&day=2026-11-26&cell=40",
        "waitlist:show": entry_path(town.entry),
        "waitlist:show, offered": entry_path(town.offer),
        "common:help": reverse("common:help"),
        "common:privacy": reverse("common:privacy"),
        "common:settings": reverse("common:settings"),
        "account_login": reverse("account_login"),
        "account_request_login_code": reverse("account_request_login_code"),
        "account_reset_password": reverse("account_reset_password"),
        "account_password_reset_completed": reverse("account_password_reset_completed"),
        "account_inactive": reverse("account_inactive"),
    }
    for name, address in addresses.items():
        yield Place(name, nobody, address)


def resident_places(town: Town) -> Iterator[Place]:
    """What a signed-in resident sees."""
    resident = Client()
    resident.force_login(town.resident)
    for name in (
        "bookings:mine",
        "notifications:inbox",
        "waitlist:mine",
        "standing:mine",
        "household:list",
        "accounts:home",
        "tokens:tokens",
        "account_logout",
        "account_email",
        "account_change_phone",
        "account_set_password",
    ):
        yield Place(name, resident, reverse(name))
    for name in ("household:change", "household:remove"):
        yield Place(name, resident, reverse(name, args=[town.relative.pk]))


def started_places(town: Town) -> Iterator[Place]:
    """Pages in the middle of something, each in a session of its own."""
    yield _after("bookings:book, who", _hold, town)
    yield _after("bookings:open", _look_for_booking, town)
    yield _after("account_confirm_login_code", _ask_code, town)
    yield _after("account_verify_phone", _change_phone, town)
    yield _after("account_confirm_password_reset_code", _forget_password, town)
    yield _after("account_complete_password_reset", _prove_mail, town)
    yield _after("mfa_authenticate", _give_password, town)


def staff_places(town: Town) -> Iterator[Place]:
    """What the town's administrator sees."""
    admin = Client()
    sign_in_staff(admin, town.admin)
    code, reference = town.centre.code, town.booking.reference
    lists = ("dashboards:staff", "messages:list", "accounts:trail", "accounts:roles")
    arguments = {name: [] for name in lists} | {
        "staff:bookings": [],
        "staff:booking": [reference],
        "staff:move": [reference],
        "staff:cancel": [reference],
        "staff:book": [],
        "staff:orphans": [],
        "staff:suspensions": [],
        "staff:suspension": [town.suspension.pk],
        "staff:centres": [],
        "staff:centre": [code],
        "staff:row-add": [code, "hours"],
        "staff:row": [code, "dates", town.exception.pk],
        "staff:row-remove": [code, "hours", town.rule.pk],
        "staff:window-add": [code],
        "staff:window": [code, town.window.pk],
        "staff:policy": [code],
        "staff:offerings": [code],
        "staff:items": [],
        "staff:item-add": [],
        "staff:item": [town.offering.item.code],
        "staff:calendar": [],
        "staff:calendar-add": [],
        "staff:calendar-day": [town.holiday.pk],
        "staff:calendar-remove": [town.holiday.pk],
        "staff:close": [],
        "staff:closure": [town.closure.pk],
    }
    for name, given in arguments.items():
        yield Place(name, admin, reverse(name, args=given))
    visit = urlencode({"centre": code, "item": town.offering.item.code})
    yield Place("staff:book, time", admin, f"{reverse('staff:book')}?{visit}")
    for part in (_hall_places, _roster_places, _export_places):
        yield from part(town, admin)


def _hall_places(town: Town, admin: Client) -> Iterator[Place]:
    """What is left of a day: ratings, figures, paper."""
    yield Place("staff:ratings", admin, reverse("staff:ratings"))
    yield Place("staff:follow-up", admin, reverse("staff:follow-up", args=[town.follow_up.pk]))
    yield Place("staff:days", admin, reverse("staff:days"))
    yield Place("dashboards:reports", admin, reverse("dashboards:reports"))
    sheet = f"{reverse('staff:hall-sheet')}?centre={town.centre.code}"
    yield Place("staff:hall-sheet", admin, sheet)


def _roster_places(town: Town, admin: Client) -> Iterator[Place]:
    """The roster as its manager sees it, and as a member of staff does."""
    code = town.centre.code
    arguments = {
        "staff:my-shifts": [],
        "staff:roster": [code],
        "staff:shift-add": [code],
        "staff:shift": [code, town.shift.pk],
        "staff:roster-copy": [code],
        "staff:roster-policy": [code],
        "staff:leaves": [],
        "staff:leave": [town.leave.pk],
        "staff:ask-leave": [],
    }
    for name, given in arguments.items():
        yield Place(name, admin, reverse(name, args=given))
    clerk = Client()
    sign_in_staff(clerk, town.clerk)
    yield Place("staff:my-shifts, clerk", clerk, reverse("staff:my-shifts"))
    yield Place("staff:roster, clerk", clerk, reverse("staff:roster", args=[code]))
    yield Place("staff:ask-swap", clerk, reverse("staff:ask-swap", args=[town.shift.pk]))
    yield Place("staff:swap", clerk, reverse("staff:swap", args=[town.swap.pk]))
    colleague = Client()
    sign_in_staff(colleague, town.leave.staff)
    taken_back = reverse("staff:leave-withdraw", args=[town.leave.pk])
    yield Place("staff:leave-withdraw", colleague, taken_back)


def _export_places(town: Town, admin: Client) -> Iterator[Place]:
    """Own exports, and one in each state."""
    yield Place("exports:list", admin, reverse("exports:list"))
    for export in town.exports:
        address = reverse("exports:progress", args=[export.pk])
        yield Place(f"exports:progress, {export.state}", admin, address)


def security_places(town: Town) -> Iterator[Place]:
    """The account pages of somebody with a password and every kind of second step."""
    user = _guarded_user("guarded@example.org")
    key = second_steps_of(user)
    client = _signed_in(user)
    for name in (
        "account_change_password",
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
    ):
        yield Place(name, client, reverse(name))
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield Place(name, client, reverse(name, args=[key.pk]))
    for name in ("account_reauthenticate", "mfa_reauthenticate"):
        yield Place(name, client, reverse(name))
    plain = _signed_in(_guarded_user("plain@example.org"))
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        yield Place(name, plain, reverse(name))


def _after(name: str, begin: Callable[[Client, Town], str], town: Town) -> Place:
    client = Client()
    return Place(name, client, begin(client, town))


def _hold(client: Client, town: Town) -> str:
    return hold(client, town.offering).redirect_chain[-1][0]


def _look_for_booking(client: Client, town: Town) -> str:
    typed = {"reference": town.booking.reference, "phone": town.booking.phone}
    return client.post(reverse("bookings:find"), typed).url


def _ask_code(client: Client, town: Town) -> str:
    return client.post(reverse("account_request_login_code"), {"phone": town.resident.phone}).url


def _change_phone(client: Client, town: Town) -> str:
    client.force_login(UserFactory())
    return client.post(reverse("account_change_phone"), {"phone": "13900000088"}).url


def _forget_password(client: Client, town: Town) -> str:
    _guarded_user("forgot@example.org")
    return client.post(reverse("account_reset_password"), {"email": "forgot@example.org"}).url


def _prove_mail(client: Client, town: Town) -> str:
    _guarded_user("proves@example.org")
    asked = client.post(reverse("account_reset_password"), {"email": "proves@example.org"})
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    return client.post(asked.url, {"code": code}).url


def _give_password(client: Client, town: Town) -> str:
    authenticator_of(_guarded_user("second@example.org"))
    typed = {"login": "second@example.org", "password": PASSWORD}
    return client.post(reverse("account_login"), typed).url


def _signed_in(user: User) -> Client:
    """With the password given a moment ago."""
    client = Client()
    sign_in_staff(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def _guarded_user(email: str) -> User:
    """Somebody with a password and a proven address."""
    user = UserFactory(email=email)
    user.set_password(PASSWORD)
    user.save()
    return user


def _names(resolver: URLResolver, space: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            if entry.name:
                yield space + entry.name
        elif entry.namespace != "admin" and entry.pattern.regex.pattern != "^api/v1/":
            yield from _names(entry, space + (f"{entry.namespace}:" if entry.namespace else ""))
