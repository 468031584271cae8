"""The Celery application; tasks live in each app's `tasks.py`."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lishui_center.settings")

app = Celery("lishui_center")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def leave_logging_to_django(**_config: object) -> None:
    """With a receiver here, Celery does not set its own handlers over settings.LOGGING."""
