"""A project's pictures: serving them, adding and removing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.clock import today
from lishui_center.common.errors import RuleError
from lishui_center.photos.actions import keep_photo
from lishui_center.photos.answering import photo_response
from volunteers.evidence.access import get_picture, get_visible, is_public, pictures_of
from volunteers.evidence.actions import TAKING, Picture, add_evidence, remove_evidence
from volunteers.evidence.forms import EvidenceForm
from volunteers.evidence.models import EvidenceKind
from volunteers.projects.access import get_project_to_lead
from volunteers.projects.models import Project

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def photo(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The file; `?small` for lists."""
    picture = get_visible(request.user, code, pk, today(timezone.now()))
    return photo_response(picture.photo, thumb="small" in request.GET, public=is_public(picture))


@never_cache
@login_required
@require_http_methods(METHODS)
def pictures(request: SignedInRequest, code: str) -> HttpResponse:
    """All pictures of the project; one more."""
    now = timezone.now()
    project = get_project_to_lead(request.user, code, today(now))
    form = EvidenceForm(request.POST or None, request.FILES or None, today=today(now))
    if form.is_valid():
        try:
            _add(request, project, form)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Added."))
            return redirect("volunteers:project-photos", code)
    context = {
        "project": project,
        "pictures": list(pictures_of(project)),
        "form": form,
        "may_add": project.state in TAKING,
    }
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/projects/photos.html", context, status=status)


@never_cache
@login_required
@require_http_methods(METHODS)
def remove(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a picture away, after asking."""
    now = timezone.now()
    project = get_project_to_lead(request.user, code, today(now))
    picture = get_picture(project, pk)
    if request.method == "POST":
        try:
            remove_evidence(evidence=picture, by=request.user, now=now)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Removed."))
        return redirect("volunteers:project-photos", code)
    context = {
        "project": project,
        "picture": picture,
        "act_class": "btn-danger",
        "back_url": reverse("volunteers:project-photos", args=[code]),
    }
    return render(request, "volunteers/projects/photo_remove.html", context)


def _add(request: SignedInRequest, project: Project, form: EvidenceForm) -> None:
    given, now = form.cleaned_data, timezone.now()
    kept = keep_photo(upload=given["photo"], by=request.user, now=now)
    picture = Picture(kept, EvidenceKind(given["kind"]), given["caption"], given["taken_on"])
    add_evidence(project_id=project.pk, picture=picture, by=request.user, now=now)
