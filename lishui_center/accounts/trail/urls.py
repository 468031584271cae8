from django.urls import path

from lishui_center.accounts.trail import views

urlpatterns = [path("", views.events, name="trail")]
