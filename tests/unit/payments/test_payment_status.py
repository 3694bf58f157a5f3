"""Which report wins, whatever the order of arrival."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.payments.domain.payment_status import ENDED, Verdict, by_refunds, judge
from functions.payments.providers.port import PaymentStatus

START = datetime(2026, 11, 20, tzinfo=UTC)
PASSING = [PaymentStatus.REQUIRES_ACTION, PaymentStatus.PROCESSING, PaymentStatus.FAILED]

Report = tuple[PaymentStatus, datetime]


def settle(reports: tuple[Report, ...]) -> tuple[PaymentStatus, datetime | None]:
    known: PaymentStatus = PaymentStatus.REQUIRES_PAYMENT
    known_at: datetime | None = None
    for told, told_at in reports:
        if judge(known, known_at, told, told_at) is Verdict.APPLY:
            known, known_at = told, told_at
    return known, known_at


@given(
    passing=st.lists(st.sampled_from(PASSING), max_size=4),
    end=st.sampled_from([None, PaymentStatus.SUCCEEDED, PaymentStatus.CANCELED]),
)
def test_every_order_of_arrival_ends_in_the_same_state(passing: list[PaymentStatus], end: PaymentStatus | None) -> None:
    history = [*passing, *([end] if end else [])]
    reports = [(status, START + timedelta(seconds=second)) for second, status in enumerate(history)]
    ends = {settle(order) for order in itertools.permutations(reports)}
    assert ends == {settle(tuple(reports))}
    if history:
        assert ends.pop()[0] is history[-1]


@given(status=st.sampled_from(PaymentStatus), seconds=st.integers(-5, 5))
def test_a_repeated_report_changes_nothing(status: PaymentStatus, seconds: int) -> None:
    known_at = START + timedelta(seconds=max(0, seconds))
    assert judge(status, known_at, status, START) is Verdict.STALE


@pytest.mark.parametrize("known", sorted(ENDED))
@pytest.mark.parametrize("told", PASSING)
def test_what_is_final_is_not_undone_by_a_later_report(known: PaymentStatus, told: PaymentStatus) -> None:
    assert judge(known, START, told, START + timedelta(hours=1)) is Verdict.STALE


def test_two_different_reports_of_one_second_are_a_tie() -> None:
    assert judge(PaymentStatus.FAILED, START, PaymentStatus.PROCESSING, START) is Verdict.TIED


def test_money_taken_by_a_canceled_intent_is_a_contradiction() -> None:
    verdict = judge(PaymentStatus.CANCELED, START, PaymentStatus.SUCCEEDED, START + timedelta(seconds=1))
    assert verdict is Verdict.CONTRADICTION


@pytest.mark.parametrize(
    ("refunded", "status"),
    [
        (0, PaymentStatus.SUCCEEDED),
        (1, PaymentStatus.PARTIALLY_REFUNDED),
        (99, PaymentStatus.PARTIALLY_REFUNDED),
        (100, PaymentStatus.REFUNDED),
    ],
)
def test_refunds_decide_what_a_paid_payment_is(refunded: int, status: PaymentStatus) -> None:
    assert by_refunds(100, refunded) is status
