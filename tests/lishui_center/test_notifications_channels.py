"""What a channel's trouble means for the message."""

import pytest

from lishui_center.notifications.channels import (
    NotSentError,
    RefusedError,
    UnansweredError,
    channel,
)
from lishui_center.notifications.checks import check_sms_url
from lishui_center.notifications.rendering import outgoing
from tests.factories.mailserver import mail_server
from tests.factories.notifications import BOOKING, recipient, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(settings):
    """A mail ready to be given to the server at a port."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    row = written(recipient=recipient(phone="", email="chen@example.org"))
    message = outgoing("email", row, BOOKING, "en")

    def deliver(port: int) -> None:
        settings.EMAIL_PORT = port
        channel("email").deliver(message)

    return deliver


def test_hands_a_mail_to_the_server(mail):
    with mail_server() as port:
        mail(port)


@pytest.mark.parametrize(
    ("answers", "meaning"),
    [
        ({"rcpt": b"550 no such mailbox"}, RefusedError),
        ({"rcpt": b"450 mailbox busy"}, NotSentError),
        ({"mail": b"451 try later"}, NotSentError),
        ({"end": b"554 refused as spam"}, RefusedError),
        ({"end": b"452 disk full"}, NotSentError),
        ({"end": b""}, UnansweredError),
    ],
)
def test_knows_refused_from_busy_from_unanswered(mail, answers, meaning):
    with mail_server(**answers) as port, pytest.raises(meaning) as trouble:
        mail(port)

    assert trouble.type is meaning


def test_a_server_that_does_not_listen_has_nothing(mail):
    with pytest.raises(NotSentError):
        mail(1)


@pytest.mark.parametrize("url", ["file:", "https://a:b@sms.example/send", "http://127.0.0.1:9/x"])
def test_accepts_usable_sms_urls(settings, url):
    settings.SMS_URL = url

    assert check_sms_url() == []


@pytest.mark.parametrize("url", ["", "htps://sms.example", "http://a:b@sms.example/send"])
def test_reports_an_unusable_sms_url_at_the_start(settings, url):
    settings.SMS_URL = url

    assert [error.id for error in check_sms_url()] == ["notifications.E001"]


def test_only_the_file_outbox_knows_its_keys_again(settings):
    assert channel("sms").once
    settings.SMS_URL = "https://a:b@sms.example/send"
    assert not channel("sms").once
