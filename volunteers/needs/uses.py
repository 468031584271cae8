"""What a resource can be used for, by number or code: needs, projects, activities."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from services.lending.kinds import Target
from services.requests.models import ServiceRequest
from volunteers.activities.models import Activity
from volunteers.projects.models import Project


def needs(codes: Collection[str]) -> Mapping[str, Target]:
    """{reference: the need}, to be opened by the staff whom it concerns."""
    found = ServiceRequest.objects.filter(reference__in=codes)
    return {
        need.reference: Target(need.reference, reverse("staff:need", args=[need.reference]))
        for need in found
    }


def projects(codes: Collection[str]) -> Mapping[str, Target]:
    """{code: the project}."""
    return {
        project.code: Target(project.title, reverse("projects-staff:project", args=[project.code]))
        for project in Project.objects.filter(code__in=codes)
    }


def activities(codes: Collection[str]) -> Mapping[str, Target]:
    """{code: the activity}."""
    return {
        activity.code: Target(activity.title, reverse("activities:activity", args=[activity.code]))
        for activity in Activity.objects.filter(code__in=codes)
    }
