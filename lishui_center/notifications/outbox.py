"""The file outbox: SMS and mails as files under VAR_DIR/outbox, each key exactly once."""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

EMAIL_BACKEND = "lishui_center.notifications.outbox.FileEmailBackend"


def message_id(key: str) -> str:
    """The mail header that names one message in every attempt to send it."""
    return f"<{_digest(key)}@lishui-center>"


def put(key: str, suffix: str, content: bytes) -> None:
    """Write the whole file or nothing; a key that was written before is left alone."""
    folder = Path(settings.OUTBOX_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=".part") as draft:
        draft.write(content)
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            # A hard link appears whole and, unlike a rename, never replaces.
            (folder / f"{_digest(key)}{suffix}").hardlink_to(draft.name)


@dataclass(frozen=True)
class Item:
    """An SMS or a mail of the outbox, to be read; `code` is the one-time code in it, if any."""

    channel: str
    written_at: datetime
    to: str
    subject: str
    text: str
    code: str


def newest(limit: int) -> list[Item]:
    """What was written last, newest first."""
    folder = Path(settings.OUTBOX_DIR)
    files = [path for path in folder.glob("*") if path.suffix in {".sms", ".eml"}]
    files.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [_read(path) for path in files[:limit]]


def _read(path: Path) -> Item:
    if path.suffix == ".sms":
        content = json.loads(path.read_bytes())
        channel, to, subject, text = "sms", content["to"], "", content["text"]
    else:
        mail = message_from_bytes(path.read_bytes(), policy=default)
        plain = mail.get_body(("plain",))
        text = plain.get_content() if plain else ""
        channel, to, subject = "email", mail["To"], mail["Subject"]
    code = re.search(r"(?<!\d)\d{6}(?!\d)", text)
    return Item(
        channel=channel,
        written_at=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        to=to,
        subject=subject,
        text=text,
        code=code[0] if code else "",
    )


class FileEmailBackend(BaseEmailBackend):
    """Django's mail into the outbox, named by Message-ID."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each mail; answers how many."""
        for email in email_messages:
            mail = email.message()
            put(mail["Message-ID"], ".eml", mail.as_bytes())
        return len(email_messages)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:40]
