"""Who usually gets a need: a rule for a category, for the whole town or for one centre."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from services.centres.models import Centre
from services.requests.models import BODY_LENGTH, Category

OWN = "own"
"""The centre where the need is, whichever that is."""
OUTSIDE = "outside"
"""Another authority, such as the 12345 line or a department."""


class RouteQuerySet(models.QuerySet["Route"]):
    """The questions asked of routes."""

    def for_category(self, category: str, centre_id: int) -> Self:
        """The rules that fit, the most specific first."""
        near = Q(centre=None) | Q(centre=centre_id)
        nearest_first = F("centre").asc(nulls_last=True)
        return self.filter(near, category=category).order_by(nearest_first)

    def for_list(self) -> Self:
        """Category by category, the whole town's rule first."""
        town_first = F("centre__code").asc(nulls_first=True)
        return self.select_related("centre").order_by("category", town_first)


class Route(models.Model):
    """The usual target of a category; `centre` empty means everywhere.

    It is only proposed: a person confirms each passing on. `target_kind` is one of OWN and OUTSIDE,
    or a kind of unit whose `target_code` it names; `body` is the authority outside.
    """

    category = models.CharField(max_length=20, choices=Category)
    centre = models.ForeignKey(Centre, models.CASCADE, null=True, blank=True, related_name="+")
    target_kind = models.CharField(max_length=10)
    target_code = models.CharField(max_length=60, blank=True)
    body = models.CharField(max_length=BODY_LENGTH, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects = RouteQuerySet.as_manager()

    class Meta:
        ordering = ["category", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["centre", "category"],
                condition=Q(centre__isnull=False),
                name="route_once_per_centre",
            ),
            UniqueConstraint(
                fields=["category"], condition=Q(centre=None), name="route_once_in_town"
            ),
            CheckConstraint(
                condition=Q(target_kind="own", target_code="", body="")
                | (Q(target_kind="outside", target_code="") & ~Q(body=""))
                | (~Q(target_kind__in=["", "own", "outside"]) & ~Q(target_code="") & Q(body="")),
                name="route_has_one_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.target_kind} {self.target_code}{self.body}"

    @property
    def is_outside(self) -> bool:
        return self.target_kind == OUTSIDE
