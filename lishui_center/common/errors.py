"""The one exception by which a rule says no."""

from http import HTTPStatus
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RuleError(Exception):
    """A refused action: `code` is part of the API, `message` says what to do next.

    `details` fill the message's named placeholders and are answered by the API beside it.
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[str | Promise] = _("This is not possible.")
    status: ClassVar[int] = HTTPStatus.CONFLICT

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details

    def __str__(self) -> str:
        return str(self.message) % self.details
