"""Addresses that have no row in the matrix, and why."""

PREFIXES = {
    "account_": "signing in and one's own account: allauth's",
    "mfa_": "one's own second step: allauth's",
    "admin:": "Django's own pages: one row stands for them all",
}

ELSEWHERE = {
    "everybody may read it": """
        home common:help common:privacy common:robots common:gallery
        centres:list centres:centre catalogue:guide catalogue:item venues:list
        volunteers:teams volunteers:offline volunteers:worker volunteers:notices volunteers:board
        projects:list activities:list activities:calendar
        thinktank:members thinktank:member thinktank:publications
        results:page results:stories results:centres results:wall
        certificates:ask certificates:verify boards:board boards:events schema docs
        api-centres api-service-items api-availability api-venues api-activities api-activity
        api-teams api-team api-projects api-project api-observations api-results""",
    "everybody may ask for it, with an account or without": """
        common:settings bookings:book bookings:find waitlist:join needs:new venues:venue
        tickets:from-afar api-phone-codes api-bookings api-requests""",
    "opens by its link or token, or shows nobody but whoever is asking what is theirs": """
        bookings:manage bookings:calendar bookings:mine bookings:open changes:move changes:cancel
        standing:show attendance:confirm waitlist:show waitlist:accept waitlist:leave
        ratings:rate needs:short needs:mine needs:track needs:photo needs:feedback
        venues:use venues:cancel venues:calendar
        activities:signup activities:accept activities:cancel
        kiosk:kiosk kiosk:number kiosk:slip tickets:here tickets:place tickets:leave
        api-booking api-request""",
    "undoes the closing of one's own account, which waits for thirty days": "accounts:reopen",
    "says to a phone whose session it has": "volunteers:session",
    "is signed by the gateway of text messages": "notifications:sms-reply",
    "is there for developers only": "notifications:dev-outbox notifications:dev-reply",
}


def is_elsewhere(name: str) -> bool:
    """Whether the address needs no row."""
    return name.startswith(tuple(PREFIXES)) or any(name in it.split() for it in ELSEWHERE.values())
