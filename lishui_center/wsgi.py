import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lishui_center.settings")

application = get_wsgi_application()
# Import every view now: nobody's first page waits for it, and gunicorn's workers share the memory.
get_resolver().url_patterns  # noqa: B018 - reading it is what loads it
