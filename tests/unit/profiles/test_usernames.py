"""What may be a username, and which names are one."""

from __future__ import annotations

import unicodedata

import pytest

from functions.profiles.domain.reserved_names import is_reserved
from shared.contexts.profiles.usernames import UsernameProblem, key_of, problem_of, shown_form, skeleton_of


@pytest.mark.parametrize(
    "name",
    [
        "ada",
        "Ada_L",
        "a1",
        "贵州茅台",
        "茅台_2024",
        "ビットコイン",
        "山田たろう",
        "한국사람",
        "Éric",
        "Nguyễn",
        "x贵",
        "时々",
        "cafe2024",
        "x" * 30,
    ],
)
def test_these_are_usernames(name: str) -> None:
    assert problem_of(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a", UsernameProblem.LENGTH),
        ("x" * 31, UsernameProblem.LENGTH),
        ("", UsernameProblem.LENGTH),
        ("x" * 1_000_000, UsernameProblem.LENGTH),
        ("12345", UsernameProblem.DIGITS),
        ("__", UsernameProblem.DIGITS),
        ("ビ한국", UsernameProblem.SCRIPTS),
        ("0199c0de7c1e", UsernameProblem.IDENTIFIER),
        ("p\u0430ypal", UsernameProblem.CHARACTERS),
        ("Ωmega", UsernameProblem.CHARACTERS),
        ("a b", UsernameProblem.CHARACTERS),
        ("a-b", UsernameProblem.CHARACTERS),
        ("a.b", UsernameProblem.CHARACTERS),
        ("@ada", UsernameProblem.CHARACTERS),
        ("٣ada", UsernameProblem.CHARACTERS),
        ("adaǃ", UsernameProblem.CHARACTERS),
        ("ɑda", UsernameProblem.CHARACTERS),
    ],
)
def test_these_are_not(name: str, problem: UsernameProblem) -> None:
    assert problem_of(name) is problem


@pytest.mark.parametrize(
    ("category", "character"),
    [
        ("Cc", "\u0007"),
        ("Cf", "\u200d"),
        ("Cf", "\u202e"),
        ("Co", "\ue000"),
        ("Cn", "\u0378"),
        ("Zs", "\u00a0"),
        ("Zs", "\u3000"),
        ("Mn", "\u0301"),
        ("So", "🚀"),
        ("Sk", "\U0001f3fd"),
        ("Cs", "\ud800"),
    ],
)
def test_nothing_invisible_combining_or_unassigned_is_in_a_name(category: str, character: str) -> None:
    assert unicodedata.category(character) == category
    for name in (f"{character}ada", f"ad{character}a", f"ada{character}"):
        normal = unicodedata.normalize("NFKC", name) if character != "\ud800" else name
        if character in normal or " " in normal:
            assert problem_of(name) is not None


def test_every_character_of_the_first_han_block_may_be_in_a_name() -> None:
    assert [chr(point) for point in range(0x4E00, 0xA000) if problem_of(chr(point) * 2) is not None] == []


def test_case_width_and_composition_make_no_other_name() -> None:
    assert (
        len({key_of(name) for name in ("Éric", "éric", "e\u0301ric", "ＥRIC".replace("ＥR", "É\uff32"), "ÉRIC")}) == 1
    )
    assert key_of("Ａｄａ") == key_of("ada") == "ada"
    assert shown_form("Ａda") == "Ada"


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("paypal", "paypa1"),
        ("paypal", "paypaI"),
        ("olga", "0lga"),
        ("modern", "modem"),
        ("Ian", "lan"),
        ("ニュース", "二ュース"),
        ("カメラ", "力メラ"),
        ("口座", "ロ座"),
        ("一二", "ー二"),
        ("Ɓob", "ɓob"),
        ("æther", "aether"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(name: str, alike: str) -> None:
    assert skeleton_of(name) == skeleton_of(alike)


def test_names_that_differ_to_the_eye_have_two() -> None:
    names = ["ada", "eda", "ädà", "贵州茅台", "五粮液", "bob_1", "bob_2", "한국", "힌국", "ビッ", "ヒッ"]
    assert len({skeleton_of(name) for name in names}) == len(names)


@pytest.mark.parametrize("name", ["admin", "ADMIN", "adm1n", "me", "Support", "0fficial", "管理员", "客服"])
def test_nobody_is_called_as_staff_or_as_oneself(name: str) -> None:
    assert is_reserved(name, "")
