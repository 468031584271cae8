"""The think tank's public pages and the members' own, below /think-tank/."""

from django.urls import path

from thinktank.desk import views as desk
from thinktank.experts import views as experts
from thinktank.meetings import views as meetings
from thinktank.observations import views as observations
from thinktank.publications import views as publications
from thinktank.recommendations import views as recommendations

app_name = "thinktank"
urlpatterns = [
    path("", experts.members, name="members"),
    path("experts/<slug:code>/", experts.member, name="member"),
    path("letters/<int:pk>/", experts.letter, name="letter"),
    path("publications/", publications.publications, name="publications"),
    path("observations/<int:pk>/", publications.observation, name="observation"),
    path("recommendations/<int:pk>/", publications.recommendation, name="recommendation"),
    path("desk/", desk.desk, name="desk"),
    path("desk/interests/", observations.interests, name="interests"),
    path("desk/meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("desk/observations/new/", observations.write, name="write"),
    path("desk/observations/<int:pk>/", observations.draft, name="draft"),
    path("desk/observations/<int:pk>/submit/", observations.submit, name="submit"),
    path("desk/observations/<int:pk>/withdraw/", observations.withdraw, name="withdraw"),
    path("desk/observations/<int:pk>/recommend/", recommendations.recommend, name="recommend"),
    path("desk/recommendations/<int:pk>/rate/", recommendations.rate, name="rate"),
    path("desk/recommendations/<int:pk>/verify/", recommendations.verify, name="verify"),
]
