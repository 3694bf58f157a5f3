"""What our mails say, in every language, and what names that others chose cannot do to them."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from functions.notifications.domain.languages import LANGUAGES, best_match
from functions.notifications.domain.message import Message
from functions.notifications.service.messages import TEMPLATES, compose, money
from functions.notifications.service.notifications import (
    ACCOUNT_NOTIFICATIONS,
    OFFER_NOTIFICATIONS,
    ORDER_NOTIFICATIONS,
    SECURITY_NOTIFICATIONS,
    SHOP_NOTIFICATIONS,
    Notification,
)
from shared.contexts.ordering.events import OrderLine, OrderPaid

SAMPLES = Path(__file__).parents[3] / "events" / "domain"
NOTICES: dict[str, Notification[Any]] = {
    notice.kind: notice
    for table in (
        ACCOUNT_NOTIFICATIONS,
        SECURITY_NOTIFICATIONS,
        ORDER_NOTIFICATIONS,
        OFFER_NOTIFICATIONS,
        SHOP_NOTIFICATIONS,
    )
    for notice in table.values()
}
LINK = "https://shop.example.com/somewhere?token=abc"
DENIAL = "https://shop.example.com/deny-email?token=ghi"
LEAVE = "https://shop.example.com/unsubscribe?token=def"
OFFERS = {notice.kind for notice in OFFER_NOTIFICATIONS.values()}


def data_of(kind: str) -> dict[str, Any]:
    """What the sample of the event says."""
    document = json.loads((SAMPLES / f"{NOTICES[kind].event.detail_type()}.json").read_text())
    data: dict[str, Any] = document["detail"]["data"]
    return data


def composed(kind: str, language: str, /, **changed: Any) -> Message:
    """The mail of the sample event, with some of it changed."""
    event = NOTICES[kind].event.model_validate(data_of(kind) | changed)
    return composed_with(kind, language, event=event)


def composed_with(kind: str, language: str, **values: Any) -> Message:
    """The mail of the sample event, with other values than the sample's."""
    event = NOTICES[kind].event.model_validate(data_of(kind))
    leave = {"unsubscribe": LEAVE} if kind in OFFERS else {}
    return compose(kind, language, {"event": event, "link": LINK, "denial_link": DENIAL, **leave, **values})


def hostile(value: Any) -> Any:
    """The same data with every text replaced by one that wants to be a header, markup or a template."""
    if isinstance(value, dict):
        return {
            name: item if name.endswith(("_id", "_at", "currency")) else hostile(item) for name, item in value.items()
        }
    if isinstance(value, list):
        return [hostile(item) for item in value]
    return (
        "Pot\r\nBcc: all@example.com\n\n<script>alert(1)</script> {{ event.email }}"
        if isinstance(value, str)
        else value
    )


PARTS = {
    ("order_confirmation", "en"): (
        "Thank you for your order",
        "SS-7F3K-92QX",
        "20 November 2026, 08:15 UTC",
        "3 ×",
        "USD 59.70",
        "USD 77.80",
        LINK,
    ),
    ("order_confirmation", "zh-CN"): ("SS-7F3K-92QX", "2026-11-20 08:15", "3 ×", "USD 59.70", "合计", LINK),
    ("order_shipped", "en"): ("7K3MQ-9TXVB", "handed to DHL", "2 × Clay Plant Pot - Small", "JD014600003828", LINK),
    ("order_shipped", "zh-CN"): ("7K3MQ-9TXVB", "交由 DHL 配送", "2 × Clay Plant Pot - Small", "JD014600003828", LINK),
    ("order_delivered", "en"): ("7K3MQ-9TXVB", "delivered on 04 June 2026", LINK),
    ("order_delivered", "zh-CN"): ("7K3MQ-9TXVB", "2026-06-04 送达", LINK),
    ("order_refunded", "en"): ("7K3MQ-9TXVB", "USD 19.98", LINK),
    ("order_refunded", "zh-CN"): ("7K3MQ-9TXVB", "USD 19.98", "部分退款", LINK),
    ("return_decided", "en"): ("We accept the return", "7K3MQ-9TXVB", "Please send it back within 14 days.", LINK),
    ("return_decided", "zh-CN"): ("已通过", "7K3MQ-9TXVB", "Please send it back within 14 days.", LINK),
    ("back_in_stock", "en"): ("Clay Plant Pot", "can be bought again", LINK, LEAVE),
    ("back_in_stock", "zh-CN"): ("Clay Plant Pot", "已重新上架", LINK, LEAVE),
    ("price_dropped", "en"): ("Clay Plant Pot", "USD 9.99", "USD 14.99", LINK, LEAVE),
    ("price_dropped", "zh-CN"): ("Clay Plant Pot", "USD 9.99", "USD 14.99", LINK, LEAVE),
    ("cart_abandoned", "en"): ("Clay Plant Pot", "CNY 128.00", "Total", LINK, LEAVE),
    ("cart_abandoned", "zh-CN"): ("Clay Plant Pot", "CNY 128.00", "合计", LINK, LEAVE),
    ("email_verification", "en"): (LINK, DENIAL, "An account was opened", "05 June 2026, 09:30 UTC", "not you?"),
    ("email_verification", "zh-CN"): (LINK, DENIAL, "注册了账户", "2026-06-05 09:30", "不是您本人操作？"),
    ("password_changed", "en"): (LINK, "20 November 2026, 08:15 UTC", "If it was not you"),
    ("password_changed", "zh-CN"): (LINK, "2026-11-20 08:15", "如果不是您本人操作"),
    ("email_changed", "en"): (LINK, "take the change back", "27 November 2026, 08:15 UTC"),
    ("email_changed", "zh-CN"): (LINK, "请撤销更改", "2026-11-27 08:15"),
    ("erasure_cancelled", "en"): (LINK, "You can sign in again", "If it was not you"),
    ("erasure_cancelled", "zh-CN"): (LINK, "可以重新登录", "如果不是您本人取消"),
    ("roles_changed", "en"): ("was given: moderator.", "Taken from your account: vendor."),
    ("roles_changed", "zh-CN"): ("获得了角色：审核员。", "失去了角色：商家。"),
    ("session_ended", "en"): (LINK, "20 November 2026, 08:15 UTC", "choose a new password"),
    ("session_ended", "zh-CN"): (LINK, "2026-11-20 08:15", "请设置新密码"),
    ("moderation_action", "en"): (
        "Your account is suspended",
        "Threats in three comments",
        "04 December 2026, 08:15 UTC",
        "appeal until 20 December 2026, 08:15 UTC",
        LINK,
    ),
    ("moderation_action", "zh-CN"): ("已被暂停", "Threats in three comments", "2026-12-04 08:15", "申诉", LINK),
    ("appeal_decided", "en"): ("taken the decision back", "They were quotes from a book", LINK),
    ("appeal_decided", "zh-CN"): ("已被撤销", "They were quotes from a book", LINK),
    ("report_decided", "en"): ("the post that you reported", "did something about it", LINK),
    ("report_decided", "zh-CN"): ("您举报的帖子", "采取了措施", LINK),
    ("password_reset", "en"): (LINK, "04 June 2026, 10:30 UTC", "ignore this mail"),
    ("password_reset", "zh-CN"): (LINK, "2026-06-04 10:30", "请忽略本邮件"),
    ("personal_data_exported", "en"): (LINK, "27 November 2026, 08:15 UTC", "choose a new password"),
    ("personal_data_exported", "zh-CN"): (LINK, "2026-11-27 08:15", "请立即修改密码"),
    ("erasure_requested", "en"): (LINK, "04 December 2026, 08:15 UTC", "choose a new password"),
    ("erasure_requested", "zh-CN"): (LINK, "2026-12-04 08:15", "立即修改密码"),
    ("erasure_postponed", "en"): ("an order has not arrived yet", "05 December 2026, 08:15 UTC", "keeps your account"),
    ("erasure_postponed", "zh-CN"): ("有订单尚未送达", "2026-12-05 08:15", "保留账户"),
    ("stock_low", "en"): ("Clay Plant Pot - Small", "(POT-S)", "3"),
    ("stock_low", "zh-CN"): ("Clay Plant Pot - Small", "（POT-S）", "3"),
    ("dispute_opened", "en"): ("USD 19.98", "fraudulent", "20 June 2026, 23:59 UTC"),
    ("dispute_opened", "zh-CN"): ("USD 19.98", "fraudulent", "2026-06-20 23:59"),
}


def test_every_kind_of_mail_is_known_here_in_every_language() -> None:
    assert set(PARTS) == {(kind, language) for kind in NOTICES for language in LANGUAGES}


def test_every_template_belongs_to_a_kind_of_mail() -> None:
    parts = {"layout", "button", "order_lines", "shipped_lines", "unsubscribe"}
    assert {path.name.partition(".")[0] for path in TEMPLATES.iterdir()} == set(NOTICES) | parts


@pytest.mark.parametrize(("kind", "language"), sorted(PARTS))
def test_a_mail_says_what_matters_as_text_and_as_html(kind: str, language: str) -> None:
    message = composed(kind, language)
    for part in PARTS[kind, language]:
        assert part in message.text
        assert part in message.html
    assert 0 < len(message.subject) < 100
    assert "<" not in message.text
    assert "\n\n\n" not in message.text
    assert message.html.startswith("<!doctype html>")
    assert f'<html lang="{language}">' in message.html
    assert f"<title>{message.subject}</title>" in message.html


@pytest.mark.parametrize("kind", sorted(NOTICES))
def test_subjects_are_in_the_language_of_the_reader(kind: str) -> None:
    english, chinese = (composed(kind, language).subject for language in LANGUAGES)
    assert english != chinese
    assert not any("一" <= character <= "鿿" for character in english)
    assert any("一" <= character <= "鿿" for character in chinese)


@pytest.mark.parametrize(("kind", "language"), sorted(PARTS))
def test_names_that_others_chose_stay_text(kind: str, language: str) -> None:
    message = composed(
        kind,
        language,
        **{name: value for name, value in hostile(data_of(kind)).items() if name not in ("email", "language")},
    )
    assert "\n" not in message.subject
    assert "\r" not in message.subject + message.text
    assert not any(line.startswith("Bcc:") for line in message.text.splitlines())
    assert "<script>" not in message.html
    assert "ada@example.com" not in message.text + message.html, "values are no templates"


def test_a_change_of_the_address_and_a_new_account_are_told_apart() -> None:
    for language, opened, changed in (("en", "was opened", "asks to have"), ("zh-CN", "注册了账户", "申请改用")):
        new = composed("email_verification", language)
        change = composed("email_verification", language, is_change=True)
        assert opened in new.text
        assert opened in new.html
        assert changed in change.text
        assert changed in change.html
        assert new.subject != change.subject


@pytest.mark.parametrize("kind", ["hide", "remove", "warn", "suspend", "ban"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_a_moderator_s_action_concerns_reads_what_was_done(kind: str, language: str) -> None:
    message = composed("moderation_action", language, kind=kind, ends_at=None, target_kind="comment")
    words = {
        "en": {"hide": "hidden", "remove": "removed", "warn": "warning", "suspend": "suspended", "ban": "banned"},
        "zh-CN": {"hide": "隐藏", "remove": "移除", "warn": "警告", "suspend": "暂停", "ban": "封禁"},
    }
    assert words[language][kind] in message.subject
    assert "None" not in message.text + message.html


def test_an_appeal_that_was_rejected_and_a_report_that_was_dismissed_are_told_so() -> None:
    assert "stands" in composed("appeal_decided", "en", is_accepted=False, note="").text
    assert "nothing needs to be done" in composed("report_decided", "en", status="dismissed").text


def test_roles_that_were_only_given_or_only_taken_are_told_alone() -> None:
    given = composed("roles_changed", "en", given=["admin", "moderator"], taken=[])
    assert "given: admin, moderator." in given.text
    assert "Taken" not in given.text + given.html


def test_a_tracking_address_that_is_none_is_no_link() -> None:
    for language in LANGUAGES:
        message = composed("order_shipped", language, tracking_url="javascript:alert(1)")
        assert "javascript" not in message.html + message.text
        assert "https://www.dhl.com/track?id=JD014600003828" in composed("order_shipped", language).html


def test_what_an_event_leaves_open_is_left_out() -> None:
    for language in LANGUAGES:
        bare = composed("order_shipped", language, tracking_number=None, tracking_url=None, complete=False)
        disputed = composed("dispute_opened", language, order_id=None, evidence_due_at=None)
        declined = composed("return_decided", language, approved=False, note=None)
        low = composed("stock_low", language, sku=None)
        for message in (bare, disputed, declined, low):
            assert "None" not in message.text + message.html
            assert "\n\n\n" not in message.text


def test_part_of_an_order_and_the_whole_are_told_apart() -> None:
    assert "The rest follows" in composed("order_shipped", "en", complete=False).text
    assert "The rest follows" not in composed("order_shipped", "en").text
    assert "in full" in composed("order_refunded", "en", in_full=True).text
    assert "declined" in composed("return_decided", "en", approved=False).subject


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("en", "en"),
        ("zh-CN", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh-Hans-SG", "zh-CN"),
        ("EN-gb", "en"),
        ("fr", "en"),
        ("", "en"),
    ],
)
def test_whoever_speaks_something_else_is_written_to_in_english(language: str, spoken: str) -> None:
    assert best_match(language) == spoken


@pytest.mark.parametrize("language", ["../../etc/passwd", "en/../../x", "\x00"])
def test_a_language_names_no_file(language: str) -> None:
    assert composed("order_delivered", language).subject == "Order 7K3MQ-9TXVB has arrived"


@pytest.mark.parametrize("inclusive", [False, True])
def test_what_is_between_the_lines_and_the_total_is_told(inclusive: bool) -> None:
    sums = {"discount_amount": 500, "shipping_amount": 700, "tax_amount": 160, "prices_include_tax": inclusive}
    for body in (found := composed("order_confirmation", "en", **sums)).text, found.html:
        assert "USD -5.00" in body
        assert "USD 7.00" in body
        assert "USD 1.60" in body
        assert ("Tax included: USD 1.60" in body) == inclusive
    for label in ("优惠：CNY -5.00", "运费：CNY 7.00", "含税：CNY 1.60" if inclusive else "税费：CNY 1.60"):
        assert label in composed("order_confirmation", "zh-CN", currency="CNY", **sums).text


def test_sums_that_are_nothing_are_left_out() -> None:
    for body in (found := composed("order_confirmation", "en")).text, found.html:
        for label in ("Discount", "Shipping", "Tax"):
            assert label not in body


def test_lines_of_an_order_are_multiplied() -> None:
    lines = [
        OrderLine(name="Clay Pot", quantity=2, unit_amount=1290),
        OrderLine(name="A & B", quantity=1, unit_amount=5),
    ]
    order = OrderPaid.model_validate(data_of("order_confirmation") | {"order_id": uuid.uuid4(), "lines": lines})
    message = compose("order_confirmation", "en", {"event": order, "link": LINK})
    assert "2 × Clay Pot: USD 25.80" in message.text
    assert "1 × A & B: USD 0.05" in message.text, "plain text stays as it was written"
    assert "A &amp; B" in message.html


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (129000, "usd", "USD 1,290.00"),
        (24000, "JPY", "JPY 24,000"),
        (1234567, "KWD", "KWD 1,234.567"),
        (0, "EUR", "EUR 0.00"),
        (5, "CNY", "CNY 0.05"),
    ],
)
def test_amounts_have_the_decimal_places_of_their_currency(amount: int, currency: str, shown: str) -> None:
    assert money(amount, currency) == shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("carrier", ["other", "royal_mail"])
def test_a_mail_names_no_carrier_by_its_code(carrier: str, language: str) -> None:
    """`other` is nobody's name; an event from before has no names at all."""
    message = composed("order_shipped", language, carrier=carrier, carrier_name="", tracking_url=None)
    assert carrier not in message.text + message.html
    assert {"en": "has been sent", "zh-CN": "已寄出"}[language] in message.text
    named = composed("order_shipped", language, carrier=carrier, carrier_name="Royal Mail", complete=False)
    assert "Royal Mail" in named.text
