from django.urls import path

from volunteers.making import views

app_name = "activity_desk"
urlpatterns = [
    path("", views.of_centres, name="list"),
    path("new/", views.new_of_centre, name="new"),
]
