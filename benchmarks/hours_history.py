"""Records of volunteer hours by the million, as the real tables hold them."""

import time

import psycopg

BATCH = 100_000
EACH = 20
"""Records of one person: with more records there are more people, and the teams stay."""
WAITING = 9_000
"""Of the first so many records every fourth waits: the same ones, however many there are."""
FIRST_PERSON = 1_000_000

PEOPLE = """
INSERT INTO accounts_user (
    id, password, email, phone_sealed, phone_hash, display_name, language, is_demo, is_active,
    joined_at, session_version
)
SELECT %(base)s + n, '!', 'ledger-' || n || '@bench.lishui', '', '', '陈小怡', 'zh-hans', false,
    true, now(), 0
FROM generate_series(%(first)s::int, %(last)s::int) AS n
"""
# Those that do not wait were approved by the leader.
RECORDS = """
INSERT INTO volunteers_hourentry (
    id, volunteer_id, team_id, starts_at, ends_at, date, last_date, minutes, note, source, device,
    basis, is_disputed, evidence, state, request_hash, created_at, decided_by_id, decided_at,
    reason, answer, version
)
SELECT
    md5('ledger-' || n)::uuid, %(base)s + n / %(each)s, team.id, made.at,
    made.at + interval '2 hours', (made.at AT TIME ZONE 'Asia/Shanghai')::date,
    (made.at AT TIME ZONE 'Asia/Shanghai')::date, 120, '河涌巡护', 'volunteer', '', '', false, 'D',
    CASE WHEN made.waits THEN 'submitted' ELSE 'approved' END, '', made.at + interval '3 hours',
    CASE WHEN NOT made.waits THEN %(leader)s END,
    CASE WHEN NOT made.waits THEN made.at + interval '1 day' END, '', '', 1
FROM generate_series(%(first)s::int, %(last)s::int) AS n
JOIN (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM volunteers_team
    WHERE code LIKE 'ledger-%%'
) AS team ON team.place = n / %(each)s %% %(teams)s
CROSS JOIN LATERAL (
    SELECT
        date_trunc('day', now()) + n %% 9 * interval '1 hour'
            - (1 + n %% %(each)s * 70 + (hashint4(n) & 63)) * interval '1 day' AS at,
        n <= %(waiting)s AND n %% 4 = 0 AS waits
) AS made
"""
EVENTS = """
INSERT INTO volunteers_hourevent (entry_id, at, actor_id, act, text)
SELECT entry.id, entry.created_at, entry.volunteer_id, 'sent', ''
FROM volunteers_hourentry AS entry
JOIN generate_series(%(first)s::int, %(last)s::int) AS n ON entry.id = md5('ledger-' || n)::uuid
UNION ALL
SELECT entry.id, entry.decided_at, entry.decided_by_id, 'approved', ''
FROM volunteers_hourentry AS entry
JOIN generate_series(%(first)s::int, %(last)s::int) AS n ON entry.id = md5('ledger-' || n)::uuid
WHERE entry.state = 'approved'
"""
LOOSE_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename IN ('volunteers_hourentry', 'volunteers_hourevent')
AND indexname NOT IN (SELECT conname FROM pg_constraint) AND indexdef NOT LIKE '%UNIQUE%'
"""


def grow_hours(url: str, past: int, leader_id: int) -> float:
    """Add records until there are so many; answers the seconds it took."""
    began = time.monotonic()
    with psycopg.connect(url, autocommit=True) as database:
        # The rows are made to fit, so no foreign key is looked up: takes a superuser.
        database.execute("SET session_replication_role = replica")
        database.execute("SET synchronous_commit = off")
        database.execute("SET maintenance_work_mem = '512MB'")
        have = _number(database, "volunteers_hourentry")
        fixed = {
            "base": FIRST_PERSON,
            "each": EACH,
            "teams": _number(database, "volunteers_team WHERE code LIKE 'ledger-%'"),
            "leader": leader_id,
            "waiting": WAITING,
        }
        people = _number(database, f"accounts_user WHERE id >= {FIRST_PERSON}")
        database.execute(PEOPLE, fixed | {"first": people, "last": past // EACH})
        indexes = database.execute(LOOSE_INDEXES).fetchall()
        for name, _ in indexes:
            database.execute(f'DROP INDEX "{name}"')
        for first in range(have + 1, past + 1, BATCH):
            span = fixed | {"first": first, "last": min(first + BATCH - 1, past)}
            database.execute(RECORDS, span)
            database.execute(EVENTS, span)
        for _, definition in indexes:
            database.execute(definition)
        database.execute("VACUUM (ANALYZE)")
    return time.monotonic() - began


def _number(database: psycopg.Connection, rows: str) -> int:
    row = database.execute(f"SELECT count(*) FROM {rows}".encode()).fetchone()  # noqa: S608
    return row[0] if row else 0
