"""The staff's pages of volunteer hours, below /staff/hours/."""

from django.urls import path

from volunteers.entering import staff_views as entering
from volunteers.office import record_views, views
from volunteers.review import views as review

app_name = "hours"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("ledger/", views.ledger, name="ledger"),
    path("enter/", entering.teams, name="teams"),
    path("enter/<slug:code>/", entering.late, name="enter"),
    path("allow/<slug:code>/", entering.allow, name="allow"),
    path("audit/", review.audit, name="audit"),
    path("audit/<int:pk>/", review.check, name="check"),
    path("audit/<slug:kind>/<slug:key>/", review.dismiss, name="dismiss"),
    path("disputes/<int:pk>/", record_views.settle, name="settle"),
    path("corrections/<int:pk>/", record_views.confirm, name="confirm"),
    path("<uuid:pk>/", record_views.record, name="record"),
    path("<uuid:pk>/decide/", record_views.decide, name="decide"),
    path("<uuid:pk>/correct/", record_views.correct, name="correct"),
]
