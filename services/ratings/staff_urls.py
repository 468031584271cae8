"""The managers' pages of ratings."""

from django.urls import path

from services.ratings import staff_views as views

urlpatterns = [
    path("ratings/", views.ratings, name="ratings"),
    path("ratings/<int:pk>/", views.follow_up, name="follow-up"),
    path("ratings/<int:pk>/phone/", views.show_phone, name="follow-up-phone"),
]
