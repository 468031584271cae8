from django.urls import path, re_path

from services.console import hall_views, settings_views, sheet_views, views

urlpatterns = [
    path("console/", views.console, name="console"),
    path("console/open/", views.sit_down, name="console-open"),
    path("console/notice/", views.notice, name="console-notice"),
    re_path(rf"^console/(?P<name>{'|'.join(views.ACTS)})/$", views.act, name="console-act"),
    path("hall/", hall_views.hall, name="hall"),
    path("hall/number/", hall_views.give_number, name="hall-number"),
    path("hall/arrival/", hall_views.arrival, name="hall-arrival"),
    path("hall/paper/", hall_views.paper, name="hall-paper"),
    path("hall/sheet/", sheet_views.sheet, name="hall-sheet"),
    path("centres/<slug:code>/hall/", settings_views.hall_settings_page, name="hall-settings"),
    path("centres/<slug:code>/hall/kiosk/", settings_views.renew_kiosk, name="kiosk-renew"),
    path("hall/<int:pk>/back/", hall_views.back, name="hall-back"),
    path("hall/<int:pk>/left/", hall_views.left, name="hall-left"),
    path("hall/<int:pk>/slip/", hall_views.slip, name="hall-slip"),
]
