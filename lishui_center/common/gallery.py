"""Every component on one page, for those who build pages. It exists only with DEBUG."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from lishui_center.common.clock import today

FREE_PLACES = (0, 31, 44, 3, 52, 60, 18)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=pgettext_lazy("person", "Name"), help_text=gettext_lazy("As on your identity card.")
    )
    phone = forms.CharField(
        label=gettext_lazy("Mobile number"), widget=forms.TextInput({"type": "tel"})
    )
    item = forms.ChoiceField(
        label=gettext_lazy("Service item"), choices=[("1", gettext_lazy("Residence permit"))]
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea({"rows": 3})
    )
    agreed = forms.BooleanField(label=gettext_lazy("I have read the privacy notice"))


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """The page to look at before building one."""
    now = timezone.now()
    days = [(today(now) + timedelta(days=n), free) for n, free in enumerate(FREE_PLACES)]
    documents = [_("Identity card"), _("Residence permit"), _("Proof of address")]
    context = {
        "form": SampleForm(),
        "refused": SampleForm({"name": "", "phone": "1", "item": "1"}, prefix="refused"),
        "days": days,
        "selected": days[1][0],
        "documents": documents,
        "seen": documents[:2],
        "until": now + timedelta(minutes=10),
        "events": [
            {"text": _("Received"), "at": now - timedelta(days=1), "state": "done"},
            {"text": _("In progress"), "at": now, "state": "now"},
            {"text": _("Resolved")},
        ],
        "page": Paginator(range(100), 20).page(2),
    }
    return render(request, "common/gallery.html", context)
