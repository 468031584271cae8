"""Where a request came from, as far as it can be believed."""

from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's address: the one that the outermost of our TRUSTED_PROXIES saw.

    Anything a caller writes into X-Forwarded-For himself stands further left and is ignored.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    count = settings.TRUSTED_PROXIES
    if count and len(forwarded) >= count and forwarded[-count].strip():
        return str(forwarded[-count].strip())
    return str(request.META.get("REMOTE_ADDR", ""))


def shorten_address(address: str) -> str:
    """The network of an address (IPv4 /24, IPv6 /48): tells places apart, not people."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    prefix = 24 if isinstance(parsed, IPv4Address) else 48
    return str(ip_network(f"{address}/{prefix}", strict=False).network_address)
