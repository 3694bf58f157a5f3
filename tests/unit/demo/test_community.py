"""The contents of the demo's community: enough to read, of many kinds, and nothing twice."""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest
from PIL import Image

from demo.contents.community import ties
from demo.contents.community.groups import GROUPS, SampleGroup
from demo.contents.community.people import PEOPLE
from demo.contents.community.script import SamplePost, posts
from demo.contents.customers import CUSTOMERS
from demo.contents.pictures import scenes
from shared.contexts.profiles import usernames

POSTS = posts()
_TICKER = re.compile(r"\$[^\s$]+\([A-Z]+\d+\)\$|\$[A-Z]{1,5}(?:\.[A-Z])?|\$\d{4,6}(?:\.[A-Z]{2})?")
_HAN, _KANA, _LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u3040-\u30ff]"), re.compile(r"[A-Za-z]+")


def is_chinese(post: SamplePost) -> bool:
    """More Chinese characters than Latin words, and no Japanese ones."""
    return not _KANA.search(post.text) and len(_HAN.findall(post.text)) > len(_LATIN.findall(post.text))


def texts() -> list[str]:
    return [text for post in POSTS for text in (post.text, *(comment.text for comment in post.all_comments()))]


def test_the_community_is_as_large_as_it_has_to_be() -> None:
    assert len(PEOPLE) >= 40
    assert len(POSTS) >= 400
    assert {post.days_ago for post in POSTS} >= set(range(31))
    assert sum(any(comment.depth >= 3 for comment in post.comments) for post in POSTS) >= 30
    assert sum(post.poll is not None for post in POSTS) >= 8
    assert [group.access for group in GROUPS] == ["public", "request", "invitation"]


def test_half_of_the_posts_are_chinese_and_some_are_neither_chinese_nor_english() -> None:
    assert 0.45 <= sum(map(is_chinese, POSTS)) / len(POSTS) <= 0.55
    assert {"zh-CN", "zh-HK", "zh-TW", "en", "de", "fr", "es", "ja"} <= {person.language for person in PEOPLE.values()}


def test_a_dozen_tickers_are_talked_of_both_bullishly_and_bearishly() -> None:
    written = {ticker for text in texts() for ticker in _TICKER.findall(text)}
    assert len(written) >= 12
    assert {"$AAPL", "$BRK.B", "$0700.HK", "$600519", "$贵州茅台(SH600519)$"} <= written
    with_feeling = Counter(post.sentiment for post in POSTS if _TICKER.search(post.text))
    assert min(with_feeling["bullish"], with_feeling["bearish"]) >= 5


def test_nothing_is_said_twice() -> None:
    assert [text for text, count in Counter(texts()).items() if count > 1] == []


def test_everybody_writes_answers_and_has_a_name_that_the_shop_takes() -> None:
    assert {post.author for post in POSTS} == set(PEOPLE)
    assert {comment.author for post in POSTS for comment in post.all_comments()} <= set(PEOPLE)
    assert [person.username for person in PEOPLE.values() if usernames.problem_of(person.username)] == []
    assert len({usernames.skeleton_of(person.username) for person in PEOPLE.values()}) == len(PEOPLE)
    assert {person.email for person in PEOPLE.values() if person.email} == {customer.email for customer in CUSTOMERS}


def test_whoever_is_mentioned_exists() -> None:
    known = {person.username for person in PEOPLE.values()}
    mentioned = {name for text in texts() for name in re.findall(r"@(\w+)", text)}
    assert len(mentioned) >= 6
    assert mentioned <= known


def test_what_posts_refer_to_is_there_before_them() -> None:
    named = {post.name: post for post in POSTS if post.name}
    quotes = [post for post in POSTS if post.quotes]
    assert len(quotes) >= 5
    assert all(named[post.quotes or ""].days_ago > post.days_ago for post in quotes)
    flairs = {group.slug: group.flairs for group in GROUPS}
    assert all(post.flair in flairs[post.group] for post in POSTS if post.group)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.slug)
def test_a_group_has_rules_a_pinned_post_and_only_its_members_talk_in_it(group: SampleGroup) -> None:
    inside = [post for post in POSTS if post.group == group.slug]
    assert sum(post.is_pinned for post in inside) == 1
    assert any(comment.is_accepted for post in inside for comment in post.all_comments())
    assert len(group.rules) >= 3
    members = {group.owner, *group.moderators, *group.members}
    assert {who for post in inside for who in (post.author, *(c.author for c in post.all_comments()))} <= members
    assert members | {person for person, _ in group.waiting} <= set(PEOPLE)


def test_every_picture_has_a_text_and_can_be_drawn() -> None:
    pictures = [picture for post in POSTS for picture in post.pictures]
    assert len(pictures) >= 60
    assert all(len(picture.alt) > 8 for picture in pictures)
    motifs = {picture.motif for picture in pictures} | {person.picture for person in PEOPLE.values()}
    assert len(motifs) >= 12
    assert [name for name in motifs if scenes.motif(name) is None] == []


def test_pictures_of_one_motif_differ_and_are_the_same_at_every_time() -> None:
    drawn = {scenes.draw("bowl", seed) for seed in ("su", "hana", "jules", "yuki")}
    assert len(drawn) > 1
    assert scenes.draw("cat", "gu") == scenes.draw("cat", "gu")
    assert Image.open(io.BytesIO(scenes.draw("sea", "aoife"))).size == (scenes.SIDE, scenes.SIDE)


def test_numbers_are_uneven() -> None:
    following = ties.follows()
    followers = Counter(other for others in following.values() for other in others)
    assert min(map(len, following.values())) >= 3
    assert max(followers.values()) > 4 * min(followers[person] for person in PEOPLE)
    reacted = Counter(len(ties.reactions(post)) for post in POSTS)
    assert reacted[0] > 50
    assert max(reacted) >= 20
    assert sum(1 for post in POSTS if ties.reposts(post)) >= 15
    for post in POSTS:
        if post.poll:
            assert tuple(Counter(option for _, option in ties.votes(post))[n] for n in range(4)) == post.poll.votes
    assert sum(bool(post.warning) for post in POSTS) == 2
