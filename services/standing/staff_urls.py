"""The staff's pages of suspensions."""

from django.urls import path

from services.standing import staff_views as views

urlpatterns = [
    path("suspensions/", views.suspensions, name="suspensions"),
    path("suspensions/<int:pk>/", views.decide, name="suspension"),
]
