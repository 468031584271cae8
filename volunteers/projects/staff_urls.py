"""The staff's pages of projects, below /staff/projects/."""

from django.urls import path

from volunteers.projects import staff_views as views

app_name = "projects-staff"
urlpatterns = [
    path("", views.projects, name="list"),
    path("<slug:code>/", views.project, name="project"),
    path("<slug:code>/<slug:act>/", views.step, name="step"),
]
