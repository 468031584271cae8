"""Projects for those who do the work, below /volunteer/projects/."""

from django.urls import path

from volunteers.projects import lead_views as views

urlpatterns = [
    path("", views.mine, name="projects"),
    path("new/", views.new, name="project-new"),
    path("<slug:code>/", views.project, name="project"),
    path("<slug:code>/edit/", views.edit, name="project-edit"),
    path("<slug:code>/result/", views.result, name="project-result"),
    path("<slug:code>/act/<slug:act>/", views.step, name="project-step"),
]
