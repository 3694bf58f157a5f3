"""What errors carry is told without secrets and personal data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import scrubbing

JWT = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl"

TEXTS = [
    ("no user ada@example.com", "no user [email]"),
    ("no user 张三+x@例子.公司", "no user [email]"),
    ("to=ada%40example.com&x=1", "to=[email]&x=1"),
    ("Authorization: Bearer abc.def-ghi", "Authorization: [token]"),
    (f"refused {JWT}", "refused [token]"),
    ("key sk_live_51Habcdef0123", "key [token]"),
    ("card 4242 4242 4242 4242 declined", "card [card] declined"),
    ("card 5555-5555-5555-4444.", "card [card]."),
    ("order 4242424242424241", "order 4242424242424241"),
    ("call +49 170 1234567", "call [phone]"),
    ("手机 13812345678 未注册", "手机 [phone] 未注册"),
    ("https://shop.example/reset?token=abc&page=2", "https://shop.example/reset?token=[secret]&page=2"),
    ("https://ada:pw@shop.example/", "https://[secret]@shop.example/"),
    ("postgresql://app:hunter2@db/shop", "postgresql://[secret]@db/shop"),
    ('{"password": "hun ter\\"2", "page": 2}', '{"password": [secret], "page": 2}'),
    ("{'accessToken': 'x', 'a': 1}", "{'accessToken': [secret], 'a': 1}"),
    ("api_key=abc", "api_key=[secret]"),
    ("status_code=500 errorCode: E1 code=abc", "status_code=500 errorCode: E1 code=[secret]"),
    ("/orders/by-link/a1B2c3D4e5F6g7H8i9J0k1L2m3N4", "/orders/by-link/[token]"),
    ("/orders/0199c0de-0000-7000-8000-000000000011", "/orders/0199c0de-0000-7000-8000-000000000011"),
    ("DETAIL:  Key (name)=(Ada) already exists.", "DETAIL: [secret]"),
    ("Input should be a number [type=int, input_value='Ada L', input_type=str]",
     "Input should be a number [type=int, input_value=[secret], input_type=str]"),
    ("items is undefined at step 3", "items is undefined at step 3"),
    ("monkey=1 keyboard=2 next=/reset?token=abc", "monkey=1 keyboard=2 next=/reset?token=[secret]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "scrubbed"), TEXTS)
def test_secrets_and_personal_data_are_replaced_and_all_else_stays(text: str, scrubbed: str) -> None:
    assert scrubbing.text(text, 500) == scrubbed


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_a_token_is_found_whatever_stands_around_it(before: str, after: str) -> None:
    assert JWT not in scrubbing.text(f"{before} {JWT} {after}", 500)


@given(st.text(max_size=2_000), st.integers(min_value=1, max_value=300))
def test_a_text_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(scrubbing.text(text, limit)) <= limit


def test_members_with_the_name_of_a_secret_hold_none() -> None:
    values = {
        "password": "x",
        "csrfToken": 7,
        "page": 2,
        "note": "to ada@example.com",
        "eve@example.com": True,
        "more": 1,
    }
    assert scrubbing.members(values, limit=50, most=5) == {
        "password": "[secret]",
        "csrfToken": "[secret]",
        "page": 2,
        "note": "to [email]",
        "[email]": True,
    }
