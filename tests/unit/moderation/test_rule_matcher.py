"""Screening finds phrases in spite of evasion, and leaves innocent words alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contexts.moderation.rule_matcher import MAX_MATCHES, RuleMatcher

RULE = UUID(int=1)

# phrase, text, what is found of it
EVASIONS = [
    ("scam", "a scam.", "scam"),
    ("scam", "A SCAM", "SCAM"),
    ("scam", "ｓｃａｍ", "ｓｃａｍ"),
    ("scam", "𝓼𝓬𝓪𝓶", "𝓼𝓬𝓪𝓶"),
    ("scam", "ⓢⓒⓐⓜ", "ⓢⓒⓐⓜ"),
    ("scam", "🅂🄲🄰🄼", "🅂🄲🄰🄼"),
    ("scam", "🆂🅲🅰🅼", "🆂🅲🅰🅼"),
    ("scam", "ꜱᴄᴀᴍ", "ꜱᴄᴀᴍ"),
    ("scam", "śçäm", "śçäm"),
    ("scam", "s\u0338c\u0338a\u0338m\u0338", "s\u0338c\u0338a\u0338m\u0338"),
    ("scam", "ѕсаm", "ѕсаm"),  # three are Cyrillic
    ("scam", "ѕсам", "ѕсам"),  # all are
    ("scam", "s.c.a.m", "s.c.a.m"),
    ("scam", "s-ca_m", "s-ca_m"),
    ("scam", "s c a m", "s c a m"),
    ("scam", "s*c*a*m!", "s*c*a*m"),
    ("scam", "s\u200bc\u200da\u00adm", "s\u200bc\u200da\u00adm"),
    ("scam", "s🚀c🚀a🚀m", "s🚀c🚀a🚀m"),
    ("scam", "5c4m", "5c4m"),
    ("scam", "$c@m", "$c@m"),
    ("scam", "sc4m 100%", "sc4m"),
    ("kill", "k1ll", "k1ll"),
    ("kill", "ki!l", "ki!l"),
    ("kill", "ki|l", "ki|l"),
    ("guaranteed profit", "Guaranteed  Profit", "Guaranteed  Profit"),
    ("guaranteed profit", "guaranteed-profit", "guaranteed-profit"),
    ("guaranteed profit", "guaranteedprofit", "guaranteedprofit"),
    ("guaranteed profit", "guar4nteed pr0fit", "guar4nteed pr0fit"),
    ("赌博", "网上赌博吗", "赌博"),
    ("赌博", "網上賭博嗎", "賭博"),
    ("賭博", "网上赌博吗", "赌博"),
    ("赌博", "赌 博", "赌 博"),
    ("赌博", "赌*博", "赌*博"),
    ("赌博", "赌\u200b博", "赌\u200b博"),
    ("赌博", "赌🎲博", "赌🎲博"),
    ("赌博", "赌..博", "赌..博"),
    ("加微信", "＋加-微-信", "加-微-信"),
    ("加v信", "加V信", "加V信"),
    ("加v信", "加ⅴ信abc", "加ⅴ信"),
    ("v50", "给我V50吧", "V50"),
    ("ギャンブル", "ｷﾞｬﾝﾌﾞﾙ", "ｷﾞｬﾝﾌﾞﾙ"),
    ("straße", "STRASSE", "STRASSE"),
    ("казино", "КАЗИНО", "КАЗИНО"),
    ("казино", "кaзинo", "кaзинo"),  # two are Latin
    ("btc", "看好BTC长期", "BTC"),
]
INNOCENT = [
    ("scam", "scamp"),
    ("scam", "escam"),
    ("scam", "discampó"),
    ("bcd", "abcódef"),
    ("def", "abcódef"),
    ("ass", "class"),
    ("ass", "as s"),
    ("penis", "the pen is here"),
    ("scam", "this cam is new"),
    ("scam", "s\nc\na\nm"),
    ("scam", "s----c----a----m"),
    ("scam", "sc am"),
    ("ass", "@$$"),  # more than half in disguise: prices and codes look like that
    ("eas", "345"),
    ("cop", "выносить сор из избы"),  # a Russian word
    ("ail", "all"),
    ("赌博", "我不赌，博客更新了"),
    ("赌博", "我不赌。博客更新了"),
    ("赌博", "赌\n博"),
    ("赌博", "赌很博"),
    ("v50", "vso"),
    ("vso", "v50"),
    ("50", "500"),
]


def places(phrase: str, text: str) -> list[str]:
    return [text[match.start : match.end] for match in RuleMatcher([(RULE, phrase)]).matches(text)]


@pytest.mark.parametrize(("phrase", "text", "place"), EVASIONS)
def test_a_phrase_is_found_in_spite_of_evasion_and_shown_where_it_is(phrase: str, text: str, place: str) -> None:
    assert places(phrase, text) == [place]


@pytest.mark.parametrize(("phrase", "text"), INNOCENT)
def test_innocent_texts_are_left_alone(phrase: str, text: str) -> None:
    assert places(phrase, text) == []


def test_one_matcher_gives_one_text_the_same_answer_a_thousand_times_in_two_threads() -> None:
    matcher = RuleMatcher([(RULE, "scam"), (UUID(int=2), "赌博")])
    text = "A s.c.a.m, 賭博 and a 5cam"
    once = matcher.matches(text)
    assert [text[match.start : match.end] for match in once] == ["s.c.a.m", "賭博", "5cam"]
    with ThreadPoolExecutor(2) as threads:
        assert all(answer == once for answer in threads.map(matcher.matches, [text] * 1_000))


def test_every_rule_tells_its_places_up_to_a_number() -> None:
    assert len(places("scam", "scam " * 50)) == MAX_MATCHES


def test_thousands_of_rules_are_looked_for_in_a_long_text() -> None:
    rules = [(UUID(int=number), f"phrase{number}x") for number in range(1, 3_000)]
    text = "an ordinary text, 好的 " * 100 + "phrase2999x"
    assert [match.rule_id for match in RuleMatcher(rules).matches(text)] == [UUID(int=2_999)]


@pytest.mark.parametrize("phrase", ["", "...", "\u200b", "🚀"])
def test_a_phrase_without_letters_is_no_rule(phrase: str) -> None:
    with pytest.raises(ValueError, match="no letter"):
        RuleMatcher([(RULE, phrase)])


@given(st.text(max_size=60), st.text(min_size=1, max_size=6))
def test_any_text_is_screened_without_an_error_and_places_are_in_it(text: str, phrase: str) -> None:
    try:
        matcher = RuleMatcher([(RULE, phrase), (UUID(int=2), "ab")])
    except ValueError:
        return
    for match in matcher.matches(text):
        assert 0 <= match.start < match.end <= len(text)
