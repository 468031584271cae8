"""Who signed up for a session, as a file: names and phones masked, as everywhere by default."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.rules import STAFF_ROLES
from lishui_center.common.tables import Asked, Column, Table
from volunteers.signups.access import signups_seen_by
from volunteers.signups.models import Signup, SignupQuerySet


def _rows(asked: Asked) -> SignupQuerySet:
    return signups_seen_by(asked.user, asked.params.get("session", ""), asked.day)


def _about(name: str) -> Column:
    """A fact of the session's activity."""
    headers = {"title": _("Activity"), "centre": _("Centre")}
    return Column(headers[name], lambda signup: str(getattr(signup.session.activity, name)))


def _person(signup: Signup) -> str:
    return signup.masked_name


COLUMNS = (
    _about("title"),
    _about("centre"),
    Column(_("Start"), lambda signup: signup.session.starts_at),
    Column(pgettext_lazy("sign-up", "Place"), lambda signup: signup.place),
    Column(_("Person"), _person),
    Column(_("Phone"), lambda signup: signup.masked_phone),
    Column(_("State"), lambda signup: signup.get_state_display()),
    Column(_("Checked in"), lambda signup: signup.checked_in_at),
    Column(_("Checked out"), lambda signup: signup.checked_out_at),
)

SIGNUPS = Table("signups", _("Sign-ups"), STAFF_ROLES, _rows, lambda _asked: COLUMNS)
