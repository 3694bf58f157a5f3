"""Who follows whom, who reacts to what, who keeps and shares it: drawn from what people write to each other and
what they have in common, unevenly, and the same at every time.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import permutations
from typing import Final, NamedTuple

from demo.contents.community.groups import GROUPS
from demo.contents.community.people import PEOPLE
from demo.contents.community.script import SampleComment, SamplePost, posts

_LATER_FOLLOWS: Final = 0.22
_EMOJI: Final = ("like", "like", "like", "love", "love", "laugh", "eyes", "rocket")
_SHARED_TOPIC, _A_CONVERSATION, _SOMEBODY = 0.16, 0.3, 0.03


class Reaction(NamedTuple):
    person: str
    emoji: str


@cache
def follows() -> dict[str, list[str]]:
    """Whom each person follows: those they talk with and share topics with, and more often those whom many like."""
    return {
        person: [
            other
            for other in PEOPLE
            if other != person
            and (
                (person, other) in _readers()
                or _chance("follow", person, other) < _closeness(person, other) * PEOPLE[other].pull
            )
        ]
        for person in PEOPLE
    }


def early_follows(person: str) -> list[str]:
    """Whom they follow from the beginning; the others come one by one. Who answers what only followers see is one of
    those.
    """
    return [
        other
        for other in follows()[person]
        if PEOPLE[other].is_private or (person, other) in _readers() or _chance("later", person, other) > _LATER_FOLLOWS
    ]


def reactions(post: SamplePost) -> list[Reaction]:
    """As many as the scene says, or a few."""
    luck = _chance("few", post.text)
    few = int(luck * 1.8) + (int(_chance("more", post.text) * 6) if luck > 0.88 else 0)
    audience = _nearest(post, "react")[: few if post.liked is None else post.liked]
    emoji = post.emoji or _EMOJI
    return [Reaction(person, emoji[_number("emoji", person, post.text) % len(emoji)]) for person in audience]


def reactions_to_comment(post: SamplePost, comment: SampleComment) -> list[Reaction]:
    """The author's, for many that are said to them, and now and then somebody else's."""
    people = [post.author] if comment.author != post.author and _chance("thank", comment.text) < 0.07 else []
    if len(comment.text) > 40 and _chance("agree", comment.text) < 0.18:
        people += [person for person in _nearest(post, comment.text) if person != comment.author][:1]
    if PEOPLE[comment.author].is_private:
        people = [person for person in people if comment.author in early_follows(person)]
    return [Reaction(person, _EMOJI[_number("emoji", person, comment.text) % len(_EMOJI)]) for person in people]


def reposts(post: SamplePost) -> list[str]:
    """Of what many liked, by one to four."""
    if post.group or post.is_for_followers or (post.liked or 0) < 9:
        return []
    return _nearest(post, "repost")[: 1 + _number("repost", post.text) % 4]


def bookmarks(post: SamplePost) -> list[str]:
    """By whoever wants to find it again."""
    return _nearest(post, "bookmark")[: int(_chance("bookmark", post.text) ** 9 * 3)]


def votes(post: SamplePost) -> list[tuple[str, int]]:
    """As the scene counts them: people, and the number of the option that each takes."""
    if post.poll is None:
        return []
    options = [option for option, count in enumerate(post.poll.votes) for _ in range(count)]
    voters = sorted(_nearest(post, "vote")[: len(options)], key=lambda person: _chance("option", person, post.text))
    return list(zip(voters, options, strict=True))


def _nearest(post: SamplePost, deed: str) -> list[str]:
    """Everybody who sees the post and is not its author, the likeliest first."""
    audience: Iterable[str] = PEOPLE
    if post.group:
        group = next(group for group in GROUPS if group.slug == post.group)
        audience = (group.owner, *group.moderators, *group.members)
    if post.is_for_followers or PEOPLE[post.author].is_private:
        audience = [person for person in audience if post.author in early_follows(person)]
    likeliness = {
        person: _closeness(person, post.author) + 1.2 * _chance(deed, person, post.text)
        for person in audience
        if person != post.author
    }
    return sorted(likeliness, key=lambda person: -likeliness[person])


@cache
def _closeness(person: str, other: str) -> float:
    shared = len(set(PEOPLE[person].topics) & set(PEOPLE[other].topics))
    return _SOMEBODY + _SHARED_TOPIC * shared * 0.7 + _A_CONVERSATION * min(_talks()[person, other], 3) / 2


@cache
def _readers() -> set[tuple[str, str]]:
    """Who answers what only followers see, and whose it is."""
    pairs: set[tuple[str, str]] = set()
    for post in posts():
        if post.is_for_followers or PEOPLE[post.author].is_private:
            pairs |= {(comment.author, post.author) for comment in post.all_comments()}
        for comment in post.all_comments():
            if PEOPLE[comment.author].is_private:
                pairs |= {(answer.author, comment.author) for answer in comment.answers}
    return {(reader, author) for reader, author in pairs if reader != author}


@cache
def _talks() -> Counter[tuple[str, str]]:
    """How often two have been in one conversation."""
    together: Counter[tuple[str, str]] = Counter()
    for post in posts():
        together.update(permutations({post.author, *(comment.author for comment in post.all_comments())}, 2))
    return together


def _number(*words: str) -> int:
    return zlib.crc32(" ".join(words).encode())


def _chance(*words: str) -> float:
    """From 0 to 1."""
    return _number(*words) / 2**32
