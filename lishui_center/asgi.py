"""The event streams' entry point: uvicorn serves this, gunicorn serves wsgi.py."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lishui_center.settings")

application = get_asgi_application()
