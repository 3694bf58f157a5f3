"""Figures of people and of the community over HTTP, against what happened, counted slowly and obviously."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.analytics.domain.definitions import DEFINITIONS
from shared import process
from shared.clients import database
from shared.contexts.analytics.personal_data import PERSONAL_DATA
from shared.contexts.community.models.posts import Post
from shared.contexts.community.models.topics import PostTicker, Ticker
from shared.permissions import Role
from shared.privacy import Erasure, Person
from tests.factories import identity, profiles
from tests.factories.activity import Act, History, deactivate, write
from tests.factories.operations import error_log_entry
from tests.support import databases
from tests.support.lambda_client import LambdaClient

METRICS = "/api/v1/metrics"
Refresh = Callable[[], list[dict[str, Any]]]
SPAN = timedelta(days=45)
ZONES = ("UTC", "Asia/Shanghai", "America/New_York", "Asia/Kathmandu")


def in_zone(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("SHOP_TIME_ZONE", zone)
    process.reset()


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Few people and little that they do, so that everything meets: at the edges of days, at once, and again."""
    start = (datetime.now(UTC) - SPAN).replace(minute=0, second=0, microsecond=0)
    hours = int(SPAN.total_seconds() // 3600) - 1
    moments = st.one_of(st.integers(0, hours), st.integers(0, hours // 24).map(lambda day: 24 * day)).map(
        lambda hour: start + timedelta(hours=hour)
    )
    people = draw(st.lists(moments, min_size=1, max_size=5))
    person = st.integers(0, len(people) - 1)
    posts = draw(st.lists(st.builds(Act, person, moments), max_size=5))

    def acts(unique: bool) -> list[Act]:
        if not posts:
            return []
        kind = st.builds(Act, person, moments, st.integers(0, len(posts) - 1))
        by = (lambda act: (act.person, act.post)) if unique else None
        return draw(st.lists(kind, max_size=8, unique_by=by))

    numbers = st.lists(st.integers(0, max(0, len(posts) - 1)), max_size=2)
    lengths = st.integers(0, 30 * 60).map(lambda minutes: timedelta(minutes=minutes))
    return History(
        registered=people,
        sessions=draw(st.lists(st.tuples(person, moments, lengths), max_size=14)),
        posts=posts,
        comments=acts(False),
        reactions=acts(True),
        reposts=acts(True),
        votes=acts(True),
        deleted_posts=draw(numbers),
        hidden_posts=draw(numbers),
    )


class Reference:
    """The figures of one history, counted row by row. `others` are registrations besides those of the history."""

    def __init__(self, history: History, others: Sequence[datetime], zone: str) -> None:
        self.history = history
        self.zone = ZoneInfo(zone)
        self.registered = [*history.registered, *others]
        self.active = {
            (person, day)
            for person, start, length in history.sessions
            for day in _days(self.day(start), self.day(start + length))
        }

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def on(self, day: date, moments: Sequence[datetime]) -> int:
        return sum(self.day(moment) == day for moment in moments)

    def active_within(self, day: date, length: int) -> int:
        window = set(_days(day - timedelta(days=length - 1), day))
        return len({person for person, active in self.active if active in window})

    def users(self, day: date) -> dict[str, Any]:
        begun = [length for _, start, length in self.history.sessions if self.day(start) == day]
        daily, monthly = self.active_within(day, 1), self.active_within(day, 30)
        return {
            "day": day.isoformat(),
            "registrations": self.on(day, self.registered),
            "accounts": sum(self.day(moment) <= day for moment in self.registered),
            "active_users": daily,
            "weekly_active_users": self.active_within(day, 7),
            "monthly_active_users": monthly,
            "stickiness": round(daily / monthly, 4) if monthly else None,
            "sessions": len(begun),
            "average_session_seconds": round(sum(begun, timedelta()).total_seconds() / len(begun)) if begun else None,
        }

    def acts(self, day: date) -> list[tuple[str, int]]:
        history = self.history
        kinds = {"posts": history.posts, "comments": history.comments, "reactions": history.reactions,
                 "reposts": history.reposts, "votes": history.votes}  # fmt: skip
        return [(kind, act.person) for kind, acts in kinds.items() for act in acts if self.day(act.at) == day]

    def engagement(self, day: date) -> dict[str, Any]:
        acts = self.acts(day)
        published = [number for number, post in enumerate(self.history.posts) if self.day(post.at) == day]
        received = {number: self._received(number) for number in published}
        counts = {
            kind: sum(one == kind for one, _ in acts) for kind in ("posts", "comments", "reactions", "reposts", "votes")
        }
        return {
            "day": day.isoformat(),
            **counts,
            "authors": len({person for kind, person in acts if kind == "posts"}),
            "engaged_users": len({person for _, person in acts}),
            "engaged_posts": sum(count > 0 for count in received.values()),
            "engagements_received": sum(received.values()),
            "hidden_posts": len(set(published) & set(self.history.hidden_posts)),
        }

    def _received(self, number: int) -> int:
        history = self.history
        author = history.posts[number].person
        acts = [*history.comments, *history.reactions, *history.reposts]
        return sum(act.post == number and act.person != author for act in acts)

    def retention(self, day: date, today: date) -> dict[str, Any]:
        cohort = [number for number, moment in enumerate(self.history.registered) if self.day(moment) == day]
        size = self.on(day, self.registered)
        shares = {}
        for after in (1, 7, 30):
            then = day + timedelta(days=after)
            back = sum((person, then) in self.active for person in cohort)
            shares[f"day_{after}"] = round(back / size, 4) if then < today else None
        return {"day": day.isoformat(), "registered": size, **shares}

    def funnel(self) -> dict[str, int]:
        steps = [self._steps(person) for person in range(len(self.history.registered))]
        taken = {name: sum(step[index] for step in steps) for index, name in enumerate(_STEPS)}
        return {"registered": len(self.registered), **taken}

    def _steps(self, person: int) -> tuple[bool, bool, bool, bool]:
        history, registered = self.history, self.history.registered[person]
        week, month = registered + timedelta(days=7), registered + timedelta(days=30)
        mine = [(start, start + length) for who, start, length in history.sessions if who == person]
        contributions = [act.at for act in (*history.posts, *history.comments) if act.person == person]
        others = [act.at for act in (*history.reactions, *history.reposts, *history.votes) if act.person == person]
        active = any(start < week for start, _ in mine)
        engaged = active and any(at < week for at in (*contributions, *others))
        contributed = active and any(at < week for at in contributions)
        returned = contributed and any(end >= week and start < month for start, end in mine)
        return active, engaged, contributed, returned


_STEPS = ("active", "engaged", "contributed", "returned")


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def answer(admin: LambdaClient, path: str, **query: Any) -> dict[str, Any]:
    reply = admin.get(f"{METRICS}/{path}", query=query)
    assert reply.status == 200, reply.body
    found: dict[str, Any] = reply.json()
    return found


@settings(max_examples=15)
@given(history=histories(), zone=st.sampled_from(ZONES))
def test_every_figure_is_what_the_rows_say(  # noqa: PLR0917 - fixtures
    history: History,
    zone: str,
    refresh_metrics: Refresh,
    signing_key: Any,
    db: Session,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from functions.analytics.handlers.api import handler

    databases.empty(database_url)
    db.expire_all()
    in_zone(monkeypatch, zone)
    key = type(signing_key).publish(db)
    caller = identity.user(db, Role.ADMIN)
    admin = LambdaClient(handler, key.authorization(caller))
    write(db, history)
    refresh_metrics()
    expected = Reference(history, [caller.created_at], zone)
    today = expected.day(datetime.now(UTC))
    first = today - SPAN - timedelta(days=3)
    shown = {"from": first.isoformat(), "to": today.isoformat()}

    users = answer(admin, "users", **shown)
    known = min(map(expected.day, [*expected.registered, *(start for _, start, _ in history.sessions)]))
    assert users["days"] == [expected.users(day) for day in _days(known, today)]
    cohorts = sorted({expected.day(moment) for moment in expected.registered})
    assert users["cohorts"] == [expected.retention(day, today) for day in cohorts]
    days = [expected.users(day) for day in _days(known, today)]
    daily, monthly = (sum(day[name] for day in days) for name in ("active_users", "monthly_active_users"))
    assert users["total"]["average_active_users"] == round(daily / len(days), 2)
    assert users["total"]["average_stickiness"] == (round(daily / monthly, 4) if monthly else None)

    engagement = answer(admin, "engagement", **shown)
    assert engagement["days"] == [expected.engagement(day) for day in _days(first, today)]
    total, posts = engagement["total"], len(history.posts)
    others = len(history.comments) + len(history.reactions) + len(history.reposts) + len(history.votes)
    received = sum(expected._received(number) for number in range(posts))
    assert total["engagements_per_post"] == (round(received / posts, 4) if posts else None)
    assert total["engagements_per_active_user"] == (round(others / daily, 4) if daily else None)

    growth = answer(admin, "growth", **shown, interval="day")
    assert growth["funnel"] == expected.funnel()
    registrations = [expected.on(day, expected.registered) for day in _days(first, today)]
    assert [period["registrations"] for period in growth["periods"]] == registrations
    for before, after, period in zip(registrations, registrations[1:], growth["periods"][1:], strict=False):
        assert period["growth_rate"] == (round((after - before) / before, 4) if before else None)


NOW = datetime.now(UTC)


def _ago(**time: float) -> datetime:
    return NOW - timedelta(**time)


def test_what_was_counted_stays_when_people_are_deactivated_or_erased(
    admin: LambdaClient, refresh_metrics: Refresh, db: Session
) -> None:
    history = History(
        registered=[_ago(days=35), _ago(days=35)],
        sessions=[(person, _ago(days=days), timedelta()) for person in (0, 1) for days in (35, 34, 28, 5, 3)],
    )
    write(db, history)
    refresh_metrics()
    before = answer(admin, "users", **{"from": _ago(days=40).date().isoformat()})
    deactivate(db, history.user_ids[0])
    erased = Person(history.user_ids[1], "x@example.com", is_proven=True)
    with database.transaction() as connection:
        PERSONAL_DATA.erase(connection, Erasure(erased, frozenset(), with_publications=True))
    refresh_metrics()
    after = answer(admin, "users", **{"from": _ago(days=40).date().isoformat()})
    assert [after[name] for name in ("days", "cohorts", "total")] == [
        before[name] for name in ("days", "cohorts", "total")
    ]
    assert max(day["monthly_active_users"] for day in after["days"]) == 2
    assert (
        db.execute(text("SELECT count(*) FROM user_sessions WHERE user_id = :id"), {"id": erased.user_id}).scalar() == 0
    )


def test_answers_say_what_their_figures_mean_and_how_old_they_are(
    admin: LambdaClient, refresh_metrics: Refresh, db: Session
) -> None:
    assert answer(admin, "users")["freshness"] == {"refreshed_at": None, "age_seconds": None, "time_zone": "UTC"}
    refresh_metrics()
    db.execute(
        text("UPDATE view_refreshes SET refreshed_at = refreshed_at - interval '1 hour' WHERE view = 'user_cohorts'")
    )
    db.commit()
    users = answer(admin, "users")
    assert 3600 <= users["freshness"]["age_seconds"] < 3700  # as old as the older of its views
    assert users["definitions"]["monthly_active_users"] == DEFINITIONS["monthly_active_users"]
    for path in ("users", "engagement", "growth", "trending", "health"):
        found = answer(admin, path)
        figures = _names(found) & set(DEFINITIONS)
        assert figures <= set(found["definitions"]), path


def _names(value: Any) -> set[str]:
    if isinstance(value, list):
        return {name for item in value for name in _names(item)}
    if not isinstance(value, dict):
        return set()
    figures = {name for name, inner in value.items() if not isinstance(inner, list | dict)}
    return figures | {name for key, inner in value.items() if key != "definitions" for name in _names(inner)}


def test_health_says_who_is_there_and_which_errors_happen(
    admin: LambdaClient, refresh_metrics: Refresh, db: Session
) -> None:
    now = datetime.now(UTC)
    write(
        db,
        History(
            registered=[_ago(days=2)] * 3,
            sessions=[(0, now, timedelta()), (1, _ago(minutes=40), timedelta()), (2, _ago(hours=2), timedelta())],
        ),
    )
    error_log_entry(db)
    error_log_entry(db, first_seen_at=_ago(days=3), status="resolved", resolved_at=now)
    error_log_entry(db, first_seen_at=_ago(days=3), last_seen_at=_ago(days=2))
    refresh_metrics()
    health = answer(admin, "health")
    figures = ("active_now", "active_last_hour", "open_errors", "new_errors", "recent_errors")
    assert [health[name] for name in figures] == [1, 2, 2, 1, 2]
    ages = {view["view"]: view["age_seconds"] for view in health["views"]}
    assert ages["daily_metrics"] is not None
    assert ages["daily_sales"] is None


def test_what_trends_is_what_different_others_did_something_with_and_may_be_shown(
    admin: LambdaClient, refresh_metrics: Refresh, db: Session
) -> None:
    history = History(
        registered=[_ago(days=9)] * 5,
        posts=[Act(0, _ago(days=2)), Act(1, _ago(days=8)), Act(2, _ago(hours=3)), Act(3, _ago(hours=2))],
        comments=[
            Act(1, _ago(hours=1), 0),
            Act(1, _ago(hours=1), 0),
            Act(0, _ago(hours=1), 0),
            Act(4, _ago(days=8), 1),
        ],
        reactions=[
            Act(2, _ago(hours=1), 0),
            Act(0, _ago(hours=1), 2),
            Act(1, _ago(days=3), 0),
            Act(4, _ago(hours=1), 3),
        ],
    )
    write(db, history)
    for user_id, standing in zip(history.user_ids, ("good", "good", "good", "banned", "good"), strict=True):
        _profile(db, user_id, standing)
    ticker = Ticker(symbol="AAPL", code="AAPL", name="Apple")
    db.add(ticker)
    db.flush()
    for number, hours in ((0, 48), (2, 3), (3, 2)):
        moment = _ago(hours=hours)
        db.add(PostTicker(post_id=history.post_ids[number], ticker_id=ticker.id, published_at=moment))
    db.commit()
    refresh_metrics()

    def posts(period: str) -> list[tuple[int, int]]:
        found = answer(admin, "trending", period=period)["posts"]
        return [([str(one) for one in history.post_ids].index(post["post_id"]), post["people"]) for post in found]

    assert posts("day") == [(0, 2), (2, 1)]
    assert posts("week") == [(0, 2), (2, 1)]
    for period, authors in (("day", 1), ("week", 2)):
        [found] = answer(admin, "trending", period=period)["tickers"]
        assert (found["symbol"], found["people"]) == ("AAPL", authors)
    db.execute(text("UPDATE posts SET deleted_at = now() WHERE id = :id"), {"id": history.post_ids[0]})
    db.commit()
    assert posts("week") == [(2, 1)]  # at once, without a refresh


def _profile(db: Session, user_id: Any, standing: str) -> None:
    from shared.contexts.identity.models.accounts import User

    owner = db.get(User, user_id)
    assert owner is not None
    profiles.profile(db, owner, standing=standing)


def test_the_dashboard_is_all_of_them_together(admin: LambdaClient, refresh_metrics: Refresh, db: Session) -> None:
    write(
        db, History(registered=[_ago(days=3)], posts=[Act(0, _ago(days=1))], sessions=[(0, _ago(days=1), timedelta())])
    )
    refresh_metrics()
    dashboard = answer(admin, "dashboard")
    for path in ("users", "engagement", "growth"):
        alone = answer(admin, path)
        for found in (alone, dashboard[path]):
            found["freshness"].pop("age_seconds")
        assert dashboard[path] == alone
    assert {"health", "trending"} <= set(dashboard)
    assert set(answer(admin, "dashboard", fields="users")) == {"users"}


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-02-01", "to": "2026-01-31"},
        {"from": "2024-01-01", "to": "2026-01-31"},
        {"from": "1999-12-31", "to": "2000-01-02"},
    ],
)
def test_a_range_that_is_none_is_refused(admin: LambdaClient, query: dict[str, str]) -> None:
    for path in ("users", "engagement", "growth", "dashboard"):
        reply = admin.get(f"{METRICS}/{path}", query=query)
        assert (reply.status, reply.json()["code"]) == (422, "invalid_range")


def test_a_post_that_is_deleted_or_hidden_later_still_was_published(
    admin: LambdaClient, refresh_metrics: Refresh, db: Session
) -> None:
    write(db, History(registered=[_ago(days=3)], posts=[Act(0, _ago(days=1))] * 3))
    refresh_metrics()
    before = answer(admin, "engagement")["total"]["posts"]
    first, second, _ = db.query(Post).all()
    first.deleted_at = second.hidden_at = datetime.now(UTC)
    db.commit()
    refresh_metrics()
    total = answer(admin, "engagement")["total"]
    assert (before, total["posts"], total["hidden_posts"]) == (3, 3, 1)
