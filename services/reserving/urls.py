from django.urls import path

from services.reserving import views

urlpatterns = [path("book/", views.book, name="book")]
