"""Who sees whom: the one filter of every list that shows people or what they publish, in every context.

The functions answer conditions for a WHERE clause. Their argument is the expression of the author's (the person's) id;
the viewer is the statement's parameter `%(viewer)s`, null where nobody is signed in. Each asks by the primary keys of
profiles, so that its cost grows neither with the people there are nor with those somebody follows, mutes or blocks
(`docs/decisions/0057-people.md`).
"""

from __future__ import annotations

# Scalar subqueries are not pulled up into joins: a page costs a few look-ups by key for each of its rows, and is never
# preceded by a hash table of all people or by a pass over all whom the viewer blocks.
_NO_WALL = """coalesce((
    SELECT false FROM profiles_walls audience_wall
    WHERE audience_wall.viewer_id = {viewer} AND audience_wall.person_id = {person} LIMIT 1), true)"""
_NOT_MUTED = """NOT EXISTS (
    SELECT FROM profiles_mutes audience_mute
    WHERE audience_mute.viewer_id = %(viewer)s::uuid AND audience_mute.person_id = {person})"""
_SHOWN = """coalesce((
    SELECT audience_person.user_id = %(viewer)s::uuid OR audience_person.standing <> 'banned'
    FROM profiles_people audience_person WHERE audience_person.user_id = {person}), false)"""
_OPEN = """coalesce((
    SELECT audience_person.user_id = %(viewer)s::uuid OR audience_person.standing <> 'banned' AND (
        NOT {closed} OR EXISTS (
            SELECT FROM profiles_follows audience_follow
            WHERE audience_follow.follower_id = %(viewer)s::uuid AND audience_follow.followed_id = {person}))
    FROM profiles_people audience_person WHERE audience_person.user_id = {person}), false)"""
_WORDS = """({author} IS DISTINCT FROM %(viewer)s::uuid AND EXISTS (
    SELECT FROM profiles_word_filters audience_words
    WHERE audience_words.user_id = %(viewer)s::uuid AND audience_words.action = '{action}'
        AND {text} ~ audience_words.pattern))"""


VIEWER = "%(viewer)s::uuid"


def no_wall(one: str, other: str) -> str:
    """Neither of two people (expressions of their ids) has blocked the other: asked before one reaches the other, by a
    reply, a quote, a mention, a reaction, a vote, an invitation or a message.
    """
    return _NO_WALL.format(viewer=one, person=other)


def is_findable(person: str) -> str:
    """The person themself: nobody has blocked the other, and the person is neither banned nor gone. Private accounts
    are findable, so that they can be asked.
    """
    return f"({_SHOWN.format(person=person)} AND {no_wall(VIEWER, person)})"


def is_offered(person: str) -> str:
    """The same in a search or a completion: and the viewer has not muted the person."""
    return f"({is_findable(person)} AND {_NOT_MUTED.format(person=person)})"


def may_see(author: str, visibility: str | None = None) -> str:
    """What the author publishes, read by its address: nobody has blocked the other, the author is neither banned nor
    gone, and what is for followers (by `visibility`, an expression, or because the account is private) is read by these
    and by the author.
    """
    closed = "audience_person.is_private"
    if visibility is not None:
        closed = f"({closed} OR {visibility} = 'followers')"
    return f"({_OPEN.format(person=author, closed=closed)} AND {no_wall(VIEWER, author)})"


def is_listed(author: str, visibility: str | None = None) -> str:
    """The same in a list, a count of the viewer's own or a notification: and the viewer has not muted the author."""
    return f"({may_see(author, visibility)} AND {_NOT_MUTED.format(person=author)})"


def is_hidden_by_words(author: str, folded_text: str) -> str:
    """Whether a word filter of the viewer's hides the text. One's own is never hidden."""
    return _WORDS.format(author=author, text=folded_text, action="hide")


def is_folded_by_words(author: str, folded_text: str) -> str:
    """Whether a word filter of the viewer's folds the text. One's own is never folded."""
    return _WORDS.format(author=author, text=folded_text, action="fold")
