"""Bookings long past, by the million, as the real tables hold them."""

import time

import psycopg

DAYS = 730
BATCH = 250_000

# Kept, cancelled and missed in their usual shares; the person is found by `n`, over and over.
BOOKINGS = """
INSERT INTO services_booking (
    id, reference, link_nonce, centre_id, pool_id, date, start_cell, cells, starts_at, status,
    channel, name, phone_sealed, phone_hash, person_hash, nth, concession, language, version,
    request_hash, kept_free, cancelled_at, cancelled_by, created_at
)
SELECT
    n, upper(lpad(to_hex(n), 6, '0')), substr(md5(n::text), 1, 16), place.centre_id, place.id,
    made.day, 36 + n %% 40, 1, made.day + interval '9 hours', made.status, 'web', '陈小怡',
    person.phone_sealed, person.phone_hash, person.phone_hash, 1, false, 'zh-hans', 1, '', false,
    CASE made.status WHEN 'cancelled' THEN made.day - interval '1 day' END,
    CASE made.status WHEN 'cancelled' THEN 'resident' ELSE '' END,
    made.day - interval '5 days'
FROM generate_series(%(first)s::int, %(last)s::int) AS n
CROSS JOIN LATERAL (
    SELECT
        current_date - 1 - (hashint4(n) & 1048575) %% %(days)s AS day,
        CASE WHEN n %% 8 = 0 THEN 'cancelled' WHEN n %% 11 = 0 THEN 'no_show' ELSE 'done' END
            AS status
) AS made
JOIN (SELECT id, centre_id, row_number() OVER (ORDER BY id) - 1 AS place FROM services_pool)
    AS place ON place.place = n %% %(pools)s
JOIN bench_person AS person ON person.number = (hashint4(n + 7) & 1048575) %% %(people)s
"""
ITEMS = """
INSERT INTO services_bookingitem (booking_id, item_id, position, open_key)
SELECT n, item.id, 0, ''
FROM generate_series(%(first)s::int, %(last)s::int) AS n
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM services_serviceitem)
    AS item ON item.place = n %% %(items)s
"""


# Indexes that no constraint needs are made again afterwards: much faster than keeping them up.
LOOSE_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename IN ('services_booking', 'services_bookingitem')
AND indexname NOT IN (SELECT conname FROM pg_constraint) AND indexdef NOT LIKE '%UNIQUE%'
"""


def grow_to(url: str, past: int) -> float:
    """Add past bookings until there are so many; answers the seconds it took.

    Real bookings are numbered above them.
    """
    began = time.monotonic()
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("ALTER TABLE services_booking ALTER id RESTART WITH 1000000000")
        have = _number(database, "SELECT max(id) FROM services_booking WHERE id < 1000000000")
        sizes = {
            "days": DAYS,
            "pools": _number(database, "SELECT count(*) FROM services_pool"),
            "items": _number(database, "SELECT count(*) FROM services_serviceitem"),
            "people": _number(database, "SELECT count(*) FROM bench_person"),
        }
        indexes = database.execute(LOOSE_INDEXES).fetchall()
        for name, _ in indexes:
            database.execute(f'DROP INDEX "{name}"')
        # The rows are made to fit, so no foreign key is looked up: takes a superuser.
        database.execute("SET session_replication_role = replica")
        database.execute("SET synchronous_commit = off")
        database.execute("SET maintenance_work_mem = '512MB'")
        for first in range(have + 1, past + 1, BATCH):
            span = {"first": first, "last": min(first + BATCH - 1, past), **sizes}
            database.execute(BOOKINGS, span)
            database.execute(ITEMS, span)
        for _, definition in indexes:
            database.execute(definition)
        database.execute("VACUUM (ANALYZE)")
        database.execute("CHECKPOINT")
    return time.monotonic() - began


def _number(database: psycopg.Connection, query: str) -> int:
    row = database.execute(query.encode()).fetchone()
    return (row and row[0]) or 0
