"""The staff's pages of the volunteers, below /staff/."""

from django.urls import path

from volunteers.certificates import staff_views as certificates
from volunteers.recognition import staff_views as stars
from volunteers.returns import views as returns

app_name = "volunteer-staff"
urlpatterns = [
    path("stars/", stars.stars, name="stars"),
    path("stars/<int:pk>/", stars.star, name="star"),
    path("stars/<int:pk>/objection/", stars.desk_objection, name="desk-objection"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<str:code>/", certificates.certificate, name="certificate"),
    path("returns/", returns.returns, name="returns"),
    path("returns/<int:pk>/", returns.batch, name="return"),
    path("returns/<int:pk>/file/", returns.file, name="return-file"),
    path("returns/<int:pk>/answers/", returns.answers, name="return-answers"),
    path("returns/<int:pk>/act/", returns.act, name="return-act"),
]
