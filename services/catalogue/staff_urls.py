"""The staff's pages of the catalogue."""

from django.urls import path

from services.catalogue import staff_views as views

urlpatterns = [
    path("items/", views.items, name="items"),
    path("items/add/", views.edit_item, name="item-add"),
    path("items/<slug:code>/", views.edit_item, name="item"),
    path("centres/<slug:code>/items/", views.offerings, name="offerings"),
]
