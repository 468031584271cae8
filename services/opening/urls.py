from django.urls import path, re_path

from services.opening import views

ROW = r"^centres/(?P<code>[-\w]+)/(?P<kind>hours|dates|pools)/"

urlpatterns = [
    path("centres/", views.centres, name="centres"),
    path("centres/<slug:code>/", views.centre_sheet, name="centre"),
    re_path(ROW + r"add/$", views.edit_row, name="row-add"),
    re_path(ROW + r"(?P<pk>\d+)/$", views.edit_row, name="row"),
    re_path(ROW + r"(?P<pk>\d+)/remove/$", views.remove_row, name="row-remove"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/add/", views.edit_calendar, name="calendar-add"),
    path("calendar/<int:pk>/", views.edit_calendar, name="calendar-day"),
    path("calendar/<int:pk>/remove/", views.remove_calendar, name="calendar-remove"),
]
