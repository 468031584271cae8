"""How many windows may take bookings (domain.md, "Booking policy")."""


def most_online(total: int, walk_in_percent: int) -> int:
    """Of so many windows, how many may take bookings so that the walk-in share stays."""
    return total * (100 - walk_in_percent) // 100
