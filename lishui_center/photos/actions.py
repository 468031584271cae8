"""Keeping photos, and letting go of those that nothing needs."""

import logging
from datetime import datetime, timedelta
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError

from lishui_center.accounts.models import User
from lishui_center.photos.models import Photo
from lishui_center.photos.reading import read_photo

logger = logging.getLogger(__name__)

UNUSED_FOR = timedelta(days=2)
"""A form may be half filled in for a while; then what it brought is let go."""
AT_ONCE = 500


def keep_photo(*, upload: IO[bytes], by: User | None, now: datetime) -> Photo:
    """Keep a photo; the same file of the same person is kept once, however often it is sent.

    Call it before the transaction of what it belongs to: drawing takes longer than a lock may.

    Raises:
        PhotoRefusedError: nothing was kept.
    """
    read = read_photo(upload)
    photo = Photo(
        digest=read.digest, width=read.width, height=read.height, uploaded_by=by, created_at=now
    )
    if known := _known(photo):
        Photo.objects.filter(pk=known.pk).update(created_at=now)  # about to be used: see UNUSED_FOR
        return known
    photo.web.save("", ContentFile(read.web), save=False)
    photo.thumb.save("", ContentFile(read.thumb), save=False)
    with transaction.atomic():
        Photo.objects.bulk_create([photo], ignore_conflicts=True)
        kept = _known(photo) or photo
    if kept.pk != photo.pk:  # sent twice at the same moment: the other one stands
        _remove_files(photo)
    return kept


def remove_unused(*, now: datetime) -> int:
    """Remove photos of forms that were never finished; how many. Safe to run twice."""
    found = Photo.objects.unused().filter(created_at__lt=now - UNUSED_FOR)[:AT_ONCE]
    return sum(_remove(photo) for photo in found)


def remove_photo(*, photo: Photo) -> None:
    """Remove a photo whose owner is gone; the files go when the transaction stands."""
    Photo.objects.filter(pk=photo.pk).delete()
    logger.info("photo.removed", extra={"photo": photo.pk.hex})
    transaction.on_commit(lambda: _remove_files(photo))


def _remove(photo: Photo) -> bool:
    try:
        with transaction.atomic():
            remove_photo(photo=photo)
    except ProtectedError:  # somebody used it just now
        return False
    return True


def _known(photo: Photo) -> Photo | None:
    if photo.uploaded_by_id is None:
        return None
    return Photo.objects.filter(uploaded_by=photo.uploaded_by_id, digest=photo.digest).first()


def _remove_files(photo: Photo) -> None:
    for file in (photo.web, photo.thumb):
        file.delete(save=False)
