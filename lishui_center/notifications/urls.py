from django.conf import settings
from django.urls import path

from lishui_center.notifications import views

app_name = "notifications"

urlpatterns = [path("inbox/", views.inbox, name="inbox")]
if settings.DEBUG:
    urlpatterns.append(path("dev/outbox/", views.dev_outbox, name="dev-outbox"))
