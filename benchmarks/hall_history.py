"""Tickets long past by the million, and people who wait, as the real tables hold them."""

import time

import psycopg

DAYS = 730
BATCH = 100_000
COLUMNS = """(
    id, centre_id, date, prefix, number, pool_id, window_id, state, has_priority, source, sort_at,
    calls, returns, taken_at, called_at, started_at, ended_at, secret, phone_sealed, phone_hash,
    language, version
)"""

# Served, missed and given back in their usual shares, dealt to all windows and days.
PAST = f"""
INSERT INTO services_ticket {COLUMNS}
SELECT
    n, place.centre_id, made.day, 'Z', n, place.pool_id, place.id,
    CASE WHEN n %% 10 = 0 THEN 'no_show' WHEN n %% 23 = 0 THEN 'left' ELSE 'done' END,
    false, 'kiosk', 0, 1, 0, made.at, made.at + interval '9 minutes',
    made.at + interval '10 minutes', made.at + interval '18 minutes', 'past-' || n, '', '',
    'zh-hans', 4
FROM generate_series(%(first)s::int, %(last)s::int) AS n
JOIN (
    SELECT id, centre_id, pool_id, row_number() OVER (ORDER BY id) - 1 AS place
    FROM services_window
) AS place ON place.place = n %% %(windows)s
CROSS JOIN LATERAL (
    SELECT
        current_date - 1 - n %% %(days)s AS day,
        (current_date - 1 - n %% %(days)s) + (60 + n %% 720) * interval '1 minute' AS at
) AS made
"""  # noqa: S608 - our own words
PAST_STEPS = """
INSERT INTO services_ticketevent (ticket_id, kind, at, window_id, before, version)
SELECT ticket.id, step.kind, ticket.called_at, ticket.window_id, '{}', step.version
FROM services_ticket AS ticket
CROSS JOIN (VALUES ('taken', 1), ('called', 2), ('begun', 3), ('finished', 4))
    AS step (kind, version)
WHERE ticket.id BETWEEN %(first)s AND %(last)s
"""
# Every third person has left a phone, so that being nearly called makes a message.
WAITING = f"""
INSERT INTO services_ticket {COLUMNS}
SELECT
    nextval(pg_get_serial_sequence('services_ticket', 'id')), pool.centre_id,
    (now() AT TIME ZONE 'Asia/Shanghai')::date, 'W' || pool.code, n, pool.id, NULL, 'waiting',
    false, 'kiosk', (extract(epoch FROM now()) * 1000)::bigint - 7200000 + n * 1000, 0, 0,
    now() - interval '2 hours' + n * interval '1 second', NULL, NULL, NULL,
    'wait-' || pool.id || '-' || n, CASE WHEN n %% 3 = 0 THEN %(phone_sealed)s ELSE '' END,
    CASE WHEN n %% 3 = 0 THEN %(phone_hash)s ELSE '' END, 'zh-hans', 1
FROM services_pool AS pool
CROSS JOIN generate_series(1, %(count)s::int) AS n
WHERE pool.id = ANY(%(pools)s::bigint[])
"""  # noqa: S608 - our own words


def grow_tickets(url: str, past: int) -> float:
    """Add past tickets until there are so many; answers the seconds it took."""
    began = time.monotonic()
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("SET session_replication_role = replica")  # the rows are made to fit
        database.execute("SET synchronous_commit = off")
        have = _number(database, "SELECT max(id) FROM services_ticket WHERE id < 1000000000")
        windows = _number(database, "SELECT count(*) FROM services_window")
        for first in range(have + 1, past + 1, BATCH):
            last = min(first + BATCH - 1, past)
            span = {"first": first, "last": last, "windows": windows, "days": DAYS}
            database.execute(PAST.encode(), span)
            database.execute(PAST_STEPS, span)
        if not have:
            database.execute("ALTER TABLE services_ticket ALTER id RESTART WITH 1000000000")
        database.execute("VACUUM (ANALYZE)")
        database.execute("CHECKPOINT")
    return time.monotonic() - began


def fill_queues(url: str, pool_ids: list[int], count: int, phone: tuple[str, str]) -> None:
    """So many people wait in each of the pools; `phone` is sealed, and its hash."""
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(
            WAITING.encode(),
            {
                "pools": pool_ids,
                "count": count,
                "phone_sealed": phone[0],
                "phone_hash": phone[1],
            },
        )
        database.execute("VACUUM (ANALYZE) services_ticket")


def _number(database: psycopg.Connection, query: str) -> int:
    row = database.execute(query.encode()).fetchone()
    return (row and row[0]) or 0
