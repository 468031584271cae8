"""The visitor's page of a rating."""

from django.urls import path

from services.ratings import views

app_name = "ratings"
urlpatterns = [path("rate/<str:secret>/", views.rate, name="rate")]
