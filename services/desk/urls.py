from django.urls import path, re_path

from services.desk import time_views, views

urlpatterns = [
    path("bookings/", views.bookings, name="bookings"),
    path("bookings/<slug:reference>/", views.booking, name="booking"),
    path("bookings/<slug:reference>/person/", views.show_person, name="show-person"),
    re_path(
        r"^bookings/(?P<reference>\w+)/(?P<act>arrived|missed|undo)/$",
        views.note_attendance,
        name="attendance",
    ),
    path("bookings/<slug:reference>/cancel/", views.cancel, name="cancel"),
    path("bookings/<slug:reference>/move/", time_views.move, name="move"),
    path("book/", time_views.book, name="book"),
]
