"""The wording of a message, from templates/messages/<kind>.<language>.<sms|mail>.txt.

An SMS template has one wording a line, the fullest first; the first that fits is sent.
A mail template has the subject on its first line, then the text.
"""

import logging
import re
from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.template import Engine
from django.template.loader import render_to_string
from django.utils import translation

from lishui_center.common.encryption import unseal
from lishui_center.notifications import rules
from lishui_center.notifications.channels import Outgoing, RefusedError
from lishui_center.notifications.models import Notification

logger = logging.getLogger(__name__)

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
# What opens somebody's page: a token in the query, or a secret of 24 characters in the path.
_TOKEN = re.compile(r"(?<=[?&]t=)[\w-]+|(?<=/)[A-Za-z0-9]{24}(?=/)")
_MISSING = "\0"
_CODE = re.compile(r"\d{4,}")


class TooLongError(RefusedError):
    """No wording of this SMS fits."""


class MissingFactError(Exception):
    """A wording names something that neither the subject nor the message gave."""


def language_of(code: str) -> str:
    """The language to write in: the person's, or the house's for one that has no texts."""
    return code if code in LANGUAGES else settings.LANGUAGE_CODE


def wordings(kind: str, language: str, context: Mapping[str, object]) -> list[str]:
    """The SMS texts without the signature, which the gateway adds; the fullest first."""
    return [line for line in _render(kind, language, "sms", context).splitlines() if line]


def sms(kind: str, language: str, context: Mapping[str, object]) -> str:
    """The fullest wording that fits one SMS.

    Raises:
        TooLongError: nothing fits.
    """
    variants = wordings(kind, language, context)
    fitting = rules.first_fitting(variants, language)
    if fitting is None:
        raise TooLongError("no wording fits")
    if fitting != variants[0]:
        logger.info("notification.sms_shortened", extra={"kind": kind, "language": language})
    return fitting


def mail(kind: str, language: str, context: Mapping[str, object]) -> tuple[str, str, str]:
    """Subject, text and HTML."""
    subject, _, body = _render(kind, language, "mail", context).partition("\n")
    page = {"url": "", **context, "subject": subject, "body": body.strip(), "language": language}
    with translation.override(language):
        text = render_to_string("messages/base.mail.txt", page)
        html = render_to_string("messages/base.mail.html", page)
    return subject, text, html


def outgoing(
    channel: str, row: Notification, context: Mapping[str, object], language: str
) -> Outgoing:
    """The message as `channel` needs it; a resend is a new message to the provider.

    Raises:
        TooLongError: it does not fit an SMS.
    """
    subject, text, html, address = "", "", "", ""
    if channel == "email":
        subject, text, html = mail(row.kind, language, context)
        address = row.email
    elif channel == "sms":
        text = sms(row.kind, language, context)
        address = unseal(row.phone_sealed)
    return Outgoing(
        channel=channel,
        key=f"{row.key}#{row.resends}" if row.resends else row.key,
        address=address,
        subject=subject,
        text=text,
        html=html,
        log_text=for_log(row.kind, language, context),
    )


def for_log(kind: str, language: str, context: Mapping[str, object]) -> str:
    """The fullest wording as the log keeps it: no link token, and no code of a secret kind."""
    text = _TOKEN.sub("…", wordings(kind, language, context)[0])
    return _CODE.sub("••••••", text) if rules.KINDS[kind].secret else text


def _render(kind: str, language: str, form: str, context: Mapping[str, object]) -> str:
    """The filled template.

    Raises:
        MissingFactError: the context lacks something the wording names.
    """
    text = _engine().render_to_string(f"messages/{kind}.{language}.{form}.txt", dict(context))
    if _MISSING in text:
        raise MissingFactError(f"{kind}.{language}.{form}")
    return text


@cache
def _engine() -> Engine:
    """Plain text, unlike pages: nothing is escaped, and a gap is an error."""
    folder = str(settings.BASE_DIR / "templates")
    return Engine(dirs=[folder], autoescape=False, string_if_invalid=_MISSING)
