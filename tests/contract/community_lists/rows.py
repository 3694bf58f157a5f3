"""One row for each list and order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import psycopg
from psycopg.rows import dict_row

from shared.contexts.community import post_index
from shared.contexts.community.models.comments import Bookmark, BookmarkFolder, CommentEdit, Reaction, Repost
from shared.contexts.community.models.groups import GroupMember
from shared.contexts.community.models.imports import PostImportItem
from shared.contexts.community.models.posts import Post, PostEdit
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles.models import ContentFilter, WatchlistItem, WordFilter
from tests.contract.community_lists import Listed, World, at
from tests.factories import community, groups, profiles, topics

_DELETED: Final = "UPDATE posts SET deleted_at = now() WHERE id = :key"
_NO_COMMENT: Final = "UPDATE comments SET deleted_at = now() WHERE id = :key"
_PERSON: Final = lambda item: item["person"]["id"]  # noqa: E731


def _post(world: World, number: int, **columns: Any) -> Post:
    return community.post(
        world.db, columns.pop("author", world.author), str(number), published_at=at(number), **columns
    )


def _posted(**columns: Any) -> Callable[[World, int], Any]:
    return lambda world, number: _post(world, number, **columns).id


def _quote(world: World, number: int) -> Any:
    return _post(world, number, quoted_post_id=world.post.id, is_quote=True).id


def _draft(world: World, number: int) -> Any:
    return community.post(world.db, world.walker, status="draft", published_at=None).id


def _in_group(world: World, number: int) -> Any:
    """Every other of the first ones is pinned."""
    pinned = datetime.now(UTC) if number in {1, 3, 5} else None
    return _post(world, number, visibility="group", group_id=world.group.id, pinned_at=pinned).id


def _removed(world: World, number: int) -> Any:
    inside = {"visibility": "group", "group_id": world.group.id, "hidden_by_group": True, "hidden_at": at(number)}
    return _post(world, number, **inside).id


def _about(topic: str) -> Callable[[World, int], Any]:
    return lambda world, number: (
        topics.post_about(world.db, world.author, getattr(world, topic), published_at=at(number)).id
    )


def _found(world: World, number: int) -> Any:
    made = _post(world, number, language="en")
    address = world.db.get_bind().engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, row_factory=dict_row) as connection:
        connection.execute("UPDATE posts SET body = 'silver spoons' WHERE id = %s", (made.id,))
        post_index.index(connection, [made.id])
    return made.id


def _comment(world: World, number: int) -> Any:
    return community.comment(world.db, world.post, world.author, created_at=at(number)).id


def _reply(world: World, number: int) -> Any:
    answer: dict[str, Any] = {"parent_id": world.comment.id, "depth": 1, "created_at": at(number)}
    return community.comment(world.db, world.post, world.author, **answer).id


def _act(make: Callable[[World, User, int], Any]) -> Callable[[World, int], Any]:
    """Somebody new does something; their id is the key."""

    def acted(world: World, number: int) -> Any:
        person = profiles.person(world.db)
        world.db.add(make(world, person, number))
        world.db.commit()
        return person.id

    return acted


def _bookmark(world: World, number: int) -> Any:
    kept = _post(world, 30 - number % 30)  # not in the order in which they are kept
    world.db.add(Bookmark(user_id=world.walker.id, post_id=kept.id, created_at=at(number)))
    world.db.commit()
    return kept.id


def _own(make: Callable[[World, int], Any], key: str = "id") -> Callable[[World, int], Any]:
    def added(world: World, number: int) -> Any:
        row = make(world, number)
        world.db.add(row)
        world.db.commit()
        return getattr(row, key)

    return added


def _item(world: World, number: int) -> PostImportItem:
    return PostImportItem(
        import_id=world.post_import.id, place=number, source_id=f"https://example.com/{number}", outcome="unchanged"
    )


def _group(world: World, number: int) -> Any:
    return groups.group(world.db, world.author, created_at=at(number)).id


def _asked(world: World, number: int, **columns: Any) -> Any:
    person = profiles.person(world.db)
    made = groups.request(world.db, world.group, person, **columns)
    made.created_at = at(number)
    world.db.commit()
    return person.id


def _follow(make: Callable[..., Any], is_follower: bool, ends: str) -> Callable[[World, int], Any]:
    def followed(world: World, number: int) -> Any:
        person, listed = profiles.person(world.db), getattr(world, ends)
        made = make(world.db, *((person, listed) if is_follower else (listed, person)))
        made.created_at = at(number)
        world.db.commit()
        return person.id

    return followed


_FEED: Final = "/api/v1/feed"
_FOLLOWING: Final = {"scope": "following"}
_HOT: Final = {"order": "hot"}
_COMMENTS: Final = "/api/v1/posts/{post_id}/comments"
_REPLIES: Final = "/api/v1/comments/{comment_id}/replies"
_GROUP: Final = "/api/v1/groups/{slug}"
_USERS: Final = "/api/v1/users/{user}"
_GONE_OF_GROUP: Final = "DELETE FROM {} WHERE user_id = :key"

LISTS: list[Listed] = [
    *(
        Listed("community", _FEED, _posted(), _DELETED, query)
        for query in ({}, _HOT, _FOLLOWING, {**_FOLLOWING, **_HOT})
    ),
    Listed("community", "/api/v1/posts", _posted(), _DELETED),
    Listed("community", "/api/v1/posts/drafts", _draft, _DELETED),
    Listed("community", "/api/v1/posts/{post_id}/quotes", _quote, _DELETED),
    Listed("community", f"{_USERS}/posts", _posted(), _DELETED),
    Listed("community", "/api/v1/tickers/{symbol}/posts", _about("ticker"), _DELETED),
    Listed("community", "/api/v1/hashtags/{tag}/posts", _about("tag"), _DELETED),
    *(Listed("community", _COMMENTS, _comment, _NO_COMMENT, {"order": order}) for order in ("old", "new", "top")),
    *(Listed("community", _REPLIES, _reply, _NO_COMMENT, {"order": order}) for order in ("old", "new", "top")),
    Listed(
        "community",
        "/api/v1/posts/{post_id}/reactions",
        _act(lambda world, person, number: Reaction(user_id=person.id, post_id=world.post.id)),
        "DELETE FROM reactions WHERE user_id = :key",
        key=_PERSON,
    ),
    Listed(
        "community",
        "/api/v1/comments/{comment_id}/reactions",
        _act(lambda world, person, number: Reaction(user_id=person.id, comment_id=world.comment.id)),
        "DELETE FROM reactions WHERE user_id = :key",
        key=_PERSON,
    ),
    Listed(
        "community",
        "/api/v1/posts/{post_id}/reposts",
        _act(lambda world, person, number: Repost(user_id=person.id, post_id=world.post.id, created_at=at(number))),
        "DELETE FROM reposts WHERE user_id = :key",
        key=_PERSON,
    ),
    Listed(
        "community",
        "/api/v1/posts/{post_id}/edits",
        _own(lambda world, number: PostEdit(post_id=world.post.id, version=number + 1, body=str(number)), "version"),
        "DELETE FROM post_edits WHERE version = :key",
        key=lambda item: item["version"],
    ),
    Listed(
        "community",
        "/api/v1/comments/{comment_id}/edits",
        _own(
            lambda world, number: CommentEdit(comment_id=world.comment.id, version=number + 1, body=str(number)),
            "version",
        ),
        "DELETE FROM comment_edits WHERE version = :key",
        key=lambda item: item["version"],
    ),
    Listed(
        "community",
        "/api/v1/posts/imports/{import_id}/items",
        _own(_item, "place"),
        "DELETE FROM post_import_items WHERE place = :key",
        key=lambda item: item["place"],
    ),
    Listed(
        "community",
        "/api/v1/bookmarks",
        _bookmark,
        "DELETE FROM bookmarks WHERE post_id = :key",
        key=lambda item: item["post"]["id"],
    ),
    Listed(
        "community",
        "/api/v1/bookmarks/folders",
        _own(lambda world, number: BookmarkFolder(user_id=world.walker.id, name=str(number))),
        "DELETE FROM bookmark_folders WHERE id = :key",
    ),
    Listed("community", "/api/v1/groups", _group, "DELETE FROM groups WHERE id = :key"),
    *(Listed("community", f"{_GROUP}/posts", _in_group, _DELETED, query) for query in ({}, _HOT)),
    Listed("community", f"{_GROUP}/removed-posts", _removed, _DELETED),
    Listed(
        "community",
        f"{_GROUP}/members",
        _act(
            lambda world, person, number: GroupMember(group_id=world.group.id, user_id=person.id, joined_at=at(number))
        ),
        _GONE_OF_GROUP.format("group_members"),
        key=_PERSON,
    ),
    Listed("community", f"{_GROUP}/requests", _asked, _GONE_OF_GROUP.format("group_requests"), key=_PERSON),
    Listed(
        "community",
        f"{_GROUP}/invitations",
        lambda world, number: _asked(world, number, invited_by=world.walker),
        _GONE_OF_GROUP.format("group_requests"),
        key=_PERSON,
    ),
    Listed(
        "community",
        f"{_GROUP}/bans",
        lambda world, number: (
            groups.ban(world.db, world.group, profiles.person(world.db), created_at=at(number)).user_id
        ),
        _GONE_OF_GROUP.format("group_bans"),
        key=_PERSON,
    ),
    Listed(
        "profiles",
        f"{_USERS}/followers",
        _follow(profiles.follow, True, "author"),
        "DELETE FROM follows WHERE follower_id = :key",
    ),
    Listed(
        "profiles",
        f"{_USERS}/following",
        _follow(profiles.follow, False, "author"),
        "DELETE FROM follows WHERE followed_id = :key",
    ),
    *(
        Listed(
            "profiles",
            "/api/v1/follow-requests",
            _follow(profiles.follow_request, direction == "received", "walker"),
            "DELETE FROM follow_requests WHERE :key IN (follower_id, followed_id)",
            {"direction": direction},
        )
        for direction in ("received", "sent")
    ),
    Listed(
        "profiles",
        "/api/v1/content-filters",
        _act(
            lambda world, person, number: ContentFilter(
                user_id=world.walker.id, target_id=person.id, kind=("mute", "block")[number % 2], created_at=at(number)
            )
        ),
        "DELETE FROM content_filters WHERE target_id = :key",
        key=_PERSON,
    ),
    Listed(
        "profiles",
        "/api/v1/word-filters",
        _own(lambda world, number: WordFilter(user_id=world.walker.id, phrase=f"w{number}", pattern=f"w{number}")),
        "DELETE FROM word_filters WHERE id = :key",
    ),
    Listed(
        "profiles",
        "/api/v1/users/me/watchlist",
        _own(
            lambda world, number: WatchlistItem(
                user_id=world.walker.id,
                symbol="".join(chr(65 + int(digit)) for digit in str(number)),
                created_at=at(number),
            ),
            "symbol",
        ),
        "DELETE FROM watchlist_items WHERE symbol = :key",
        key=lambda item: item["symbol"],
    ),
    Listed(
        "discovery",
        "/api/v1/search",
        _found,
        _DELETED,
        {"q": "silver spoons", "type": "posts"},
        items=lambda answer: answer["posts"],
    ),
]
