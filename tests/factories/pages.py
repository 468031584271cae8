"""Walking through the booking pages as a browser does."""

import json
import re
from datetime import datetime
from html import unescape
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lishui_center.common.clock import moment, today
from lishui_center.common.encryption import unseal
from lishui_center.notifications.models import Notification
from services.bookings.messages import manage_path
from services.bookings.models import Booking
from services.catalogue.models import Offering
from tests.factories.services import NOW

TYPED = {"name": "李阿婆", "phone": "13900000009", "language": "zh-hans"}
# Thursday, 14:00.
START = moment(today(NOW).replace(day=26), 56)


def book_url(*offerings: Offering, **more: str) -> str:
    """The address of the booking pages for these items of one centre."""
    pairs = [("centre", offerings[0].centre.code)] if offerings else []
    pairs += [("item", offering.item.code) for offering in offerings]
    return f"{reverse('bookings:book')}?{urlencode([*pairs, *more.items()])}"


def hold(client: Client, offering: Offering, start: datetime = START) -> HttpResponse:
    """Tap on a time; the answer is the third step."""
    url = book_url(offering, day=today(start).isoformat())
    return client.post(url, {"start": start.isoformat()}, follow=True)


def confirm(client: Client, page: HttpResponse, **typed: object) -> HttpResponse:
    """Send the third step's form with what was typed."""
    html = page.content.decode()
    action = unescape(re.search(r'action="([^"]+)" id="details"', html)[1])
    hidden = dict(re.findall(r'type="hidden" name="(chosen|key)" value="([^"]+)"', html))
    return client.post(reverse("bookings:book") + action, {**TYPED, **hidden, **typed}, follow=True)


def link_to(booking: Booking, page: str) -> str:
    """The signed link to move or cancel the booking."""
    return f"{reverse(page, args=[booking.reference])}?t={booking.token}"


def open_page(client: Client, booking: Booking) -> str:
    """What the booking's own page says."""
    answer = client.get(manage_path(booking))
    assert answer.status_code == 200
    return answer.content.decode()


def last_code() -> str:
    """The code in the last message that carries one."""
    message = Notification.objects.filter(kind="sign_in_code").latest("pk")
    return json.loads(unseal(message.secret_sealed))["code"]
