from django.urls import path

from services.household import views

app_name = "household"
urlpatterns = [
    path("my/family/", views.family, name="list"),
    path("my/family/<int:pk>/", views.change, name="change"),
    path("my/family/<int:pk>/remove/", views.remove, name="remove"),
]
