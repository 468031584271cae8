from django.conf import settings
from django.urls import path

from lishui_center.notifications import views

app_name = "notifications"

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("sms/replies/", views.sms_reply, name="sms-reply"),
]
if settings.DEBUG:
    urlpatterns += [
        path("dev/outbox/", views.dev_outbox, name="dev-outbox"),
        path("dev/outbox/reply/", views.dev_reply, name="dev-reply"),
    ]
