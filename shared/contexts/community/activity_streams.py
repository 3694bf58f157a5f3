"""A person's own posts and reposts as an outbox of ActivityPub, which other networks and archives read.

ActivityStreams 2.0 (W3C, 2017), with what Mastodon adds to it (`sensitive`, `Hashtag`, `blurhash`, `votersCount`) and
`quoteUrl`. Addressing says who can read the post here, no more: a mention opens nothing, so people who are named in a
post for followers are not addressed. What is written for a group is addressed to the group.
"""

from __future__ import annotations

import html
from typing import Any, Final
from uuid import UUID

from shared.contexts.community.addresses import address
from shared.privacy import OrderedCollection, Section

PUBLIC: Final = "https://www.w3.org/ns/activitystreams#Public"
CONTEXT: Final[list[Any]] = [
    "https://www.w3.org/ns/activitystreams",
    {
        "Hashtag": "as:Hashtag",
        "sensitive": "as:sensitive",
        "quoteUrl": "as:quoteUrl",
        "toot": "http://joinmastodon.org/ns#",
        "blurhash": "toot:blurhash",
        "votersCount": "toot:votersCount",
    },
]

# What others could read, the newest first, as the standard has it (ActivityPub, section 5). Of a repost, nothing of
# what its post says.
_SELECT: Final = """
SELECT m.at, m.is_repost, p.id, %(user_id)s::uuid AS person_id, p.author_id, o.is_private,
    CASE WHEN NOT m.is_repost THEN (
        SELECT to_jsonb(own) FROM (
            SELECT p.body, p.entities, p.language, p.content_warning, p.visibility, p.edited_at, p.quoted_post_id,
                g.slug AS "group", g.access = 'public' AS is_open_group,
                (SELECT jsonb_agg(jsonb_build_object('url', f.url, 'alt', f.alt, 'width', f.media -> 'width',
                    'height', f.media -> 'height', 'blurhash', f.media -> 'blurhash') ORDER BY f.position)
                    FROM post_media f WHERE f.post_id = p.id) AS pictures,
                (SELECT jsonb_build_object('options', l.options, 'counts', l.vote_counts, 'ends_at', l.ends_at,
                    'is_over', coalesce(l.ends_at <= now(), false)) FROM polls l WHERE l.post_id = p.id) AS poll
        ) own) END AS post
FROM (
    SELECT published_at AS at, id, false AS is_repost FROM posts WHERE author_id = %(user_id)s AND is_live
    UNION ALL SELECT r.created_at, r.post_id, true
    FROM reposts r JOIN posts q ON q.id = r.post_id AND q.is_live WHERE r.user_id = %(user_id)s
) m
JOIN posts p ON p.id = m.id
LEFT JOIN profiles_people o ON o.user_id = %(user_id)s
LEFT JOIN groups g ON g.id = p.group_id
ORDER BY m.at DESC, m.id DESC, m.is_repost
"""


def activity(row: dict[str, Any]) -> dict[str, Any]:
    """`Create` of a post, or `Announce` of a repost, of a row of `OUTBOX`."""
    actor = address("users", row["person_id"])
    post = address("posts", row["id"])
    if row["is_repost"]:
        to, cc = _open(row, actor)
        return {
            "id": f"{post}/reposts/{row['person_id']}",
            "type": "Announce",
            "actor": actor,
            "published": _instant(row["at"]),
            "to": to,
            "cc": [address("users", row["author_id"]), *cc],
            "object": post,
        }
    note = _note(row, row["post"], actor)
    return {
        "id": f"{post}/activity",
        "type": "Create",
        "actor": actor,
        **{name: note[name] for name in ("published", "to", "cc")},
        "object": note,
    }


def around(user_id: UUID, count: int) -> dict[str, Any]:
    """What the collection says of itself."""
    return {
        "@context": CONTEXT,
        "id": f"{address('users', user_id)}/outbox",
        "type": "OrderedCollection",
        "totalItems": count,
    }


def _note(row: dict[str, Any], post: dict[str, Any], actor: str) -> dict[str, Any]:
    to, cc = _audience(row, post, actor)
    content = _content(post)
    note = {
        "id": address("posts", row["id"]),
        "type": "Note",
        "attributedTo": actor,
        "published": _instant(row["at"]),
        "updated": _instant(post["edited_at"]),
        "url": address("posts", row["id"]),
        "to": to,
        "cc": cc,
        "audience": address("groups", post["group"]) if post["group"] else None,
        "summary": post["content_warning"],
        "sensitive": post["content_warning"] is not None,
        "content": content,
        "contentMap": {post["language"]: content} if post["language"] else None,
        "source": {"content": post["body"], "mediaType": "text/plain"},
        "tag": _tags(post),
        "attachment": [_picture(picture) for picture in post["pictures"] or ()],
        "quoteUrl": address("posts", post["quoted_post_id"]) if post["quoted_post_id"] else None,
        **(_question(post["poll"]) if post["poll"] else {}),
    }
    return {name: value for name, value in note.items() if value is not None}


def _audience(row: dict[str, Any], post: dict[str, Any], actor: str) -> tuple[list[str], list[str]]:
    if post["group"]:
        group = address("groups", post["group"])
        return ([PUBLIC], [group]) if post["is_open_group"] and not row["is_private"] else ([f"{group}/members"], [])
    to, cc = _open(row, actor) if post["visibility"] == "public" else ([f"{actor}/followers"], [])
    named = [address("users", entity["user_id"]) for entity in _named(post, "mention")]
    return to, [*cc, *dict.fromkeys(named)] if PUBLIC in to else cc


def _open(row: dict[str, Any], actor: str) -> tuple[list[str], list[str]]:
    """Of what is for everybody, unless the account is private."""
    followers = f"{actor}/followers"
    return ([followers], []) if row["is_private"] else ([PUBLIC], [followers])


def _content(post: dict[str, Any]) -> str:
    """The text as HTML; the quoted post is a link, for those who read nothing else of it."""
    paragraphs = [html.escape(text).replace("\n", "<br>") for text in post["body"].split("\n\n") if text]
    if post["quoted_post_id"]:
        link = html.escape(address("posts", post["quoted_post_id"]))
        paragraphs.append(f'<span class="quote-inline">RE: <a href="{link}">{link}</a></span>')
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _tags(post: dict[str, Any]) -> list[dict[str, str]]:
    tags = [
        {"type": "Mention", "href": address("users", entity["user_id"]), "name": f"@{entity['username']}"}
        for entity in _named(post, "mention")
    ]
    tags += [
        {
            "type": "Hashtag",
            "href": address("hashtags", entity["hashtag"]),
            "name": f"#{post['body'][entity['start'] : entity['end']].strip('#＃')}",
        }
        for entity in _named(post, "hashtag")
    ]
    return list({(tag["type"], tag["href"]): tag for tag in tags}.values())


def _named(post: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [entity for entity in post["entities"] if entity["kind"] == kind]


def _picture(picture: dict[str, Any]) -> dict[str, Any]:
    described = {
        "type": "Image",
        "mediaType": "image/webp",
        "url": picture["url"],
        "name": picture["alt"] or None,
        "width": picture["width"],
        "height": picture["height"],
        "blurhash": picture["blurhash"],
    }
    return {name: value for name, value in described.items() if value is not None}


def _question(poll: dict[str, Any]) -> dict[str, Any]:
    ends_at = _instant(poll["ends_at"])
    return {
        "type": "Question",
        "oneOf": [
            {"type": "Note", "name": option, "replies": {"type": "Collection", "totalItems": count}}
            for option, count in zip(poll["options"], poll["counts"], strict=True)
        ],
        "votersCount": sum(poll["counts"]),
        "endTime": ends_at,
        "closed": ends_at if poll["is_over"] else None,
    }


def _instant(written: str | None) -> str | None:
    """As JSON of PostgreSQL has it in UTC, in the form that everybody reads."""
    return None if written is None else f"{written[:19]}Z"


OUTBOX: Final = Section(
    "Posts and reposts that others can read, as an outbox of ActivityPub", _SELECT, OrderedCollection(activity, around)
)
