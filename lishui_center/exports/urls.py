from django.urls import path

from lishui_center.exports import views
from lishui_center.exports.rules import Format

app_name = "exports"

urlpatterns = [
    path("", views.exports, name="list"),
    path("<int:pk>/", views.progress, name="progress"),
    path("<int:pk>/file/", views.fetch, name="fetch"),
    path("<int:pk>/stop/", views.stop, name="stop"),
    path("<slug:name>.csv", views.table, {"file_format": Format.CSV}, name="csv"),
    path("<slug:name>.xlsx", views.table, {"file_format": Format.XLSX}, name="xlsx"),
]
