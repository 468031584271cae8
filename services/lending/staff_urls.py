"""The staff's pages of resources and their uses."""

from django.urls import path, re_path

from services.lending import stock_views as stock
from services.lending import use_views as uses

PART = r"^resources/(?P<code>[-\w]+)/(?P<part>hours|closures)/"

urlpatterns = [
    path("resources/", stock.resources, name="resources"),
    path("resources/add/", stock.add, name="resource-add"),
    path("resources/<slug:code>/", stock.resource, name="resource"),
    path("resources/<slug:code>/edit/", stock.edit, name="resource-edit"),
    path("resources/<slug:code>/contact/", stock.contact, name="resource-contact"),
    path("resources/<slug:code>/week/", stock.week, name="resource-week"),
    path("resources/<slug:code>/use/", uses.enter, name="use-enter"),
    path("resources/<slug:code>/state/<slug:to>/", stock.state, name="resource-state"),
    re_path(PART + r"add/$", stock.add_part, name="resource-part-add"),
    re_path(PART + r"(?P<pk>\d+)/remove/$", stock.remove_part, name="resource-part-remove"),
    path("uses/", uses.uses, name="uses"),
    path("uses/<slug:reference>/", uses.use, name="use"),
    path("uses/<slug:reference>/decide/", uses.decide, name="use-decide"),
    path("uses/<slug:reference>/give-up/", uses.give_up, name="use-give-up"),
    path("uses/<slug:reference>/phone/", uses.phone, name="use-phone"),
    path("centres/<slug:code>/lending/", uses.policy, name="lending-policy"),
]
