"""Personal data as shown by default. Showing it whole is an audited act: `audit.actions.unmask`."""


def mask_name(name: str) -> str:
    """陈小怡 → 陈*怡, 陈怡 → 陈*, Ann Lee → A** L**."""
    if name.isascii():
        return " ".join(word[0] + "**" for word in name.split())
    first, middle, last = name[:1], name[1:-1], name[2:][-1:]
    return first + "*" * max(len(middle), len(name[1:2])) + last


def mask_phone(phone: str) -> str:
    """13812340001 → 138****0001; anything shorter shows nothing."""
    return f"{phone[:3]}****{phone[-4:]}" if phone[10:] else "*" * len(phone)


def mask_email(email: str) -> str:
    """ann@example.org → a***@example.org."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}***@{domain}" if domain else "*" * len(email)
