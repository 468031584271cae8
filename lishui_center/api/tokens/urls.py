from django.urls import path

from lishui_center.api.tokens import views

app_name = "tokens"
urlpatterns = [
    path("", views.tokens, name="tokens"),
    path("remove/", views.remove, name="remove"),
]
