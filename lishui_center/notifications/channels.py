"""The ways a message leaves the house. Another one (WeChat) is a class here and a name in `ORDER`.

A message leaves by the first channel its recipient has that takes it; so one key is one message.
"""

import json
import smtplib
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import ClassVar, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from lishui_center.notifications import outbox
from lishui_center.notifications.signing import signature

TIMEOUT_SECONDS = 5
SMTP_PERMANENT = 500


class NotSentError(Exception):
    """The provider did not take the message and may take it later."""


class RefusedError(NotSentError):
    """The provider will never take this message for this address."""


class UnansweredError(Exception):
    """The provider was given the message and did not answer: it may have gone out."""


@dataclass(frozen=True)
class Outgoing:
    """A message as a provider needs it; `key` is the same in every attempt to send it.

    `log_text` is what the message log keeps of it.
    """

    channel: str
    key: str
    address: str
    subject: str
    text: str
    html: str
    log_text: str


class Channel(Protocol):
    """One way out.

    Where it is `once`, a message whose sender was killed can simply be sent again.
    """

    @property
    def once(self) -> bool:
        """Whether a second `deliver` with the same key sends nothing."""

    def deliver(self, message: Outgoing) -> None:
        """Hand the message over.

        Raises:
            NotSentError, RefusedError, UnansweredError: see there.
        """


class FileSms:
    """SMS into the outbox folder: the default, and what the developer page shows."""

    once = True

    def deliver(self, message: Outgoing) -> None:
        """Write the message as a file named by its key."""
        content = {"to": message.address, "text": message.text}
        outbox.put(message.key, ".sms", json.dumps(content, ensure_ascii=False).encode())


class HttpSms:
    """SMS through a gateway that takes a signed JSON POST.

    `https://key-id:secret@host/path`. Signed: `X-Timestamp`, a newline and the body, by
    HMAC-SHA256 with the secret. 2xx took it; 429 and 5xx may later; other answers refuse.
    """

    once = False
    _connections: ClassVar = {"https": HTTPSConnection, "http": HTTPConnection}

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    def deliver(self, message: Outgoing) -> None:
        """POST the message with its key as Idempotency-Key."""
        content = {"to": message.address, "text": message.text}
        body = json.dumps(content, ensure_ascii=False).encode()
        connect = self._connections[self._url.scheme]
        connection = connect(self._url.hostname, self._url.port, timeout=TIMEOUT_SECONDS)
        try:
            connection.connect()
        except OSError as error:
            raise NotSentError(str(error)) from error
        try:
            connection.request("POST", self._url.path, body, self._headers(message.key, body))
            status = connection.getresponse().status
        except (OSError, HTTPException) as error:
            raise UnansweredError(type(error).__name__) from error
        finally:
            connection.close()
        _judge(status)

    def _headers(self, key: str, body: bytes) -> dict[str, str]:
        timestamp = str(int(time.time()))
        secret = unquote(self._url.password or "")
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": key,
            "X-Key-Id": unquote(self._url.username or ""),
            "X-Timestamp": timestamp,
            "X-Signature": signature(secret, timestamp, body),
        }


def is_usable_sms_url(url: str) -> bool:
    """Whether SMS_URL is the file outbox or a gateway; plain http only to this machine."""
    parts = urlsplit(url)
    local = parts.hostname in {"127.0.0.1", "localhost"}
    return url == "file:" or parts.scheme == "https" or (parts.scheme == "http" and local)


def _judge(status: int) -> None:
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise NotSentError(f"HTTP {status}")
    if status >= HTTPStatus.MULTIPLE_CHOICES:
        raise RefusedError(f"HTTP {status}")


class Mail:
    """E-mail through Django's backend, EMAIL_URL."""

    @property
    def once(self) -> bool:
        """Only the file outbox knows its keys again."""
        return settings.EMAIL_BACKEND == outbox.EMAIL_BACKEND

    def deliver(self, message: Outgoing) -> None:
        """Send text and HTML under a Message-ID made from the key."""
        connection = get_connection()
        try:
            connection.open()
        except (smtplib.SMTPException, OSError) as error:
            raise NotSentError(type(error).__name__) from error
        headers = {"Message-ID": outbox.message_id(message.key)}
        mail = EmailMultiAlternatives(
            message.subject,
            message.text,
            to=[message.address],
            headers=headers,
            connection=connection,
        )
        mail.attach_alternative(message.html, "text/html")
        try:
            mail.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
            raise _refusal(error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise UnansweredError(type(error).__name__) from error
        finally:
            connection.close()


def _refusal(
    error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException,
) -> NotSentError:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = min(code for code, _ in error.recipients.values())
    else:
        code = error.smtp_code
    return (RefusedError if code >= SMTP_PERMANENT else NotSentError)(f"SMTP {code}")


class Inbox:
    """The web inbox, for a person with nothing else: the row itself is the message."""

    once = True

    def deliver(self, message: Outgoing) -> None:
        """Nothing to hand over."""


ORDER = ("sms", "email", "inbox")


def channel(name: str) -> Channel:
    """The channel as the settings configure it now."""
    if name == "email":
        return Mail()
    if name == "inbox":
        return Inbox()
    return FileSms() if settings.SMS_URL == "file:" else HttpSms(settings.SMS_URL)


def available(*, phone: bool, email: bool, user: bool) -> list[str]:
    """Names of the channels a person has, the preferred one first.

    The inbox alone is for people without phone and e-mail: whoever has one of them is told there,
    and a failure there must not hide behind a message nobody looks for.
    """
    has = {"sms": phone, "email": email, "inbox": user and not (phone or email)}
    return [name for name in ORDER if has[name]]
