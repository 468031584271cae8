"""Rating a visit: by the link of the number, by phone or on the tablet at the window."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lishui_center.common.errors import RuleError
from services.ratings.access import may_rate, rating_of
from services.ratings.actions import rate_visit
from services.ratings.errors import RatedAlreadyError
from services.ratings.forms import RatingForm
from services.ratings.models import Rating
from services.tickets.access import get_ticket_by_link


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, secret: str) -> HttpResponse:
    """Five buttons; afterwards, or when it is too late, a word about that."""
    ticket = get_ticket_by_link(secret)
    now = timezone.now()
    form = RatingForm(request.POST or None)
    if form.is_valid():
        try:
            rating = rate_visit(ticket_id=ticket.pk, opinion=form.opinion(), now=now)
        except RatedAlreadyError as kindly:
            messages.info(request, str(kindly))
            return redirect("ratings:rate", ticket.secret)
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _thanks(rating))
            return redirect("ratings:rate", ticket.secret)
    context = {
        "ticket": ticket,
        "form": form,
        "may_rate": may_rate(ticket, now),
        "is_rated": rating_of(ticket) is not None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "services/ratings/rate.html", context, status=status)


def _thanks(rating: Rating) -> str:
    if rating.is_bad:
        return _(
            "Thank you for telling us, and we are sorry. "
            "A manager looks into it within 15 working days."
        )
    return _("Thank you for your rating.")
