from django.urls import path

from services.closures import views

urlpatterns = [
    path("close/", views.close, name="close"),
    path("close/<int:pk>/", views.progress, name="closure"),
]
