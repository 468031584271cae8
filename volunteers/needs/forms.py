"""Which project takes a need up, and why it no longer does."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volunteers.projects.models import REASON_LENGTH


class LinkForm(forms.Form):
    """One of the projects that can take it up."""

    project = forms.ChoiceField(
        label=_("Which project takes it up"),
        help_text=_("Projects that were approved, of this centre or of the whole town."),
    )

    def __init__(self, *args: Any, projects: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["project"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = list(projects)


class UnlinkForm(forms.Form):
    """Why they are parted."""

    reason = forms.CharField(label=_("Why"), max_length=REASON_LENGTH)
