from django.urls import path

from services.venues import views

app_name = "venues"
urlpatterns = [
    path("venues/", views.venues, name="list"),
    path("venues/<slug:code>/", views.venue, name="venue"),
    path("venues/uses/<slug:reference>/", views.use, name="use"),
    path("venues/uses/<slug:reference>/cancel/", views.cancel, name="cancel"),
    path("venues/uses/<slug:reference>/calendar.ics", views.calendar, name="calendar"),
    path("my/venues/", views.mine, name="mine"),
]
