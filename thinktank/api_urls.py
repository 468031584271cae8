"""The think tank's part of the public API."""

from django.urls import path

from thinktank.observations.api import ObservationList

urlpatterns = [path("observations/", ObservationList.as_view(), name="api-observations")]
