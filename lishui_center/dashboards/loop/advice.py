"""The chain's end: reports of the think tank, advice, answers, and what followed."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lishui_center.accounts.models import User
from lishui_center.dashboards.loop.links import Line, Link, link
from services.requests.models import ServiceRequest
from thinktank.followup.models import Action, ActionKind
from thinktank.observations.models import Observation
from thinktank.recommendations.access import seen_by
from thinktank.recommendations.models import Recommendation
from thinktank.templatetags.think_tank import plain_number
from volunteers.projects.models import Project


def reports_on(need: ServiceRequest, project_codes: Collection[str]) -> list[Observation]:
    """Published reports on its projects, and later ones on its centre or kind: one query."""
    later = Q(published_at__gte=need.created_at)
    about = Q(subject_kind="project", subject_code__in=project_codes)
    about |= later & Q(subject_kind="centre", subject_code=need.centre.code)
    about |= later & Q(subject_kind="need_category", subject_code=need.category)
    found = Observation.objects.published().filter(about)
    return list(found.defer("evidence", "text").order_by("-published_at", "-pk"))


def report_link(reports: Sequence[Observation]) -> Link:
    """What was observed."""
    lines = [
        Line(
            report.title,
            f"{report.subject_kind_label} · {report.subject_title}",
            reverse("thinktank:observation", args=[report.pk]),
            report.get_state_display(),
            report.tone,
            report.published_at,
        )
        for report in reports
    ]
    return link(
        "reports",
        gettext_lazy("Reports of the think tank"),
        gettext_lazy("No report on its project, centre or kind yet."),
        lines,
    )


def advice_on(reports: Sequence[Observation], user: User, day: date) -> list[Recommendation]:
    """What was recommended, as far as the person may read it: one query."""
    found = seen_by(user, day).filter(observation__in=[report.pk for report in reports])
    return list(found.select_related("centre", "response", "verification").order_by("pk"))


def advice_link(advice: Sequence[Recommendation]) -> Link:
    """The recommendations, by when each is to be answered."""
    lines = [
        Line(
            each.title,
            _("To be answered by %(owner)s until %(day)s")
            % {"owner": each.owner, "day": each.due_on.isoformat()},
            _page(each),
            at=each.issued_at,
        )
        for each in advice
    ]
    missing = gettext_lazy("Next: the author of a report recommends what to do.")
    return link("advice", gettext_lazy("Recommendations"), missing, lines)


def response_link(advice: Sequence[Recommendation]) -> Link:
    """What was answered, and whether it worked."""
    lines = []
    for each in advice:
        if answer := each.answer:
            text = answer.get_answer_class_display()
            lines.append(Line(each.title, answer.text, _page(each), text, answer.tone, answer.at))
        if checked := each.checked:
            words = _("It had the effect") if checked.has_effect else _("It had no effect")
            figures = f"{plain_number(checked.before)} → {plain_number(checked.after)}"
            note = f"{checked.metric}: {figures}"
            tone = "open" if checked.has_effect else "warn"
            lines.append(Line(each.title, note, _page(each), words, tone, checked.at))
    missing = gettext_lazy("Next: the centre, or the town, answers.")
    return link("responses", gettext_lazy("Answers and effects"), missing, lines)


def steps_of(advice: Sequence[Recommendation], reference: str) -> list[Action]:
    """What followed from the advice, and the step that opened this need: one query."""
    wanted = Q(recommendation__in=[each.pk for each in advice])
    wanted |= Q(kind=ActionKind.NEW_REQUEST, reference=reference)
    return list(Action.objects.filter(wanted).select_related("recommendation"))


def origin_of(steps: Sequence[Action], reference: str) -> Link | None:
    """The recommendation that opened this need; None for what people asked for themselves."""
    opened = [step for step in steps if _opens(step) and step.reference == reference]
    lines = [_step_line(step) for step in opened]
    return (
        link("origin", gettext_lazy("It began with a recommendation"), "", lines) if lines else None
    )


def step_link(steps: Sequence[Action], reference: str, day: date) -> Link:
    """The steps that follow; a milestone that was opened leads to its project: one query."""
    shown = [step for step in steps if not (_opens(step) and step.reference == reference)]
    codes = {code_of_project(step) for step in shown}
    plans = {plan.code: plan for plan in Project.objects.public().filter(code__in=codes - {""})}
    lines = [
        _step_line(step, plans.get(code_of_project(step)), late=step.is_overdue(day))
        for step in shown
    ]
    missing = gettext_lazy("Next: note what is done about it, with a day.")
    return link("steps", gettext_lazy("Steps that follow"), missing, lines)


def opened_link(steps: Sequence[Action], reference: str) -> Link:
    """The needs that these steps opened: the loop goes on. One query."""
    codes = [step.reference for step in steps if _opens(step) and step.reference != reference]
    opened = ServiceRequest.objects.filter(reference__in=codes).order_by("pk") if codes else []
    lines = [
        Line(
            need.title,
            need.reference,
            reverse("dashboards:chain", args=[need.reference]),
            need.get_state_display(),
            need.tone,
            need.created_at,
        )
        for need in opened
    ]
    missing = gettext_lazy("No step has opened a new need.")
    return link("opened", gettext_lazy("The next need"), missing, lines)


def _opens(step: Action) -> bool:
    return step.kind == ActionKind.NEW_REQUEST and bool(step.reference)


def code_of_project(step: Action) -> str:
    """'project-code' of the milestone that the step became."""
    return step.reference.partition("/")[0] if step.kind == ActionKind.MILESTONE else ""


def _step_line(step: Action, plan: Project | None = None, *, late: bool = False) -> Line:
    what = plan.title if plan else step.reference
    return Line(
        step.title,
        f"{step.get_kind_display()} {what} · {step.due_on.isoformat()}",
        reverse("projects:project", args=[plan.code]) if plan else _page(step.recommendation),
        _("Overdue") if late else step.get_state_display(),
        "bad" if late else step.tone,
        step.settled_at,
    )


def _page(advice: Recommendation) -> str:
    return reverse("thinktank:recommendation", args=[advice.pk])
