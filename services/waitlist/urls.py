from django.urls import path

from services.waitlist import views

app_name = "waitlist"
urlpatterns = [
    path("waitlist/", views.join, name="join"),
    path("my/waiting/", views.mine, name="mine"),
    path("w/<str:reference>/", views.show, name="show"),
    path("w/<str:reference>/accept/", views.accept, name="accept"),
    path("w/<str:reference>/leave/", views.leave, name="leave"),
]
