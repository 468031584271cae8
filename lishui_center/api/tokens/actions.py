"""Keys by which a program speaks for a person. Kept as digests: shown once, then never again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from lishui_center.accounts.models import User
from lishui_center.audit.actions import record
from lishui_center.common.errors import RuleError

LIVES = timedelta(days=365)
MOST = 5
"""Nobody keeps track of more."""


class TooManyTokensError(RuleError):
    code = "too_many_tokens"
    message = _("You have %(most)s access keys already. Please remove one first.")


@transaction.atomic
def make_token(*, user: User, now: datetime) -> str:
    """A new key, to be shown to its owner this once.

    Raises:
        TooManyTokensError: nothing was made.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if AuthToken.objects.filter(user=user, expiry__gt=now).count() >= MOST:
        raise TooManyTokensError(most=MOST)
    kept, token = AuthToken.objects.create(user, expiry=LIVES)
    record(user, "token.made", user, key=kept.token_key)
    return str(token)


@transaction.atomic
def remove_token(*, user: User, key: str) -> None:
    """The key stops working at once; doing it twice changes nothing more."""
    if AuthToken.objects.filter(user=user, token_key=key).delete()[0]:
        record(user, "token.removed", user, key=key)
