"""What visitors thought: nearly all are content, and what was done about those who were not."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from lishui_center.accounts.models import User
from lishui_center.common.clock import today
from lishui_center.demo.places import Network
from lishui_center.demo.tables import rows
from services.ratings.access import due_on
from services.ratings.models import FollowUp, FollowUpNote, FollowUpState, Rating, Score, Tag
from services.tickets.models import Ticket, TicketState

SEED = 4_711
RATED = 0.3
SCORES = {Score.VERY_SATISFIED: 990, Score.SATISFIED: 7, Score.BASICALLY_SATISFIED: 3}
TAGGED = 0.2
WORDED = 0.02
KIND_TAGS = [Tag.FRIENDLY, Tag.QUICK, Tag.CLEAR]
KIND_WORDS = [
    "讲得很清楚，一次就办好了。",
    "晚上下班后也能办，很方便。",
    "工作人员帮我妈妈填表，很耐心，谢谢。",
    "预约了基本没有等。",
    "导办的红马甲很热心。",
    "材料清单打印给我了，很实用。",
]
BATCH = 2_000


@dataclass
class Opinions:
    """Rates the visits of one run; the ratings of each centre's day are counted along the way."""

    network: Network
    users: dict[str, User]
    now: datetime
    rng: Random = field(
        default_factory=lambda: Random(SEED)  # noqa: S311 - repeatable, and nothing secret
    )

    def __post_init__(self) -> None:
        self.by_day: dict[tuple[int, date], Counter[Score]] = defaultdict(Counter)
        self.stories: dict[tuple[int, date], dict[str, str]] = {}
        for story in rows("bad_ratings"):
            place, day = story["place"], today(self.now) - timedelta(days=int(story["days_ago"]))
            town, villages = self.network.town, self.network.communities
            centre = town if place == "town" else villages[int(place)]
            self.stories[centre.pk, day] = story

    def write(self, tickets: Sequence[Ticket]) -> None:
        """Store what was said of these visits."""
        ratings = [
            self._rating(ticket)
            for ticket in tickets
            if ticket.state == TicketState.DONE and self.rng.random() < RATED
        ]
        Rating.objects.bulk_create(ratings, batch_size=BATCH)
        for rating in ratings:
            ticket = rating.ticket
            self.by_day[ticket.centre_id, ticket.date][Score(rating.score)] += 1
            if rating.is_bad:
                self._follow_up(rating)

    def _rating(self, ticket: Ticket) -> Rating:
        """A bad one where the table has a story for that centre and day; else a good one."""
        ended_at = ticket.ended_at or ticket.taken_at
        rating = Rating(
            ticket=ticket,
            created_at=min(self.now, ended_at + timedelta(minutes=self.rng.uniform(0, 90))),
        )
        story = self.stories.get((ticket.centre_id, ticket.date))
        if story and (ticket.centre_id, ticket.date) not in self.by_day and not ticket.booking_id:
            self.by_day[ticket.centre_id, ticket.date] = Counter()
            rating.score, rating.text = int(story["score"]), story["text"]
            rating.tags = story["tags"].split(";")
            return rating
        rating.score = self.rng.choices(list(SCORES), list(SCORES.values()))[0]
        if self.rng.random() < TAGGED:
            rating.tags = [self.rng.choice(KIND_TAGS)]
        if self.rng.random() < WORDED:
            rating.text = self.rng.choice(KIND_WORDS)
        return rating

    def _follow_up(self, rating: Rating) -> None:
        """The case, as far as the story tells it."""
        ticket = rating.ticket
        story = self.stories[ticket.centre_id, ticket.date]
        is_town = ticket.centre_id == self.network.town.pk
        manager = self.users["manager" if is_town else "admin"]
        state = FollowUpState(story["state"])
        notes = [text for text in story["notes"].split(";") if text]
        times = [rating.created_at + timedelta(days=2 * turn) for turn in range(1, len(notes) + 1)]
        case = FollowUp.objects.create(
            rating=rating,
            due_on=due_on(ticket.centre_id, now=self.now, day=ticket.date),
            state=state,
            manager=manager if notes else None,
            call_back=story["call_back"],
            closed_at=times[-1] if state == FollowUpState.CLOSED else None,
        )
        steps = list(FollowUpState)[1:]
        FollowUpNote.objects.bulk_create(
            FollowUpNote(follow_up=case, at=at, author=manager, state=step, text=text)
            for at, step, text in zip(times, steps, notes, strict=False)
        )
