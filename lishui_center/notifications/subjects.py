"""What messages are about: higher apps register how to load it, so that this app knows no other.

The wording is filled at send time from the state of that moment.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Snapshot:
    """A subject as it is now.

    A message written for another `version`, or about a subject no longer `live`, is dropped; so is
    one that would come after `ends_at`. `day` is the local day the subject takes place; `centre_id`
    says whose staff see the message.
    """

    version: int
    context: dict[str, object] = field(default_factory=dict)
    live: bool = True
    ends_at: datetime | None = None
    day: date | None = None
    centre_id: int | None = None

    def is_live(self, now: datetime) -> bool:
        """Whether there is still something to come for or to answer."""
        return self.live and (self.ends_at is None or now < self.ends_at)


Loader = Callable[[Sequence[int]], Mapping[int, Snapshot]]
_loaders: dict[str, Loader] = {}


def register(kind: str, load: Loader) -> None:
    """Let messages be about `kind`; called from `AppConfig.ready`.

    `load` answers {pk: Snapshot}, without the subjects that are gone. It runs under the
    recipient's language, so dates in the context come out right.
    """
    _loaders[kind] = load


def load(kind: str, pk: int) -> Snapshot | None:
    """The subject as it is now; None when it is gone."""
    return _loaders[kind]([pk]).get(pk)
