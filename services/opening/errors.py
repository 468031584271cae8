"""Why a change of the opening is refused."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError

if TYPE_CHECKING:
    from services.opening.actions import Effect


class StalePreviewError(RuleError):
    """What the change does is no longer what its preview showed; `effect` is what it does now."""

    code = "stale_preview"
    message = _(
        "Something changed since this preview was made. Please look at the new preview, then "
        "apply it."
    )

    def __init__(self, effect: "Effect") -> None:
        super().__init__()
        self.effect = effect
