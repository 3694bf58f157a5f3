"""sessions of activity; figures of people and of the community"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

# All days are those of the zone that the refresh says (0035). Views go back as far as sessions are kept, less the 30
# days that a month of the oldest day needs.
_DAY = "({} AT TIME ZONE (SELECT report_time_zone()))::date"
DAYS_SHOWN = 700


def _day(moment: str) -> str:
    return _DAY.format(moment)


# Whoever was active on which day: a session across midnight counts on both days. Nothing here asks whether an account
# is still there: what happened stays as it was when somebody is deactivated, and when a person is erased, the sessions
# stay under an id that leads nowhere.
ACTIVE = f"""
    SELECT DISTINCT s.user_id, s.registered_at, d.day::date AS day
    FROM user_sessions s CROSS JOIN LATERAL generate_series(
        {_day("s.started_at")}, {_day("s.last_active_at")}, interval '1 day'
    ) AS d (day)
"""

# Each active day of a person makes them one of the month's people for 30 days, or until the next active day, which does
# so again. So the people of every month are a running sum, and no day is compared with 30 others.
DAILY_METRICS = f"""
CREATE MATERIALIZED VIEW daily_metrics AS
WITH active AS ({ACTIVE}), spans AS (
    SELECT day, lead(day) OVER (PARTITION BY user_id ORDER BY day) AS next_day FROM active
), moves AS (
    SELECT day, 1 AS daily, 1 AS weekly, 1 AS monthly FROM spans
    UNION ALL SELECT least(day + 7, next_day), 0, -1, 0 FROM spans
    UNION ALL SELECT least(day + 30, next_day), 0, 0, -1 FROM spans
), moved AS (
    SELECT day, sum(daily) AS daily, sum(weekly) AS weekly, sum(monthly) AS monthly FROM moves GROUP BY day
), registered AS (
    SELECT {_day("registered_at")} AS day, count(*) AS people FROM identity_registrations GROUP BY 1
), begun AS (
    SELECT {_day("started_at")} AS day, count(*) AS sessions,
        sum(extract(epoch FROM last_active_at - started_at))::bigint AS seconds
    FROM user_sessions GROUP BY 1
), bounds AS (
    SELECT {_day("now()")} AS today,
        least((SELECT min(day) FROM registered), (SELECT min(day) FROM begun), {_day("now()")}) AS first
), days AS (
    SELECT d.day::date AS day FROM bounds CROSS JOIN LATERAL generate_series(first, today, interval '1 day') AS d (day)
), every AS (
    SELECT days.day, coalesce(registered.people, 0)::bigint AS registrations,
        coalesce(sum(registered.people) OVER so_far, 0)::bigint AS accounts,
        coalesce(moved.daily, 0)::bigint AS active_users,
        coalesce(sum(moved.weekly) OVER so_far, 0)::bigint AS weekly_active_users,
        coalesce(sum(moved.monthly) OVER so_far, 0)::bigint AS monthly_active_users,
        coalesce(begun.sessions, 0)::bigint AS sessions, coalesce(begun.seconds, 0)::bigint AS session_seconds
    FROM days LEFT JOIN moved USING (day) LEFT JOIN registered USING (day) LEFT JOIN begun USING (day)
    WINDOW so_far AS (ORDER BY days.day)
)
SELECT every.* FROM every JOIN bounds ON every.day > bounds.today - {DAYS_SHOWN}
"""

# What people did with what, each with its time.
ACTS = """
    SELECT author_id AS user_id, published_at AS at, 'post' AS kind FROM community_posts
    UNION ALL SELECT author_id, created_at, 'comment' FROM community_comments
    UNION ALL SELECT user_id, created_at, 'reaction' FROM community_reactions
    UNION ALL SELECT user_id, created_at, 'repost' FROM community_reposts
    UNION ALL SELECT user_id, created_at, 'vote' FROM community_votes
"""

# Posts and comments count on the day on which they came, also when they are deleted or hidden later. A reaction, a
# repost or a vote counts on its day for as long as it stands. What authors do with their own posts, nobody receives.
ENGAGEMENT_METRICS = f"""
CREATE MATERIALIZED VIEW engagement_metrics AS
WITH acts AS ({ACTS}), done AS (
    SELECT {_day("at")} AS day,
        count(*) FILTER (WHERE kind = 'post') AS posts, count(*) FILTER (WHERE kind = 'comment') AS comments,
        count(*) FILTER (WHERE kind = 'reaction') AS reactions, count(*) FILTER (WHERE kind = 'repost') AS reposts,
        count(*) FILTER (WHERE kind = 'vote') AS votes,
        count(DISTINCT user_id) FILTER (WHERE kind = 'post') AS authors, count(DISTINCT user_id) AS engaged_users
    FROM acts GROUP BY 1
), received AS (
    SELECT e.post_id, count(*) AS engagements
    FROM (
        SELECT post_id, author_id AS user_id FROM community_comments
        UNION ALL SELECT post_id, user_id FROM community_reactions WHERE post_id IS NOT NULL
        UNION ALL SELECT post_id, user_id FROM community_reposts
    ) AS e JOIN community_posts p ON p.id = e.post_id
    WHERE e.user_id <> p.author_id GROUP BY e.post_id
), published AS (
    SELECT {_day("p.published_at")} AS day, count(r.post_id) AS engaged_posts,
        coalesce(sum(r.engagements), 0)::bigint AS engagements_received,
        count(*) FILTER (WHERE p.hidden_at IS NOT NULL) AS hidden_posts
    FROM community_posts p LEFT JOIN received r ON r.post_id = p.id GROUP BY 1
)
SELECT done.*, coalesce(published.engaged_posts, 0) AS engaged_posts,
    coalesce(published.engagements_received, 0) AS engagements_received,
    coalesce(published.hidden_posts, 0) AS hidden_posts
FROM done LEFT JOIN published USING (day)
WHERE day > {_day("now()")} - {DAYS_SHOWN}
"""

# Those who registered on one day, and what became of them. A step of the funnel is taken only by who took all before.
USER_COHORTS = f"""
CREATE MATERIALIZED VIEW user_cohorts AS
WITH active AS ({ACTIVE}), retained AS (
    SELECT {_day("registered_at")} AS day,
        count(*) FILTER (WHERE day = {_day("registered_at")} + 1) AS day_1,
        count(*) FILTER (WHERE day = {_day("registered_at")} + 7) AS day_7,
        count(*) FILTER (WHERE day = {_day("registered_at")} + 30) AS day_30
    FROM active GROUP BY 1
), seen AS (
    SELECT user_id, registered_at, min(started_at) < registered_at + interval '7 days' AS active,
        bool_or(last_active_at >= registered_at + interval '7 days' AND started_at < registered_at + interval '30 days')
            AS returned
    FROM user_sessions GROUP BY user_id, registered_at
), acts AS (
    SELECT user_id, min(at) AS acted_at, min(at) FILTER (WHERE kind IN ('post', 'comment')) AS contributed_at
    FROM ({ACTS}) AS act GROUP BY user_id
), steps AS (
    SELECT {_day("s.registered_at")} AS day, s.active,
        s.active AND a.acted_at < s.registered_at + interval '7 days' AS engaged,
        s.active AND a.contributed_at < s.registered_at + interval '7 days' AS contributed, s.returned
    FROM seen s LEFT JOIN acts a USING (user_id)
), funnel AS (
    SELECT day, count(*) FILTER (WHERE active) AS active, count(*) FILTER (WHERE engaged) AS engaged,
        count(*) FILTER (WHERE contributed) AS contributed, count(*) FILTER (WHERE contributed AND returned) AS returned
    FROM steps GROUP BY day
), registered AS (
    SELECT {_day("registered_at")} AS day, count(*) AS registered FROM identity_registrations GROUP BY 1
)
SELECT registered.day, registered.registered, coalesce(retained.day_1, 0) AS day_1,
    coalesce(retained.day_7, 0) AS day_7, coalesce(retained.day_30, 0) AS day_30, coalesce(funnel.active, 0) AS active,
    coalesce(funnel.engaged, 0) AS engaged, coalesce(funnel.contributed, 0) AS contributed,
    coalesce(funnel.returned, 0) AS returned
FROM registered LEFT JOIN retained USING (day) LEFT JOIN funnel USING (day)
WHERE registered.day > {_day("now()")} - {DAYS_SHOWN}
"""

# Public posts of people in good standing, by how many others did something with them, and tickers, by how many such
# people wrote of them: one person counts once.
TRENDING_CONTENT = """
CREATE MATERIALIZED VIEW trending_content AS
WITH periods (period, since) AS (
    VALUES ('day', now() - interval '1 day'), ('week', now() - interval '7 days')
), shown AS (
    SELECT p.id, p.author_id, p.published_at FROM community_posts p JOIN profiles_people a ON a.user_id = p.author_id
    WHERE p.is_live AND p.visibility = 'public' AND a.standing = 'good' AND NOT a.is_private
), acts AS (
    SELECT post_id, author_id AS user_id, created_at FROM community_comments
        WHERE is_live AND created_at > now() - interval '7 days'
    UNION ALL SELECT post_id, user_id, created_at FROM community_reactions
        WHERE post_id IS NOT NULL AND created_at > now() - interval '7 days'
    UNION ALL SELECT post_id, user_id, created_at FROM community_reposts WHERE created_at > now() - interval '7 days'
), counted AS (
    SELECT period, 'post' AS kind, shown.id AS subject_id, count(DISTINCT acts.user_id) AS people
    FROM acts JOIN shown ON shown.id = acts.post_id AND shown.author_id <> acts.user_id
    JOIN periods ON acts.created_at > periods.since
    GROUP BY period, shown.id
    UNION ALL
    SELECT period, 'ticker', t.ticker_id, count(DISTINCT shown.author_id)
    FROM community_post_tickers t JOIN shown ON shown.id = t.post_id
    JOIN periods ON t.published_at > periods.since
    GROUP BY period, t.ticker_id
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY period, kind ORDER BY people DESC, subject_id)::int AS rank FROM counted
)
SELECT * FROM ranked WHERE rank <= 100
"""

MATERIALIZED = {
    "daily_metrics": (DAILY_METRICS, "day"),
    "engagement_metrics": (ENGAGEMENT_METRICS, "day"),
    "user_cohorts": (USER_COHORTS, "day"),
    "trending_content": (TRENDING_CONTENT, "period, kind, subject_id"),
}
# By role.
GRANTS: dict[str, dict[str, tuple[str, ...]]] = {
    "sharestack_analytics": {
        "SELECT, INSERT, UPDATE, DELETE": ("user_sessions",),
        "SELECT, INSERT, UPDATE": ("metric_exports",),
        "SELECT, MAINTAIN": tuple(MATERIALIZED),
        "SELECT": (
            "community_posts",
            "community_tickers",
            "identity_registrations",
            "operations_errors",
            "profiles_people",
        ),
    },
    "sharestack_identity": {"SELECT, UPDATE, DELETE": ("user_sessions",)},
}
VIEWS = {
    "identity_registrations": "SELECT id AS user_id, created_at AS registered_at FROM users",
    "operations_errors": (
        "SELECT id, source, function, level, status, occurrences, first_seen_at, last_seen_at FROM error_logs"
    ),
}


def upgrade() -> None:
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")
    op.execute(
        """
        CREATE TABLE user_sessions (
            id uuid NOT NULL DEFAULT uuidv7() CONSTRAINT pk_user_sessions PRIMARY KEY,
            user_id uuid NOT NULL,
            registered_at timestamptz NOT NULL,
            started_at timestamptz NOT NULL,
            last_active_at timestamptz NOT NULL,
            ended_at timestamptz,
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            CONSTRAINT ck_user_sessions_times CHECK (started_at <= last_active_at),
            CONSTRAINT ck_user_sessions_ended_at CHECK (ended_at = last_active_at)
        )
        """
    )
    op.execute("CREATE INDEX ix_user_sessions_user_id_last_active_at ON user_sessions (user_id, last_active_at)")
    op.execute("CREATE INDEX ix_user_sessions_last_active_at ON user_sessions (last_active_at)")
    op.execute("CREATE INDEX ix_user_sessions_open ON user_sessions (last_active_at) WHERE ended_at IS NULL")
    op.execute(
        """
        CREATE TABLE metric_exports (
            id uuid NOT NULL DEFAULT uuidv7() CONSTRAINT pk_metric_exports PRIMARY KEY,
            requested_by uuid NOT NULL CONSTRAINT fk_metric_exports_requested_by_users REFERENCES users,
            dataset varchar(20) NOT NULL,
            format varchar(10) NOT NULL,
            first_day date NOT NULL,
            last_day date NOT NULL,
            status varchar(20) NOT NULL DEFAULT 'pending',
            file_key varchar(200),
            bytes bigint,
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz,
            CONSTRAINT ck_metric_exports_dataset CHECK (dataset IN ('daily', 'cohorts', 'sessions')),
            CONSTRAINT ck_metric_exports_format CHECK (format IN ('csv', 'json')),
            CONSTRAINT ck_metric_exports_status CHECK (status IN ('pending', 'completed', 'failed')),
            CONSTRAINT ck_metric_exports_file CHECK ((status = 'completed') = (file_key IS NOT NULL))
        )
        """
    )
    op.execute("CREATE INDEX ix_metric_exports_requested_by ON metric_exports (requested_by)")
    for table in ("user_sessions", "metric_exports"):
        op.execute(
            f"CREATE TRIGGER set_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
        )
    # Made with their rows, and with a unique index each that has no WHERE: only such can be refreshed while they are
    # read.
    for name, (statement, key) in MATERIALIZED.items():
        op.execute(statement)
        op.execute(f"CREATE UNIQUE INDEX uq_{name} ON {name} ({key})")
    made = ", ".join(f"'{name}'" for name in MATERIALIZED)
    op.execute(
        "INSERT INTO view_refreshes (view, refreshed_at, time_zone)"
        f" SELECT unnest(ARRAY[{made}]), now(), report_time_zone()"
    )
    op.execute("CREATE INDEX ix_trending_content_rank ON trending_content (period, kind, rank)")
    if _roles_exist():
        for role, grants in GRANTS.items():
            for privileges, names in grants.items():
                op.execute(f"GRANT {privileges} ON {', '.join(names)} TO {role}")


def downgrade() -> None:
    for name in reversed(MATERIALIZED):
        op.execute(f"DROP MATERIALIZED VIEW {name}")
    names = ", ".join(f"'{name}'" for name in MATERIALIZED)
    op.execute(f"DELETE FROM view_refreshes WHERE view IN ({names})")
    op.execute("DROP TABLE metric_exports, user_sessions")
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    if _roles_exist():
        op.execute("REVOKE SELECT ON community_posts, community_tickers, profiles_people FROM sharestack_analytics")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:roles)")
    found: int = op.get_bind().execute(statement, {"roles": list(GRANTS)}).scalar_one()
    return found > 0
