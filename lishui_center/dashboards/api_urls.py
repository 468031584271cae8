"""The dashboards' part of the public API."""

from django.urls import path

from lishui_center.dashboards.results.api import results

urlpatterns = [path("results/", results, name="api-results")]
