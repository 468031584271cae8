"""Who comes to a session, who waits for a place, and who was there."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Count, Q, UniqueConstraint
from django.utils.crypto import salted_hmac
from django.utils.translation import pgettext_lazy

from lishui_center.common.encryption import unseal
from lishui_center.common.masking import mask_name, mask_phone
from volunteers.activities.models import Session
from volunteers.signups import rules

if TYPE_CHECKING:
    from lishui_center.accounts.models import User


class SignupState(models.TextChoices):
    SIGNED_UP = "signed_up", pgettext_lazy("sign-up", "Signed up")
    WAITING = "waiting", pgettext_lazy("sign-up", "Waiting")
    OFFERED = "offered", pgettext_lazy("sign-up", "Place offered")
    CANCELLED = "cancelled", pgettext_lazy("sign-up", "Cancelled")
    EXPIRED = "expired", pgettext_lazy("sign-up", "Not answered in time")
    ATTENDED = "attended", pgettext_lazy("sign-up", "Came")
    MISSED = "missed", pgettext_lazy("sign-up", "Did not come")


OPEN_STATES = [SignupState.SIGNED_UP, SignupState.WAITING, SignupState.OFFERED]
PLACED_STATES = [
    SignupState.SIGNED_UP,
    SignupState.OFFERED,
    SignupState.ATTENDED,
    SignupState.MISSED,
]
LISTED_STATES = [SignupState.SIGNED_UP, SignupState.ATTENDED, SignupState.MISSED]
OVER_STATES = [SignupState.CANCELLED, SignupState.EXPIRED]
TONES = {
    SignupState.SIGNED_UP: "open",
    SignupState.ATTENDED: "open",
    SignupState.OFFERED: "warn",
    SignupState.MISSED: "bad",
}


class SignupQuerySet(models.QuerySet["Signup"]):
    def of(self, user: "User") -> "SignupQuerySet":
        """Made while signed in, or as a guest with the phone that the person has proven."""
        own = Q(user=user)
        if user.phone_verified_at:
            own |= Q(phone_hash=user.phone_hash)
        return self.filter(own)

    def open(self) -> "SignupQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def placed(self) -> "SignupQuerySet":
        """Those that hold a place."""
        return self.filter(state__in=PLACED_STATES)

    def listed(self) -> "SignupQuerySet":
        """Those expected, and those settled."""
        return self.filter(state__in=LISTED_STATES)

    def waiting(self, session_id: int) -> "SignupQuerySet":
        """Those who wait, first come first."""
        return self.filter(session=session_id, state=SignupState.WAITING).order_by(
            "created_at", "pk"
        )

    def unanswered(self, now: datetime) -> "SignupQuerySet":
        """Offers whose time is over."""
        return self.filter(state=SignupState.OFFERED, offer_expires_at__lte=now)

    def ahead(self, now: datetime) -> "SignupQuerySet":
        """Still to come, or to be decided on, the soonest first."""
        found = self.filter(state__in=[*OPEN_STATES, SignupState.ATTENDED])
        return found.filter(session__ends_at__gt=now).order_by("session__starts_at", "pk")

    def over(self, now: datetime) -> "SignupQuerySet":
        """All others, the latest first."""
        return self.exclude(pk__in=self.ahead(now).values("pk")).order_by(
            "-session__starts_at", "-pk"
        )

    def to_keep(self, now: datetime) -> "SignupQuerySet":
        """Ticked while the session went on, which is over now."""
        ticked = self.filter(state=SignupState.ATTENDED, ticked_by__isnull=False, kept_at=None)
        return ticked.filter(session__ends_at__lte=now)

    def counted(self) -> "dict[int, dict[str, int]]":
        """{session: {"places": taken, "waiting": people}}: one query."""
        rows = (
            self.order_by()
            .values_list("session")
            .annotate(
                places=Count("pk", filter=Q(state__in=PLACED_STATES)),
                waiting=Count("pk", filter=Q(state=SignupState.WAITING)),
            )
        )
        return {session: {"places": placed, "waiting": waits} for session, placed, waits in rows}

    def for_page(self) -> "SignupQuerySet":
        """With what a page and a message show."""
        return self.select_related("session__activity__centre", "session__activity__team", "user")


class Signup(models.Model):
    """One person at one session; a guest at an event has a name and a phone instead of `user`.

    `place` numbers the places of the session from 1: no number twice, so no place is sold twice.
    `kept_at` is when the attendance went into its ledger, if it counts for one. `added_by` is the
    organiser who put somebody on the list that had not signed up.
    """

    reference = models.CharField(max_length=6, unique=True)
    link_nonce = models.CharField(max_length=16)
    session = models.ForeignKey(Session, models.PROTECT, related_name="signups")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=60, blank=True)
    phone_sealed = models.CharField(max_length=255, blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    person_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(max_length=10, choices=SignupState)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    offer_expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    checked_in_at = models.DateTimeField(null=True, blank=True)
    checked_out_at = models.DateTimeField(null=True, blank=True)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    kept_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    version = models.PositiveIntegerField(default=1)

    objects = SignupQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["offer_expires_at"],
                condition=Q(state="offered"),
                name="signup_unanswered",
            ),
            models.Index(fields=["phone_hash"], name="signup_by_phone"),
            models.Index(
                fields=["session"],
                condition=Q(state="attended", kept_at=None),
                name="signup_to_keep",
            ),
        ]
        constraints = [
            UniqueConstraint(
                fields=["session", "place"],
                condition=Q(place__isnull=False),
                name="signup_place_once",
            ),
            UniqueConstraint(
                fields=["session", "person_hash"],
                condition=~Q(state__in=["cancelled", "expired"]),
                name="signup_once_per_person",
            ),
            UniqueConstraint(
                fields=["session", "user"],
                condition=Q(user__isnull=False) & ~Q(state__in=["cancelled", "expired"]),
                name="signup_once_per_account",
            ),
            CheckConstraint(
                condition=Q(state__in=["signed_up", "offered", "attended", "missed"], place__gte=1)
                | Q(state__in=["waiting", "cancelled", "expired"], place=None),
                name="signup_place_while_it_stands",
            ),
            CheckConstraint(
                condition=~Q(state="offered") | Q(offer_expires_at__isnull=False),
                name="signup_offer_ends",
            ),
            CheckConstraint(
                condition=Q(checked_out_at=None)
                | Q(checked_in_at__isnull=False, checked_out_at__gte=models.F("checked_in_at")),
                name="signup_leaves_after_coming",
            ),
            CheckConstraint(
                condition=~Q(added_by=models.F("user")), name="signup_added_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def phone(self) -> str:
        """Where messages go: the guest's own, else the account's."""
        if self.phone_sealed or self.user is None:
            return unseal(self.phone_sealed)
        return self.user.phone

    @property
    def label(self) -> str:
        """The whole name, for those who run the session and must know who stands before them."""
        return self.name or (self.user.masked_name if self.user else "")

    @property
    def masked_name(self) -> str:
        return mask_name(self.name) if self.name else self.label

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_over(self) -> bool:
        return self.state in OVER_STATES

    @property
    def tone(self) -> str:
        """How a pill shows the state."""
        return TONES.get(SignupState(self.state), "quiet")

    @property
    def token(self) -> str:
        """The secret of the link by which a guest sees and cancels it; derived, and not stored."""
        seed = f"{self.reference}.{self.link_nonce}"
        return salted_hmac("signup-link", seed, algorithm="sha256").hexdigest()[:32]

    def stage(self, now: datetime) -> str:
        """The state, but that time ends an offer."""
        is_late = self.state == SignupState.OFFERED and (self.offer_expires_at or now) <= now
        return SignupState.EXPIRED if is_late else self.state

    def may_be_cancelled(self, now: datetime) -> bool:
        """Whether the person can still give the place back, or stop waiting, by themselves."""
        if self.state == SignupState.SIGNED_UP:
            return now <= rules.cancel_deadline(self.session.starts_at)
        return self.is_open
