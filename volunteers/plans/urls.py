"""A project's plan, below /volunteer/projects/."""

from django.urls import path

from volunteers.plans import views

urlpatterns = [
    path("<slug:code>/plan/", views.plan, name="project-plan"),
    path("<slug:code>/plan/<int:pk>/", views.milestone, name="project-milestone"),
    path("<slug:code>/money/", views.money, name="project-money"),
    path("<slug:code>/money/<int:pk>/", views.cost, name="project-cost"),
]
