"""The catalogue of service items, and which pool of a centre handles each."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from lishui_center.common.language import in_language
from services.centres.models import Centre, Pool


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Everyone")
    PARTY_MEMBERS = "party_members", _("Party members")
    NEW_RESIDENTS = "new_residents", _("New residents")
    FOREIGN_RESIDENTS = "foreign_residents", _("Foreign residents")
    ORGANISATIONS = "organisations", _("Organisations")


class Category(models.TextChoices):
    PARTY_AFFAIRS = "party_affairs", _("Party affairs")
    MEDICAL_INSURANCE = "medical_insurance", _("Medical insurance")
    SOCIAL_SECURITY = "social_security", _("Social security")
    HEALTH_FAMILY = "health_family", _("Health and family")
    CIVIL_AFFAIRS = "civil_affairs", _("Civil affairs")
    DISABILITY = "disability", _("Disability")
    VETERANS = "veterans", _("Veterans")
    EMPLOYMENT = "employment", _("Employment")
    NEW_RESIDENTS = "new_residents", _("New residents")
    EDUCATION = "education", _("Education")
    FOREIGN_RESIDENTS = "foreign_residents", _("Foreign residents")
    CROSS_CITY = "cross_city", _("Cross-city services")
    VOLUNTEERING = "volunteering", _("Volunteering")
    MASS_ORGANISATIONS = "mass_organisations", _("Mass organisations")
    VENUE = "venue", _("Venues")
    LEGAL = "legal", _("Legal services")
    NEEDS = "needs", _("Needs")


SEARCHED = ["code", "name_zh", "name_en", "short_name_zh", "short_name_en", "keywords"]


class ServiceItemQuerySet(models.QuerySet["ServiceItem"]):
    def active(self) -> "ServiceItemQuerySet":
        return self.filter(is_active=True)

    def offered(self, centre_code: str | None) -> "ServiceItemQuerySet":
        """What the centre handles, or the whole catalogue without a code."""
        if not centre_code:
            return self.active()
        return self.active().filter(offerings__centre__code=centre_code)

    def matching(self, text: str) -> "ServiceItemQuerySet":
        """Items with every word of `text` in a name, a short name or a keyword, either language."""
        found = self
        for word in text.split():
            anywhere = Q()
            for column in SEARCHED:
                anywhere |= Q(**{f"{column}__icontains": word})
            found = found.filter(anywhere)
        return found


class ServiceItem(models.Model):
    """A catalogued thing a resident can have done, with the documents it takes."""

    code = models.CharField(max_length=10, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100)
    # Six characters keep the longest message within 70 (domain.md, "Messages").
    short_name_zh = models.CharField(max_length=6)
    short_name_en = models.CharField(max_length=30)
    category = models.CharField(max_length=20, choices=Category)
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    minutes = models.PositiveSmallIntegerField()
    online = models.BooleanField(default=True, help_text=_("Can be booked; else walk-in only."))
    is_active = models.BooleanField(default=True)
    keywords = models.CharField(max_length=120, blank=True, help_text=_("For the search."))

    objects = ServiceItemQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            CheckConstraint(condition=Q(minutes__range=(5, 240)), name="item_minutes_sane")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)

    @property
    def short_name(self) -> str:
        return in_language(self.short_name_zh, self.short_name_en)


class RequiredDocument(models.Model):
    """One paper to bring; an item lists all of them (one-time notification)."""

    item = models.ForeignKey(ServiceItem, models.CASCADE, related_name="documents")
    position = models.PositiveSmallIntegerField()
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)

    class Meta:
        ordering = ["item", "position"]
        constraints = [
            UniqueConstraint(fields=["item", "position"], name="document_position_once_per_item")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_zh, self.name_en)


class Offering(models.Model):
    """An item handled at a centre, by one of its pools."""

    centre = models.ForeignKey(Centre, models.CASCADE, related_name="offerings")
    item = models.ForeignKey(ServiceItem, models.CASCADE, related_name="offerings")
    pool = models.ForeignKey(Pool, models.CASCADE, related_name="offerings")

    class Meta:
        ordering = ["centre", "item"]
        constraints = [
            UniqueConstraint(fields=["centre", "item"], name="offering_item_once_per_centre")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} at {self.centre_id}"
