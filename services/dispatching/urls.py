from django.urls import path, re_path

from services.dispatching import views, writing_views
from services.dispatching.steps import STEPS

ACTS = "|".join(act.value for act in STEPS)

urlpatterns = [
    path("needs/", views.board, name="needs-board"),
    path("needs/list/", views.needs, name="needs"),
    path("needs/bulk/", views.bulk, name="needs-bulk"),
    path("needs/new/", writing_views.new, name="need-new"),
    path("needs/<slug:reference>/", views.need, name="need"),
    re_path(rf"^needs/(?P<reference>S\d+)/do/(?P<name>{ACTS})/$", views.act, name="need-act"),
    path("needs/<slug:reference>/words/", views.release, name="need-words"),
    path("needs/<slug:reference>/contact/", views.show_contact, name="need-contact"),
    path("needs/<slug:reference>/photos/<int:position>/", views.photo, name="need-photo"),
]
