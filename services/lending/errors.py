"""Why a use is refused, each with what to do next."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError
from services.standing.errors import ReasonEmptyError

if TYPE_CHECKING:
    from services.lending.changing import Effect


class UseTakenError(RuleError):
    code = "use_taken"
    message = _("This is taken at that time. Please choose another time, or something else.")


class NotEnoughError(UseTakenError):
    code = "not_enough"
    message = _("Only %(free)s are free at that time. Please ask for fewer, or for another time.")


class UseClosedError(RuleError):
    code = "use_closed"
    message = _("It cannot be used at that time. Please look at the free times.")


class NotOfferedError(RuleError):
    code = "not_offered"
    message = _("This can no longer be asked for. Please choose something else.")


class EndsBeforeStartError(RuleError):
    code = "ends_before_start"
    message = _("Please choose an end after the beginning.")
    status = 400


class UsePastError(RuleError):
    code = "use_past"
    message = _("This time has passed. Please choose a later one.")


class UseTooSoonError(RuleError):
    code = "use_too_soon"
    message = _(
        "Please ask at least %(hours)s hours before. If it is urgent, phone the centre: our staff "
        "can enter it for you."
    )


class UseTooFarError(RuleError):
    code = "use_too_far"
    message = _("Please choose a day within the next %(days)s days.")


class UseTooLongError(RuleError):
    code = "use_too_long"
    message = _("At most %(hours)s hours at a time. Please choose an earlier end.")


class TooManyOpenError(RuleError):
    code = "too_many_open"
    message = _(
        "There are %(limit)s uses to come for this phone already. Please cancel one first, or wait "
        "until one is over."
    )


class TooManyPeopleError(RuleError):
    code = "too_many_people"
    message = _("There is room for %(seats)s people. Please choose a larger place.")


class PurposeMissingError(RuleError):
    code = "purpose_missing"
    message = _("Please write in a few words what it is for.")
    status = 400


class UnknownCodeError(RuleError):
    code = "unknown_code"
    message = _("Nothing is known by %(code)s. Please check it.")
    status = 400


class CodeMissingError(RuleError):
    code = "code_missing"
    message = _("Please enter the number of what it is for.")
    status = 400


class NotOpenError(RuleError):
    code = "use_not_open"
    message = _("This is no longer open. Please look at it again.")


class DecidedAlreadyError(RuleError):
    code = "decided_already"
    message = _("This is decided already. Please look at it again.")


class KeyUsedError(RuleError):
    code = "idempotency_conflict"
    message = _("This request was sent before with other contents. Please start again.")


class ReasonNeededError(ReasonEmptyError):
    """There are uses to take back, and nothing to tell why; `effect` says which."""

    def __init__(self, effect: "Effect") -> None:
        super().__init__()
        self.effect = effect


class StaleEffectError(RuleError):
    """The change would touch other uses than were shown; `effect` is what it touches now."""

    code = "stale_preview"
    message = _(
        "Something changed since this preview was made. Please look at the new preview, then "
        "apply it."
    )

    def __init__(self, effect: "Effect") -> None:
        super().__init__()
        self.effect = effect
