"""Why a proposal for a role, or the decision on it, is refused."""

from django.utils.translation import gettext_lazy as _

from lishui_center.common.errors import RuleError


class ProposedAlreadyError(RuleError):
    code = "proposed_already"
    message = _("This is proposed already and waits for a decision.")


class ProposalOverError(RuleError):
    code = "proposal_over"
    message = _("This proposal is no longer open. The page shows it as it is now.")


class HasRoleError(RuleError):
    code = "has_role"
    message = _("This person has that role already, or a higher one.")


class ThirdPersonError(RuleError):
    code = "third_person"
    message = _(
        "This is decided by somebody who has neither proposed it nor is meant by it. Please ask a "
        "colleague."
    )
    status = 403
