from django.urls import path

from services.notices import views

urlpatterns = [path("hall/<int:pk>/missing/", views.notice, name="notice")]
