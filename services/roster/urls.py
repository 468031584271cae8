from django.urls import path

from services.roster import own_views, views

urlpatterns = [
    path("roster/", own_views.my_shifts, name="my-shifts"),
    path("roster/shifts.ics", own_views.calendar, name="my-shifts-calendar"),
    path("roster/leave/", own_views.leaves, name="leaves"),
    path("roster/leave/ask/", own_views.leave_asked, name="ask-leave"),
    path("roster/leave/<int:pk>/", own_views.decide, name="leave"),
    path("roster/leave/<int:pk>/withdraw/", own_views.leave_withdrawn, name="leave-withdraw"),
    path("roster/swaps/<int:pk>/", own_views.swap, name="swap"),
    path("roster/shifts/<int:pk>/swap/", own_views.swap_asked, name="ask-swap"),
    path("roster/centres/<slug:code>/", views.roster, name="roster"),
    path("roster/centres/<slug:code>/add/", views.edit_shift, name="shift-add"),
    path("roster/centres/<slug:code>/copy/", views.copy, name="roster-copy"),
    path("roster/centres/<slug:code>/rules/", views.policy, name="roster-policy"),
    path("roster/centres/<slug:code>/shifts/<int:pk>/", views.edit_shift, name="shift"),
    path("roster/centres/<slug:code>/shifts/<int:pk>/remove/", views.remove, name="shift-remove"),
]
