"""From need to result: one need's whole chain, and where chains stop."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lishui_center.accounts.access import SignedInRequest, staff_required
from lishui_center.common.clock import today
from lishui_center.common.paging import LongPaginator
from lishui_center.dashboards.loop.access import get_need_for_chain
from lishui_center.dashboards.loop.chain import chain_of
from lishui_center.dashboards.loop.joints import JOINTS, health_of, viewer_of

PAGE_SIZE = 30


@staff_required()
@require_safe
def health(request: SignedInRequest) -> HttpResponse:
    """How many stop at each joint, with the first of them."""
    viewer = viewer_of(request.user, timezone.now())
    context = {"stops": health_of(viewer)}
    return render(request, "dashboards/loop/health.html", context)


@staff_required()
@require_safe
def joint(request: SignedInRequest, key: str) -> HttpResponse:
    """All that stop at one joint."""
    found = JOINTS.get(key)
    if found is None:
        raise Http404
    rows = found.rows(viewer_of(request.user, timezone.now()))
    page = LongPaginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"joint": found, "page": page, "lines": [found.line(row) for row in page]}
    return render(request, "dashboards/loop/joint.html", context)


@staff_required()
@require_safe
def chain(request: SignedInRequest, reference: str) -> HttpResponse:
    """One need with everything that followed, and what is missing."""
    day = today(timezone.now())
    need = get_need_for_chain(request.user, reference, day)
    links = chain_of(need, user=request.user, day=day)
    context = {
        "need": need,
        "links": links,
        "there": sum(link.is_there for link in links),
        "all": len(links),
    }
    return render(request, "dashboards/loop/chain.html", context)
