"""Which passwords are accepted, and that checking one always costs the same."""

from __future__ import annotations

from collections.abc import Iterator

import bcrypt
import pytest

from functions.identity.domain import passwords
from functions.identity.errors import WeakPasswordError

GOOD = "sunny-orchard-42"


@pytest.fixture(autouse=True)
def _quick_hashes(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD_HASH_COST", "5")


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """The stored side of every bcrypt computation that a check makes."""
    seen: list[bytes] = []
    check = bcrypt.checkpw

    def record(password: bytes, stored: bytes) -> bool:
        seen.append(stored)
        return check(password, stored)

    monkeypatch.setattr(bcrypt, "checkpw", record)
    return seen


def _validate(password: str) -> str:
    return passwords.validate(password, email="ada.lovelace@example.com", full_name="Ada King-Byron")


@pytest.mark.parametrize("password", [GOOD, "correct horse battery staple", "Tr0ub4dor&3x", "盆栽爱好者密码一二三四"])
def test_a_password_that_is_hard_to_guess_is_accepted(password: str) -> None:
    assert _validate(password) == password


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "Password123!",
        "P@ssw0rd123",
        "Passw0rd!2024",
        "Welcome2024!",
        "qwertyuiop",
        "1234567890",
        "aaaaaaaaaaaa",
        "letmein12345",
        "1q2w3e4r5t6y",
        "Sharestack1!",
        "passwordpassword",
        "Password123!Password123!",
        "abcdefghij",
    ],
)
def test_a_common_password_and_its_usual_variants_are_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError, match="common"):
        _validate(password)


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiopasdfghjklzxcvbnm123456",
        "zxcvbnm,./asdfghjkl;'",
        "poiuytrewqlkjhgfdsamnbvcxz",
        "1qaz2wsx3edc4rfv5tgb6yhn",
        "Zaq12wsxCde34rfvBgt56yhn",
        "!QAZ@WSX#EDC$RFV",
        "QWERTYUIOPqwertyuiop[]{}",
        "azertyuiopqsdfghjklm",
        "abcdefghijklm0987654321",
        "aaaabbbbccccddddeeee",
        "aaaaaaaaqqqqqqqq11111111",
    ],
)
def test_a_walk_over_the_keyboard_is_refused_however_long(password: str) -> None:
    with pytest.raises(WeakPasswordError, match="common"):
        _validate(password)


@pytest.mark.parametrize(
    "password", ["asdf-quiche-lantern-70", "we-were-reading-trees", "poplar-kiln-tusk", "Werdenfelser Hütte 1893"]
)
def test_a_password_with_neighbouring_keys_in_it_is_no_walk(password: str) -> None:
    assert _validate(password) == password


@pytest.mark.parametrize(
    "password", ["x9-ada.lovelace-x9", "LOVELACE-71-plum", "plum-71-byron-kite", "AdaKing-Byron-71"]
)
def test_a_password_with_the_name_or_the_address_in_it_is_refused(password: str) -> None:
    with pytest.raises(WeakPasswordError, match="name"):
        _validate(password)


def test_a_word_that_is_only_a_part_of_the_address_is_no_name() -> None:
    assert passwords.validate("customer-kite-42", email="customer17@example.com", full_name="Ada King")


def test_a_short_name_may_turn_up_in_a_password_by_chance() -> None:
    assert passwords.validate("adamant-quilt-42", email="ilt@example.com", full_name="Ada Li")


def test_nine_characters_are_too_few_whatever_they_are() -> None:
    with pytest.raises(WeakPasswordError, match="at least 10"):
        _validate("x9$kfPq2L")


def test_what_bcrypt_would_cut_off_is_refused() -> None:
    longest = "kite-plum-" * 7 + "42"
    assert len(longest) == 72
    assert _validate(longest) == longest
    for too_long in (longest + "x", "盆" * 24 + "栽"):
        with pytest.raises(WeakPasswordError, match="72 bytes"):
            _validate(too_long)


def test_a_password_typed_in_another_unicode_form_is_the_same_password() -> None:
    stored = passwords.hash_password(_validate("ＣＡＦÉ-orchard-42"))
    assert passwords.verify("CAFE\u0301-orchard-42", stored)


def test_estimating_a_hostile_password_takes_bounded_time() -> None:
    import time

    started = time.process_time()
    with pytest.raises(WeakPasswordError):
        _validate("4@8({[<369!1|0$5+7%2" * 40)
    passwords.validate("4@8({[<369!1|0$5+7%2" * 3, email="a@example.com", full_name="A")
    assert time.process_time() - started < 3


def test_every_check_is_one_computation_at_todays_cost(checks: list[bytes]) -> None:
    right = passwords.hash_password(GOOD)
    assert passwords.verify(GOOD, right)
    assert not passwords.verify("wrong", right)
    assert not passwords.verify("wrong", None)
    assert not passwords.verify("wrong", "!")
    assert not passwords.verify("x" * 500, right)
    assert len(checks) == 5
    assert {stored[:7] for stored in checks} == {b"$2b$05$"}


def test_a_password_beyond_bcrypts_reach_never_matches_its_first_72_bytes() -> None:
    longest = "kite-plum-" * 7 + "42"
    stored = passwords.hash_password(longest)
    assert passwords.verify(longest, stored)
    assert not passwords.verify(longest + "x", stored)


def test_a_hash_of_a_lower_cost_is_outdated() -> None:
    assert passwords.is_outdated(bcrypt.hashpw(b"x", bcrypt.gensalt(4)).decode())
    assert not passwords.is_outdated(passwords.hash_password(GOOD))
    assert not passwords.is_outdated("!")


def test_the_usual_cost_is_twelve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PASSWORD_HASH_COST")
    assert passwords.hash_password(GOOD).startswith("$2b$12$")
