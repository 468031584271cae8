"""`manage.py rotate_keys`: new keys, old data."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import CommandError, call_command
from django.utils import timezone

from lishui_center.accounts import rotation
from lishui_center.accounts.models import User
from lishui_center.common.encryption import lookup_hash, seal, unseal
from lishui_center.notifications.actions import Message, Recipient, notify
from lishui_center.notifications.models import Notification
from services.centres.models import Centre
from services.standing.models import Suspension
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _old_keys(settings):
    settings.FIELD_KEYS = ["old"]


def rotate() -> str:
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    return out.getvalue()


def test_seals_people_and_messages_with_the_new_key(settings):
    user = UserFactory(phone="13812340001")
    recipient = Recipient(None, seal("13812340001"), lookup_hash("13812340001"), "", "en")
    notify(Message("sign_in_code", "k", recipient, timezone.now(), context={"code": "482913"}))

    settings.FIELD_KEYS = ["new", "old"]
    rotate()
    settings.FIELD_KEYS = ["new"]

    user.refresh_from_db()
    message = Notification.objects.get()
    assert user.phone == "13812340001"
    assert unseal(message.phone_sealed) == "13812340001"
    assert "482913" in unseal(message.secret_sealed)


def test_keeps_the_hashes_while_their_key_stays(settings):
    user = UserFactory()
    before = user.phone_hash

    settings.FIELD_KEYS = ["new", "old"]
    rotate()

    user.refresh_from_db()
    assert user.phone_hash == before


def test_hashes_anew_when_the_look_up_key_changed(settings):
    user = UserFactory(phone="13812340001")
    nobody = UserFactory(phone="")

    settings.LOOKUP_KEY = "another"
    assert User.objects.with_phone("13812340001") is None
    rotate()

    nobody.refresh_from_db()
    assert User.objects.with_phone("13812340001") == user
    assert nobody.phone_hash == ""


def test_finds_old_hashes_that_stand_alone(settings):
    """A suspension knows the phone by its hash only."""
    UserFactory(phone="13812340001")
    now = timezone.now()
    suspension = Suspension.objects.create(
        phone_hash=lookup_hash("13812340001"),
        centre=Centre.objects.create(code="town", tier="town"),
        starts_at=now,
        ends_at=now + timedelta(days=30),
        appeal_until=now + timedelta(days=7),
    )

    settings.LOOKUP_KEY = "another"
    rotate()

    suspension.refresh_from_db()
    assert suspension.phone_hash == lookup_hash("13812340001")


def test_goes_on_with_hashes_after_an_interruption(settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    UserFactory.create_batch(5)
    settings.LOOKUP_KEY = "another"
    steps = (step for step in rotation.rotate_all() if step.table == "accounts.User")
    while not next(steps).changed:
        pass

    rotate()

    assert all(user.phone_hash == lookup_hash(user.phone) for user in User.objects.all())


def test_turns_the_secrets_of_authenticators(settings):
    user, secret = UserFactory(), generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)

    settings.FIELD_KEYS = ["new", "old"]
    rotate()
    settings.FIELD_KEYS = ["new"]

    totp = Authenticator.objects.get(type="totp")
    recovery = Authenticator.objects.get(type="recovery_codes").wrap()
    assert unseal(totp.data["secret"]) == secret
    assert len(recovery.get_unused_codes()) == 10


def test_changes_nothing_the_second_time(settings):
    UserFactory.create_batch(3)
    settings.FIELD_KEYS = ["new", "old"]

    assert "accounts.User: 3 of 3 changed" in rotate()
    assert "accounts.User: 0 of 3 changed" in rotate()


def test_goes_on_after_an_interruption(settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 2)
    UserFactory.create_batch(5)
    settings.FIELD_KEYS = ["new", "old"]
    steps = (step for step in rotation.rotate_all() if step.table == "accounts.User")
    assert next(steps).changed == 2

    assert "accounts.User: 3 of 5 changed" in rotate()
    settings.FIELD_KEYS = ["new"]
    assert all(user.phone for user in User.objects.all())


def test_leaves_a_row_alone_that_changed_meanwhile(settings, monkeypatch):
    user = UserFactory()
    settings.FIELD_KEYS = ["new", "old"]
    reseal = rotation.reseal

    def change_first(token):
        User.objects.update(phone_sealed=seal("13900000009"), phone_hash=lookup_hash("13900000009"))
        return reseal(token)

    monkeypatch.setattr(rotation, "reseal", change_first)
    rotate()

    user.refresh_from_db()
    assert user.phone == "13900000009"


def test_fails_and_goes_on_when_a_key_is_missing(settings):
    lost = UserFactory()
    settings.FIELD_KEYS = ["other"]
    kept = UserFactory()
    settings.FIELD_KEYS = ["new", "other"]

    with pytest.raises(CommandError, match="1 rows"):
        rotate()

    settings.FIELD_KEYS = ["new"]
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert kept.phone.startswith("138")
    settings.FIELD_KEYS = ["old"]
    assert lost.phone.startswith("138")
