"""How allauth's sign-in speaks our language: our phones, our messages, our audit trail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lishui_center.accounts.access import roles_of
from lishui_center.accounts.forms import PhoneField
from lishui_center.accounts.models import User
from lishui_center.accounts.rules import STAFF_IDLE, STAFF_ROLES
from lishui_center.audit.actions import record
from lishui_center.common import clock
from lishui_center.common.encryption import fresh_token, lookup_hash, seal, unseal
from lishui_center.common.network import client_address
from lishui_center.notifications.actions import Message, Recipient, send_now


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Residents by code, staff by password and a second step; every sign-in is audited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Please check the latest message."),
        "too_many_login_attempts": _("Too many attempts. Please try again in 20 minutes."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """There is one door: the page that sends a code also opens a new account."""
        raise ImmediateHttpResponse(redirect("account_request_login_code"))

    def get_login_stages(self) -> list[str]:
        """Without allauth's own proofs of phone and e-mail: a code sent there proves it already."""
        stages: list[str] = super().get_login_stages()
        return [stage for stage in stages if not stage.endswith("VerificationStage")]

    def is_login_by_code_required(self, login: Login) -> bool:
        """A password needs a code by message, unless an authenticator asks for the second step."""
        return bool(super().is_login_by_code_required(login)) and not is_mfa_enabled(login.user)

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, on a session with a new key; that of staff ends when nobody works."""
        super().login(request, user)
        if user.is_staff_on(clock.today(timezone.now())):
            request.session.set_expiry(STAFF_IDLE)
        methods = [step["method"] for step in get_authentication_records(request, user)]
        record(user, "account.signed_in", user, methods=methods)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin at their own first page, everybody else at the account."""
        if roles_of(request.user, clock.today(timezone.now())) & STAFF_ROLES:
            return str(settings.STAFF_HOME_URL)
        return str(super().get_login_redirect_url(request))

    def logout(self, request: HttpRequest) -> None:
        """Sign out, and drop the session with everything in it."""
        if isinstance(request.user, User):
            record(request.user, "account.signed_out", request.user)
        super().logout(request)

    def authentication_failed(self, _request: HttpRequest, **_credentials: Any) -> None:
        """A wrong password; whose stays unsaid, the login may be mistyped personal data."""
        record(None, "account.password_refused", "accounts.user", ok=False)

    def _get_login_attempts_cache_key(self, _request: HttpRequest, **credentials: Any) -> str:
        """Count failures for each phone too: allauth counts all phones as one."""
        login = credentials.get("email") or credentials.get("phone") or ""
        return str(login).lower()

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address that throttles and the audit trail believe."""
        return client_address(request)

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        """Our own field: mainland mobiles, however they are typed."""
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """The whole number, and whether the person proved it."""
        phone = user.phone
        return (phone, user.phone_verified_at is not None) if phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:  # noqa: FBT001 - allauth calls it so
        """Store the number, proven or not."""
        user.set_phone(phone, verified_at=timezone.now() if verified else None)
        user.save(update_fields=["phone_sealed", "phone_hash", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        """The person typed the code that went to `phone`: at sign-in or to change the number."""
        if lookup_hash(phone) != user.phone_hash:
            record(user, "account.phone_changed", user)
        self.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        """The user with this number, allowed to sign in or not."""
        return User.objects.with_phone(phone)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **_kwargs: Any) -> None:
        """The code by SMS, at any hour, also while the worker is down."""
        _send_code(code, user_id=user.pk, phone=phone)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Codes go the way of all our messages; other mails are allauth's own."""
        if "code" in context:
            _send_code(context["code"], email=email)
        else:
            super().send_mail(template_prefix, email, context)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Secrets of authenticators are sealed like every other secret."""

    def get_totp_issuer(self) -> str:
        """The name an authenticator app shows."""
        return "Lishui Center"

    def encrypt(self, text: str) -> str:
        """Seal the secret."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read the secret back."""
        return unseal(encrypted_text)


def _send_code(code: str, *, user_id: int | None = None, phone: str = "", email: str = "") -> None:
    """Send in this process; the key is random because every code is wanted, also the second."""
    recipient = Recipient(
        user_id=user_id,
        phone_sealed=seal(phone),
        phone_hash=lookup_hash(phone) if phone else "",
        email=email,
        language=get_language() or "zh-hans",
    )
    send_now(
        Message(
            kind="sign_in_code",
            key=f"sign-in-code:{fresh_token()}",
            recipient=recipient,
            due_at=timezone.now(),
            context={"code": code},
        )
    )
