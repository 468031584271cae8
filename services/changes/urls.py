from django.urls import path

from services.changes import views

app_name = "changes"

urlpatterns = [
    path("b/<slug:reference>/move/", views.move, name="move"),
    path("b/<slug:reference>/cancel/", views.cancel, name="cancel"),
]
