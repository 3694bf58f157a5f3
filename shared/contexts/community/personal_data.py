"""What community holds about people: what they said, and what they did with what others said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from shared.clients.database import Connection
from shared.contexts.community import activity_streams, group_succession
from shared.privacy import Erasure, PersonalData, Section

_POSTS: Final = """
SELECT p.id, p.body AS text, p.language, p.sentiment, p.content_warning, p.visibility, p.reply_policy,
    p.quoted_post_id, p.status, p.publish_at, p.published_at, p.edited_at, p.deleted_at, p.hidden_at,
    p.hidden_reason, p.held_reason, g.name AS "group",
    (SELECT jsonb_agg(jsonb_build_object('url', m.url, 'alt', m.alt) ORDER BY m.position)
        FROM post_media m WHERE m.post_id = p.id) AS pictures,
    (SELECT jsonb_build_object('options', l.options, 'votes', l.vote_counts, 'ends_at', l.ends_at)
        FROM polls l WHERE l.post_id = p.id) AS poll,
    (SELECT jsonb_agg(jsonb_build_object('text', e.body, 'replaced_at', e.replaced_at) ORDER BY e.version)
        FROM post_edits e WHERE e.post_id = p.id) AS earlier_texts,
    p.imported_at, (SELECT i.source_id FROM imported_posts i WHERE i.post_id = p.id) AS imported_from,
    EXISTS (SELECT FROM profile_pins n WHERE n.post_id = p.id) AS is_pinned
FROM posts p LEFT JOIN groups g ON g.id = p.group_id WHERE p.author_id = %(user_id)s ORDER BY p.id
"""
_COMMENTS: Final = """
SELECT c.id, c.post_id, c.parent_id, c.body AS text, c.created_at, c.edited_at, c.deleted_at, c.hidden_at,
    c.hidden_reason,
    (SELECT jsonb_agg(jsonb_build_object('text', e.body, 'replaced_at', e.replaced_at) ORDER BY e.version)
        FROM comment_edits e WHERE e.comment_id = c.id) AS earlier_texts
FROM comments c WHERE c.author_id = %(user_id)s ORDER BY c.created_at, c.id
"""
_REACTIONS: Final = """
SELECT post_id, comment_id, emoji, created_at FROM reactions WHERE user_id = %(user_id)s ORDER BY id
"""
_REPOSTS: Final = "SELECT post_id, created_at FROM reposts WHERE user_id = %(user_id)s ORDER BY created_at"
_BOOKMARKS: Final = """
SELECT b.post_id, f.name AS folder, b.created_at
FROM bookmarks b LEFT JOIN bookmark_folders f ON f.id = b.folder_id
WHERE b.user_id = %(user_id)s ORDER BY b.created_at
"""
_VOTES: Final = """
SELECT l.post_id, l.options[v.option + 1] AS option, v.created_at
FROM poll_votes v JOIN polls l ON l.id = v.poll_id WHERE v.user_id = %(user_id)s ORDER BY v.created_at
"""
_MENTIONS: Final = """
SELECT post_id, NULL::uuid AS comment_id, mentioned_at FROM post_mentions WHERE user_id = %(user_id)s
UNION ALL SELECT NULL, comment_id, mentioned_at FROM comment_mentions WHERE user_id = %(user_id)s ORDER BY mentioned_at
"""
_TOPICS: Final = """
SELECT f.kind, coalesce(t.symbol, h.name, g.name) AS topic, f.created_at
FROM topic_follows f LEFT JOIN tickers t ON t.id = f.topic_id AND f.kind = 'ticker'
LEFT JOIN hashtags h ON h.id = f.topic_id AND f.kind = 'hashtag'
LEFT JOIN groups g ON g.id = f.topic_id AND f.kind = 'group'
WHERE f.user_id = %(user_id)s ORDER BY f.created_at
"""
_GROUPS: Final = """
SELECT g.name AS "group", m.role, m.joined_at AS since, NULL AS text, NULL::timestamptz AS until
FROM group_members m JOIN groups g ON g.id = m.group_id WHERE m.user_id = %(user_id)s
UNION ALL SELECT g.name, CASE WHEN r.invited_by IS NULL THEN 'asked' ELSE 'invited' END, r.created_at,
    nullif(r.message, ''), NULL
FROM group_requests r JOIN groups g ON g.id = r.group_id WHERE r.user_id = %(user_id)s
UNION ALL SELECT g.name, 'banned', b.created_at, nullif(b.reason, ''), b.until
FROM group_bans b JOIN groups g ON g.id = b.group_id WHERE b.user_id = %(user_id)s
"""
_IMPORTS: Final = """
SELECT i.id AS import_id, i.created_at, i.status, t.place, t.source_id, t.outcome, t.reason, t.post_id
FROM post_imports i LEFT JOIN post_import_items t ON t.import_id = i.id
WHERE i.user_id = %(user_id)s ORDER BY i.id, t.place
"""

# Whoever changes what is counted holds the post first, then comments. An erasure changes many: all posts that it will
# change are locked first, in one order.
_LOCK_POSTS: Final = """
SELECT FROM posts WHERE id IN (
    SELECT id FROM posts WHERE author_id = %(user_id)s
    UNION ALL SELECT post_id FROM comments WHERE author_id = %(user_id)s
    UNION ALL SELECT post_id FROM reposts WHERE user_id = %(user_id)s
    UNION ALL SELECT coalesce(r.post_id, c.post_id) FROM reactions r LEFT JOIN comments c ON c.id = r.comment_id
    WHERE r.user_id = %(user_id)s)
ORDER BY id FOR NO KEY UPDATE
"""
# A text goes with the name that it was published under; its
# place stays, for the answers of others.
_ERASE_TEXTS: Final = (
    """
    DELETE FROM post_edits e USING posts p WHERE p.id = e.post_id AND p.author_id = %(user_id)s
    """,
    "DELETE FROM post_media m USING posts p WHERE p.id = m.post_id AND p.author_id = %(user_id)s",
    "DELETE FROM polls l USING posts p WHERE p.id = l.post_id AND p.author_id = %(user_id)s",
    "DELETE FROM post_tickers t USING posts p WHERE p.id = t.post_id AND p.author_id = %(user_id)s",
    "DELETE FROM post_search_documents d USING posts p WHERE p.id = d.post_id AND p.author_id = %(user_id)s",
    "DELETE FROM post_hashtags h USING posts p WHERE p.id = h.post_id AND p.author_id = %(user_id)s",
    """
    UPDATE posts SET body = '', entities = '[]', folded_text = '', content_warning = NULL, sentiment = NULL,
        language = NULL, hidden_reason = NULL, deleted_at = coalesce(deleted_at, now()), version = version + 1
    WHERE id IN (SELECT id FROM posts WHERE author_id = %(user_id)s ORDER BY id FOR NO KEY UPDATE)
    """,
    "DELETE FROM comment_edits e USING comments c WHERE c.id = e.comment_id AND c.author_id = %(user_id)s",
    """
    UPDATE comments SET body = '', entities = '[]', folded_text = '', hidden_reason = NULL,
        deleted_at = coalesce(deleted_at, now()), version = version + 1
    WHERE id IN (SELECT id FROM comments WHERE author_id = %(user_id)s ORDER BY post_id, id FOR NO KEY UPDATE)
    """,
)
_ERASE_ACTS: Final = (
    "DELETE FROM reactions WHERE user_id = %(user_id)s",
    "DELETE FROM reposts WHERE user_id = %(user_id)s",
    "DELETE FROM bookmarks WHERE user_id = %(user_id)s",
    "DELETE FROM bookmark_folders WHERE user_id = %(user_id)s",
    "DELETE FROM poll_votes WHERE user_id = %(user_id)s",
    "DELETE FROM post_mentions WHERE user_id = %(user_id)s",
    "DELETE FROM comment_mentions WHERE user_id = %(user_id)s",
    "DELETE FROM profile_pins WHERE user_id = %(user_id)s",
    "DELETE FROM topic_follows WHERE user_id = %(user_id)s",
    # An invitation ends with who made it: without a name it would be a request of somebody who has not asked.
    "DELETE FROM group_requests WHERE user_id = %(user_id)s OR invited_by = %(user_id)s",
    "DELETE FROM group_bans WHERE user_id = %(user_id)s",
    "DELETE FROM group_members WHERE user_id = %(user_id)s",
    "DELETE FROM imported_posts WHERE user_id = %(user_id)s",
    "DELETE FROM post_import_items t USING post_imports i WHERE i.id = t.import_id AND i.user_id = %(user_id)s",
    "DELETE FROM post_imports WHERE user_id = %(user_id)s",
    "DELETE FROM author_stats WHERE user_id = %(user_id)s",
)


class _Community(PersonalData):
    lock_order = 45
    erased = (
        "posts",
        "comments",
        "reactions",
        "reposts",
        "bookmarks",
        "bookmark_folders",
        "poll_votes",
        "post_mentions",
        "comment_mentions",
        "profile_pins",
        "topic_follows",
        "group_requests",
        "group_bans",
        "group_members",
        "post_imports",
        "imported_posts",
        "author_stats",
    )
    sections: ClassVar[Mapping[str, Section]] = {
        "posts": Section("Posts with pictures, polls and earlier texts; drafts, deleted and hidden ones too", _POSTS),
        "outbox": activity_streams.OUTBOX,
        "comments": Section("Comments with earlier texts, deleted and hidden ones too", _COMMENTS),
        "reactions": Section("Reactions to posts and comments", _REACTIONS),
        "reposts": Section("Posts that were passed on", _REPOSTS),
        "bookmarks": Section("Bookmarks and their folders", _BOOKMARKS),
        "votes": Section("Votes in polls", _VOTES),
        "mentions": Section("Posts and comments of others that name the person", _MENTIONS),
        "followed_topics": Section("Tickers, hashtags and groups that are followed", _TOPICS),
        "post_imports": Section("Posts brought from elsewhere, and what became of each item of the files", _IMPORTS),
        "groups": Section("Memberships, requests and what they say, invitations, bans and why", _GROUPS),
    }
    not_copied: ClassVar[Mapping[str, str]] = {
        "author_stats": "How many posts there are; they are counted from the posts.",
    }

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        values = {"user_id": erasure.person.user_id}
        group_succession.lock(connection, erasure.person.user_id)
        group_succession.hand_over(connection, erasure.person.user_id)
        for statement in (_LOCK_POSTS, *_ERASE_TEXTS, *_ERASE_ACTS):
            connection.execute(statement, values)


PERSONAL_DATA: Final = _Community()
