"""Tickers, hashtags and mentions: the table of the documentation, more cases, and properties."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from functions.community.domain.entities import Entity, TooManyEntitiesError, scan
from infra.manifests import ROOT

SYMBOLS = {"A", "AAPL", "AI", "BRK.B", "TSLA", "0700.HK", "600519.SH", "000001.SZ"}
NAMES = {"alice", "bob_1", "josé", "小明", "小明你", "ミク"}
_ROW = re.compile(r"^\| `(.+)` \| (.*?) ?\|$", re.MULTILINE)
DOCUMENTED = _ROW.findall((ROOT / "docs" / "texts.md").read_text(encoding="utf-8"))

# Beyond the documentation: signs, scripts and nonsense.
MORE = [
    ("", ""),
    ("$", ""),
    ("# @ $", ""),
    ("$AAPL $TSLA", "ticker AAPL, ticker TSLA"),
    ("\n$AAPL\n", "ticker AAPL"),
    ("\u3000$AAPL\u3000", "ticker AAPL"),
    ("\u00a0$AAPL\u00a0", "ticker AAPL"),
    ("[$AAPL]", "ticker AAPL"),
    ("{$AAPL}", "ticker AAPL"),
    ("<$AAPL>", "ticker AAPL"),
    ('"$AAPL"', "ticker AAPL"),
    ("'$AAPL'", "ticker AAPL"),
    ("«$AAPL»", "ticker AAPL"),
    ("「$AAPL」", "ticker AAPL"),
    ("【$AAPL】大涨", "ticker AAPL"),
    ("《$AAPL》", "ticker AAPL"),
    ("买入：$AAPL！", "ticker AAPL"),
    ("买入，$AAPL、$TSLA。", "ticker AAPL, ticker TSLA"),
    ("カブ$AAPLカブ", "ticker AAPL"),
    ("ローー$AAPL", "ticker AAPL"),
    ("애플$AAPL은", "ticker AAPL"),
    ("🚀$AAPL🚀$TSLA", "ticker AAPL, ticker TSLA"),
    ("👨‍👩‍👧‍👦$AAPL👨‍👩‍👧‍👦", "ticker AAPL"),
    ("🇺🇸$AAPL🇺🇸", "ticker AAPL"),
    ("1️⃣$AAPL1️⃣", "ticker AAPL"),
    ("$AAPL™", "ticker AAPL"),
    ("……$AAPL——$TSLA", "ticker AAPL, ticker TSLA"),
    ("$AAPL: up", "ticker AAPL"),
    ("$AAPL's", "ticker AAPL"),
    ("$AAPL-USD", "ticker AAPL"),
    ("$AAPL?", "ticker AAPL"),
    ("$AAPL$TSLA", "ticker AAPL"),
    ("$$AAPL", ""),
    ("A$AP Rocky", ""),
    ("Ke$ha", ""),
    ("5$AAPL", ""),
    ("_$AAPL", ""),
    ("привет$AAPL", ""),
    ("$AAPL5", ""),
    ("$AAPLé", ""),
    ("$AAPL\u0301", ""),
    ("$AAPL\u200d", ""),
    ("$\u200bAAPL", ""),
    ("$ААPL", ""),  # two of the letters are Cyrillic
    ("$5", ""),
    ("$5M", ""),
    ("$5.HK", "ticker 0005.HK"),
    ("$3.50", ""),
    ("$1k", ""),
    ("$000001", "ticker 000001.SZ"),
    ("$600519.", "ticker 600519.SH"),
    ("涨到$600519了", "ticker 600519.SH"),
    ("$600519万", ""),
    ("$600,519", ""),
    ("$6005190", ""),
    ("$600519A", ""),
    ("$600519%", ""),
    ("$09988.HK", "ticker 9988.HK"),
    ("$0000.HK", ""),
    ("$80700.hk", "ticker 80700.HK"),
    ("$700.SH", ""),
    ("$7203.T", "ticker 7203.T"),
    ("$005930.KS", "ticker 005930.KS"),
    ("$2330.TW涨", "ticker 2330.TW"),
    ("$0700.HK长期", "ticker 0700.HK"),
    ("$０７００．ＨＫ", "ticker 0700.HK"),
    ("看$贵州茅台(SH600519)$今天", "ticker 600519.SH"),
    ("$贵州茅台（SH600519）$", "ticker 600519.SH"),
    ("$阿里巴巴-SW(09988)$", "ticker 9988.HK"),
    ("$腾讯控股(00700.HK)$", "ticker 0700.HK"),
    ("$伯克希尔-B(BRK.B)$ $苹果(AAPL)$", "ticker BRK.B, ticker AAPL"),
    ("$纳指ETF(QDII)(SH513100)$", "ticker 513100.SH"),
    ("$贝特瑞(BJ835185)$", "ticker 835185.BJ"),
    ("$贵州茅台(600519)$", "ticker 600519.SH"),
    ("$贵州茅台(SH600519)", ""),
    ("$100 (AAPL)$", "ticker AAPL"),
    ("#aapl!", "ticker AAPL"),
    ("#AAPL长期", "hashtag aapl长期"),
    ("#AAPL#", "ticker AAPL"),
    ("#BRK_B", "ticker BRK.B"),
    ("#BRK.C", "hashtag brk"),
    ("#SH600519", "ticker 600519.SH"),
    ("#0700.HK", "ticker 0700.HK"),
    ("#600000", ""),
    ("#AI人工智能", "hashtag ai人工智能"),
    ("＃話題", "hashtag 話題"),
    ("#ＡＢＣ", "hashtag abc"),
    ("#Straße #STRASSE", "hashtag strasse, hashtag strasse"),
    ("#CatsOfMastodon #catsofmastodon", "hashtag catsofmastodon, hashtag catsofmastodon"),
    ("#ひらがな", "hashtag ひらがな"),
    ("#ラーメン", "hashtag ラーメン"),
    ("#ﾗｰﾒﾝ", "hashtag ラーメン"),
    ("#한국어", "hashtag 한국어"),
    ("#人々", "hashtag 人々"),
    ("#二〇二四", "hashtag 二〇二四"),
    ("#हिन्दी", "hashtag हिन्दी"),
    ("#ภาษาไทย", "hashtag ภาษาไทย"),
    ("#العربية", "hashtag العربية"),
    ("#café #cafe\u0301", "hashtag café, hashtag café"),
    ("#one～two #one〜two #one~two", "hashtag one〜two, hashtag one〜two, hashtag one"),
    ("#東京〜大阪", "hashtag 東京〜大阪"),
    ("#・A", ""),
    ("#_", ""),
    ("#1", ""),
    ("#１２３", ""),
    ("#🚀", ""),
    ("#tag🚀", "hashtag tag"),
    ("🚀#tag", "hashtag tag"),
    ("#tag\u00a0more", "hashtag tag"),
    ("#ta\u200dg", "hashtag ta"),
    ("#\u0301a", ""),
    ("a#tag", ""),
    ("&#39;", ""),
    ("/#about", ""),
    ("##tag", "hashtag tag"),
    ("#a_", "hashtag a_"),
    ("#" + "x" * 64, "hashtag " + "x" * 64),
    ("#" + "x" * 65, ""),
    ("#话题 今天 #另一个", "hashtag 话题, hashtag 另一个"),
    ("#iPhone15#发布", "hashtag iphone15"),
    ("#上海# #北京#", "hashtag 上海, hashtag 北京"),
    ("@José!", "mention josé"),
    ("@Bob_1's", "mention bob_1"),
    ("@bob_12", ""),
    ("＠alice", "mention alice"),
    ("@ａｌｉｃｅ", "mention alice"),
    (".@alice", "mention alice"),
    ("（@alice）", "mention alice"),
    ("🚀@alice🚀", "mention alice"),
    ("@alice,@bob_1", "mention alice, mention bob_1"),
    ("x@alice", ""),
    ("@@alice", ""),
    ("/@alice", ""),
    ("@a", ""),
    ("@aliceб", ""),
    ("@alice-bob", "mention alice"),
    ("@ミクさん", "mention ミク"),
    ("@小明 @小明你", "mention 小明, mention 小明你"),
    ("@" + "x" * 40, ""),
    ("http://x.org/?q=$AAPL&t=#tag", ""),
    ("HTTPS://X.ORG/$AAPL", ""),
    ("www.example.org/$AAPL", ""),
    ("看https://x.org/a看$AAPL", "ticker AAPL"),
    ("（https://x.org）#tag", "hashtag tag"),
    ("me+$AAPL@x.org", ""),
    ("foo@example.org $AAPL", "ticker AAPL"),
    ("`$AAPL`", ""),
    ("`$AAPL` $TSLA", "ticker TSLA"),
    ("``a ` $AAPL`` $TSLA", "ticker TSLA"),
    ("```\n$AAPL\n@alice\n``` #tag", "hashtag tag"),
    ("` $AAPL", "ticker AAPL"),
    ("` \n$AAPL `", "ticker AAPL"),
]
CASES = [*DOCUMENTED, *MORE]


def found_in(text: str) -> list[Entity]:
    return scan(text).entities(symbols=SYMBOLS, names=NAMES)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_text_has_the_entities_of_the_table(text: str, expected: str) -> None:
    text = unicodedata.normalize("NFC", text)
    assert ", ".join(f"{entity.kind} {entity.key}" for entity in found_in(text)) == expected
    assert_places(text)


def test_the_table_is_long_enough_and_repeats_nothing() -> None:
    assert len(CASES) >= 200
    assert len({text for text, _ in CASES}) == len(CASES)
    assert len(DOCUMENTED) > 50


def assert_places(text: str) -> None:
    """Places are in order, do not overlap, and split no cluster."""
    ends = {0, *(cluster.end() for cluster in regex.finditer(r"\X", text))}
    behind = 0
    for entity in found_in(text):
        assert behind <= entity.start < entity.end <= len(text)
        assert {entity.start, entity.end} <= ends
        written = unicodedata.normalize("NFKC", text[entity.start : entity.end])
        assert written[0] in "$#@"
        behind = entity.end


def test_every_letter_of_the_first_han_block_is_one_of_a_tag() -> None:
    for first in range(0x4E00, 0xA000, 32):
        tag = "".join(map(chr, range(first, first + 32)))
        assert [entity.name for entity in found_in(f"#{tag}。")] == [tag]


def test_the_place_is_that_in_the_text_as_stored_whatever_stands_before() -> None:
    text = "ﷺ👨‍👩‍👧‍👦é ㍿ ＄ＡＡＰＬ end"
    (ticker,) = found_in(text)
    assert text[ticker.start : ticker.end] == "＄ＡＡＰＬ"


def test_the_symbols_and_names_to_look_up_are_few() -> None:
    looked_up = scan("#AAPL $600519 $TSLA.It @小明你好 #话题")
    assert looked_up.possible_symbols == {
        "AAPL", "600519.SH", "600519.SZ", "600519.BJ", "TSLA", "TSLA.IT",
    }  # fmt: skip
    assert looked_up.possible_names == {"小明你好", "小明你", "小明"}


@pytest.mark.parametrize(("sign", "limit", "kind"), [("$", 20, "ticker"), ("#t", 30, "hashtag"), ("@", 50, "mention")])
def test_a_text_has_only_so_many_of_a_kind(sign: str, limit: int, kind: str) -> None:
    words = [f"{sign}{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(limit + 1)]
    names = {word[1:] for word in words}
    assert len(scan(" ".join(words[:-1] * 2)).entities(symbols=(), names=names)) == limit * 2
    with pytest.raises(TooManyEntitiesError, match=f"{limit} different {kind}s"):
        scan(" ".join(words)).entities(symbols=(), names=names)


def test_ten_thousand_mentions_are_refused_before_anybody_looks_them_up() -> None:
    with pytest.raises(TooManyEntitiesError):
        scan(" ".join(f"@name{number}" for number in range(10_000)))


_PIECES = st.sampled_from(
    [
        *"$#@`.·・_/\\ ()（）\n,，。1a看ア한🚀\u0301\u200d\u00a0\u202e",
        "AAPL",
        "600519",
        ".HK",
        "https://",
        "a.b/",
        "@x.org",
        "👨‍👩‍👧",
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_any_text_is_read_without_an_error_and_places_are_right(text: str) -> None:
    assert_places(unicodedata.normalize("NFC", text))


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_reading_what_was_read_in_canonical_form_changes_nothing(text: str) -> None:
    signs = {"ticker": "$", "hashtag": "#", "mention": "@"}
    keys = [(entity.kind, entity.key) for entity in found_in(unicodedata.normalize("NFC", text))]
    # A known symbol behind # is a ticker, whoever's tag it was.
    canonical = " ".join(signs[kind] + key for kind, key in keys)
    assert [(entity.kind, entity.key) for entity in found_in(canonical)] == keys


@pytest.mark.parametrize(
    "piece",
    ["$", "#", "@", "$A(", "`", "` `` ", "a.a", "@a", "#看", "a@", "https://", "$看", "#好，", "é", "a\u0301", "#a·",
     "`a`", "1.", "a-", "$AAPL ", "$贵(", "👨‍👩‍👧", "#看$", "a.b/@"],
)  # fmt: skip
def test_reading_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        scan(text).entities(symbols=(), names=())
        return time.process_time() - start

    shorter = max(min(seconds(10_000) for _ in range(3)), 0.005)
    assert (
        min(seconds(100_000) for _ in range(2)) / shorter < 60
    )  # ten times as much text; a hundred times as long if it were quadratic
