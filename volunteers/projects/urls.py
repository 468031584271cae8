"""The public pages of projects, below /projects/."""

from django.urls import path

from volunteers.projects import views

urlpatterns = [
    path("", views.projects, name="list"),
    path("<slug:code>/", views.project, name="project"),
]
