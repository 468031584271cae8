"""Which batch to make, why its file is wanted, and what came back."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from services.centres.models import Centre, CentreQuerySet
from volunteers.returns.models import REASON_LENGTH


class BatchForm(forms.Form):
    """Of which centre; who administers the town may leave it empty for all teams."""

    centre: "forms.ModelChoiceField[Centre]" = forms.ModelChoiceField(
        label=_("Centre"), queryset=None, to_field_name="code"
    )

    def __init__(
        self, *args: Any, centres: CentreQuerySet, whole_town: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["centre"]
        field.queryset = centres  # type: ignore[attr-defined]  # a model's field
        field.required = not whole_town
        if whole_town:
            field.empty_label = _("All teams of the town")  # type: ignore[attr-defined]  # as above


class FileForm(forms.Form):
    """Why whole names are needed, for the audit trail."""

    prefix = "file"

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_("The file names people whole. This is kept in the audit trail."),
    )


class AnswerForm(forms.Form):
    """The file that came back, with the result of each row."""

    prefix = "answer"

    file = forms.FileField(
        label=_("File with the results"),
        validators=[FileExtensionValidator(["csv", "xlsx"])],
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_("The same file with the columns 结果 (成功 or 失败) and 原因 filled in."),
    )
