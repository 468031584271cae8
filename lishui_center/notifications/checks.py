"""What an operator should hear at the start, not with the first message."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from lishui_center.notifications.channels import is_usable_sms_url


def check_sms_url(**_options: Any) -> list[CheckMessage]:
    """SMS_URL names a channel that exists."""
    if is_usable_sms_url(settings.SMS_URL):
        return []
    hint = "file: or https://key-id:secret@host/path"
    return [Error("SMS_URL is not usable.", hint=hint, id="notifications.E001")]
