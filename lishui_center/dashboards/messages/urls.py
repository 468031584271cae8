from django.urls import path

from lishui_center.dashboards.messages import views

app_name = "messages"

urlpatterns = [
    path("", views.message_list, name="list"),
    path("<int:pk>/resend/", views.send_again, name="resend"),
]
