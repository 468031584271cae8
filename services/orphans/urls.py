from django.urls import path

from services.orphans import views

urlpatterns = [path("orphans/", views.orphans, name="orphans")]
