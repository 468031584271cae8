"""The public results, below /results/."""

from django.urls import path

from lishui_center.dashboards.results import views

app_name = "results"
urlpatterns = [
    path("", views.results, name="page"),
    path("stories/", views.stories, name="stories"),
    path("centres/", views.centres, name="centres"),
    path("wall/", views.wall, name="wall"),
]
