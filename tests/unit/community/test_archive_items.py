"""Items of an outbox of elsewhere: which can be posts here, and as what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from functions.community.domain.archive_items import ArchivedItem, ArchivedPost, read_item
from functions.community.domain.archive_texts import plain_text
from tests.support.archives import ACTOR, PUBLIC, attachment, note

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OWN = frozenset({f"{ACTOR}/statuses/1"})


def item(written: Any) -> ArchivedItem:
    return read_item(written, 0, OWN, NOW)


def post(written: Any) -> ArchivedPost:
    found = item(written).post
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Good<br>morning</p><p>all   of\nyou</p>", "Good\nmorning\n\nall of you"),
        ("<p>1 &lt; 2 &amp; <b>bold</b></p>", "1 < 2 & bold"),
        ("no paragraph", "no paragraph"),
        ("<p></p><p>one</p><p> </p>", "one"),
        (
            '<p><span class="h-card"><a href="https://example.social/@bob" class="u-url mention">@<span>bob</span></a>'
            "</span> hello</p>",
            "@bob@example.social hello",
        ),
        ('<a href="https://a.social/tags/Gold" class="mention hashtag" rel="tag">#<span>Gold</span></a>', "#Gold"),
        (
            '<a href="https://example.com/a/long"><span class="invisible">https://</span>'
            '<span class="ellipsis">example.com/a</span><span class="invisible">/long</span></a>',
            "https://example.com/a/long",
        ),
        ('<a href="https://example.com">here</a>', "here (https://example.com)"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ('<a href="https://[">x</a><a class="mention" href="https://[">@x</a>', "x (https://[)@x"),
        ("<script>alert(1)</script><style>p{}</style>safe<img src=x onerror=alert(1)>", "safe"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
        ("<p>贵州茅台<br>看好</p>", "贵州茅台\n看好"),
        ("<p>open <a href='https://example.com'>link", "open link (https://example.com)"),
        ("<" * 1_000, "<" * 1_000),
    ],
)
def test_html_is_read_as_a_browser_shows_it(markup: str, text: str) -> None:
    assert plain_text(markup) == text


def test_a_public_post_is_one_here_with_its_own_times() -> None:
    found = post(note(7, updated="2024-03-02T00:00:00+01:00", summary="<p>Money</p>", sensitive=True))
    assert (found.text, found.language, found.content_warning) == ("Good morning", "en", "Money")
    assert found.published_at == datetime(2024, 3, 1, 10, 30, tzinfo=UTC)
    assert found.edited_at == datetime(2024, 3, 1, 23, tzinfo=UTC)
    assert item(note(7)).source_id == f"{ACTOR}/statuses/7"


@pytest.mark.parametrize("to", [PUBLIC, [PUBLIC], "as:Public", ["Public"], [{"id": PUBLIC}]])
def test_everybody_is_addressed_in_several_forms(to: Any) -> None:
    assert item(note(7, to=to)).outcome == "created"


def _activity(**changed: Any) -> dict[str, Any]:
    return {**note(7), **changed}


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (note(7, to=[f"{ACTOR}/followers"], cc=[PUBLIC]), "unlisted"),
        (note(7, to=[f"{ACTOR}/followers"], cc=[]), "not_public"),
        (note(7, to=["https://example.social/users/bob"], cc=[]), "not_public"),
        (note(7, to=None, cc=None), "not_public"),
        (_activity(to=[f"{ACTOR}/followers"]), "not_public"),
        (_activity(type="Announce", object="https://example.social/1"), "repost"),
        (_activity(type="Like"), "not_a_post"),
        (note(7, type="Question", oneOf=[]), "poll"),
        (note(7, type="Article"), "not_a_post"),
        (note(7, inReplyTo="https://elsewhere.social/9"), "reply"),
    ],
)
def test_what_is_not_for_everybody_or_no_post_of_ones_own_is_skipped(written: Any, reason: str) -> None:
    assert (item(written).outcome, item(written).reason) == ("skipped", reason)


def test_an_answer_to_oneself_is_a_post() -> None:
    assert item(note(7, inReplyTo=f"{ACTOR}/statuses/1")).outcome == "created"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (None, "malformed"),
        ([], "malformed"),
        ({}, "malformed"),
        ({"type": "Create"}, "malformed"),
        (_activity(object="https://example.social/1"), "malformed"),
        (note(7, id=None) | {"id": 5}, "malformed"),
        (note(7, id="a\nb") | {"id": "\x00"}, "malformed"),
        ({**note(7), "object": {**note(7)["object"], "content": 5}}, "malformed"),
        (note(7, attachment=["x"]), "malformed"),
        (note(7, attributedTo="https://example.social/users/eve"), "somebody_elses"),
        (note(7, published=None), "date"),
        (note(7, published="yesterday"), "date"),
        (note(7, published="2031-01-01T00:00:00Z"), "date"),
        (note(7, published="0001-01-01T00:00:00+14:00"), "date"),
        (note(7, content="x" * 200_001), "text_not_accepted"),
        (note(7, attachment=[attachment("a.png")] * 5), "too_many_pictures"),
        (note(7, attachment=[attachment("a.mp4", mediaType="video/mp4")]), "attachment_not_a_picture"),
        (note(7, attachment=[attachment("a.png", mediaType="image/png\r\nx: y")]), "attachment_not_a_picture"),
        (note(7, id="https://a.social/\u202e1") | {"id": None}, "malformed"),
        (note(7, attachment=[attachment("a.png", url=None)]), "attachment_not_a_picture"),
    ],
)
def test_what_could_be_a_post_only_in_part_is_refused(written: Any, reason: str) -> None:
    assert (item(written).outcome, item(written).reason) == ("refused", reason)


@pytest.mark.parametrize(("language", "warning"), [("en", "Sensitive content"), ("zh-CN", "敏感内容")])
def test_what_was_behind_a_click_stays_behind_one(language: str, warning: str) -> None:
    assert post(note(7, sensitive=True, contentMap={language: "<p>x</p>"})).content_warning == warning


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2018-11-20 16:33:00+01:00", datetime(2018, 11, 20, 15, 33, tzinfo=UTC)),
        ("2018-11-20T16:33:00", datetime(2018, 11, 20, 16, 33, tzinfo=UTC)),
        ("2018-11-20", datetime(2018, 11, 20, tzinfo=UTC)),
        ("2026-03-01T00:03:00Z", NOW),
    ],
)
def test_a_date_without_a_zone_is_utc_and_none_lies_ahead(written: str, expected: datetime) -> None:
    assert post(note(7, published=written)).published_at == expected
