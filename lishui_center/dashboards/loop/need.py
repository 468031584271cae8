"""The chain's first links: the need, to whom it was passed on, what was used, what was said."""

from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from lishui_center.dashboards.loop.links import Line, Link, link
from services.centres.models import Centre
from services.dispatching.models import Dispatch
from services.lending.models import ForKind, Use
from services.requests.models import ServiceRequest
from services.requests.projects import PROJECT
from services.requests.targets import CENTRE
from services.resolution.models import Feedback
from services.tracking.story import full_story, origin_name
from volunteers.teams.models import Team

LATEST = 4
TONES = {"sent": "warn", "accepted": "open", "returned": "bad", "done": "open"}
USE_TONES = {"asked": "warn", "confirmed": "open", "done": "open"}


def need_link(need: ServiceRequest) -> Link:
    """The need, whence it came, and the latest of what happened: at most three queries."""
    story = full_story(need)
    about = [need.get_category_display(), need.centre.short_name, origin_name(need)]
    lines = [
        Line(
            text=need.title,
            note=" · ".join(filter(None, about)),
            url=reverse("staff:need", args=[need.reference]),
            state=need.get_state_display(),
            tone=need.tone,
            at=need.created_at,
        )
    ]
    lines += [Line(step["text"], step["note"], at=step["at"]) for step in story[-LATEST:]]
    return Link("need", pgettext_lazy("loop", "Need"), "", lines, max(0, len(story) - LATEST))


def merged_link(need: ServiceRequest) -> Link:
    """The needs that were joined with it: together they are one problem."""
    joined = [
        Line(
            other.title,
            url=reverse("staff:need", args=[other.reference]),
            state=other.reference,
            at=other.created_at,
        )
        for other in need.merged.order_by("pk")
    ]
    title = gettext_lazy("Needs joined with it")
    return link("merged", title, gettext_lazy("No other need was joined with it."), joined)


def dispatch_link(need: ServiceRequest, project_names: dict[str, str]) -> Link:
    """To whom it was passed on: at most three queries."""
    sent = list(Dispatch.objects.filter(request=need))
    names = _names(sent) | {(PROJECT, code): title for code, title in project_names.items()}
    lines = [
        Line(
            names.get((one.target_kind, one.target_code), one.target_code),
            one.note,
            state=one.get_state_display(),
            tone=TONES[one.state],
            at=one.sent_at,
        )
        for one in sent
    ]
    title = gettext_lazy("Passed on to")
    return link("dispatch", title, gettext_lazy("Next: pass it on to a centre or team."), lines)


def _names(sent: Collection[Dispatch]) -> dict[tuple[str, str], str]:
    codes: dict[str, set[str]] = {}
    for one in sent:
        codes.setdefault(one.target_kind, set()).add(one.target_code)
    names: dict[tuple[str, str], str] = {}
    if CENTRE in codes:
        for centre in Centre.objects.filter(code__in=codes[CENTRE]):
            names[CENTRE, centre.code] = centre.short_name
    if "team" in codes:
        for team in Team.objects.filter(code__in=codes["team"]):
            names["team", team.code] = team.name
    return names


def resource_link(need: ServiceRequest, project_codes: Collection[str]) -> Link:
    """Rooms, tools and experts that were used for it, or for its projects: one query."""
    for_it = Q(for_kind=ForKind.NEED, for_code=need.reference)
    for_it |= Q(for_kind=ForKind.PROJECT, for_code__in=project_codes)
    uses = Use.objects.filter(for_it).select_related("resource").order_by("-starts_at", "-pk")
    lines = [
        Line(
            use.resource.name,
            use.purpose,
            reverse("staff:use", args=[use.reference]),
            use.get_state_display(),
            USE_TONES.get(use.state, "quiet"),
            use.starts_at,
        )
        for use in uses
    ]
    return link(
        "resources",
        gettext_lazy("Resources used"),
        gettext_lazy("None used. A room, tool or expert can be booked for it."),
        lines,
        f"{reverse('staff:resources')}?for_kind={ForKind.NEED}&for_code={need.reference}"
        if need.is_open
        else "",
    )


def answer_link(need: ServiceRequest) -> Link:
    """What the people who asked said of the result: one query."""
    said = Feedback.objects.filter(follower__request=need).order_by("-at", "-pk")
    lines = [
        Line(
            text=pgettext("feedback", "Solved")
            if answer.solved
            else pgettext("feedback", "Not solved"),
            note=f"{answer.get_satisfaction_display()} · {answer.get_source_display()}",
            state=need.get_state_display(),
            tone="open" if answer.solved else "bad",
            at=answer.at,
        )
        for answer in said
    ]
    waits = gettext_lazy("Next: whoever asked says whether it is solved. Call if nobody answers.")
    works = gettext_lazy("Asked once the work is said to be done.")
    missing = waits if need.state == "resolved_claimed" else works
    return link("answer", gettext_lazy("What the person said"), missing, lines)
