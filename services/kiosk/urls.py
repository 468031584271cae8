from django.urls import include, path

from services.kiosk import views

kiosk_pages = [
    path("kiosk/<str:token>/", views.kiosk, name="kiosk"),
    path("kiosk/<str:token>/number/", views.kiosk_number, name="number"),
    path("kiosk/<str:token>/<str:secret>/", views.kiosk_slip, name="slip"),
]
ticket_pages = [
    path("queue/<slug:code>/number/", views.from_afar, name="from-afar"),
    path("b/<slug:reference>/here/", views.check_in_by_link, name="here"),
    path("place/<str:secret>/", views.place, name="place"),
    path("place/<str:secret>/leave/", views.leave, name="leave"),
]

urlpatterns = [
    path("", include((kiosk_pages, "kiosk"))),
    path("", include((ticket_pages, "tickets"))),
]
