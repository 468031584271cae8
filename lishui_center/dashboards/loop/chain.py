"""The whole chain of one need, from what was asked for to the need that follows from it."""

from datetime import date

from lishui_center.accounts.models import User
from lishui_center.dashboards.loop import advice, need, work
from lishui_center.dashboards.loop.links import Link
from services.requests.models import ServiceRequest


def chain_of(found: ServiceRequest, *, user: User, day: date) -> list[Link]:
    """Its links in their order; a fixed number of queries, however long the chain."""
    projects = work.projects_of(found)
    titles = {project.code: project.title for project in projects}
    reports = advice.reports_on(found, titles)
    advised = advice.advice_on(reports, user, day)
    steps = advice.steps_of(advised, found.reference)
    origin = advice.origin_of(steps, found.reference)
    links = [
        need.need_link(found),
        need.merged_link(found),
        need.dispatch_link(found, titles),
        need.resource_link(found, titles),
        work.project_link(projects),
        work.service_link(titles),
        work.picture_link(titles),
        need.answer_link(found),
        advice.report_link(reports),
        advice.advice_link(advised),
        advice.response_link(advised),
        advice.step_link(steps, found.reference, day),
        advice.opened_link(steps, found.reference),
    ]
    return [origin, *links] if origin else links
