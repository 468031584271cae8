"""The staff's pages of the think tank, below /staff/think-tank/."""

from django.urls import path

from thinktank.experts import staff_views as experts
from thinktank.followup import staff_views as followup
from thinktank.meetings import staff_views as meetings
from thinktank.observations import staff_views as observations
from thinktank.office import views as office
from thinktank.recommendations import staff_views as recommendations

app_name = "thinktank-staff"
urlpatterns = [
    path("", office.home, name="home"),
    path("engagements/", experts.engagements, name="engagements"),
    path("engagements/<int:pk>/", experts.engagement, name="engagement"),
    path("engagements/<int:pk>/issue/", experts.issue, name="issue"),
    path("engagements/<int:pk>/discard/", experts.discard, name="discard"),
    path("experts/", experts.experts, name="experts"),
    path("experts/new/", experts.add_expert, name="expert-add"),
    path("experts/<slug:code>/", experts.expert, name="expert"),
    path("experts/<slug:code>/profile/", experts.change_expert, name="expert-change"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.add_meeting, name="meeting-add"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/change/", meetings.change_meeting, name="meeting-change"),
    path("decisions/<int:pk>/settle/", meetings.settle, name="decision-settle"),
    path("observations/", observations.observations, name="observations"),
    path("observations/<int:pk>/publish/", observations.publish, name="publish"),
    path("observations/<int:pk>/return/", observations.send_back, name="return"),
    path("observations/<int:pk>/take-down/", observations.take_down, name="take-down"),
    path("observations/<int:pk>/hand-over/", observations.hand_over, name="hand-over"),
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path("recommendations/<int:pk>/answer/", recommendations.answer, name="answer"),
    path("recommendations/<int:pk>/steps/", followup.add, name="step-add"),
    path("steps/<int:pk>/settle/", followup.settle, name="step-settle"),
]
