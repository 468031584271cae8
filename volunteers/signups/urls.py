from django.urls import path

from volunteers.signups import own_views, views

app_name = "activities"
urlpatterns = [
    path("", views.activities, name="list"),
    path("mine/", own_views.mine, name="mine"),
    path("sessions/<int:pk>/", own_views.join, name="join"),
    path("sessions/<int:pk>/calendar.ics", views.calendar, name="calendar"),
    path("signup/<str:reference>/", own_views.show, name="signup"),
    path("signup/<str:reference>/accept/", own_views.accept, name="accept"),
    path("signup/<str:reference>/cancel/", own_views.cancel, name="cancel"),
    path("<slug:code>/", views.activity, name="activity"),
]
