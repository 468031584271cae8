"""Who is on duty at which window or front desk, who is on leave, and who wants to swap."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, CheckConstraint, F, Q, UniqueConstraint, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lishui_center.accounts.models import User
from lishui_center.common.clock import CELLS_PER_DAY, moment
from services.centres.models import Centre, Window
from services.roster.rules import Hours


class RosterPolicy(models.Model):
    """What one centre's roster is for; the defaults hold while nothing is stored."""

    centre = models.OneToOneField(
        Centre, models.CASCADE, primary_key=True, related_name="roster_policy"
    )
    lanes_follow_roster = models.BooleanField(
        default=False, help_text=_("Windows without anybody on duty take no bookings.")
    )
    front_desk = models.BooleanField(
        default=True, help_text=_("Somebody is at the front desk whenever a window is open.")
    )

    class Meta:
        verbose_name_plural = "roster policies"

    def __str__(self) -> str:
        return f"roster policy of {self.centre_id}"


class ShiftQuerySet(models.QuerySet["Shift"]):
    def between(self, first: date, last: date) -> "ShiftQuerySet":
        """Both days included."""
        return self.filter(date__range=(first, last))

    def for_list(self) -> "ShiftQuerySet":
        """With what a list shows: centre, person and window, by time."""
        found = self.select_related("centre", "staff", "window__pool")
        return found.order_by("date", "from_cell", "window__number", "pk")


class Shift(models.Model):
    """One person on duty on one day; without a window, at the front desk.

    The break is the person's: the window is then free for somebody else's shift, who covers it.
    """

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="shifts", db_index=False)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="shifts", db_index=False
    )
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="shifts")
    date = models.DateField()
    from_cell = models.PositiveSmallIntegerField()
    to_cell = models.PositiveSmallIntegerField()
    break_from_cell = models.PositiveSmallIntegerField(null=True, blank=True)
    break_to_cell = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["date", "from_cell", "pk"]
        indexes = [
            models.Index(fields=["centre", "date"], name="shift_by_centre_and_day"),
            models.Index(fields=["staff", "date"], name="shift_by_person_and_day"),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(from_cell__lt=F("to_cell"), to_cell__lte=CELLS_PER_DAY),
                name="shift_within_one_day",
            ),
            CheckConstraint(
                condition=Q(break_from_cell=None, break_to_cell=None)
                | Q(
                    break_from_cell__isnull=False,
                    break_to_cell__isnull=False,
                    break_from_cell__gt=F("from_cell"),
                    break_to_cell__gt=F("break_from_cell"),
                    to_cell__gt=F("break_to_cell"),
                ),
                name="shift_break_inside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.from_cell}-{self.to_cell}"

    @property
    def hours(self) -> Hours:
        """From when to when, as a value to reckon with."""
        rest = None
        if self.break_from_cell is not None and self.break_to_cell is not None:
            rest = (self.break_from_cell, self.break_to_cell)
        return Hours(self.from_cell, self.to_cell, rest)

    @property
    def starts_at(self) -> datetime:
        return moment(self.date, self.from_cell)

    @property
    def ends_at(self) -> datetime:
        return moment(self.date, self.to_cell)

    @property
    def place(self) -> str:
        """'Window 3', or the front desk."""
        return place_of(self.window)


def place_of(window: Window | None) -> str:
    """'Window 3'; without a window, the front desk."""
    return str(_("Window %(number)s") % {"number": window.number} if window else _("Front desk"))


class ShiftCell(models.Model):
    """One quarter of an hour of a shift: nobody is at two places, no window has two people.

    The two unique constraints are the only guard, on every database. A cell of the break has no
    window. Cells of past days are removed.
    """

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="cells")
    date = models.DateField()
    cell = models.PositiveSmallIntegerField()
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    window = models.ForeignKey(
        Window, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["staff", "date", "cell"], name="duty_once_per_person"),
            UniqueConstraint(
                fields=["window", "date", "cell"],
                condition=~Q(window=None),
                name="duty_once_per_window",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} cell {self.cell}"


class LeaveKind(models.TextChoices):
    ANNUAL = "annual", _("Annual leave")
    TIME_OFF = "time_off", _("Time off in lieu")
    PERSONAL = "personal", _("Personal leave")
    SICK = "sick", _("Sick leave")
    OTHER = "other", _("Other leave")


class LeaveState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")


class LeaveQuerySet(models.QuerySet["Leave"]):
    def touching(self, first: date, last: date) -> "LeaveQuerySet":
        """With at least one day from `first` to `last`."""
        return self.filter(first__lte=last, last__gte=first)

    def granted(self) -> "LeaveQuerySet":
        return self.filter(state=LeaveState.GRANTED)

    def asked(self) -> "LeaveQuerySet":
        return self.filter(state=LeaveState.ASKED)

    def standing(self) -> "LeaveQuerySet":
        """Asked for or granted."""
        return self.filter(state__in=[LeaveState.ASKED, LeaveState.GRANTED])

    def undecided_first(self, today: date) -> "LeaveQuerySet":
        """What waits for a decision, then what is not over yet."""
        waiting = Case(When(state=LeaveState.ASKED, then=0), default=1)
        open_ones = self.filter(Q(state=LeaveState.ASKED) | Q(last__gte=today))
        return open_ones.order_by(waiting, "first", "pk")

    def for_list(self) -> "LeaveQuerySet":
        """With what a list shows: centre and person."""
        return self.select_related("centre", "staff")


class Leave(models.Model):
    """Days off from `first` to `last`; `centre` is where its manager decides, it holds anywhere."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="leaves")
    first = models.DateField()
    last = models.DateField()
    kind = models.CharField(max_length=10, choices=LeaveKind)
    state = models.CharField(max_length=10, choices=LeaveState, default=LeaveState.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=100, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["first", "pk"]
        constraints = [
            CheckConstraint(condition=Q(last__gte=F("first")), name="leave_ends_after_start"),
            CheckConstraint(
                condition=Q(state="asked", decided_by=None, decided_at=None)
                | Q(
                    state__in=["granted", "declined"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(state="withdrawn"),
                name="leave_decided_has_a_judge",
            ),
            CheckConstraint(condition=~Q(decided_by=F("staff")), name="leave_never_by_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.first} - {self.last}"

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether it still stands."""
        return self.state in (LeaveState.ASKED, LeaveState.GRANTED)


class SwapState(models.TextChoices):
    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")


class SwapQuerySet(models.QuerySet["SwapRequest"]):
    def open(self) -> "SwapQuerySet":
        return self.filter(state=SwapState.ASKED)

    def about(self, *shifts: Shift) -> "SwapQuerySet":
        """Those that would give away one of these shifts."""
        return self.filter(Q(shift__in=shifts) | Q(other_shift__in=shifts))

    def of(self, user: User) -> "SwapQuerySet":
        """What the person asked, and what the person is asked."""
        return self.filter(Q(asked_by=user) | Q(to=user))

    def for_list(self) -> "SwapQuerySet":
        """With what a list shows: both people, both shifts."""
        return self.select_related(
            "asked_by",
            "to",
            "shift__centre",
            "shift__window",
            "other_shift__centre",
            "other_shift__window",
        )


class SwapRequest(models.Model):
    """One person asks another to take a shift, maybe for one of theirs; nothing without consent."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="swap_requests")
    other_shift = models.ForeignKey(
        Shift, models.CASCADE, null=True, blank=True, related_name="counter_requests"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SwapState, default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            UniqueConstraint(
                fields=["shift"], condition=Q(state="asked"), name="swap_asked_once_per_shift"
            ),
            CheckConstraint(condition=~Q(asked_by=F("to")), name="swap_never_with_oneself"),
            CheckConstraint(
                condition=Q(other_shift=None) | ~Q(other_shift=F("shift")),
                name="swap_of_two_shifts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} to {self.to_id}"
