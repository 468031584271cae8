from django.urls import path

from services.bookings import views

urlpatterns = [
    path("b/<slug:reference>/", views.manage, name="manage"),
    path("b/<slug:reference>/calendar.ics", views.calendar, name="calendar"),
    path("my/bookings/", views.mine, name="mine"),
    path("my/bookings/find/", views.find, name="find"),
    path("my/bookings/open/", views.open_found, name="open"),
]
