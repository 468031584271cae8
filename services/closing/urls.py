from django.urls import path

from services.closing import views

urlpatterns = [path("days/", views.days, name="days")]
