"""Finding a hall: by its address, by its kiosk's secret, and as it is at this moment."""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.shortcuts import get_object_or_404

from services.centres.models import Centre
from services.halls.models import HallPulse, HallSettings
from services.hours.access import openings_today

KIOSK_SIGNER = Signer(salt="kiosk-link")


def get_hall(code: str) -> Centre:
    """A centre with windows, or 404."""
    return get_object_or_404(Centre.objects.bookable(), code=code)


def hall_settings(centre: Centre) -> HallSettings:
    """What the hall does differently; the defaults while nothing was stored."""
    return HallSettings.objects.filter(pk=centre.pk).first() or HallSettings(centre=centre)


def kiosk_token(centre: Centre) -> str:
    """The secret in the kiosk's address; a new nonce voids it."""
    return KIOSK_SIGNER.sign(f"{centre.code}.{hall_settings(centre).kiosk_nonce}")


def get_kiosk_centre(token: str) -> Centre:
    """The centre of a kiosk's address, or 404."""
    try:
        code, _, nonce = KIOSK_SIGNER.unsign(token).rpartition(".")
    except BadSignature:
        raise Http404 from None
    centre = get_object_or_404(Centre.objects.bookable(), code=code)
    if hall_settings(centre).kiosk_nonce != nonce:
        raise Http404
    return centre


def is_open(centre: Centre, now: datetime) -> bool:
    """Whether the hall gives numbers at this moment."""
    opening = openings_today([centre.pk], now=now).get(centre.pk)
    return bool(opening and opening.is_open)


def hall_state(centre_id: int, now: datetime) -> str:
    """A text that is another one after every change of the centre's queue, and every minute.

    Minutes of waiting and the sign on the door change without anybody doing anything.
    """
    version = HallPulse.objects.filter(pk=centre_id).values_list("version", flat=True).first()
    return f"{version or 0}-{int(now.timestamp()) // 60}"
