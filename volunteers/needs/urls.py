"""Needs that are with teams and projects, below /volunteer/needs/."""

from django.urls import path, re_path

from volunteers.needs import views

ACTS = "|".join(act.value for act in views.LEADERS)

urlpatterns = [
    path("", views.needs, name="needs"),
    path("<slug:reference>/", views.need, name="need"),
    re_path(rf"^(?P<reference>S\d+)/do/(?P<name>{ACTS})/$", views.act, name="need-act"),
    path("<slug:reference>/photos/<int:position>/", views.photo, name="need-photo"),
]
