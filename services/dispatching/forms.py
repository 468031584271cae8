"""Which needs to look at, and what each act of the staff asks for."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.centres.models import CentreQuerySet
from services.desk.forms import CentreField
from services.dispatching.access import COLUMNS, OVER_KEY, NeedFilter
from services.dispatching.steps import WITH_WORDS, Details
from services.requests.models import (
    BODY_LENGTH,
    NOTE_LENGTH,
    TEXT_LENGTH,
    Category,
    ServiceRequest,
)
from services.requests.projects import choices_for
from services.requests.rules import Act
from services.routing.access import Choices, Usual, units_by_kind

ACT_NAMES: dict[Act, str | Promise] = {
    Act.TRIAGE: pgettext_lazy("need act", "I have read it"),
    Act.DISPATCH: pgettext_lazy("need act", "Pass on"),
    Act.ACCEPT: pgettext_lazy("need act", "Take it on"),
    Act.RETURN: pgettext_lazy("need act", "Send back"),
    Act.START: pgettext_lazy("need act", "Begin work"),
    Act.ASK: pgettext_lazy("need act", "Ask the person"),
    Act.ANSWER: pgettext_lazy("need act", "Write down the answer"),
    Act.RESOLVE: pgettext_lazy("need act", "It is done"),
    Act.REOPEN: pgettext_lazy("need act", "Open again"),
    Act.CLOSE: pgettext_lazy("need act", "Close"),
    Act.DECLINE: pgettext_lazy("need act", "Not take up"),
    Act.TRANSFER: pgettext_lazy("need act", "Hand to another authority"),
    Act.MERGE: pgettext_lazy("need act", "Join with another need"),
    Act.ESCALATE: pgettext_lazy("need act", "Chase up"),
    Act.TO_PROJECT: pgettext_lazy("need act", "Make it a project"),
    Act.NOTE: pgettext_lazy("need act", "Note for colleagues"),
}
MAIN = frozenset({Act.TRIAGE, Act.DISPATCH, Act.ACCEPT, Act.START, Act.RESOLVE, Act.ANSWER})
"""What usually comes next; the others stay folded."""


class FilterForm(forms.Form):
    """Wrong or missing values narrow nothing; all of it stands in the address."""

    column = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=lambda: [
            ("", _("All")),
            *((key, title) for key, (title, _states) in COLUMNS.items()),
            (OVER_KEY, pgettext_lazy("needs", "Over")),
        ],
    )
    category = forms.ChoiceField(
        label=_("About"), required=False, choices=[("", _("All")), *Category.choices]
    )
    centre = CentreField(queryset=None, empty_label=_("All centres"), required=False)
    q = forms.CharField(label=_("Number or word"), required=False, max_length=40, strip=True)
    overdue = forms.BooleanField(label=_("Overdue"), required=False)
    mine = forms.BooleanField(label=pgettext_lazy("needs", "With my hand in it"), required=False)
    held = forms.BooleanField(label=pgettext_lazy("needs", "Words held back"), required=False)

    def __init__(self, *args: Any, centres: CentreQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]  # a model's field

    def wanted(self) -> NeedFilter:
        """What to show."""
        self.is_valid()
        given = self.cleaned_data
        return NeedFilter(
            column=given.get("column", ""),
            category=given.get("category", ""),
            centre=given.get("centre"),
            overdue=given.get("overdue", False),
            mine=given.get("mine", False),
            held=given.get("held", False),
            text=given.get("q", ""),
        )


def target_choices() -> Choices:
    """Every unit that takes needs; nobody is chosen by being the first of the list."""
    return [("", [("", "—")]), *units_by_kind()]


class ActForm(forms.Form):
    """The page's version, and words; acts that need more have a form of their own."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=pgettext_lazy("need", "In words"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The person who asked can read this."),
    )

    def details(self) -> Details:
        """What the act is told, from a valid form."""
        given = self.cleaned_data
        kind, _colon, code = given.get("target", "").partition(":")
        return Details(
            note=given.get("note", ""),
            target=(kind, code),
            into=given.get("into", ""),
            body=given.get("body", ""),
            number=given.get("number", ""),
            category=given.get("category", ""),
            project=given.get("project", ""),
        )


class TriageForm(ActForm):
    """What it is about, as we see it."""

    category = forms.ChoiceField(label=_("About"), choices=Category.choices)
    field_order = ("category", "note")


class DispatchForm(ActForm):
    """To whom."""

    target = forms.ChoiceField(label=pgettext_lazy("need", "To whom"), choices=target_choices)
    field_order = ("target", "note")


class MergeForm(ActForm):
    """With which one."""

    into = forms.CharField(label=_("Number of the other need"), max_length=16)
    field_order = ("into", "note")


class TransferForm(ActForm):
    """To which authority."""

    body = forms.CharField(label=_("Authority, such as 12345"), max_length=BODY_LENGTH)
    number = forms.CharField(label=_("Its number for it"), max_length=40)
    field_order = ("body", "number", "note")


class ProjectForm(ActForm):
    """Which project takes it up; it may stay empty where one is linked already."""

    project = forms.ChoiceField(
        label=_("Which project takes it up"),
        required=False,
        help_text=_("Projects that were approved, of this centre or of the whole town."),
    )
    field_order = ("project", "note")

    def offer(self, projects: Sequence[tuple[str, str]]) -> None:
        """Let these be chosen."""
        field = self.fields["project"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy
        field.choices = [("", "—"), *projects]


FORMS: dict[Act, type[ActForm]] = {
    Act.TRIAGE: TriageForm,
    Act.DISPATCH: DispatchForm,
    Act.MERGE: MergeForm,
    Act.TRANSFER: TransferForm,
    Act.TO_PROJECT: ProjectForm,
}


class BulkForm(forms.Form):
    """The needs that are ticked, and what to do with all of them."""

    act = forms.ChoiceField(
        choices=[(act.value, ACT_NAMES[act]) for act in (Act.TRIAGE, Act.DISPATCH, Act.ACCEPT)]
    )
    target = forms.ChoiceField(
        label=pgettext_lazy("need", "To whom"), choices=target_choices, required=False
    )
    references = forms.Field(required=False)

    def details(self) -> Details:
        """To whom, when they are passed on."""
        kind, _colon, code = self.cleaned_data.get("target", "").partition(":")
        return Details(target=(kind, code))


class ReleaseForm(forms.Form):
    """What others may read of a need that was held back."""

    prefix = "words"

    words = forms.CharField(
        label=_("What others may read"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WhyForm(forms.Form):
    """Why the number is needed, for the audit trail."""

    prefix = "why"

    reason = forms.CharField(label=_("Reason"), max_length=200)


PROPOSED: dict[Act, tuple[str, Callable[[Usual], str]]] = {
    Act.DISPATCH: ("target", lambda usual: f"{usual.kind}:{usual.code}"),
    Act.TRANSFER: ("body", lambda usual: usual.body),
}
"""Which field an act's usual target fills, and with what."""


def is_proposed(act: Act, usual: Usual | None) -> bool:
    """Whether this act is what usually comes: a rule that still holds says so."""
    if usual is None or usual.is_broken:
        return False
    return act is (Act.TRANSFER if usual.is_outside else Act.DISPATCH)


def form_of(
    act: Act,
    need: ServiceRequest,
    data: Any = None,
    *,
    usual: Usual | None = None,
    twin: str = "",
) -> ActForm:
    """The act's form, filled with what is known of the need and what is usual for it.

    `twin` is the number of the one need that looks like it.
    """
    initial = {"version": need.version, "category": need.category, "into": twin}
    form = FORMS.get(act, ActForm)(data, initial=initial, prefix=act.value)
    if usual and is_proposed(act, usual):
        name, value = PROPOSED[act]
        form.initial[name] = value(usual)
        form.fields[name].help_text = usual.reason
    if isinstance(form, ProjectForm):
        form.offer(choices_for(need))
    form.fields["note"].required = act in WITH_WORDS
    if act is Act.NOTE:
        form.fields["note"].help_text = _("Only staff read this.")
    return form


def acts_with_forms(
    acts: Collection[Act], need: ServiceRequest, *, usual: Usual | None = None, twin: str = ""
) -> list[dict[str, Any]]:
    """For the page: what is usual, then what comes next, the rest folded."""
    listed = [
        {
            "act": act.value,
            "name": ACT_NAMES[act],
            "form": form_of(act, need, usual=usual, twin=twin),
            "is_main": act in MAIN or is_proposed(act, usual),
            "is_proposed": is_proposed(act, usual),
        }
        for act in acts
        if act in ACT_NAMES
    ]
    return sorted(listed, key=lambda one: (not one["is_proposed"], not one["is_main"]))
