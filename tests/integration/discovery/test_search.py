"""One search over people, tickers, posts and products: what is found, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from psycopg.rows import dict_row
from sqlalchemy.orm import Session

from functions.catalog.repository import search_index
from shared.contexts.community import post_index
from shared.contexts.community.models.groups import Group
from shared.contexts.community.models.posts import Post
from shared.contexts.community.models.search import PostWord
from shared.contexts.community.models.topics import TopicFollow
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles.models import Profile
from tests.factories import catalog, community, profiles, topics
from tests.support.lambda_client import LambdaClient
from tests.support.plans import executed, table_scans

SEARCH = "/api/v1/search"
AsCustomer = Callable[[User], LambdaClient]


def as_owner(db: Session, index: Callable[[Any, list[Any]], None], row_id: object) -> None:
    """What a writer of another context does: discovery itself may not."""
    address = db.get_bind().engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, row_factory=dict_row) as connection:
        index(connection, [row_id])


def written(db: Session, author: User, body: str, **columns: Any) -> Post:
    """A post as its writer leaves it: in the index."""
    made = community.post(db, author, body, **columns)
    as_owner(db, post_index.index, made.id)
    return made


def sold(db: Session, name: str) -> None:
    product = catalog.product(db, name)
    as_owner(db, search_index.index, product.id)


def search(client: LambdaClient, q: str, kind: str = "all", **query: object) -> dict[str, Any]:
    answer = client.get(SEARCH, query={"q": q, "type": kind, **query})
    assert answer.status == 200, answer.json()
    found: dict[str, Any] = answer.json()
    return found


def posts(client: LambdaClient, q: str) -> list[str]:
    return [item["text"] for item in search(client, q, "posts")["posts"]["items"]]


def users(client: LambdaClient, q: str) -> list[str]:
    return [item["username"] for item in search(client, q, "users")["users"]["items"]]


def tickers(client: LambdaClient, q: str) -> list[str]:
    return [item["symbol"] for item in search(client, q, "tickers")["tickers"]["items"]]


def test_one_answer_has_people_tickers_posts_and_products(guest: LambdaClient, db: Session) -> None:
    ada = profiles.person(db, "apple_fan")
    topics.ticker(db, "AAPL", name="Apple Inc.", name_zh="苹果")
    written(db, ada, "I bought an apple")
    sold(db, "Apple Corer")
    found = search(guest, "apple")
    assert [item["username"] for item in found["users"]["items"]] == ["apple_fan"]
    assert [item["symbol"] for item in found["tickers"]["items"]] == ["AAPL"]
    assert [item["text"] for item in found["posts"]["items"]] == ["I bought an apple"]
    assert [item["name"] for item in found["products"]["items"]] == ["Apple Corer"]
    only = search(guest, "apple", "users,posts")
    assert (only["tickers"], only["hashtags"], only["products"]) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "query", "is_there"),
    [
        ("看好贵州茅台长期", "茅台", True),
        ("看好贵州茅台长期", "贵州茅台", True),
        ("看好贵州茅台长期", "股", False),
        ("今天炒股", "股", True),
        ("看好$AAPL长期", "aapl", True),
        ("#ぼっち・ざ・ろっく", "ろっく", True),
        ("Shares of wind turbines", "share turbine", True),
        ("Shares of wind turbines", "turbine hydro", False),
        ("Crème brûlée", "creme brulee", True),
        ("ＢＴＣ", "btc", True),
    ],
)
def test_posts_are_found_by_words_and_by_parts_of_phrases(
    guest: LambdaClient, db: Session, text: str, query: str, is_there: bool
) -> None:
    written(db, profiles.person(db), text)
    assert posts(guest, query) == ([text] if is_there else [])


def test_pictures_and_polls_are_found_with_their_post_and_no_post_is_found_by_what_it_said(
    guest: LambdaClient, db: Session
) -> None:
    post = written(db, profiles.person(db), "before")
    db.execute(sa.update(Post).values(body="behind"))
    db.commit()
    as_owner(db, post_index.index, post.id)
    assert (posts(guest, "before"), posts(guest, "behind")) == ([], ["behind"])


def test_what_nobody_has_whole_is_found_by_parts_and_says_so(guest: LambdaClient, db: Session) -> None:
    written(db, profiles.person(db), "贵州的茅台")
    found = search(guest, "贵州茅台", "posts")["posts"]
    assert ([item["text"] for item in found["items"]], found["exact"]) == (["贵州的茅台"], False)


def test_a_misspelt_word_finds_what_has_it_right_and_says_so(guest: LambdaClient, db: Session) -> None:
    ada = profiles.person(db)
    for body in ("quarterly earnings of railways", "earnings of canals"):
        written(db, ada, body)
    found = search(guest, "earnigns railwys", "posts")["posts"]
    assert ([item["text"] for item in found["items"]], found["exact"]) == (["quarterly earnings of railways"], False)
    first = search(guest, "earnigns", "posts", limit=1)["posts"]
    second = search(guest, "earnigns", "posts", limit=1, cursor=first["next_cursor"])["posts"]
    assert [item["text"] for item in first["items"] + second["items"]] == [
        "earnings of canals",
        "quarterly earnings of railways",
    ]
    assert (first["exact"], second["exact"], second["next_cursor"]) == (False, False, None)
    written(db, ada, "earnigns, as I spell it")
    assert posts(guest, "earnigns") == ["earnigns, as I spell it"]
    assert posts(guest, "erlnigs") == []  # two slips are another word


def test_no_word_of_what_is_not_public_helps_a_stranger(
    guest: LambdaClient, as_customer: AsCustomer, db: Session
) -> None:
    ada, fan = profiles.person(db), profiles.person(db)
    profiles.follow(db, fan, ada)
    hidden = written(db, ada, "reorganisation", hidden_at=datetime.now(UTC))
    written(db, ada, "bankruptcy", visibility="followers")
    group = Group(slug="value", name="Value", access="public")
    db.add(group)
    db.commit()
    written(db, ada, "liquidation", visibility="group", group_id=group.id)
    for q in ("bankruptcy", "bankrutpcy", "liquidation", "liquidaton", "reorganisaton"):
        assert posts(guest, q) == []
    assert posts(as_customer(fan), "bankruptcy") == ["bankruptcy"]
    assert db.scalars(sa.select(PostWord.word)).all() == ["reorganisation"]
    db.execute(sa.update(Post).where(Post.id == hidden.id).values(hidden_at=None))
    db.commit()
    assert posts(guest, "reorganisaton") == ["reorganisation"]


def test_hashtags_are_found_where_the_viewer_finds_a_post_with_them(
    guest: LambdaClient, as_customer: AsCustomer, db: Session
) -> None:
    ada, fan = profiles.person(db), profiles.person(db)
    profiles.follow(db, fan, ada)
    earnings, secret, chinese = topics.hashtag(db), topics.hashtag(db, "earningsleak"), topics.hashtag(db, "价值投资")
    shown = topics.post_about(db, ada, earnings, chinese, spelling="Earnings")
    topics.post_about(db, ada, secret, visibility="followers")

    def hashtags(client: LambdaClient, q: str) -> list[str]:
        kinds = [item["key"] for item in client.get(f"{SEARCH}/suggestions", query={"q": q}).json()["items"]]
        found = [item["key"] for item in search(client, q, "hashtags")["hashtags"]["items"]]
        assert kinds == found
        return found

    assert hashtags(guest, "earn") == hashtags(guest, "#EARNINGS") == hashtags(guest, "earnigns") == ["earnings"]
    assert hashtags(guest, "投资") == ["价值投资"]
    assert hashtags(as_customer(fan), "earnings") == ["earnings", "earningsleak"]
    assert hashtags(guest, "earningsleak") == []
    assert search(guest, "earnings", "hashtags")["hashtags"]["items"] == [
        {"key": "earnings", "name": "Earnings", "is_followed": False}
    ]
    for column in ("hidden_at", "deleted_at"):
        db.execute(sa.update(Post).where(Post.id == shown.id).values({column: datetime.now(UTC)}))
        db.commit()
        assert hashtags(guest, "earn") == []
        db.execute(sa.update(Post).where(Post.id == shown.id).values({column: None}))
        db.commit()
    profiles.block(db, ada, fan)
    assert hashtags(as_customer(fan), "earn") == []
    profiles.mute(db, blind := profiles.person(db), ada)
    assert hashtags(as_customer(blind), "earn") == []
    db.execute(sa.update(Profile).where(Profile.user_id == ada.id).values(standing="banned"))
    db.commit()
    assert hashtags(guest, "earn") == hashtags(guest, "投资") == []


def test_tickers_and_hashtags_say_whether_the_caller_follows_them(
    guest: LambdaClient, as_customer: AsCustomer, db: Session
) -> None:
    ada = profiles.person(db)
    ticker, hashtag = topics.ticker(db, "GOLD", name="Barrick"), topics.hashtag(db, "gold")
    topics.post_about(db, ada, hashtag)
    db.add_all(
        [
            TopicFollow(user_id=ada.id, kind="ticker", topic_id=ticker.id),
            TopicFollow(user_id=ada.id, kind="hashtag", topic_id=hashtag.id),
        ]
    )
    db.commit()
    for client, expected in ((as_customer(ada), True), (as_customer(profiles.person(db)), False), (guest, False)):
        found = search(client, "gold")
        assert [found[kind]["items"][0]["is_followed"] for kind in ("tickers", "hashtags")] == [expected] * 2


def test_a_deleted_hidden_or_blocked_post_is_found_no_more_at_once(
    guest: LambdaClient, as_customer: AsCustomer, db: Session
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    deleted, hidden = (written(db, ada, "silver coins") for _ in range(2))
    written(db, bob, "silver spoons")
    assert len(posts(guest, "silver")) == 3
    for post, column in ((deleted, "deleted_at"), (hidden, "hidden_at")):
        db.execute(sa.update(Post).where(Post.id == post.id).values({column: datetime.now(UTC)}))
    db.commit()
    assert posts(guest, "silver") == ["silver spoons"]
    profiles.block(db, bob, ada)
    assert posts(as_customer(ada), "silver") == []
    assert posts(as_customer(bob), "silver") == ["silver spoons"]
    assert posts(guest, "silver") == ["silver spoons"]


def test_posts_and_people_pass_the_one_filter(guest: LambdaClient, as_customer: AsCustomer, db: Session) -> None:
    ada, fan = profiles.person(db, "ada_one"), profiles.person(db, "ada_fan")
    private = profiles.person(db, "ada_private", is_private=True)
    banned = profiles.person(db, "ada_banned", standing="banned")
    muted = profiles.person(db, "ada_muted")
    profiles.follow(db, fan, ada)
    profiles.follow(db, fan, private)
    profiles.mute(db, fan, muted)
    written(db, ada, "gold for followers", visibility="followers")
    for author in (ada, private, banned, muted):
        written(db, author, f"gold by {author.full_name}")
    written(db, ada, "gold draft", status="draft", published_at=None)
    assert len(posts(guest, "gold")) == 2
    assert len(posts(as_customer(fan), "gold")) == 3
    assert set(users(guest, "ada")) == {"ada_one", "ada_fan", "ada_private", "ada_muted"}
    assert set(users(as_customer(fan), "ada")) == {"ada_one", "ada_fan", "ada_private"}
    profiles.block(db, ada, fan)
    assert set(users(as_customer(fan), "ada_one")) == {"ada_fan", "ada_private"} - {"ada_fan", "ada_private"}
    profiles.follow(db, muted, private)
    assert search(as_customer(muted), "ada_private", "users")["users"]["items"][0]["is_followed"] is True


def test_words_that_somebody_hides_are_not_searched_for_them(as_customer: AsCustomer, db: Session) -> None:
    from shared.contexts.profiles.models import WordFilter
    from shared.phrase_patterns import folded, phrase_pattern

    ada, bob = profiles.person(db), profiles.person(db)
    written(db, bob, "Casino news", folded_text=folded("Casino news"))
    assert posts(as_customer(ada), "news") == ["Casino news"]
    db.add(WordFilter(user_id=ada.id, phrase="casino", pattern=phrase_pattern("casino"), action="hide"))
    db.commit()
    assert posts(as_customer(ada), "news") == []


def test_people_are_found_by_name_beginning_part_and_slip(guest: LambdaClient, db: Session) -> None:
    profiles.person(db, "alice_liu", display_name="刘爱丽")
    profiles.person(db, "bob", display_name="Robert Frost")
    profiles.person(db, "小明")
    profiles.follow(db, profiles.person(db, "zoe"), profiles.person(db, "alice_popular"))
    assert users(guest, "alice_liu") == ["alice_liu"]
    assert users(guest, "@ALICE") == ["alice_popular", "alice_liu"]
    assert users(guest, "alcie") == ["alice_popular", "alice_liu"]
    assert users(guest, "爱丽") == ["alice_liu"]
    assert users(guest, "丽") == ["alice_liu"]
    assert users(guest, "小明") == ["小明"]
    assert users(guest, "frsot") == ["bob"]
    assert users(guest, "robert f") == ["bob"]
    assert users(guest, "al%") == []


def test_tickers_are_found_by_symbol_and_either_name(guest: LambdaClient, db: Session) -> None:
    topics.ticker(db, "600519.SH", name="Kweichow Moutai", name_zh="贵州茅台")
    topics.ticker(db, "AAPL", name="Apple Inc.", name_zh="苹果")
    topics.ticker(db, "F", name="Ford", name_zh="福特")
    topics.ticker(db, "GHOST")
    seen = topics.ticker(db, "GHOULS")
    topics.post_about(db, profiles.person(db), seen)
    assert tickers(guest, "茅台") == tickers(guest, "台") == tickers(guest, "600519") == ["600519.SH"]
    assert tickers(guest, "SH600519") == tickers(guest, "mouati") == ["600519.SH"]
    assert tickers(guest, "aap") == tickers(guest, "appel") == tickers(guest, "苹果") == ["AAPL"]
    assert tickers(guest, "$F") == ["F"]
    assert tickers(guest, "gho") == ["GHOULS"]  # of the other nobody may read anything


def test_a_misspelt_product_is_found_and_said_to_be_near(guest: LambdaClient, db: Session) -> None:
    sold(db, "Watering Can")
    found = search(guest, "wateirng", "products")["products"]
    assert ([item["name"] for item in found["items"]], found["exact"]) == (["Watering Can"], False)
    assert search(guest, "watering", "products")["products"]["exact"] is True


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("股", 200),
        ("茅台", 200),
        ("か", 200),
        ("ab", 200),
        ("$F", 200),
        ("a", 422),
        ("1", 422),
        ("!!", 422),
        (" ", 422),
    ],
)
def test_how_short_a_query_may_be_depends_on_its_script(guest: LambdaClient, query: str, status: int) -> None:
    for path in (SEARCH, f"{SEARCH}/suggestions"):
        answer = guest.get(path, query={"q": query})
        assert answer.status == status
        assert status == 200 or answer.json()["code"] == "query_too_short"


def test_a_search_of_posts_is_paged_by_itself(guest: LambdaClient, as_customer: AsCustomer, db: Session) -> None:
    ada, instant = profiles.person(db), datetime(2026, 3, 1, tzinfo=UTC)
    for number in range(4):
        written(db, ada, f"copper {number}", published_at=instant)
    first = search(guest, "copper", "posts", limit=2)["posts"]
    second = search(guest, "copper", "posts", limit=2, cursor=first["next_cursor"])["posts"]
    assert [item["text"] for item in first["items"] + second["items"]] == [f"copper {n}" for n in (3, 2, 1, 0)]
    assert second["next_cursor"] is None
    cursor = first["next_cursor"]
    assert guest.get(SEARCH, query={"q": "copper", "cursor": cursor}).json()["code"] == "cursor_without_posts"
    for client, query in ((as_customer(ada), "copper"), (guest, "tin")):
        refused = client.get(SEARCH, query={"q": query, "type": "posts", "cursor": cursor})
        assert refused.json()["code"] == "invalid_cursor"


def test_suggestions_begin_like_the_query(guest: LambdaClient, as_customer: AsCustomer, db: Session) -> None:
    ada, bob = profiles.person(db, "apollo"), profiles.person(db, "bob")
    topics.ticker(db, "APP", name="AppLovin")
    sold(db, "Apron")

    def suggested(client: LambdaClient) -> list[tuple[str, str]]:
        items = client.get(f"{SEARCH}/suggestions", query={"q": "ap"}).json()["items"]
        return [(item["kind"], item["text"]) for item in items]

    assert suggested(guest) == [("ticker", "AppLovin"), ("user", "apollo"), ("product", "Apron")]
    profiles.block(db, ada, bob)
    assert ("user", "apollo") not in suggested(as_customer(bob))


@pytest.mark.parametrize("kind", ["people", "", "users,", "all;users"])
def test_kinds_that_there_are_not_are_refused(guest: LambdaClient, kind: str) -> None:
    assert guest.get(SEARCH, query={"q": "pot", "type": kind}).status == 422


def test_words_spelt_alike_are_found_by_their_keys_however_many_words_there_are(
    guest: LambdaClient, db: Session, database_url: str
) -> None:
    letters = "translate(substr(md5(n::text), 1, 6), '0123456789', 'ghijklmnop')"
    db.execute(sa.text(f"INSERT INTO post_words SELECT DISTINCT {letters} FROM generate_series(1, 5000) n"))
    db.commit()
    db.execute(sa.text("ANALYZE post_words"))
    db.commit()
    with executed() as statements:
        assert posts(guest, "earnigns") == []
    [(query, values)] = [found for text, found in statements.items() if "community_post_words" in text]
    with psycopg.connect(database_url) as connection:
        plan = "\n".join(row[0] for row in connection.execute(f"EXPLAIN {query}", values))
    assert "ix_post_words_keys" in plan
    assert "pk_post_words" not in plan


def test_every_statement_of_a_search_finds_its_rows_by_index(
    guest: LambdaClient, as_customer: AsCustomer, db: Session, database_url: str
) -> None:
    ada = profiles.person(db, "silver_ada", display_name="爱丽")
    topics.ticker(db, "SLVR", name="Silver", name_zh="白银")
    topics.post_about(db, ada, topics.hashtag(db, "silver"))
    written(db, ada, "silver spoons 白银")
    sold(db, "Silver Spoon")
    client = as_customer(ada)
    with executed() as statements:
        for q in ("silver", "sivler", "白银", "白银长期", "银", "SLVR"):
            search(client, q)
            client.get(f"{SEARCH}/suggestions", query={"q": q})
        search(guest, "silver", "posts", limit=1)
    assert table_scans(database_url, statements) == {}
