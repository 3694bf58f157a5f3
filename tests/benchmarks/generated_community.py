"""The generated community, in SQL: people, posts, and what they do with them. The same numbers give the same rows.

Person 100 follows many, person 101 mutes many, and post 0, the newest, has a long thread.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

import psycopg

from shared.search.terms import Apart, Document, words
from tests.benchmarks.generated_catalog import user_id

FOLLOWER: Final = 100
"""The number of the user who follows many."""
MUTER: Final = 101
"""The number of the user who mutes many."""
LONG_THREAD: Final = 0
"""The number of the post with a long thread."""
TICKERS: Final = 500
DAYS: Final = 365
"""How long the community has been talking."""


@dataclass(frozen=True)
class CommunitySize:
    """How many rows of each kind."""

    users: int
    posts: int
    reactions: int
    comments_of_one: int
    """Of the long thread."""
    followed: int
    """By the one who follows many."""
    muted: int
    """By the one who mutes many."""


def _id(kind: int, number: str) -> str:
    """The SQL of the numbered row's id; ids of posts and comments tell no time here."""
    return f"('00000000-0000-7{kind:03x}-8000-' || lpad(to_hex({number}), 12, '0'))::uuid"


_POST, _COMMENT, _TICKER, _TAG, _POLL = (_id(kind, "n") for kind in (0x101, 0x102, 0x103, 0x104, 0x105))


def post_id(number: int) -> str:
    """The numbered post; higher numbers are older."""
    return f"00000000-0000-7101-8000-{number:012x}"


def ticker_symbol(number: int) -> str:
    """The numbered ticker: four letters."""
    letters = ""
    for _ in range(4):
        number, letter = divmod(number, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


# A number between 0 and 1 that depends on nothing but `n` and a salt; its square prefers small ones, as people do.
_DRAW: Final = "(hashint8extended(n, {salt}) & 1048575) / 1048576.0"


def _draw(salt: int) -> str:
    return _DRAW.format(salt=salt)


_TEXTS: Final = (
    "Looking at $qzqzq again, number 777777 of the week: the quarter was better than people said",
    "今天看了第777777份财报，长期看好，短期波动不用太在意",
)
"""Of posts with even and odd numbers; the symbol and the number stand for their own."""


def _written(text: str) -> str:
    """The text (an expression), or its terms, with what is a post's own."""
    return f"replace(replace({text}, '777777', n::text), 'qzqzq', y.symbol)"


_STATEMENTS: Final = (
    """
    INSERT INTO profiles (user_id, username, username_key, username_skeleton, display_name, display_key, time_zone,
        created_at)
    SELECT id, 'user_' || n, 'user_' || n, 'user_' || n, 'Person ' || n, 'person ' || n, 'Europe/Berlin', now()
    FROM (SELECT number AS n, id FROM generated_people) a
    """,
    # Everybody follows about twenty, mostly those whom many follow; one follows many.
    f"""
    INSERT INTO follows (follower_id, followed_id, created_at)
    SELECT DISTINCT ON (a.id, b.id) a.id, b.id, now() - n % 300 * interval '1 day'
    FROM generate_series(0, <users> * 20 - 1) AS n
    JOIN generated_people a ON a.number = n / 20
    JOIN generated_people b ON b.number = floor(<users> * power({_draw(1)}, 2))::int
    WHERE a.number <> b.number AND a.number <> {FOLLOWER}
    """,
    f"""
    INSERT INTO follows (follower_id, followed_id, created_at)
    SELECT a.id, b.id, now() - b.number * interval '1 minute' FROM generated_people a, generated_people b
    WHERE a.number = {FOLLOWER} AND b.number <> a.number AND b.number % (<users> / <followed>) = 0
    """,
    f"""
    INSERT INTO content_filters (user_id, target_id, kind)
    SELECT a.id, b.id, 'mute' FROM generated_people a, generated_people b
    WHERE a.number = {MUTER} AND b.number <> a.number AND b.number % (<users> / <muted>) = 0
    """,
    """
    INSERT INTO content_filters (user_id, target_id, kind)
    SELECT a.id, b.id, 'block' FROM generated_people a JOIN generated_people b ON b.number = a.number + 7
    WHERE a.number % 50 = 0
    """,
    """
    UPDATE profiles p SET follower_count = coalesce(f.n, 0), following_count = coalesce(g.n, 0)
    FROM users u LEFT JOIN (SELECT followed_id, count(*) AS n FROM follows GROUP BY 1) f ON f.followed_id = u.id
    LEFT JOIN (SELECT follower_id, count(*) AS n FROM follows GROUP BY 1) g ON g.follower_id = u.id
    WHERE u.id = p.user_id
    """,
    f"""
    INSERT INTO tickers (id, symbol, code, name)
    SELECT {_TICKER}, symbol, symbol, 'Company ' || n
    FROM (SELECT number AS n, symbol FROM generated_symbols) s
    """,
    f"INSERT INTO hashtags (id, key, name) SELECT {_TAG}, 'tag' || n, 'Tag' || n FROM generate_series(0, 1999) AS n",
    f"""
    INSERT INTO posts (id, author_id, body, folded_text, sentiment, visibility, quoted_post_id, is_quote, published_at,
        created_at)
    SELECT {_POST}, a.id, w.body, lower(w.body), CASE n % 7 WHEN 0 THEN 'bullish' WHEN 1 THEN 'bearish' END,
        CASE WHEN n % 20 = 3 THEN 'followers' ELSE 'public' END, NULL, false, w.at, w.at
    FROM generate_series(0, <posts> - 1) AS n
    JOIN generated_people a ON a.number = floor(<users> * power({_draw(2)}, 2))::int
    JOIN generated_symbols y ON y.number = n % {TICKERS}
    CROSS JOIN LATERAL (
        SELECT now() - (n + {_draw(3)}) / <posts> * interval '{DAYS} days' AS at,
            {_written("CASE n % 2 WHEN 0 THEN '" + _TEXTS[0] + "' ELSE '" + _TEXTS[1] + "' END")} AS body) w
    """,
    f"""
    INSERT INTO post_tickers (post_id, ticker_id, published_at)
    SELECT p.id, {_id(0x103, f"n % {TICKERS}")}, p.published_at
    FROM generate_series(0, <posts> - 1, 2) AS n JOIN posts p ON p.id = {_POST}
    """,
    f"""
    INSERT INTO post_hashtags (post_id, hashtag_id, spelling, published_at)
    SELECT p.id, {_id(0x104, "n % 2000")}, 'Tag' || n % 2000, p.published_at
    FROM generate_series(0, <posts> - 1, 3) AS n JOIN posts p ON p.id = {_POST}
    """,
    f"""
    INSERT INTO polls (id, post_id, options, minutes, ends_at, vote_counts)
    SELECT {_POLL}, p.id, '{{yes,no,later}}', 1440, p.published_at + interval '1 day', '{{0,0,0}}'
    FROM generate_series(0, <posts> - 1, 100) AS n JOIN posts p ON p.id = {_POST}
    """,
    # The newest posts have the most; nobody reacts twice.
    f"""
    INSERT INTO reactions (user_id, post_id, emoji, created_at)
    SELECT a.id, p.id, n % 6, p.published_at + interval '1 hour'
    FROM generate_series(0, <reactions> - 1) AS n
    JOIN posts p ON p.id = {_id(0x101, f"floor(<posts> * power({_draw(4)}, 2))::int")}
    JOIN generated_people a ON a.number = floor(<users> * {_draw(5)})::int
    ON CONFLICT DO NOTHING
    """,
    f"""
    INSERT INTO comments (id, post_id, author_id, body, folded_text, created_at)
    SELECT {_COMMENT}, {_id(0x101, f"floor(<posts> * power({_draw(6)}, 2))::int")}, a.id, 'I agree with number ' || n,
        'i agree with number ' || n, now() - n * interval '1 second'
    FROM generate_series(0, <posts> / 2 - 1) AS n
    JOIN generated_people a ON a.number = floor(<users> * {_draw(7)})::int
    """,
    f"""
    INSERT INTO comments (id, post_id, parent_id, depth, author_id, body, folded_text, created_at)
    SELECT {_id(0x106, "n")}, '{post_id(LONG_THREAD)}',
        CASE WHEN n % 4 > 0 THEN {_id(0x106, "n - 1")} END, n % 4, a.id, 'Number ' || n, 'number ' || n,
        now() - n * interval '1 second'
    FROM generate_series(0, <comments_of_one> - 1) AS n
    JOIN generated_people a ON a.number = n % <users>
    """,
    """
    UPDATE comments c SET reply_count = r.n
    FROM (SELECT parent_id, count(*) AS n FROM comments WHERE parent_id IS NOT NULL GROUP BY 1) r
    WHERE r.parent_id = c.id
    """,
    f"""
    INSERT INTO reposts (post_id, user_id, created_at)
    SELECT p.id, a.id, p.published_at + interval '2 hours'
    FROM generate_series(0, <posts> / 5 - 1) AS n
    JOIN posts p ON p.id = {_id(0x101, f"floor(<posts> * power({_draw(8)}, 2))::int")}
    JOIN generated_people a ON a.number = floor(<users> * {_draw(9)})::int
    ON CONFLICT DO NOTHING
    """,
    f"""
    INSERT INTO bookmarks (user_id, post_id, created_at)
    SELECT a.id, p.id, p.published_at + interval '3 hours'
    FROM generate_series(0, <posts> / 5 - 1) AS n
    JOIN posts p ON p.id = {_id(0x101, f"floor(<posts> * power({_draw(10)}, 2))::int")}
    JOIN generated_people a ON a.number = floor(<users> * power({_draw(11)}, 2))::int
    ON CONFLICT DO NOTHING
    """,
    """
    UPDATE posts p SET reaction_counts = coalesce(r.counts, p.reaction_counts), comment_count = coalesce(c.n, 0),
        repost_count = coalesce(s.n, 0)
    FROM posts q
    LEFT JOIN (SELECT post_id, ARRAY[count(*) FILTER (WHERE emoji = 0), count(*) FILTER (WHERE emoji = 1),
            count(*) FILTER (WHERE emoji = 2), count(*) FILTER (WHERE emoji = 3), count(*) FILTER (WHERE emoji = 4),
            count(*) FILTER (WHERE emoji = 5)]::int[] AS counts
        FROM reactions GROUP BY 1) r ON r.post_id = q.id
    LEFT JOIN (SELECT post_id, count(*) AS n FROM comments GROUP BY 1) c ON c.post_id = q.id
    LEFT JOIN (SELECT post_id, count(*) AS n FROM reposts GROUP BY 1) s ON s.post_id = q.id
    WHERE p.id = q.id
    """,
    f"""
    INSERT INTO user_sessions (user_id, registered_at, started_at, last_active_at)
    SELECT a.id, u.created_at, w.at, w.at + interval '10 minutes'
    FROM generate_series(0, <users> * 20 - 1) AS n
    JOIN generated_people a ON a.number = floor(<users> * power({_draw(12)}, 2))::int JOIN users u ON u.id = a.id
    CROSS JOIN LATERAL (SELECT now() - {_draw(13)} * interval '{DAYS} days' AS at) w
    """,
    "INSERT INTO author_stats (user_id, post_count) SELECT author_id, count(*) FROM posts GROUP BY 1",
    "REFRESH MATERIALIZED VIEW trending_tickers",
)


def generate(connection: psycopg.Connection, size: CommunitySize) -> None:
    """Fill the community of a database that has users. Triggers must be switched off."""
    connection.execute(
        "CREATE TEMP TABLE generated_people (number integer PRIMARY KEY, id uuid NOT NULL) ON COMMIT DROP"
    )
    with connection.cursor().copy("COPY generated_people (number, id) FROM STDIN") as sink:
        for number in range(size.users):
            sink.write_row((number, user_id(number)))
    connection.execute("CREATE TEMP TABLE generated_symbols (number integer PRIMARY KEY, symbol text) ON COMMIT DROP")
    with connection.cursor().copy("COPY generated_symbols (number, symbol) FROM STDIN") as sink:
        for number in range(TICKERS):
            sink.write_row((number, ticker_symbol(number)))
    connection.execute("ANALYZE generated_people, generated_symbols")
    for template in _STATEMENTS:
        statement = template
        for name, number in asdict(size).items():
            statement = statement.replace(f"<{name}>", str(number))
        connection.execute(statement.encode())
    _index(connection, size)


def _index(connection: psycopg.Connection, size: CommunitySize) -> None:
    """The search index of posts. A text is taken apart once, as all of its kind have the same places of words."""
    known = {word for text in _TEXTS for word in words(text) if word.isascii() and len(word) > 3}
    known |= {ticker_symbol(number).lower() for number in range(TICKERS)}
    with connection.cursor().copy("COPY post_words (word) FROM STDIN") as sink:
        for word in known:
            sink.write_row((word,))
    for first, text in enumerate(_TEXTS):
        document = Document()
        document.add(text, "A", apart=Apart.SHORT)
        statement = f"""
            INSERT INTO post_search_documents (post_id, published_at, terms)
            SELECT p.id, p.published_at, {_written("%s").replace("y.symbol", "lower(y.symbol)")}::tsvector
            FROM generate_series({first}, {size.posts - 1}, 2) AS n JOIN posts p ON p.id = {_POST}
            JOIN generated_symbols y ON y.number = n %% {TICKERS}
        """
        connection.execute(statement.encode(), (document.tsvector(),))
