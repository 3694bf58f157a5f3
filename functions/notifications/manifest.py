"""notifications: mail about orders, accounts and offers. Each sort has a queue: a flood of one delays no other."""

from shared.contexts.catalog.events import BackInStock, PriceDropped, StockLow
from shared.contexts.identity.events import (
    AccountErasureCancelled,
    AccountErasurePostponed,
    AccountErasureRequested,
    EmailChanged,
    EmailVerificationRequested,
    PasswordChanged,
    PasswordResetRequested,
    PersonalDataExported,
    RefreshTokenReused,
    UserRolesChanged,
)
from shared.contexts.moderation.events import AppealDecided, ModerationActionTaken, ReportDecided
from shared.contexts.ordering.events import CartAbandoned, OrderDelivered, OrderPaid, OrderShipped, ReturnDecided
from shared.contexts.payments.events import DisputeOpened, OrderRefunded
from shared.manifest import Manifest, Queue

_LAYERS = ("notifications",)
_SENDER = {"MAIL_FROM": "mail_from"}

# All workers share the account's sending rate (SES: 14 mails a second at first). Two at once, the fewest that Lambda
# takes, leave room for the other mail, and are not thrown back by SES so often that messages count as dead.
_OFFERS_CONCURRENCY = 2

MANIFEST = Manifest(
    about="mail about orders, accounts and offers",
    functions=(
        Queue(
            name="on_account_events",
            events=(
                EmailVerificationRequested,
                PasswordResetRequested,
                PersonalDataExported,
                AccountErasureRequested,
                AccountErasurePostponed,
            ),
            timeout=30,
            layers=_LAYERS,
            settings=_SENDER,
        ),
        Queue(
            name="on_security_events",
            events=(
                PasswordChanged,
                EmailChanged,
                AccountErasureCancelled,
                UserRolesChanged,
                RefreshTokenReused,
                ModerationActionTaken,
                AppealDecided,
                ReportDecided,
            ),
            timeout=30,
            layers=_LAYERS,
            settings=_SENDER,
        ),
        Queue(
            name="on_order_events",
            events=(OrderPaid, OrderShipped, OrderDelivered, OrderRefunded, ReturnDecided),
            timeout=30,
            layers=_LAYERS,
            settings=_SENDER,
        ),
        Queue(
            name="on_offer_events",
            events=(BackInStock, PriceDropped, CartAbandoned),
            timeout=30,
            layers=_LAYERS,
            settings=_SENDER,
            concurrency=_OFFERS_CONCURRENCY,
        ),
        Queue(
            name="on_shop_events",
            events=(StockLow, DisputeOpened),
            timeout=30,
            layers=_LAYERS,
            settings={**_SENDER, "OPERATOR_EMAIL": "operator_email"},
        ),
    ),
)
