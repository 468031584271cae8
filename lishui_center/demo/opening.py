"""Opening hours of the demo: rules, the statutory calendar, exceptions, and the day plans."""

from datetime import date, time, timedelta

from lishui_center.demo.places import Network
from lishui_center.demo.tables import rows
from services.centres.models import Centre
from services.hours.actions import HORIZON_DAYS, rebuild_plans
from services.hours.models import CalendarDay, HoursException, HoursRule

EVERY_DAY = "1234567"
WORKDAYS = "12345"
MORNING = (time(8, 30), time(12))
AFTERNOON = (time(14), time(17, 30))
EVENING = (time(19), time(21))
DAY_AND_EVENING = (time(9), time(21))
HOLIDAY_DUTY = (time(10), time(16))
SATURDAY = 6


def make_opening(network: Network, *, first: date, today: date) -> None:
    """Store the hours, and the day plans from `first` to the horizon."""
    valid_from = first.replace(month=1, day=1)
    HoursRule.objects.bulk_create(
        _town_rules(network.town, valid_from)
        + [
            rule
            for number, centre in enumerate(network.communities)
            for rule in _community_rules(centre, valid_from, evening=number % 5 + 1)
        ]
    )
    CalendarDay.objects.bulk_create(_calendar())
    HoursException.objects.bulk_create(_exceptions(network, today))
    rebuild_plans(network.pools, first, today + timedelta(days=HORIZON_DAYS))


def _town_rules(town: Centre, valid_from: date) -> list[HoursRule]:
    """Seven days until 21:00, and one window of each pool on duty on statutory holidays."""
    opens, closes = DAY_AND_EVENING
    usual = HoursRule(
        centre=town, weekdays=EVERY_DAY, opens=opens, closes=closes, valid_from=valid_from
    )
    opens, closes = HOLIDAY_DUTY
    duty = HoursRule(
        centre=town,
        weekdays=EVERY_DAY,
        opens=opens,
        closes=closes,
        valid_from=valid_from,
        on_holidays=True,
        lanes_online=1,
        lanes_total=2,
    )
    return [usual, duty]


def _community_rules(centre: Centre, valid_from: date, *, evening: int) -> list[HoursRule]:
    """Workdays with a break at noon, and one evening; the evenings differ between centres."""
    stretches = [(WORKDAYS, MORNING), (WORKDAYS, AFTERNOON), (str(evening), EVENING)]
    return [
        HoursRule(
            centre=centre, weekdays=weekdays, opens=opens, closes=closes, valid_from=valid_from
        )
        for weekdays, (opens, closes) in stretches
    ]


def _calendar() -> list[CalendarDay]:
    return [
        CalendarDay(
            date=day,
            kind=row["kind"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            source=row["source"],
            verified=row["verified"] == "true",
        )
        for row in rows("calendar")
        for day in _days(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
    ]


def _exceptions(network: Network, today: date) -> list[HoursException]:
    """A typhoon past, a repair and a Saturday opening to come."""
    storm = today - timedelta(days=38)
    repair, opening = network.communities[2], network.communities[5]
    saturday = today + timedelta(days=(SATURDAY - today.isoweekday()) % 7 or 7)
    return [
        *(
            HoursException(
                centre=centre,
                date=storm,
                reason_zh="台风预警，暂停服务",
                reason_en="Closed because of a typhoon warning",
                source="演示数据 / demo data",
            )
            for centre in [network.town, *network.communities]
        ),
        HoursException(
            centre=repair,
            date=today + timedelta(days=10),
            reason_zh="设备检修，暂停服务",
            reason_en="Closed for maintenance",
            source="演示数据 / demo data",
        ),
        HoursException(
            centre=opening,
            date=saturday,
            opens=time(9),
            closes=time(12),
            reason_zh="周六便民开放日",
            reason_en="Saturday opening",
            source="演示数据 / demo data",
        ),
    ]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
