"""Checking a certificate: for everybody, without signing in, and not by guessing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from volunteers.certificates.access import find_certificate
from volunteers.certificates.forms import CodeForm
from volunteers.certificates.rates import count_guess, guesses_too_often


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on the paper."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("certificates:verify", form.cleaned_data["code"])
    status = 422 if form.is_bound else 200
    return render(request, "volunteers/certificates/ask.html", {"form": form}, status=status)


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the certificate said, whether it still holds, and nothing more of its person.

    Codes that do not exist are counted by address: after many of them nothing is answered.
    """
    if guesses_too_often(request):
        return _unknown(request, code, is_throttled=True, status=429)
    certificate = find_certificate(code)
    if certificate is None:
        count_guess(request)
        return _unknown(request, code, is_throttled=False, status=404)
    context = {"certificate": certificate, "said": certificate.snapshot}
    return render(request, "volunteers/certificates/verify.html", context)


def _unknown(request: HttpRequest, code: str, *, is_throttled: bool, status: int) -> HttpResponse:
    context = {"form": CodeForm(initial={"code": code}), "is_throttled": is_throttled}
    return render(request, "volunteers/certificates/unknown.html", context, status=status)
