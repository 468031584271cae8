"""Opening, changing, closing and erasing accounts."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from lishui_center.accounts import keeping, privacy
from lishui_center.accounts.models import User
from lishui_center.accounts.rules import GRACE
from lishui_center.audit.actions import record
from lishui_center.common import clock
from lishui_center.common.encryption import lookup_hash
from lishui_center.common.errors import RuleError


class StillInOfficeError(RuleError):
    """The person holds a role; somebody must take it over first."""

    code = "still_in_office"
    message = _("You still hold a role. Ask your centre to end it, then close the account.")


def open_account(
    *, phone: str = "", email: str = "", language: str, now: datetime, name: str = ""
) -> User:
    """The account of a normalised phone or an e-mail address, new if there is none.

    Nothing is proven yet: only the code sent there signs in. A `name` is taken by a new one only.
    """
    known = dict(settings.LANGUAGES)
    language = language if language in known else settings.LANGUAGE_CODE
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                email, phone=phone, language=language, joined_at=now, display_name=name
            )
            if email:
                EmailAddress.objects.create(user=user, email=user.email, primary=True)
            record(None, "account.opened", user)
    except IntegrityError:  # The same person pressed twice; the other request was faster.
        if phone:
            return User.objects.get(phone_hash=lookup_hash(phone))
        return User.objects.get(email=email.lower())
    return user


@transaction.atomic
def change_profile(*, user: User, display_name: str, language: str) -> None:
    """Take over the name and the language of pages and messages."""
    user.display_name = display_name
    user.language = language
    user.save(update_fields=["display_name", "language"])
    record(user, "account.profile_changed", user)


@transaction.atomic
def end_sessions(*, user: User) -> None:
    """Sign the person out on every device; the caller may keep its own session."""
    user.session_version += 1
    user.save(update_fields=["session_version"])
    AuthToken.objects.filter(user=user).delete()  # a program's key is a way in, too
    record(user, "account.sessions_ended", user)


@transaction.atomic
def close_account(*, user: User, now: datetime) -> None:
    """Ask for the account to be erased after 30 days; until then the person can undo it.

    Raises:
        StillInOfficeError: a role is in force.
    Source: domain.md, "Law and standards".
    """
    if user.grants_on(clock.today(now)):
        raise StillInOfficeError
    user.closed_at = now
    user.save(update_fields=["closed_at"])
    record(user, "account.closed", user)


@transaction.atomic
def reopen_account(*, user: User) -> None:
    """Undo the closing."""
    user.closed_at = None
    user.save(update_fields=["closed_at"])
    record(user, "account.reopened", user)


@transaction.atomic
def erase_account(*, user_id: int, now: datetime) -> bool:
    """Empty an account whose grace is over, here and in every app above; whether it was.

    The row stays, empty: bookings and the audit trail still point to it. Safe to run twice.
    """
    due = User.objects.to_erase(now).select_for_update().filter(pk=user_id).first()
    if due is None:
        return False
    privacy.erase_all(due, now=now)
    EmailAddress.objects.filter(user=due).delete()
    Authenticator.objects.filter(user=due).delete()
    AuthToken.objects.filter(user=due).delete()
    due.email = due.display_name = ""
    due.set_phone("")
    due.set_unusable_password()
    due.is_active = False
    due.erased_at = now
    due.save()
    record(None, "account.erased", due, grace_days=GRACE.days)
    return True


@transaction.atomic
def forget_unproven(*, now: datetime) -> int:
    """Remove accounts opened a day ago and never signed in to; how many is the answer.

    Those that an app above keeps for a reason of its own stay.
    """
    unproven = User.objects.unproven(now)
    for kept in keeping.REASONS.values():
        unproven = unproven.exclude(pk__in=kept())
    count, _rows = unproven.delete()
    return count
