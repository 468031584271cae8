"""Certificates in a person's copy of all data, and in erasing it."""

from lishui_center.accounts.models import User
from volunteers.certificates.models import Certificate


def export_certificates(user: User) -> list[dict[str, object]]:
    """What was certified, word for word."""
    return [
        {
            "code": certificate.code,
            "issued_at": certificate.issued_at.isoformat(),
            "revoked_at": certificate.revoked_at and certificate.revoked_at.isoformat(),
            "says": certificate.snapshot,
        }
        for certificate in Certificate.objects.of(user).order_by("pk")
    ]


def forget_certificates(user: User) -> None:
    """Empty them: the code stays, so that it is never given out again, and says that it ended."""
    Certificate.objects.of(user).update(snapshot={}, sha256="", revoked_reason="")
