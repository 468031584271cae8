"""What every page's template knows."""

from django.conf import settings
from django.http import HttpRequest

SENIOR_COOKIE = "senior"


def site(request: HttpRequest) -> dict[str, object]:
    """The facts base.html shows: senior mode, the demo mark, and who runs the site."""
    return {
        "senior_mode": request.COOKIES.get(SENIOR_COOKIE) == "1",
        "development": settings.DEBUG,
        "demo_mark": settings.DEMO_MARK,
        "streams_url": settings.STREAMS_URL,
        "organiser": settings.ORGANISER,
        "contact_phone": settings.CONTACT_PHONE,
        "site_identifier": settings.SITE_IDENTIFIER,
        "icp_record": settings.ICP_RECORD,
        "police_record": settings.POLICE_RECORD,
    }
