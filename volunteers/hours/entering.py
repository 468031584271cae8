"""From a filled form to a record, for the page and for the outbox alike."""

from datetime import datetime

from lishui_center.accounts.models import User
from lishui_center.photos.actions import keep_photo
from volunteers.hours.actions import Recorded, record_hours
from volunteers.hours.forms import HoursForm


def enter(form: HoursForm, *, volunteer: User, now: datetime) -> Recorded:
    """Keep the photo, then the record: a photo is drawn before any row is locked.

    Raises:
        Http404, RuleError: as `keep_photo` and `record_hours` do.
    """
    chosen = form.cleaned_data["photo"]
    photo = keep_photo(upload=chosen, by=volunteer, now=now) if chosen else None
    return record_hours(volunteer=volunteer, service=form.service(photo), now=now)
