"""Reads the scenes: posts, each with the conversation below it.

    == 27 06:55 lin name=ripe liked=9:love     so many days ago, the author's local time, who, and what else
    The text, to the next line that means something.
    picture: tomatoes | what the picture shows, for those who do not see it
    warning: what readers are warned of        also `flair:` and `poll: one | two ; 3 days ; votes for each`
    > zhou: a comment
    >> lin +14:00: an answer to it, so many hours and minutes later
    >* ada: the answer that helped, in a group

On day 0 the time is how long ago it was. Other words of the first line: `bullish`, `bearish`, `pinned`, `followers`
(only they see it), `top` (on the author's page), `group=`, `quotes=` the name of another post, `in=` a language that is
not the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

_SCENES: Final = Path(__file__).with_name("scenes")
_HEADING: Final = re.compile(r"== (\d+) (\d\d):(\d\d) (\w+)(.*)")
ILLUSTRATED: Final = 14
"""Posts. Each picture is a tenth of a second of work before the shop opens."""
_COMMENT: Final = re.compile(r"(>+)(\*?) (\w+)(?: \+(\d+):(\d\d))?: (.+)")
_FLAGS: Final = {"pinned": "is_pinned", "followers": "is_for_followers", "top": "is_on_top"}
_VALUES: Final = {"name": "name", "group": "group", "quotes": "quotes", "in": "language"}
_ATTRIBUTE: Final = re.compile(r"(picture|warning|flair|poll): (.+)")


@dataclass(frozen=True, slots=True)
class SamplePicture:
    motif: str
    alt: str


@dataclass(frozen=True, slots=True)
class SamplePoll:
    options: tuple[str, ...]
    days: int
    votes: tuple[int, ...]
    """For each option."""


@dataclass(slots=True)
class SampleComment:
    author: str
    text: str
    minutes: int | None = None
    """After what it answers; None where nobody says."""
    is_accepted: bool = False
    answers: list[SampleComment] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How many levels there are, from this one down."""
        return 1 + max((answer.depth for answer in self.answers), default=0)

    def walk(self) -> Iterator[SampleComment]:
        yield self
        for answer in self.answers:
            yield from answer.walk()


@dataclass(slots=True, kw_only=True, eq=False)
class SamplePost:
    author: str
    days_ago: int
    minutes: int
    """Of the author's day; on day 0, before now."""
    text: str = ""
    name: str | None = None
    quotes: str | None = None
    group: str | None = None
    flair: str | None = None
    sentiment: str | None = None
    warning: str | None = None
    poll: SamplePoll | None = None
    liked: int | None = None
    """How many react; None where nobody says."""
    emoji: tuple[str, ...] = ()
    is_pinned: bool = False
    is_for_followers: bool = False
    is_on_top: bool = False
    language: str | None = None
    """Where it is not what the author, or the script, says."""
    pictures: list[SamplePicture] = field(default_factory=list)
    comments: list[SampleComment] = field(default_factory=list)

    def all_comments(self) -> Iterator[SampleComment]:
        """Each after what it answers."""
        for comment in self.comments:
            yield from comment.walk()


@cache
def posts() -> tuple[SamplePost, ...]:
    """All of them, oldest day first. Raises ValueError where a scene is not written as above."""
    read = [post for path in sorted(_SCENES.glob("*.txt")) for post in _read(path)]
    return tuple(sorted(read, key=lambda post: -post.days_ago))


@cache
def illustrated() -> frozenset[SamplePost]:
    """The posts whose pictures are made: what a visitor sees first, the newest ones and those that many like."""
    seen_first = sorted(posts(), key=lambda post: post.days_ago - (post.liked or 0) / 2)
    return frozenset([post for post in seen_first if post.pictures][:ILLUSTRATED])


def _read(path: Path) -> Iterator[SamplePost]:
    post: SamplePost | None = None
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if heading := _HEADING.fullmatch(line):
            if post is not None:
                yield _finished(post)
            post = _begun(heading)
        elif post is None or (line.startswith(("==", ">")) and not _COMMENT.fullmatch(line)):
            raise ValueError(f"{path.name}, line {number}: {line}")
        elif comment := _COMMENT.fullmatch(line):
            _add_comment(post, comment)
        elif attribute := _ATTRIBUTE.fullmatch(line):
            _add_attribute(post, attribute[1], attribute[2])
        else:
            post.text += f"{line}\n"
    if post is not None:
        yield _finished(post)


def _begun(heading: re.Match[str]) -> SamplePost:
    days, hours, minutes, author, rest = heading.groups()
    post = SamplePost(author=author, days_ago=int(days), minutes=int(hours) * 60 + int(minutes))
    for word in rest.split():
        key, _, value = word.partition("=")
        if key in {"bullish", "bearish"}:
            post.sentiment = key
        elif key == "liked":
            number, _, emoji = value.partition(":")
            post.liked, post.emoji = int(number), tuple(emoji.split(",")) if emoji else ()
        elif key in _FLAGS:
            setattr(post, _FLAGS[key], True)
        elif key in _VALUES:
            setattr(post, _VALUES[key], value)
        else:
            raise ValueError(f"{heading[0]}: what is {word}?")
    return post


def _add_comment(post: SamplePost, line: re.Match[str]) -> None:
    arrows, star, author, hours, minutes, text = line.groups()
    delay = None if hours is None else int(hours) * 60 + int(minutes)
    level = post.comments
    for _ in arrows[1:]:
        level = level[-1].answers
    level.append(SampleComment(author, text, delay, bool(star)))


def _add_attribute(post: SamplePost, key: str, value: str) -> None:
    parts = [part.strip() for part in value.split(" | ")]
    if key == "picture":
        post.pictures.append(SamplePicture(*parts))
    elif key == "poll":
        texts, days, votes = (part.strip() for part in value.split(";"))
        options = tuple(option.strip() for option in texts.split(" | "))
        post.poll = SamplePoll(options, int(days.split()[0]), tuple(map(int, votes.split())))
    else:
        setattr(post, key, value)


def _finished(post: SamplePost) -> SamplePost:
    post.text = post.text.strip()
    return post
