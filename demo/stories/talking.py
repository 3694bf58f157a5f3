"""A post, and all that is said and done below it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from demo.client import PictureForm
from demo.contents.community import ties
from demo.contents.community.people import PEOPLE
from demo.contents.community.script import SampleComment, SamplePicture, SamplePost, illustrated
from demo.contents.pictures import scenes
from demo.stage import cloud, functions
from demo.stories.neighbours import Community
from demo.stories.timeline import Story

_LAST: Final = timedelta(minutes=2)
"""So long before now everything has been said."""
_MINUTES: Final = (2, 90)
"""How long an answer takes, at least and usually at most."""
_SCRIPTS: Final = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7a3]"), "ko"),
    (re.compile("[\u4e00-\u9fff]{4}"), "zh"),
)
_WHEN_SEEN: Final = (20, 95, 400, 1500)
"""Minutes after a post, when others have seen it."""


class _Said(NamedTuple):
    at: datetime
    comment: SampleComment
    parent: SampleComment | None


_Deed = tuple[str, str, str, object]
"""Somebody, and what they call."""


class _Happening(NamedTuple):
    at: datetime
    deeds: list[_Deed]


def posting(community: Community, post: SamplePost) -> Story:
    """Somebody writes; others react, answer, vote, pass it on and keep it."""
    written_at = _moment(community, post)
    yield written_at
    made = _write(community, post)
    if post.name:
        community.post_ids[post.name] = made["id"]
    said = _said(community, post, written_at)
    ids: dict[int, str] = {}
    happenings = _happenings(community, written_at, _deeds(post, made))
    steps: list[_Said | _Happening] = [*said, *happenings]
    for step in sorted(steps, key=lambda step: step.at):
        yield step.at
        if isinstance(step, _Said):
            _comment(community, post, made["id"], step, ids)
        else:
            for deed in step.deeds:
                community.act(*deed)


def _moment(community: Community, post: SamplePost) -> datetime:
    """When it was written, by the author's clock; on day 0, by how long it is ago."""
    now = community.shop.now
    if post.days_ago == 0:
        return now - timedelta(minutes=post.minutes)
    here = now.astimezone(ZoneInfo(PEOPLE[post.author].time_zone))
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    seconds = zlib.crc32(post.text.encode()) % 60
    return midnight - timedelta(days=post.days_ago) + timedelta(minutes=post.minutes, seconds=seconds)


def _write(community: Community, post: SamplePost) -> Any:
    document: dict[str, Any] = {"text": post.text, "language": _language(post)}
    if post.sentiment:
        document["sentiment"] = post.sentiment
    if post.warning:
        document["content_warning"] = post.warning
    if post.quotes:
        document["quoted_post_id"] = community.post_ids[post.quotes]
    if post.is_for_followers:
        document["visibility"] = "followers"
    if post.group:
        document["group_id"] = community.group_ids[post.group]
    if post.poll:
        minutes = post.poll.days * 1440
        document["poll"] = {"options": post.poll.options, "duration_minutes": minutes, "hides_results": True}
    if post in illustrated():
        document["media"] = [
            {"media_id": _upload(community, post.author, picture), "alt": picture.alt} for picture in post.pictures
        ]
    made = community.act(post.author, "POST", "/posts", document)
    if post.group:
        _place_in_group(community, post, made["id"])
    if post.is_on_top:
        community.act(post.author, "PUT", "/users/me/pinned-post", {"post_id": made["id"]})
    return made


def _place_in_group(community: Community, post: SamplePost, post_id: str) -> None:
    path = f"/groups/{post.group}/posts/{post_id}"
    if post.flair:
        flair_id = community.flair_ids[post.group or "", post.flair]
        community.act(post.author, "PUT", f"{path}/flair", {"flair_id": flair_id})
    if post.is_pinned:
        community.act(post.author, "PUT", f"{path}/pin")


def _upload(community: Community, person: str, picture: SamplePicture) -> str:
    form = PictureForm("post", scenes.draw(picture.motif, f"{person} {picture.alt}"))
    [upload] = community.act(person, "POST", "/media/upload", form)["items"]
    arrival = {"bucket": {"name": cloud.BUCKET}, "object": {"key": f"uploads/{upload['id']}"}}
    functions.invoke("media.process_image", {"Records": [{"s3": arrival}]})
    return str(upload["id"])


def _comment(community: Community, post: SamplePost, post_id: str, said: _Said, ids: dict[int, str]) -> None:
    comment = said.comment
    document: dict[str, Any] = {"text": comment.text}
    if said.parent is not None:
        document["parent_id"] = ids[id(said.parent)]
    made = community.act(comment.author, "POST", f"/posts/{post_id}/comments", document)
    ids[id(comment)] = made["id"]
    for reaction in ties.reactions_to_comment(post, comment):
        path = f"/comments/{made['id']}/reactions"
        community.act(reaction.person, "PUT", path, {"reaction": reaction.emoji})
    if comment.is_accepted:
        path = f"/groups/{post.group}/posts/{post_id}/accepted-answer"
        community.act(post.author, "PUT", path, {"comment_id": made["id"]})


def _deeds(post: SamplePost, made: Any) -> list[list[_Deed]]:
    """What others do with the post besides answering: at first many things at a time, then fewer."""
    path = f"/posts/{made['id']}"
    deeds: list[_Deed] = [
        (reaction.person, "PUT", f"{path}/reactions", {"reaction": reaction.emoji}) for reaction in ties.reactions(post)
    ]
    deeds += [(person, "PUT", f"{path}/reposts", None) for person in ties.reposts(post)]
    deeds += [(person, "PUT", f"{path}/bookmarks", None) for person in ties.bookmarks(post)]
    deeds += [
        (person, "POST", f"/polls/{made['poll']['id']}/votes", {"option": option})
        for person, option in ties.votes(post)
    ]
    deeds.sort(key=lambda deed: zlib.crc32(f"{deed[:3]}".encode()))
    parts = min(len(deeds), len(_WHEN_SEEN))
    return [deeds[number::parts] for number in range(parts)]


def _happenings(community: Community, written_at: datetime, deeds: list[list[_Deed]]) -> list[_Happening]:
    left = community.shop.now - _LAST - written_at
    scale = min(1.0, left / timedelta(minutes=_WHEN_SEEN[-1]))
    times = (written_at + timedelta(minutes=minutes) * scale for minutes in _WHEN_SEEN)
    return [_Happening(at, done) for at, done in zip(times, deeds, strict=False)]


def _said(community: Community, post: SamplePost, written_at: datetime) -> list[_Said]:
    """Every comment with its time: answers after what they answer, and whatever comes next after that."""
    said = list(_spoken(post.comments, None, written_at))
    last = community.shop.now - _LAST
    latest = max((item.at for item in said), default=last)
    scale = min(1.0, (last - written_at) / (latest - written_at)) if latest > written_at else 1.0
    return [item._replace(at=written_at + (item.at - written_at) * scale) for item in said]


def _spoken(comments: Sequence[SampleComment], parent: SampleComment | None, after: datetime) -> Iterator[_Said]:
    at = after
    for comment in comments:
        shortest, longest = _MINUTES
        luck = zlib.crc32(comment.text.encode()) / 2**32
        minutes = shortest + (longest - shortest) * luck**2 if comment.minutes is None else comment.minutes
        spoken_at = at + timedelta(minutes=minutes)
        at = spoken_at if comment.minutes is None else at
        yield _Said(spoken_at, comment, parent)
        yield from _spoken(comment.answers, comment, spoken_at)


def _language(post: SamplePost) -> str:
    if post.language:
        return post.language
    own = PEOPLE[post.author].language
    for script, language in _SCRIPTS:
        if script.search(post.text):
            return own if own.startswith(language) else language
    return "en" if own.startswith("zh") else own
