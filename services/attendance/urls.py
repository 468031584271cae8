from django.urls import path

from services.attendance import views

app_name = "attendance"
urlpatterns = [path("b/<str:reference>/coming/", views.confirm, name="confirm")]
