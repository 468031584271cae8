"""Needs long past by the million, and those that are open, as the real tables hold them."""

import time

import psycopg

DAYS = 730
BATCH = 250_000
FIRST_REAL = 1_000_000_000
"""Needs made by people of the run are numbered from here."""

COLUMNS = """(
    id, reference, category, text, place, public_text, is_held, target_kind, target_code, state,
    channel, returns, rounds, is_supervised, is_with_town, outside_body, outside_number,
    created_at, moved_at, resolved_at, stage, version, request_hash, visited_by, centre_id,
    handler_id, responsible_id
)"""
CATEGORIES = """ARRAY['environment', 'roads', 'parking', 'water', 'facilities', 'safety', 'noise',
    'neighbours', 'elders', 'children', 'culture', 'services', 'other']"""
PLACES = """(
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM services_centre
    WHERE tier <> 'station'
) AS place"""
WORDS = """(ARRAY['河涌边的垃圾堆了好几天没人清理', '路灯坏了晚上看不清路',
    '有车长期停在消防通道上', '下雨后路口积水很深', '健身器材松动有危险',
    '楼下音响太吵影响休息'])[1 + n %% 6]
    || '，在' || n %% 997 || '号旁边，请派人来看看'"""

# Closed, or not taken up; every third was done by one of its centre's two teams.
PAST = f"""
INSERT INTO services_servicerequest {COLUMNS}
SELECT
    n, 'P' || n, ({CATEGORIES})[1 + n %% 13], {WORDS}, '', {WORDS}, false,
    CASE WHEN n %% 3 = 0 THEN 'team' ELSE '' END,
    CASE WHEN n %% 3 = 0 THEN 'needs-' || place.place * 2 + n %% 2 ELSE '' END,
    CASE WHEN n %% 20 = 0 THEN 'declined' ELSE 'closed' END, 'web', 0, 1, false, false, '', '',
    made.at, made.at + interval '9 days', made.at + interval '6 days', 6, 7, '', '',
    place.id, NULL, place.id
FROM generate_series(%(first)s::int, %(last)s::int) AS n
JOIN {PLACES} ON place.place = (hashint4(n) & 1048575) %% %(places)s
CROSS JOIN LATERAL (
    SELECT now() - interval '20 days'
        - ((hashint4(n + 3) & 1048575) %% %(days)s) * interval '1 day'
        - n %% 1440 * interval '1 minute' AS at
) AS made
"""  # noqa: S608 - our own words

# In every state in which the desk sees them, of the last weeks.
OPEN = f"""
INSERT INTO services_servicerequest {COLUMNS}
SELECT
    n, 'S' || n, ({CATEGORIES})[1 + n %% 13], {WORDS}, '', {WORDS}, false,
    made.kind,
    CASE made.kind
        WHEN 'team' THEN 'needs-' || place.place * 2 + n %% 2
        WHEN 'centre' THEN place.code
        ELSE '' END,
    made.state, 'web', 0, 0, n %% 50 = 0, false, '', '',
    made.at, made.at + interval '1 hour', NULL, 2, 3, '', '', place.id,
    CASE made.kind WHEN 'centre' THEN place.id END, place.id
FROM generate_series(%(first)s::int, %(last)s::int) AS n
JOIN (
    SELECT id, code, row_number() OVER (ORDER BY id) - 1 AS place FROM services_centre
    WHERE tier <> 'station'
) AS place ON place.place = (hashint4(n) & 1048575) %% %(places)s
CROSS JOIN LATERAL (
    SELECT
        (ARRAY['submitted', 'triaged', 'dispatched', 'accepted', 'in_progress',
            'waiting_resident', 'resolved_claimed', 'escalated_to_project'])[1 + n %% 8] AS state,
        (ARRAY['', '', 'team', 'centre', 'team', 'centre', 'team', ''])[1 + n %% 8] AS kind,
        now() - (1 + n %% 80) * interval '1 day' - n %% 1440 * interval '1 minute' AS at
) AS made
"""  # noqa: S608 - our own words
CLOCKS = """
INSERT INTO services_slaclock (
    kind, round, policy_version, days, starts_at, warn_at, due_at, escalate_at, paused_total,
    request_id
)
SELECT clock.kind, 0, 0, clock.days, need.created_at,
    need.created_at + clock.days * interval '1 day',
    need.created_at + clock.days * interval '1.2 days',
    need.created_at + clock.days * interval '2 days', 0, need.id
FROM services_servicerequest AS need
CROSS JOIN (VALUES ('first_response', 2), ('resolution', 15)) AS clock (kind, days)
WHERE need.id BETWEEN %(first)s AND %(last)s
"""
# What the nightly task would have added up: three decisions of each past need.
RATES = """
INSERT INTO services_rateday (
    date, centre_id, category, team, formula, first_due, first_in_time, resolution_due,
    resolved_in_time, answered, unanswered, satisfied
)
SELECT
    (moved_at AT TIME ZONE 'Asia/Shanghai')::date, responsible_id, category, target_code, 1,
    count(*), count(*) FILTER (WHERE id % 11 <> 0),
    count(*), count(*) FILTER (WHERE id % 9 <> 0),
    count(*) FILTER (WHERE id % 2 = 0), count(*) FILTER (WHERE id % 2 = 1),
    count(*) FILTER (WHERE id % 2 = 0 AND id % 7 <> 0)
FROM services_servicerequest WHERE state IN ('closed', 'declined')
GROUP BY 1, 2, 3, 4
"""
MONTHS = """
INSERT INTO services_ratemonth (
    date, centre_id, category, team, formula, first_due, first_in_time, resolution_due,
    resolved_in_time, answered, unanswered, satisfied
)
SELECT
    date_trunc('month', date)::date, centre_id, category, team, formula, sum(first_due),
    sum(first_in_time), sum(resolution_due), sum(resolved_in_time), sum(answered),
    sum(unanswered), sum(satisfied)
FROM services_rateday GROUP BY 1, 2, 3, 4, 5
"""
LINKS = """
INSERT INTO volunteers_projectneed (linked_at, project_id, request_id)
SELECT need.created_at, project.id, need.id
FROM services_servicerequest AS need
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM volunteers_project) AS project
    ON project.place = need.id %% %(projects)s
WHERE need.state = 'escalated_to_project'
"""
LOOSE_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename = 'services_servicerequest'
AND indexname NOT IN (SELECT conname FROM pg_constraint) AND indexdef NOT LIKE '%UNIQUE%'
"""


def grow_needs(url: str, past: int) -> float:
    """So many past needs, and their rates by day; answers the seconds it took."""
    began = time.monotonic()
    with _database(url) as database:
        indexes = database.execute(LOOSE_INDEXES).fetchall()
        for name, _ in indexes:
            database.execute(f'DROP INDEX "{name}"')
        for first in range(1, past + 1, BATCH):
            span = {"first": first, "last": min(first + BATCH - 1, past), "days": DAYS}
            database.execute(PAST.encode(), span | {"places": _places(database)})
        for _, definition in indexes:
            database.execute(definition)
        database.execute(RATES)
        database.execute(MONTHS)
        database.execute("VACUUM (ANALYZE)")
    return time.monotonic() - began


def open_needs(url: str, first: int, count: int) -> None:
    """So many open ones, numbered from `first`, with clocks and projects."""
    with _database(url) as database:
        span = {"first": first, "last": first + count - 1}
        database.execute(OPEN.encode(), span | {"places": _places(database)})
        database.execute(CLOCKS, span)
        database.execute("VACUUM (ANALYZE)")


def link_projects(url: str) -> None:
    """Each need that was made into a project is one project's."""
    with _database(url) as database:
        database.execute(LINKS, {"projects": _number(database, "volunteers_project")})
        database.execute("ANALYZE volunteers_projectneed")


def _database(url: str) -> psycopg.Connection:
    """Nothing is looked up or waited for: the rows are made to fit, and are thrown away."""
    database = psycopg.connect(url, autocommit=True)
    database.execute("SET session_replication_role = replica")
    database.execute("SET synchronous_commit = off")
    database.execute("SET maintenance_work_mem = '256MB'")
    return database


def _places(database: psycopg.Connection) -> int:
    return _number(database, "services_centre WHERE tier <> 'station'")


def _number(database: psycopg.Connection, rows: str) -> int:
    row = database.execute(f"SELECT count(*) FROM {rows}".encode()).fetchone()  # noqa: S608
    return row[0] if row else 0
