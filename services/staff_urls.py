"""The staff's pages of the services, below /staff/."""

from services.catalogue.staff_urls import urlpatterns as catalogue
from services.centres.staff_urls import urlpatterns as centres
from services.clocks.urls import urlpatterns as clocks
from services.closing.urls import urlpatterns as closing
from services.closures.urls import urlpatterns as closures
from services.console.urls import urlpatterns as console
from services.desk.urls import urlpatterns as desk
from services.dispatching.urls import urlpatterns as dispatching
from services.lending.staff_urls import urlpatterns as lending
from services.notices.urls import urlpatterns as notices
from services.opening.urls import urlpatterns as opening
from services.orphans.urls import urlpatterns as orphans
from services.ratings.staff_urls import urlpatterns as ratings
from services.resolution.urls import staff_urlpatterns as resolution
from services.roster.urls import urlpatterns as roster
from services.routing.urls import urlpatterns as routing
from services.standing.staff_urls import urlpatterns as standing

app_name = "staff"

urlpatterns = [
    *catalogue,
    *centres,
    *closing,
    *closures,
    *console,
    *desk,
    *lending,
    *notices,
    *opening,
    *orphans,
    *ratings,
    *roster,
    *standing,
    # In this order: "rates" and "routes" are not numbers of needs.
    *clocks,
    *routing,
    *resolution,
    *dispatching,
]
