"""What people type into a search box."""

from django.http import HttpRequest

LONGEST = 40


def searched_for(request: HttpRequest) -> str:
    """The words in the box `q`, cut to 40 characters; no database takes a NUL."""
    return request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST]
