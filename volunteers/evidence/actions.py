"""Adding and removing a project's pictures."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.photos.models import Photo
from services.standing.rules import clean_words
from volunteers.evidence.errors import SamePhotoError, TakenLaterError
from volunteers.evidence.models import CAPTION_LENGTH, Evidence, EvidenceKind
from volunteers.projects.actions import check_leads, lock_project, record_change, touch
from volunteers.projects.rules import DRAFT_STATES, WORK_STATES

TAKING = (*DRAFT_STATES, *WORK_STATES)
"""Not while the project is being checked: nobody decides on pictures that come and go."""


@dataclass(frozen=True)
class Picture:
    """A kept photo, and what it shows."""

    photo: Photo
    kind: EvidenceKind
    caption: str
    taken_on: date


@transaction.atomic
def add_evidence(*, project_id: int, picture: Picture, by: User, now: datetime) -> Evidence:
    """Show how it was, how it goes, or how it is now.

    Raises:
        NotYourProjectError, NotNowError, SamePhotoError, TakenLaterError: nothing was added.
    """
    project = lock_project(project_id)
    check_leads(project, by, now, TAKING)
    if picture.taken_on > today(now):
        raise TakenLaterError
    if project.evidence.filter(photo=picture.photo).exists():
        raise SamePhotoError
    evidence = Evidence.objects.create(
        project=project,
        kind=picture.kind,
        photo=picture.photo,
        caption=clean_words(picture.caption)[:CAPTION_LENGTH],
        taken_on=picture.taken_on,
        added_by=by,
        added_at=now,
    )
    touch(project)
    record_change(by, "project.photo_added", project, line=evidence.pk, kind=evidence.kind)
    return evidence


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, now: datetime) -> None:
    """Take a picture away; the file goes with the next clearing of unused photos.

    Raises:
        NotYourProjectError, NotNowError: nothing changed.
    """
    project = lock_project(evidence.project_id)
    check_leads(project, by, now, TAKING)
    record_change(by, "project.photo_removed", project, line=evidence.pk, kind=evidence.kind)
    Evidence.objects.filter(pk=evidence.pk).delete()
    touch(project)
