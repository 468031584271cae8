from django.urls import path

from services.catalogue import views

app_name = "catalogue"

urlpatterns = [
    path("guide/", views.guide, name="guide"),
    path("guide/<slug:code>/", views.item, name="item"),
]
