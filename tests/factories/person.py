"""A person who left traces in every context, and nothing that is not settled."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from functions.ordering.domain.returns import RequestedLine
from functions.ordering.service import returns
from shared import audit, outbox
from shared.audit import Subject
from shared.contexts.analytics.models import UserSession
from shared.contexts.catalog.models.customers import MediaDownload, ProductMedia, ReviewVote, WishlistItem
from shared.contexts.catalog.models.products import Product
from shared.contexts.community.models.comments import Bookmark, Reaction, Repost
from shared.contexts.community.models.groups import Group, GroupBan, GroupMember, GroupRequest
from shared.contexts.community.models.imports import ImportedPost, PostImport
from shared.contexts.community.models.posts import PollVote, ProfilePin
from shared.contexts.community.models.topics import PostMention, Ticker, TopicFollow
from shared.contexts.identity.models.accounts import User
from shared.contexts.identity.models.notes import UserNote
from shared.contexts.identity.models.privacy import ConsentChange
from shared.contexts.media.models import MediaFile
from shared.contexts.moderation.models.actions import Appeal, Sanction
from shared.contexts.notifications.models import Delivery
from shared.contexts.ordering import orders
from shared.contexts.ordering.models.addresses import CustomerAddress
from shared.contexts.ordering.models.fulfilment import Return
from shared.contexts.ordering.models.notes import OrderNote
from shared.contexts.ordering.models.orders import Cart, CartItem, Checkout, Order, OrderItem
from shared.contexts.ordering.models.pricing import Coupon, CouponCustomer, CouponRedemption
from shared.contexts.payments.models.payments import Payment, ProviderCustomer
from shared.contexts.profiles.models import PendingStanding, UserInterest, WatchlistItem, WordFilter
from tests.factories import catalog, community, identity, moderation, money, payments, profiles, reviews, shipments
from tests.support import database_logins

EMAIL = "ada.byron@example.com"
NAME = "Augusta Byron"
STREET = "17 Piccadilly Terrace"
PHONE = "+44 20 7946 0958"
TAX_NUMBER = "GB741852963"
ADDRESS = "198.51.100.23"


@dataclass(frozen=True)
class Life:
    """What to look for."""

    order: Order
    guest_order: Order
    payment: Payment
    address: str
    fingerprint: str
    provider_customer_id: str


def live_a_life(db: Session, user: User, *, street: str = STREET, address: str = ADDRESS) -> Life:
    """Everything that somebody can leave behind; all orders have arrived, and nothing is open."""
    where = {
        "name": user.full_name, "line1": street, "city": "London", "region": "England", "postal_code": "W1J 7NW",
        "country": "GB", "phone": PHONE,
    }  # fmt: skip
    payment, order = _bought(db, user, user.email, where)
    _, guest_order = _bought(db, None, user.email.upper(), where)
    guest_order_id = guest_order.id
    expired = _checkout(db, user, user.email, where)
    expired.status = "expired"
    db.commit()
    fingerprint, customer_id = uuid.uuid4().hex, f"cus_{uuid.uuid4().hex}"
    _complain(db, user, order, payment)
    checked = money.fraud_decision(db, payment, decision="allow")
    checked.ip_address, checked.card_fingerprint, checked.note = address, fingerprint, f"{user.full_name} called"
    db.add(ProviderCustomer(user_id=user.id, provider="stripe", provider_customer_id=customer_id))
    db.add(CustomerAddress(user_id=user.id, label=f"{NAME}'s", address=where, is_default_shipping=True))
    _browse(db, user, order)
    _meet(db, user)
    _talk(db, user)
    _moderated(db, user)
    identity.login_session(db, user, user_agent="Byron's Browser/1.0")
    db.add(UserNote(user_id=user.id, body=f"{user.full_name} calls on Mondays"))
    identity.account_request(db, user, "email_verification")
    now = datetime.now(UTC)
    db.add(UserSession(user_id=user.id, registered_at=now, started_at=now, last_active_at=now))
    db.add(
        ConsentChange(user_id=user.id, purpose="terms", granted=True, text_version="2026-11-01", source="registration")
    )
    db.add(
        Delivery(
            dedupe_key=f"order_confirmation:{order.id}",
            kind="order_confirmation",
            channel="email",
            recipient=user.email,
            status="sent",
            claimed_until=datetime.now(UTC),
        )
    )
    db.commit()
    with outbox.unit_of_work() as tx:
        actor = audit.user(user.id, user.roles, address)
        audit.record(tx, "user.password_changed", Subject("user", user.id), actor=actor)
    db.rollback()
    return Life(
        db.get_one(Order, order.id), db.get_one(Order, guest_order_id), payment, address, fingerprint, customer_id
    )


def _moderated(db: Session, user: User) -> None:
    """Reported something, was warned, and appealed; all of it is decided."""
    other, now = identity.user(db, full_name="Charles"), datetime.now(UTC)
    decided = {"status": "resolved", "decided_at": now, "decision_note": f"About {user.full_name}"}
    moderation.report(db, moderation.case(db, "user", other.id, other), user, body=f"Regards, {user.full_name}")
    evidence = [{"version": None, "taken_at": "2026-03-01T00:00:00Z", "content": {"display_name": user.full_name}}]
    case = moderation.case(db, "user", user.id, user, snapshots=evidence, **decided)
    action = moderation.action(db, "warn", case, None, reason=f"Dear {user.full_name}")
    db.add(Sanction(action_id=action.id, user_id=user.id, kind="warn", reason=action.reason))
    db.add(Appeal(action_id=action.id, user_id=user.id, body=user.full_name, status="rejected", decided_at=now))
    db.commit()


def _checkout(db: Session, user: User | None, email: str, where: dict[str, Any]) -> Checkout:
    made = payments.checkout(db, user)
    made.email, made.shipping_address = email, where
    made.billing_address = {**where, "company": f"{where['name']} & Co", "tax_number": TAX_NUMBER}
    db.commit()
    return made


def _bought(db: Session, user: User | None, email: str, where: dict[str, Any]) -> tuple[Payment, Order]:
    """Paid for, with a coupon, and delivered."""
    checkout = _checkout(db, user, email, where)
    _redeem(db, checkout)
    payment = payments.payment(db, checkout, status="succeeded")
    with database_logins.logged_in("payments"), outbox.unit_of_work() as tx:
        order_id = orders.place(tx, checkout.id, actor="customer")
        orders.mark_paid(tx, checkout.id, payment_intent_id=payment.provider_payment_id, paid_at=datetime.now(UTC))
    shipments.sent(db, order_id, delivered=True)
    payment.amount_captured, payment.order_id = payment.amount, order_id
    payment.method = {"type": "card", "brand": "visa", "last4": "4242", "wallet": None}
    db.commit()
    return payment, db.get_one(Order, order_id)


def _redeem(db: Session, checkout: Checkout) -> None:
    coupon = Coupon(
        code=uuid.uuid4().hex[:12].upper(), kind="percentage", percent_basis_points=100, per_customer_limit=1,
        redeemed_count=1,
    )  # fmt: skip
    db.add(coupon)
    db.flush()
    customer = checkout.email.lower()
    db.add(
        CouponRedemption(
            checkout_id=checkout.id,
            coupon_id=coupon.id,
            code=coupon.code,
            customer=customer,
            discount_amount=0,
            shipping_discount_amount=0,
        )
    )
    db.add(CouponCustomer(coupon_id=coupon.id, customer=customer, redeemed_count=1))
    db.commit()


def _complain(db: Session, user: User, order: Order, payment: Payment) -> None:
    """A return that was refused, a refund that went through, a dispute that is over."""
    [item] = db.query(OrderItem).filter_by(order_id=order.id)
    with database_logins.logged_in("ordering"), outbox.unit_of_work() as tx:
        asked = returns.request(tx, order.id, [RequestedLine(item.id, 1, "damaged")], note=f"Call {user.full_name}")
    db.rollback()
    refused = db.get_one(Return, asked.id)
    refused.status, refused.decision_note = "rejected", f"Dear {user.full_name}"
    db.add(OrderNote(order_id=order.id, body=f"{user.full_name} prefers the back door"))
    refund = money.refund(db, payment, amount=100)
    refund.note, payment.amount_refunded = f"For {user.full_name}", 100
    dispute = money.dispute(db, payment, status="won")
    dispute.evidence, dispute.closed_at = {"customer_name": user.full_name}, datetime.now(UTC)
    db.commit()


def _browse(db: Session, user: User, order: Order) -> None:
    """An opinion, a vote, a wish, a cart and a download."""
    product = catalog.product(db)
    reviews.review(db, product, user, image_urls=["https://images.example.com/ada.jpg"])
    other = reviews.review(db, product, identity.user(db, full_name="Somebody Else"))
    db.add(ReviewVote(review_id=other.id, user_id=user.id, helpful=True))
    other.helpful_count = 1
    db.add(WishlistItem(user_id=user.id, product_id=product.id, currency="USD", price_amount=999, in_stock=True))
    cart = Cart(user_id=user.id, currency="USD", expires_at=datetime.now(UTC) + timedelta(days=1))
    db.add(cart)
    db.flush()
    variant = catalog.variants(db, product)[0]
    db.add(CartItem(cart_id=cart.id, variant_id=variant.id, quantity=1, price_at_time=999))
    _download(db, product, order)
    db.add(
        MediaFile(
            owner_id=user.id,
            purpose="review",
            file_name=f"{user.full_name}.jpg",
            content_type="image/jpeg",
            size_bytes=1,
            remove_after=datetime.now(UTC) + timedelta(days=1),
        )
    )
    db.commit()


def _meet(db: Session, user: User) -> None:
    """A profile, a friend, somebody who asks to follow, an enemy; interests, a ticker, words."""
    profiles.profile(
        db, user, display_name=user.full_name, bio=f"I am {user.full_name}", ip_hash=b"\x01" * 32, country="GB"
    )
    friend, fan, enemy = (profiles.person(db, full_name="Somebody Else") for _ in range(3))
    profiles.follow(db, user, friend)
    profiles.follow(db, friend, user)
    profiles.follow_request(db, fan, user)
    profiles.block(db, user, enemy)
    profiles.mute(db, fan, user)
    db.add(UserInterest(user_id=user.id, topic="engines"))
    db.add(WatchlistItem(user_id=user.id, symbol="AAPL"))
    db.add(WordFilter(user_id=user.id, phrase="Byron", pattern="byron"))
    db.add(PendingStanding(user_id=user.id, standing="suspended", standing_reason="Byron insulted somebody"))
    db.commit()


def _talk(db: Session, user: User) -> None:
    """Posts and comments, and something done with a post of somebody else's; a group, a ticker."""
    other = profiles.person(db, full_name="Somebody Else")
    own, theirs = community.post(db, user, f"I am {user.full_name}"), community.post(db, other)
    community.comment(db, theirs, user, f"{user.full_name} agrees")
    vote = community.poll(db, theirs, "Yes", "No")
    group = Group(slug=f"engines-{user.id}", name="Engines", access="public")
    ticker = Ticker(symbol=f"B{user.id.hex[-8:].upper()}", code="BYRN")
    other_group = Group(slug=f"looms-{user.id}", name="Looms", access="request")
    db.add_all([group, other_group, ticker])
    db.flush()
    db.add_all(
        [
            Reaction(user_id=user.id, post_id=theirs.id),
            Repost(user_id=user.id, post_id=theirs.id),
            Bookmark(user_id=user.id, post_id=theirs.id),
            PollVote(poll_id=vote.id, user_id=user.id, option=0),
            PostMention(post_id=theirs.id, user_id=user.id),
            ProfilePin(user_id=user.id, post_id=own.id),
            TopicFollow(user_id=user.id, kind="ticker", topic_id=ticker.id),
            GroupMember(group_id=group.id, user_id=user.id),
            PostImport(user_id=user.id, size_bytes=1),
            ImportedPost(user_id=user.id, source_id=f"https://example.com/{user.id}", post_id=own.id),
            GroupRequest(group_id=other_group.id, user_id=user.id, message="I know engines"),
            GroupBan(group_id=other_group.id, user_id=user.id, reason="Talked of nothing else"),
        ]
    )
    db.commit()


def _download(db: Session, product: Product, order: Order) -> None:
    media = ProductMedia(
        product_id=product.id,
        object_key=f"downloads/{uuid.uuid4()}",
        file_name="pottery.pdf",
        content_type="application/pdf",
        size_bytes=1,
    )
    db.add(media)
    db.flush()
    [item] = db.query(OrderItem).filter_by(order_id=order.id)
    db.add(MediaDownload(order_item_id=item.id, media_id=media.id, downloads=1))
