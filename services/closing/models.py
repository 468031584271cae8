"""A centre's days that are over, each with its figures as they were then."""

from datetime import date

from django.db import models
from django.db.models import UniqueConstraint

from services.centres.models import Centre
from services.ratings.models import Score


class DayCloseQuerySet(models.QuerySet["DayClose"]):
    def of_centre(self, centre: Centre | None) -> "DayCloseQuerySet":
        """The days of one centre; None leaves them all."""
        return self.filter(centre=centre) if centre else self

    def between(self, first: date, last: date) -> "DayCloseQuerySet":
        """Both days included."""
        return self.filter(date__range=(first, last))

    def for_list(self) -> "DayCloseQuerySet":
        """With what a list shows, the latest day first."""
        return self.select_related("centre").order_by("-date", "centre__tier_order", "centre__code")


class DayClose(models.Model):
    """One day of one centre, closed once.

    `figures` is frozen: {tickets: {state: number}, bookings: {status: number}, no_shows: number,
    waits and services: {p50, p90: minutes or None}, evening: tickets taken from 18:00 on,
    ratings: {score: number}}, and what adds up over days (see figures.py):
    hours: {hour: {...}}, forecast: {people, within, errors: {minutes: people}}. Days closed before
    there was a figure lack it.
    """

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    closed_at = models.DateTimeField()
    figures = models.JSONField()

    objects = DayCloseQuerySet.as_manager()

    class Meta:
        ordering = ["-date"]
        constraints = [UniqueConstraint(fields=["centre", "date"], name="day_close_once")]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.date}"

    @property
    def ratings(self) -> list[int]:
        """How many of each score, best first."""
        return [self.figures["ratings"][str(score.value)] for score in Score]
