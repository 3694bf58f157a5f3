"""Our verification against Stripe's own library, on the same inputs."""

from __future__ import annotations

import time

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from functions.payments.providers.stripe.webhooks import TOLERANCE_SECONDS, verify
from functions.payments.providers.webhooks import SignatureError

SECRET = "whsec_current"
OTHER = "whsec_other"
BODY = b'{"id": "evt_1", "type": "charge.refunded"}'


def sign(body: bytes = BODY, secret: str = SECRET, timestamp: int | None = None) -> str:
    return stripe.WebhookSignature.generate_signature_header(body.decode(), secret, timestamp)


def we_accept(body: bytes, header: str, secrets: list[str]) -> bool:
    try:
        verify(body, header, secrets, now=time.time())
    except SignatureError:
        return False
    return True


def the_library_accepts(body: bytes, header: str, secrets: list[str]) -> bool:
    for secret in secrets:
        try:
            stripe.WebhookSignature.verify_header(body, header, secret, TOLERANCE_SECONDS)
        except (stripe.SignatureVerificationError, TypeError):  # TypeError: it compares non-ASCII text
            continue
        return True
    return False


_part = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["t", "v1", "v0", "t=", "v1=", "t=x", "=", "", "v1=00", " t=1", "t=1=2", "t= 5", "t=1_0"]),
)


@st.composite
def headers(draw: st.DrawFn, body: bytes) -> str:
    """True signatures, damaged ones and noise, in any order, at about the present time."""
    now = int(time.time())
    timestamp = now - draw(st.sampled_from([0, 1, 250, 350, 10_000]))
    parts: list[str] = []
    for secret in draw(st.lists(st.sampled_from([SECRET, OTHER]), max_size=3)):
        parts += sign(body, secret, timestamp).split(",")
    parts += draw(st.lists(_part, max_size=3))
    chosen = draw(st.permutations(parts))
    header = ",".join(chosen)
    if header and draw(st.booleans()):
        position = draw(st.integers(0, len(header) - 1))
        header = header[:position] + draw(st.sampled_from(["", "0", "=", ",", " "])) + header[position + 1 :]
    return header


@given(data=st.data(), text=st.text(max_size=60), secrets=st.lists(st.sampled_from([SECRET, OTHER, "", " "])))
def test_whatever_one_accepts_the_other_accepts(data: st.DataObject, text: str, secrets: list[str]) -> None:
    body = text.encode()
    header = data.draw(headers(body))
    assert we_accept(body, header, secrets) == the_library_accepts(body, header, secrets)


@given(body=st.binary(max_size=200))
def test_a_body_of_any_bytes_is_verified_as_it_came(body: bytes) -> None:
    try:
        header = sign(body)
    except UnicodeDecodeError:
        header = sign(b"other")
        assert not we_accept(body, header, [SECRET])
    else:
        assert we_accept(body, header, [SECRET])


def test_one_of_several_secrets_is_enough_while_they_are_rotated() -> None:
    verify(BODY, sign(secret=OTHER), [SECRET, OTHER], now=time.time())


def test_one_of_several_signatures_is_enough_while_stripe_rotates() -> None:
    timestamp = int(time.time())
    mine = sign(timestamp=timestamp).split(",")[1]
    header = f"t={timestamp},v1={'0' * 64},{mine},v0=junk"
    verify(BODY, header, [SECRET], now=time.time())


@pytest.mark.parametrize("offset", [-TOLERANCE_SECONDS - 5, TOLERANCE_SECONDS + 5])
def test_a_timestamp_far_from_now_is_refused_on_both_sides(offset: int) -> None:
    now = int(time.time())
    with pytest.raises(SignatureError, match="too far from now"):
        verify(BODY, sign(timestamp=now + offset), [SECRET], now=now)


@pytest.mark.parametrize("offset", [-TOLERANCE_SECONDS, TOLERANCE_SECONDS])
def test_a_timestamp_at_the_tolerance_is_accepted(offset: int) -> None:
    now = int(time.time())
    verify(BODY, sign(timestamp=now + offset), [SECRET], now=now)


@pytest.mark.parametrize(
    "header", [None, "", "t", "v1=00", "t=1", "t=x,v1=00", "t=1,v1", "v0=00,t=1", "t=" + "9" * 5000]
)
def test_a_malformed_header_is_refused(header: str | None) -> None:
    with pytest.raises(SignatureError):
        verify(BODY, header, [SECRET], now=time.time())


def test_the_timestamp_is_part_of_what_is_signed() -> None:
    timestamp = int(time.time())
    header = sign(timestamp=timestamp).replace(f"t={timestamp}", f"t={timestamp + 1}")
    with pytest.raises(SignatureError, match="does not match"):
        verify(BODY, header, [SECRET], now=time.time())


def test_an_empty_secret_lets_nobody_sign() -> None:
    with pytest.raises(SignatureError):
        verify(BODY, sign(secret=""), [""], now=time.time())
