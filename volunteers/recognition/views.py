"""A volunteer's own stars, and the public notices of those on their way."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lishui_center.accounts.access import SignedInRequest
from lishui_center.common.errors import RuleError
from volunteers.recognition.access import awards_on_notice, get_award_on_notice
from volunteers.recognition.forms import WordsForm
from volunteers.recognition.objecting import object_to_star

PAGE_SIZE = 50


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Who is to be awarded a star, masked, until when, and how to object."""
    page = Paginator(awards_on_notice(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "volunteers/recognition/notices.html", {"page": page})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def object_to(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say why a star should not be awarded."""
    award = get_award_on_notice(pk)
    form = WordsForm(request.POST or None, label=_("What speaks against it"))
    if form.is_valid():
        text, now = form.cleaned_data["text"], timezone.now()
        try:
            object_to_star(award_id=award.pk, by=request.user, text=text, now=now)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Somebody else looks into it and tells you."))
            return redirect("volunteers:notices")
    context = {"award": award, "form": form, "back_url": reverse("volunteers:notices")}
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/recognition/object.html", context, status=status)
