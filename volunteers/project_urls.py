"""What everybody may see of projects, below /projects/."""

from django.urls import path

from volunteers.evidence.views import photo
from volunteers.projects.urls import urlpatterns as pages

app_name = "projects"
urlpatterns = [*pages, path("<slug:code>/photos/<int:pk>/", photo, name="photo")]
