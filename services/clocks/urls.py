from django.urls import path

from services.clocks import views

urlpatterns = [path("needs/deadlines/", views.deadlines, name="need-deadlines")]
