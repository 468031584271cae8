"""A project's pictures, below /volunteer/projects/."""

from django.urls import path

from volunteers.evidence import views

urlpatterns = [
    path("<slug:code>/photos/", views.pictures, name="project-photos"),
    path("<slug:code>/photos/<int:pk>/", views.remove, name="project-photo-remove"),
]
