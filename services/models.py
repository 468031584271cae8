"""Index of the app's models; each concept keeps its own in its folder."""

from services.bookings.models import Booking, BookingItem
from services.catalogue.models import Offering, RequiredDocument, ServiceItem
from services.centres.models import BookingPolicy, Centre, Pool, Window
from services.clocks.models import SlaClock, SlaPolicy
from services.closing.models import DayClose
from services.closures.models import Closure
from services.dispatching.models import Dispatch
from services.halls.models import HallPulse, HallSettings
from services.hours.models import CalendarDay, DayPlan, HoursException, HoursRule
from services.household.models import FamilyMember
from services.lending.models import LendingPolicy, Use, UseCell
from services.notices.models import MissingDocument
from services.ratings.models import FollowUp, FollowUpNote, Rating
from services.requests.followers import Follower, RequestCounter
from services.requests.models import RequestEvent, RequestPhoto, ServiceRequest
from services.resolution.models import Feedback, RateDay, RateMonth
from services.resources.models import Resource, ResourceClosure, ResourceHours
from services.roster.models import Leave, RosterPolicy, Shift, ShiftCell, SwapRequest
from services.routing.models import Route
from services.slots.models import Claim
from services.standing.models import Suspension
from services.tickets.models import Ticket, TicketCounter, TicketEvent, TicketItem
from services.waitlist.models import WaitlistEntry
from services.windows.models import WindowSession

__all__ = [
    "Booking",
    "BookingItem",
    "BookingPolicy",
    "CalendarDay",
    "Centre",
    "Claim",
    "Closure",
    "DayClose",
    "DayPlan",
    "Dispatch",
    "FamilyMember",
    "Feedback",
    "FollowUp",
    "FollowUpNote",
    "Follower",
    "HallPulse",
    "HallSettings",
    "HoursException",
    "HoursRule",
    "Leave",
    "LendingPolicy",
    "MissingDocument",
    "Offering",
    "Pool",
    "RateDay",
    "RateMonth",
    "Rating",
    "RequestCounter",
    "RequestEvent",
    "RequestPhoto",
    "RequiredDocument",
    "Resource",
    "ResourceClosure",
    "ResourceHours",
    "RosterPolicy",
    "Route",
    "ServiceItem",
    "ServiceRequest",
    "Shift",
    "ShiftCell",
    "SlaClock",
    "SlaPolicy",
    "Suspension",
    "SwapRequest",
    "Ticket",
    "TicketCounter",
    "TicketEvent",
    "TicketItem",
    "Use",
    "UseCell",
    "WaitlistEntry",
    "Window",
    "WindowSession",
]
