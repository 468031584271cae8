"""People who sign in, and what some of them may do."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.roles.models import RoleGrant
from lishui_center.accounts.rules import (
    GRACE,
    MANAGER_ROLES,
    OFFICE_ROLES,
    STAFF_ROLES,
    UNPROVEN_FOR,
    Role,
    Scope,
)
from lishui_center.audit.actions import record
from lishui_center.common.clock import today as local_today
from lishui_center.common.encryption import lookup_hash, seal, unseal
from lishui_center.common.masking import mask_email, mask_name, mask_phone
from lishui_center.common.phones import BadPhoneError, normalise_phone

__all__ = ["RoleGrant", "User"]


class UserManager(BaseUserManager["User"]):
    """Makes users; `normalise_phone` first, here the phone is taken as it is."""

    def create_user(
        self,
        email: str = "",
        password: str | None = None,
        *,
        phone: str = "",
        **fields: Any,
    ) -> "User":
        """A user with an e-mail address, a phone, or both; without `password` a code signs in."""
        user = self.model(email=email.lower(), **fields)
        user.set_phone(phone)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str) -> "User":
        """The first town administrator of a new system, for `manage.py createsuperuser`."""
        user = self.create_user(email, password)
        grant = RoleGrant.objects.create(
            user=user,
            role=Role.TOWN_ADMIN,
            scope=Scope.TOWN,
            valid_from=local_today(timezone.now()),
        )
        record(None, "role.granted", grant, user=user.pk, role=grant.role)
        return user

    def with_phone(self, phone: str) -> "User | None":
        """The user who has this normalised phone."""
        return self.filter(phone_hash=lookup_hash(phone)).first()

    def with_login(self, text: str) -> "User | None":
        """The user who signs in with this e-mail address or phone, as people type them."""
        if "@" in text:
            return self.filter(email=text.strip().lower()).first()
        try:
            return self.with_phone(normalise_phone(text))
        except BadPhoneError:
            return None

    def to_erase(self, now: datetime) -> models.QuerySet["User"]:
        """Closed accounts whose grace is over."""
        return self.filter(closed_at__lte=now - GRACE, erased_at=None)

    def unproven(self, now: datetime) -> models.QuerySet["User"]:
        """Accounts opened by asking for a code that was never typed in."""
        return self.filter(
            joined_at__lt=now - UNPROVEN_FOR,
            last_login=None,
            phone_verified_at=None,
            password__startswith=UNUSABLE_PASSWORD_PREFIX,
            role_grants=None,
            is_demo=False,
        )


class User(AbstractBaseUser):
    """A person who can sign in. Everybody is a resident; more takes a `RoleGrant`.

    Rights come from grants alone: there are no groups, no flags. An erased account keeps its row
    (bookings and audit point to it) and nothing else.
    """

    email = models.EmailField(_("e-mail"), blank=True)
    phone_sealed = models.CharField(_("phone, encrypted"), max_length=255, blank=True)
    phone_hash = models.CharField(_("phone, to look up"), max_length=64, blank=True)
    phone_verified_at = models.DateTimeField(_("phone proven"), null=True, blank=True)
    display_name = models.CharField(_("name"), max_length=60, blank=True)
    language = models.CharField(
        _("language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    is_demo = models.BooleanField(_("demo data"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    session_version = models.PositiveIntegerField(_("sign-outs everywhere"), default=0)
    closed_at = models.DateTimeField(_("asked to close"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="user_email_once"
            ),
            models.UniqueConstraint(
                fields=["phone_hash"],
                condition=~Q(phone_hash=""),
                name="user_phone_once",
            ),
            models.CheckConstraint(
                condition=Q(phone_sealed="", phone_hash="", phone_verified_at=None)
                | (~Q(phone_sealed="") & ~Q(phone_hash="")),
                name="user_phone_whole_or_not",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(email="", phone_hash="", display_name="", is_active=False),
                name="user_erased_is_empty",
            ),
        )
        indexes = (
            models.Index(
                fields=["closed_at"],
                name="user_closing",
                condition=Q(closed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.masked_name

    @property
    def phone(self) -> str:
        """The whole number, for sending and for the person himself; pages for others mask it."""
        return unseal(self.phone_sealed)

    @property
    def masked_name(self) -> str:
        """A label to show to others: the masked name, else the masked address or phone."""
        if self.display_name:
            return mask_name(self.display_name)
        return mask_email(self.email) or mask_phone(self.phone) or f"#{self.pk}"

    def get_session_auth_hash(self) -> str:
        """What every session of the person carries: a new password or version ends them all."""
        return f"{super().get_session_auth_hash()}:{self.session_version}"

    def set_phone(self, phone: str, *, verified_at: datetime | None = None) -> None:
        """Take over a normalised phone, or none; the caller saves the three columns."""
        self.phone_sealed = seal(phone)
        self.phone_hash = lookup_hash(phone) if phone else ""
        self.phone_verified_at = verified_at if phone else None

    def grants_on(self, today: date) -> "tuple[RoleGrant, ...]":
        """The grants in force that day; read once for each user object, that is, each request."""
        cache: dict[date, tuple[RoleGrant, ...]] = self.__dict__.setdefault("_grants", {})
        if today not in cache:
            cache[today] = tuple(self.role_grants.in_force(today)) if self.is_active else ()
        return cache[today]

    def has_role(self, role: Role, today: date) -> bool:
        """Whether the role is held anywhere."""
        return any(grant.role == role for grant in self.grants_on(today))

    def works_at(self, centre_id: int, today: date) -> bool:
        """Whether the person is staff or manager of the centre, or administers the town."""
        return any(grant.covers(centre_id, STAFF_ROLES) for grant in self.grants_on(today))

    def manages(self, centre_id: int, today: date) -> bool:
        """Whether the person manages the centre or administers the town."""
        return any(grant.covers(centre_id, MANAGER_ROLES) for grant in self.grants_on(today))

    def is_staff_on(self, today: date) -> bool:
        """Whether any staff page is open to the person: needs a second factor."""
        return any(grant.role in OFFICE_ROLES for grant in self.grants_on(today))

    def is_town_admin(self, today: date) -> bool:
        """Whether the person administers the whole town."""
        return self.has_role(Role.TOWN_ADMIN, today)

    def is_auditor(self, today: date) -> bool:
        """Whether the person may read the audit trail without administering anything."""
        return self.has_role(Role.AUDITOR, today)

    @property
    def is_staff(self) -> bool:
        """Django admin's question: open to town administrators only."""
        return self.is_town_admin(local_today(timezone.now()))

    def has_perm(self, permission: str, _obj: object = None) -> bool:
        """Django admin's question. The trail is closed to administrators' hands."""
        return self.is_staff and not permission.startswith("audit.")

    def has_module_perms(self, app_label: str) -> bool:
        """Django admin's question: whether to list the app."""
        return self.is_staff and app_label != "audit"
