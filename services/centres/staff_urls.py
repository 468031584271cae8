"""The staff's pages of windows and booking rules."""

from django.urls import path

from services.centres import staff_views as views

urlpatterns = [
    path("centres/<slug:code>/windows/add/", views.edit_window, name="window-add"),
    path("centres/<slug:code>/windows/<int:pk>/", views.edit_window, name="window"),
    path("centres/<slug:code>/windows/<int:pk>/remove/", views.remove_window, name="window-remove"),
    path("centres/<slug:code>/policy/", views.policy, name="policy"),
]
