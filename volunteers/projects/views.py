"""Projects as everybody may read them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lishui_center.common import htmx
from volunteers.projects.access import get_public_project, narrowed, public_projects
from volunteers.projects.forms import FilterForm, all_centres
from volunteers.projects.story import shown

PAGE_SIZE = 20


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """All that were approved, those under way first."""
    form = FilterForm(request.GET, centres=all_centres(), only_public=True)
    wanted = form.wanted()
    found = narrowed(public_projects(), wanted).for_list()
    context = {
        "filters": form,
        "is_narrowed": bool(wanted.centre or wanted.category or wanted.state),
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return htmx.render(request, "volunteers/projects/list.html", part="found", context=context)


@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    """One project: before and after, target, result, steps, teams and money."""
    found = get_public_project(code)
    return render(request, "volunteers/projects/project.html", shown(found))
