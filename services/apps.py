from django.apps import AppConfig
from django.utils import timezone


class ServicesConfig(AppConfig):
    name = "services"

    def ready(self) -> None:
        """Tell what is below what messages read, what we know of people, who waits or works.

        The models these import are not there before all apps are.
        """
        from lishui_center.accounts.roles import places  # noqa: PLC0415
        from lishui_center.accounts.rules import Scope  # noqa: PLC0415
        from lishui_center.notifications import replies  # noqa: PLC0415
        from services.centres.models import Centre  # noqa: PLC0415
        from services.hours import staffing  # noqa: PLC0415
        from services.ratings.replies import rate_by_reply  # noqa: PLC0415
        from services.roster.staffed import lanes_staffed  # noqa: PLC0415
        from services.slots.signals import places_freed  # noqa: PLC0415
        from services.waitlist.offers import offer_soon  # noqa: PLC0415

        staffing.register("roster", lanes_staffed)
        places_freed.connect(offer_soon, dispatch_uid="waitlist")
        places.register(Scope.CENTRE, Centre.objects.names)
        replies.register(rate_by_reply)
        self._register_subjects()
        self._register_privacy()
        self._register_tables()

    def _register_subjects(self) -> None:
        """What messages can be about."""
        from lishui_center.notifications.subjects import register  # noqa: PLC0415
        from services.bookings.messages import load_snapshots  # noqa: PLC0415
        from services.dispatching import messages as dispatching  # noqa: PLC0415
        from services.lending import messages as lending  # noqa: PLC0415
        from services.notices import messages as notices  # noqa: PLC0415
        from services.ratings import messages as ratings  # noqa: PLC0415
        from services.roster import messages as roster  # noqa: PLC0415
        from services.standing import messages as standing  # noqa: PLC0415
        from services.tickets import messages as tickets  # noqa: PLC0415
        from services.tracking import messages as tracking  # noqa: PLC0415
        from services.waitlist import messages as waitlist  # noqa: PLC0415

        register("booking", load_snapshots)
        register("notice", notices.load_snapshots)
        register("rating", ratings.load_snapshots)
        register("need", tracking.load_snapshots)
        register("need_work", dispatching.load_snapshots)
        register("suspension", standing.load_snapshots)
        register("ticket", tickets.load_snapshots)
        register("use", lending.load_snapshots)
        register("waitlist", waitlist.load_snapshots)
        register("shift", roster.load_shifts)
        register("leave", roster.load_leaves)
        register("swap", roster.load_swaps)
        register("roster", roster.load_rosters)

    def _register_privacy(self) -> None:
        """What a person's copy of all data holds, and erasing it takes out."""
        from lishui_center.accounts import privacy  # noqa: PLC0415
        from services.lending.privacy import export_uses, forget_uses  # noqa: PLC0415
        from services.notices.privacy import export_missing, forget_missing  # noqa: PLC0415
        from services.privacy import export_visits, forget_visits  # noqa: PLC0415
        from services.ratings.privacy import export_ratings, forget_ratings  # noqa: PLC0415
        from services.roster.privacy import export_duties, forget_duties  # noqa: PLC0415
        from services.tickets.privacy import export_tickets, forget_tickets  # noqa: PLC0415
        from services.tracking.privacy import export_needs, forget_needs  # noqa: PLC0415

        # In this order: a list or a rating is the person's by its ticket, and that by its booking.
        privacy.register("missing", export=export_missing, erase=forget_missing)
        privacy.register("ratings", export=export_ratings, erase=forget_ratings)
        privacy.register("numbers", export=export_tickets, erase=forget_tickets)
        privacy.register(
            "visits",
            export=export_visits,
            erase=lambda user: forget_visits(user, now=timezone.now()),
        )
        privacy.register("needs", export=export_needs, erase=forget_needs)
        privacy.register(
            "uses",
            export=export_uses,
            erase=lambda user: forget_uses(user, now=timezone.now()),
        )
        privacy.register("duties", export=export_duties, erase=forget_duties)

    def _register_tables(self) -> None:
        """Which lists can be taken away as files."""
        from lishui_center.common.tables import register  # noqa: PLC0415
        from services.catalogue.export import ITEMS  # noqa: PLC0415
        from services.centres.export import CENTRES  # noqa: PLC0415
        from services.closing.export import DAYS  # noqa: PLC0415
        from services.closures.export import CLOSURES  # noqa: PLC0415
        from services.console.export import DAY_SHEET, NUMBERS  # noqa: PLC0415
        from services.desk.export import BOOKINGS  # noqa: PLC0415
        from services.dispatching.export import NEEDS  # noqa: PLC0415
        from services.lending.export import RESOURCES, USES  # noqa: PLC0415
        from services.orphans.export import ORPHANS  # noqa: PLC0415
        from services.ratings.export import RATINGS  # noqa: PLC0415
        from services.resolution.export import RATES  # noqa: PLC0415
        from services.roster.export import LEAVES, MY_SHIFTS, ROSTER  # noqa: PLC0415
        from services.standing.export import SUSPENSIONS  # noqa: PLC0415

        register(BOOKINGS, NUMBERS, DAY_SHEET, ORPHANS, SUSPENSIONS, RATINGS, DAYS)
        register(ROSTER, MY_SHIFTS, LEAVES, CLOSURES, ITEMS, CENTRES, NEEDS, RATES)
        register(RESOURCES, USES)
