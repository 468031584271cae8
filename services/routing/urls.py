from django.urls import path

from services.routing import views

urlpatterns = [
    path("needs/routes/", views.routes, name="need-routes"),
    path("needs/routes/add/", views.add, name="need-route-add"),
    path("needs/routes/<int:pk>/", views.change, name="need-route"),
]
