"""One pattern, two engines: PostgreSQL and Python find a phrase in the same texts."""

from __future__ import annotations

import re

import sqlalchemy as sa
from sqlalchemy import Engine

from shared.phrase_patterns import folded, phrase_pattern

# phrase, text, whether it is there
CASES = [
    ("and", "you and me", True),
    ("and", "sand castles", False),
    ("and", "candle", False),
    ("and", "And", True),
    ("and", "ＡＮＤ！", True),
    ("and", "and_me", False),
    ("and", "and2", False),
    ("and", "看and看", True),
    ("and", "and🚨", True),
    ("and", "«and»", True),
    ("and", "ándale", False),
    ("and", "abcóand", False),  # ASCII's \w would part it
    ("and", "and\u0301", False),  # a letter with a mark is another
    ("bcd", "abcódef", False),
    ("btc", "看好btc长期", True),
    ("btc", "#btc", True),
    ("btc", "$BTC", True),
    ("btc", "btcоin", False),  # a Cyrillic letter is one of a word, too
    ("赌", "赌博", True),
    ("赌", "我不赌。", True),
    ("赌博", "赌 博", False),
    ("股", "炒股票", True),
    ("🚨", "🚨🚨buy now", True),
    ("🚨", "alarm", False),
    ("❤️", "I ❤ it", True),  # the selector of presentation shows nothing
    ("涨停btc", "今天涨停btc", True),
    ("涨停btc", "今天涨停btcs", False),
    ("c++", "I write C++.", True),
    ("c++", "c+", False),
    ("a.b", "a.b", True),
    ("a.b", "acb", False),
    ("(x)", "f(x)", True),
    ("[a]{2}|^$", "[a]{2}|^$", True),
    ("\\d", "5", False),
    ("\\d", "\\d", True),
    ("***", "rated ***", True),
    ("***", "rated **", False),
    ("(?i)a", "(?i)a", True),
    ("x y", "x\n  y", True),
    ("straße", "STRASSE", True),
    ("привет", "Привет, мир", True),
    ("вет", "привет", False),
    ("ﬁn", "fin", True),
    ("so\u00adft", "soft", True),
    ("カナ", "ｶﾅ", True),
    ("가", "가나", True),
    ("ไทย", "ภาษาไทย", True),
    ("हिन्दी", "हिन्दीयाँ", False),
    ("-", "a-b", True),
    ("'s", "it's", True),
    ("100%", "100% sure", True),
    ("100%", "1100%", False),
]


def test_a_phrase_is_found_in_the_same_texts_by_python_and_by_postgresql(engine: Engine) -> None:
    in_python = [bool(re.search(phrase_pattern(phrase), folded(text))) for phrase, text, _ in CASES]
    with engine.connect() as connection:
        in_postgresql = [
            connection.scalar(
                sa.text("SELECT CAST(:text AS text) ~ CAST(:pattern AS text)"),
                {"text": folded(text), "pattern": phrase_pattern(phrase)},
            )
            for phrase, text, _ in CASES
        ]
    assert list(zip(CASES, in_python, in_postgresql, strict=True)) == [(case, case[2], case[2]) for case in CASES]
