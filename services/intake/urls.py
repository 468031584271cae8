from django.urls import path

from services.intake import views

urlpatterns = [path("needs/new/", views.new, name="new")]
