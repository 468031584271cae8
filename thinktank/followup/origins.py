"""Which milestones were asked for by a recommendation, for the pages of their projects."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from thinktank.followup.models import Action, ActionKind
from thinktank.recommendations.models import Recommendation
from volunteers.projects.origins import Origin


def milestone_origins(code: str, milestones: Collection[int]) -> Mapping[int, Origin]:
    """{milestone: the recommendation}, as far as everybody may read it: one query."""
    wanted = {f"{code}/{pk}": pk for pk in milestones}
    public = Recommendation.objects.public().values("pk")
    steps = Action.objects.filter(
        kind=ActionKind.MILESTONE, reference__in=wanted, recommendation__in=public
    )
    return {
        wanted[step.reference]: Origin(
            step.recommendation.title,
            reverse("thinktank:recommendation", args=[step.recommendation_id]),
        )
        for step in steps.select_related("recommendation")
    }
