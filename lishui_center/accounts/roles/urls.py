from django.urls import path

from lishui_center.accounts.roles import views

urlpatterns = [
    path("", views.roles, name="roles"),
    path("<int:pk>/revoke/", views.revoke, name="revoke-role"),
]
