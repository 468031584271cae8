from django.urls import include, path

from lishui_center.accounts import views

app_name = "accounts"

urlpatterns = [
    path("account/", views.home, name="home"),
    path("account/sign-out-everywhere/", views.end_sessions, name="end-sessions"),
    path("account/export/", views.export, name="export"),
    path("account/close/", views.close, name="close"),
    path("account/reopen/", views.reopen, name="reopen"),
    path("staff/audit/", include("lishui_center.accounts.trail.urls")),
    path("staff/roles/", include("lishui_center.accounts.roles.urls")),
]
