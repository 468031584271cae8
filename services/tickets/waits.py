"""How long somebody will wait, from how long visits took here. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

# With fewer than this many measured visits of the hour, all hours are taken together.
ENOUGH = 20
# What a visit takes while nothing has been measured yet.
USUAL_MINUTES = 12.0
USUAL_SPREAD = 6.0
# One in ten waits longer than mean + 1.28 standard deviations (normal distribution).
TENTH = 1.28


@dataclass(frozen=True)
class Served:
    """A finished visit: the local hour in which it began, and its minutes at the window."""

    hour: int
    minutes: float


@dataclass(frozen=True)
class Forecast:
    """Minutes until the call: half of all people wait no longer than p50, nine in ten p90."""

    p50: int
    p90: int


def typical(visits: Sequence[Served], hour: int) -> tuple[float, float]:
    """Mean and spread of a visit's minutes at that hour, from this hall's own visits."""
    near = [visit.minutes for visit in visits if abs(visit.hour - hour) <= 1]
    minutes = near if len(near) >= ENOUGH else [visit.minutes for visit in visits]
    if len(minutes) < ENOUGH:
        return USUAL_MINUTES, USUAL_SPREAD
    return fmean(minutes), pstdev(minutes)


def forecast(visits: Sequence[Served], *, hour: int, ahead: int, windows: int) -> Forecast:
    """The wait behind `ahead` people at so many serving windows.

    Each window takes its share of them, and is on average half-way through a visit now.
    """
    mean, spread = typical(visits, hour)
    rounds = ahead / max(1, windows) + 0.5
    middle = rounds * mean
    return Forecast(round(middle), round(middle + TENTH * spread * rounds**0.5))
