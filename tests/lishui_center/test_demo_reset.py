"""Emptying and reloading: apart, because it commits."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError

from lishui_center.accounts.models import User
from lishui_center.audit.actions import seal_events
from lishui_center.audit.models import Event
from lishui_center.demo import load
from tests.factories.demo import digest
from tests.factories.services import NOW


@pytest.mark.django_db(transaction=True)
def test_resets_even_a_sealed_trail_to_the_same_data(settings, stop_the_clock):
    settings.DEBUG = True
    stop_the_clock(NOW)
    call_command("demo", scale=0.02)
    first = digest()
    stranger = User.objects.create_user("stranger@example.org")
    seal_events()

    call_command("demo", reset=True, scale=0.02)

    assert load.is_loaded()
    assert digest() == first
    assert not User.objects.filter(email=stranger.email).exists()
    with pytest.raises(DatabaseError):
        Event.objects.update(action="rewritten")
