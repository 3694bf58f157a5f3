"""Pages of tickers and hashtags: what was written of them, who may read it, following, completion."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.community.models.groups import GroupMember
from shared.contexts.profiles.models import Follow
from shared.permissions import Role
from shared.tables.platform import AuditEntry
from tests.factories import community, groups, identity, profiles, topics
from tests.integration.community.conftest import SignedIn
from tests.support.lambda_client import LambdaClient
from tests.support.plans import executed, table_scans

TICKERS = "/api/v1/tickers"
HASHTAGS = "/api/v1/hashtags"


def texts(client: LambdaClient, path: str, **query: object) -> list[str]:
    return [item["text"] for item in client.get(f"{path}/posts", query=query).json()["items"]]


def test_a_ticker_has_one_page_for_all_forms_of_its_symbol(guest: LambdaClient, db: Session) -> None:
    topics.ticker(db, "600519.SH", name="Kweichow Moutai", name_zh="贵州茅台")
    topics.ticker(db, "BRK.B", name="Berkshire Hathaway")
    for written in ("600519.SH", "600519.ss", "SH600519", "600519"):
        page = guest.get(f"{TICKERS}/{written}").json()
        assert (page["symbol"], page["name_zh"]) == ("600519.SH", "贵州茅台")
    assert guest.get(f"{TICKERS}/brk_b").json()["symbol"] == "BRK.B"
    for unknown in ("AAPL", "000001", "no-symbol", "贵州茅台"):
        assert guest.get(f"{TICKERS}/{unknown}").json()["code"] == "ticker_not_found"


def test_a_ticker_s_page_has_bullish_and_bearish_posts_by_day(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob, now = profiles.person(db), profiles.person(db), datetime.now(UTC)
    apple = topics.ticker(db, "AAPL", name="Apple")
    for author, sentiment, days in ((ada, "bullish", 0), (ada, "bullish", 0), (bob, "bearish", 0), (bob, None, 1)):
        topics.post_about(db, author, apple, sentiment=sentiment, published_at=now - timedelta(days=days))
    topics.post_about(db, ada, apple, sentiment="bullish", published_at=now - timedelta(days=40))
    # None of these is counted: not for everybody, gone, or of bad standing.
    topics.post_about(db, ada, apple, sentiment="bearish", visibility="followers")
    topics.post_about(db, ada, apple, sentiment="bearish", deleted_at=now)
    topics.post_about(db, profiles.person(db, standing="banned"), apple, sentiment="bearish")
    topics.post_about(db, profiles.person(db, is_private=True), apple, sentiment="bearish")
    page = guest.get(f"{TICKERS}/aapl").json()
    assert page["stats"] == {
        "posts": 4, "bullish": 2, "bearish": 1, "bullish_ratio": 0.6667, "followers": 0, "watchers": 0,
    }  # fmt: skip
    assert page["viewer"] is None
    assert len(page["days"]) == 30
    assert page["days"][-1] == {
        "day": now.date().isoformat(), "posts": 3, "authors": 2, "bullish": 2, "bearish": 1, "bullish_ratio": 0.6667,
    }  # fmt: skip
    assert (page["days"][-2]["posts"], page["days"][-2]["bullish_ratio"]) == (1, None)
    profiles.block(db, bob, ada)
    assert signed_in(ada).get(f"{TICKERS}/AAPL").json()["stats"] == page["stats"]  # the same for every viewer


def test_posts_of_a_topic_pass_the_one_filter(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada, bob, cleo = (profiles.person(db) for _ in range(3))
    apple, tag = topics.ticker(db), topics.hashtag(db)
    for author, body in ((ada, "by Ada"), (bob, "by Bob"), (cleo, "by Cleo")):
        topics.post_about(db, author, apple, tag, body=body)
    topics.post_about(db, bob, apple, tag, body="for followers", visibility="followers")
    topics.post_about(db, bob, apple, tag, body="gone", deleted_at=datetime.now(UTC))
    topics.post_about(db, profiles.person(db, standing="banned"), apple, tag, body="banned")
    profiles.block(db, ada, bob)
    profiles.mute(db, cleo, ada)
    for path in (f"{TICKERS}/AAPL", f"{HASHTAGS}/earnings"):
        assert texts(guest, path) == ["by Cleo", "by Bob", "by Ada"]
        assert texts(signed_in(ada), path) == ["by Cleo", "by Ada"]
        assert texts(signed_in(bob), path) == ["for followers", "by Cleo", "by Bob"]
        assert texts(signed_in(cleo), path) == ["by Cleo", "by Bob"]


def test_posts_of_one_instant_are_paged_in_order_and_a_cursor_fits_its_list(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, apple, instant = profiles.person(db), topics.ticker(db), datetime(2026, 3, 1, tzinfo=UTC)
    topics.ticker(db, "TSLA", name="Tesla")
    for number in range(10):
        topics.post_about(db, ada, apple, body=f"{number}", published_at=instant)
    first = guest.get(f"{TICKERS}/AAPL/posts", query={"limit": 5}).json()
    second = guest.get(f"{TICKERS}/AAPL/posts", query={"limit": 5, "cursor": first["next_cursor"]}).json()
    assert [item["text"] for item in first["items"] + second["items"]] == [str(n) for n in reversed(range(10))]
    assert second["next_cursor"] is None
    for client, symbol in ((guest, "TSLA"), (signed_in(ada), "AAPL")):
        refused = client.get(f"{TICKERS}/{symbol}/posts", query={"cursor": first["next_cursor"]})
        assert (refused.status, refused.json()["code"]) == (400, "invalid_cursor")


def test_spellings_of_a_hashtag_share_a_page_that_shows_the_most_used_one(guest: LambdaClient, db: Session) -> None:
    ada, tag = profiles.person(db), topics.hashtag(db, "catsofmastodon", name="catsofmastodon")
    for spelling in ("CatsOfMastodon", "CatsOfMastodon", "catsofmastodon"):
        topics.post_about(db, ada, tag, spelling=spelling)
    for written in ("CATSOFMASTODON", "catsofmastodon", "ＣatsOfMastodon"):
        page = guest.get(f"{HASHTAGS}/{written}").json()
        assert (page["key"], page["name"], page["stats"]["posts"]) == ("catsofmastodon", "CatsOfMastodon", 3)
    assert guest.get(f"{HASHTAGS}/nothing").json()["code"] == "hashtag_not_found"


@pytest.mark.parametrize("kind", ["ticker", "hashtag"])
def test_a_topic_is_followed_and_left_as_often_as_one_likes(
    guest: LambdaClient, signed_in: SignedIn, db: Session, kind: str
) -> None:
    ada = profiles.person(db)
    if kind == "ticker":
        topics.ticker(db, "AAPL", name="Apple")
        path = f"{TICKERS}/aapl"
    else:
        topics.post_about(db, ada, topics.hashtag(db, "话题"))
        path = f"{HASHTAGS}/话题"
    client = signed_in(ada)
    for _ in range(2):
        assert client.put(f"{path}/follow").status == 204
    assert client.get(path).json()["viewer"]["is_followed"] is True
    assert guest.get(path).json()["stats"]["followers"] == 1
    for _ in range(2):
        assert client.delete(f"{path}/follow").status == 204
    assert client.get(path).json()["viewer"]["is_followed"] is False
    assert guest.get(path).json()["stats"]["followers"] == 0


def test_nobody_follows_more_topics_than_there_is_room_for(
    signed_in: SignedIn, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from functions.community.service import topics as service

    monkeypatch.setattr(service, "MOST_FOLLOWED", 1)
    client = signed_in(profiles.person(db))
    for symbol in ("AAPL", "TSLA"):
        topics.ticker(db, symbol, name=symbol)
    assert client.put(f"{TICKERS}/AAPL/follow").status == 204
    assert client.put(f"{TICKERS}/TSLA/follow").json()["code"] == "too_many_topics"
    assert client.put(f"{TICKERS}/AAPL/follow").status == 204


def test_completion_of_tickers_goes_by_symbol_then_by_either_name(guest: LambdaClient, db: Session) -> None:
    for symbol, name, name_zh in (
        ("AAPL", "Apple Inc.", "苹果"),
        ("AA", "Alcoa", "美国铝业"),
        ("600519.SH", "Kweichow Moutai", "贵州茅台"),
        ("MSFT", "Microsoft", "微软"),
    ):
        topics.ticker(db, symbol, name=name, name_zh=name_zh)
    topics.ticker(db, "AAZZ")  # nobody may read a post that names it
    hidden = topics.ticker(db, "AAYY")
    topics.post_about(db, profiles.person(db), hidden, visibility="followers")

    def symbols(prefix: str) -> list[str]:
        return [item["symbol"] for item in guest.get(TICKERS, query={"prefix": prefix}).json()["items"]]

    assert symbols("aa") == ["AA", "AAPL"]
    assert symbols("$AAP") == ["AAPL"]
    assert symbols("app") == ["AAPL"]
    assert symbols("贵州") == ["600519.SH"]
    assert symbols("6005") == ["600519.SH"]
    assert symbols("%") == symbols("_") == []


def test_completion_of_hashtags_offers_what_everybody_may_read_in_its_usual_spelling(
    guest: LambdaClient, db: Session
) -> None:
    ada = profiles.person(db)
    earnings, eagle, secret, chinese = (
        topics.hashtag(db, key) for key in ("earnings", "eagle", "easecret", "茅台行情")
    )
    for spelling in ("Earnings", "Earnings", "EARNINGS"):
        topics.post_about(db, ada, earnings, spelling=spelling)
    topics.post_about(db, ada, eagle)
    topics.post_about(db, ada, secret, visibility="followers")
    topics.post_about(db, ada, chinese)

    def tags(prefix: str) -> list[str]:
        return [item["name"] for item in guest.get(HASHTAGS, query={"prefix": prefix}).json()["items"]]

    assert tags("EA") == ["Earnings", "eagle"]
    assert tags("#eagle") == ["eagle"]
    assert tags("茅台") == ["茅台行情"]


def test_a_ticker_in_the_watchlist_says_so(signed_in: SignedIn, guest: LambdaClient, db: Session) -> None:
    from shared.contexts.profiles.models import WatchlistItem

    ada = profiles.person(db)
    topics.ticker(db, "AAPL", name="Apple")
    db.add(WatchlistItem(user_id=ada.id, symbol="AAPL"))
    db.commit()
    assert signed_in(ada).get(f"{TICKERS}/AAPL").json()["viewer"] == {"is_followed": False, "is_watched": True}
    assert guest.get(f"{TICKERS}/AAPL").json()["stats"]["watchers"] == 1


def test_a_symbol_that_is_none_is_not_found_whatever_is_asked(signed_in: SignedIn, db: Session) -> None:
    client = signed_in(profiles.person(db))
    for path in (f"{TICKERS}/{uuid.uuid4().hex[:20]}", f"{HASHTAGS}/{uuid.uuid4().hex}"):
        for method in ("get", "put", "delete"):
            address = path if method == "get" else f"{path}/follow"
            assert getattr(client, method)(address).status == 404


@pytest.mark.parametrize("where", ["for followers", "in a group", "of a private account"])
def test_a_word_that_was_never_public_is_there_for_who_may_read_it(
    where: str, signed_in: SignedIn, guest: LambdaClient, db: Session
) -> None:
    """Its page would tell others what is said where they may not read."""
    ada, fan, stranger = (
        profiles.person(db, is_private=where == "of a private account"),
        profiles.person(db),
        profiles.person(db),
    )
    profiles.follow(db, fan, ada)
    columns: dict[str, Any] = {"visibility": "followers"} if where == "for followers" else {}
    if where == "in a group":
        club = groups.group(db, ada, access="invitation")
        groups.member(db, club, fan)
        columns = {"visibility": "group", "group_id": club.id}
    secret = topics.ticker(db, "SECRT"), topics.hashtag(db, "projectx")
    topics.post_about(db, ada, *secret, **columns)
    for page in (f"{TICKERS}/SECRT", f"{HASHTAGS}/projectx"):
        for path in (page, f"{page}/posts"):
            assert [client.get(path).status for client in (signed_in(fan), signed_in(stranger), guest)] == [
                200,
                404,
                404,
            ]
        assert signed_in(stranger).put(f"{page}/follow").status == 404
        assert signed_in(fan).put(f"{page}/follow").status == 204
    db.query(Follow).delete()
    db.query(GroupMember).filter(GroupMember.user_id == fan.id).delete()
    db.commit()
    assert signed_in(fan).delete(f"{HASHTAGS}/projectx/follow").status == 204  # undone without the right to read
    assert signed_in(fan).get(f"{HASHTAGS}/projectx").status == 404


def test_an_unused_post_of_another_topic_is_not_shown(guest: LambdaClient, db: Session) -> None:
    ada, apple, tesla = profiles.person(db), topics.ticker(db), topics.ticker(db, "TSLA")
    topics.post_about(db, ada, apple, body="apples")
    community.post(db, ada, "nothing")
    topics.post_about(db, ada, tesla, body="cars")
    assert texts(guest, f"{TICKERS}/AAPL") == ["apples"]


def test_every_statement_of_a_topic_finds_its_rows_by_index(
    signed_in: SignedIn, db: Session, database_url: str
) -> None:
    ada = profiles.person(db)
    apple, tag = topics.ticker(db, name="Apple", name_zh="苹果"), topics.hashtag(db)
    for number in range(3):
        topics.post_about(db, ada, apple, tag, body=f"{number}")
    client = signed_in(ada)
    with executed() as statements:
        for path in (f"{TICKERS}/AAPL", f"{HASHTAGS}/earnings"):
            client.get(path)
            page = client.get(f"{path}/posts", query={"limit": 1}).json()
            client.get(f"{path}/posts", query={"limit": 1, "cursor": page["next_cursor"]})
            client.put(f"{path}/follow")
            client.delete(f"{path}/follow")
        for path in (TICKERS, HASHTAGS):
            client.get(path, query={"prefix": "a"})
        client.get(f"{TICKERS}/trending")
    assert table_scans(database_url, statements, small=("trending_tickers",)) == {}


def test_a_symbol_that_staff_names_is_known_from_then_on(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    admin, ada = signed_in(identity.user(db, Role.ADMIN)), signed_in(profiles.person(db))
    body = "看好 $600519 和 #AAPL"

    def named() -> list[tuple[str, str]]:
        made = ada.post("/api/v1/posts", json={"text": body, "status": "draft"})
        assert made.status == 201, made.json()
        return [(item["kind"], item.get("symbol", item.get("hashtag"))) for item in made.json()["entities"]]

    assert named() == [("hashtag", "aapl")]
    moutai = admin.put(f"{TICKERS}/SH600519", json={"name": "Kweichow Moutai", "name_zh": "贵州茅台"})
    assert moutai.json() == {
        "symbol": "600519.SH", "market": "SH", "name": "Kweichow Moutai", "name_zh": "贵州茅台",
    }  # fmt: skip
    assert admin.put(f"{TICKERS}/aapl", json={"name": "Apple"}).status == 200
    assert named() == [("ticker", "600519.SH"), ("ticker", "AAPL")]
    found = guest.get(TICKERS, query={"prefix": "贵州"}).json()["items"]
    assert [item["symbol"] for item in found] == ["600519.SH"]
    entry = db.query(AuditEntry).filter_by(subject_type="ticker").order_by(AuditEntry.id.desc()).first()
    assert entry is not None
    assert entry.action == "ticker.named"
    admin.put(f"{TICKERS}/aapl", json={})
    assert named() == [("ticker", "600519.SH"), ("hashtag", "aapl")]


@pytest.mark.parametrize("wrong", [{"name": "\u200b"}, {"name_zh": ""}, {"name": "x" * 101}, {"symbol": "AAPL"}])
def test_names_of_tickers_are_seen(signed_in: SignedIn, db: Session, wrong: dict[str, str]) -> None:
    admin = signed_in(identity.user(db, Role.ADMIN))
    assert admin.put(f"{TICKERS}/AAPL", json=wrong).status == 422
    assert admin.put(f"{TICKERS}/600519", json={"name": "Which market?"}).json()["errors"][0]["field"] == "path.symbol"
