from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "lishui_center.photos"
