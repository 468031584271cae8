"""What members and owners type about a recommendation."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.opening.forms import DayInput
from services.ratings.models import Score
from thinktank.meetings.forms import OwnerField
from thinktank.recommendations.actions import NOTE_LENGTH, Advice, Answer, Finding
from thinktank.recommendations.models import TEXT_LENGTH, TITLE_LENGTH, AnswerClass


class AdviceForm(forms.Form):
    """One recommendation, and who is to answer it."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_LENGTH)
    text = forms.CharField(
        label=_("What is recommended, and why"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    centre = OwnerField(label=_("Who is to answer"))

    def advice(self) -> Advice:
        """The recommendation, from a valid form."""
        given = self.cleaned_data
        centre = given["centre"]
        return Advice(given["title"], given["text"], centre.pk if centre else None)


class AnswerForm(forms.Form):
    """Adopted, planned or noted, and in any case why."""

    answer_class = forms.ChoiceField(
        label=pgettext_lazy("think tank", "Answer"),
        choices=AnswerClass.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What will be done, or why nothing is"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("This is public."),
    )
    planned_for = forms.DateField(
        label=_("Planned for"),
        required=False,
        widget=DayInput,
        help_text=_("Only for the answer “Planned”."),
    )

    def answer(self) -> Answer:
        """The answer, from a valid form."""
        given = self.cleaned_data
        return Answer(AnswerClass(given["answer_class"]), given["text"], given["planned_for"])


class MemberRatingForm(forms.Form):
    """What the member thinks of the answer."""

    score = forms.TypedChoiceField(
        label=_("How good is the answer?"),
        choices=Score.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("In a few words"), max_length=NOTE_LENGTH, required=False)


class FindingForm(forms.Form):
    """A figure before and after, and what follows from it."""

    metric = forms.CharField(
        label=_("What was measured"),
        max_length=TITLE_LENGTH,
        help_text=_("With its unit, e.g. “Wait of nine in ten, minutes”."),
    )
    before = forms.DecimalField(
        label=pgettext_lazy("think tank", "Before"), max_digits=12, decimal_places=2
    )
    after = forms.DecimalField(
        label=pgettext_lazy("think tank", "After"), max_digits=12, decimal_places=2
    )
    note = forms.CharField(label=_("Where the figures come from"), max_length=NOTE_LENGTH)
    has_effect = forms.TypedChoiceField(
        label=_("Did it have the effect?"),
        choices=[("yes", _("Yes, it had the effect")), ("no", _("No, it had not"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def finding(self) -> Finding:
        """The finding, from a valid form."""
        return Finding(**self.cleaned_data)


class StateForm(forms.Form):
    """Which recommendations to list; a wrong value means those without an answer."""

    CHOICES = (
        ("waiting", _("Without an answer")),
        ("overdue", _("Overdue")),
        ("answered", _("Answered")),
        ("all", _("All")),
    )

    show = forms.ChoiceField(label=_("Show"), choices=CHOICES, required=False)

    def chosen(self) -> str:
        """One of the four."""
        self.is_valid()
        return self.cleaned_data.get("show") or "waiting"
