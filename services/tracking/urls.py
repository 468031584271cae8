from django.urls import path

from services.tracking import views

urlpatterns = [
    path("n/<slug:secret>/", views.short, name="short"),
    path("my/needs/", views.mine, name="mine"),
    path("needs/<slug:reference>/", views.track, name="track"),
    path("needs/<slug:reference>/photos/<int:position>/", views.photo, name="photo"),
]
