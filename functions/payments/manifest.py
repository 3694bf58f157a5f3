"""payments: intents, the way of a webhook (gateway, queue, worker), refunds, and what watches over money."""

from shared.contexts.identity.events import AccountErased
from shared.contexts.ordering.events import RefundRequested
from shared.manifest import DAY, Alarm, Api, Ingest, Manifest, Queue, Reach, Schedule

_STRIPE = {"STRIPE_SECRET_ARN": "stripe"}
_CALLS_PROVIDERS = ("payments",)

# From the provider's event to its effect; Stripe itself sends most events within seconds.
WEBHOOK_LAG_SECONDS = 300

MANIFEST = Manifest(
    about="payment intents, webhooks, refunds, disputes, the ledger and its reconciliation",
    tags={
        "payments": "Payment intents and their history.",
        "payment-methods": "What the caller has saved at the payment provider.",
        "payments-admin": "Payments and refunds, for administrators.",
        "disputes": "Disputed payments, for administrators.",
        "fraud": "What the fraud rules decided, for administrators.",
        "ledger": "The double-entry books, for administrators.",
        "reconciliations": "The provider's books compared with ours, for administrators.",
    },
    functions=(
        Api(
            layers=_CALLS_PROVIDERS,
            snap_start=True,
            timeout=25,
            reach=Reach.INTERNET,
            prefixes=(
                "/api/v1/payments",
                "/api/v1/payment-methods",
                "/api/v1/admin/payments",
                "/api/v1/admin/refunds",
                "/api/v1/admin/ledger",
                "/api/v1/admin/disputes",
                "/api/v1/admin/fraud/",
                "/api/v1/admin/reconciliations",
            ),
            publishes_events=True,
            secrets=_STRIPE,
        ),
        # An event that comes out of order is settled by reading the provider's object again.
        Queue(
            name="on_webhook",
            timeout=30,
            reach=Reach.INTERNET,
            layers=_CALLS_PROVIDERS,
            publishes_events=True,
            counts_requests=True,
            secrets=_STRIPE,
        ),
        Queue(
            name="on_order_events",
            events=(RefundRequested,),
            timeout=30,
            reach=Reach.INTERNET,
            layers=_CALLS_PROVIDERS,
            publishes_events=True,
            counts_requests=True,
            secrets=_STRIPE,
        ),
        # Refunds that were interrupted.
        Schedule(
            name="resolve_refunds",
            minutes=5,
            housekeeping=True,
            timeout=120,
            reach=Reach.INTERNET,
            layers=_CALLS_PROVIDERS,
            publishes_events=True,
            counts_requests=True,
            secrets=_STRIPE,
        ),
        Queue(
            name="on_account_erased",
            events=(AccountErased,),
            memory=256,
            timeout=30,
            reach=Reach.INTERNET,
            layers=_CALLS_PROVIDERS,
            counts_requests=True,
            secrets=_STRIPE,
        ),
        Schedule(
            name="reconcile",
            minutes=DAY,
            memory=512,
            timeout=900,
            reach=Reach.INTERNET,
            layers=_CALLS_PROVIDERS,
            counts_requests=True,
            secrets=_STRIPE,
        ),
        Schedule(name="notice_disputes", minutes=DAY, timeout=30),
        # Verifies and queues; the answer to the provider never waits for the database, so it cannot reach it.
        Ingest(
            name="receive_webhook",
            paths=("/api/v1/payments/webhook", "/api/v1/payments/webhooks/{provider}"),
            queue="on_webhook",
            queue_variable="WEBHOOK_QUEUE_URL",
            memory=256,
            timeout=10,
            secrets={"STRIPE_WEBHOOK_SECRET_ARN": "stripe_webhook"},
        ),
    ),
    alarms=(
        Alarm(metric="RefundsFailed", above=0, description="a refund failed; somebody has to look at it"),
        Alarm(metric="RefundsOverdue", above=0, periods=3, description="a refund waits for Stripe for over an hour"),
        Alarm(
            metric="ReconciliationDifferences",
            above=0,
            description="Stripe's balance transactions and the ledger disagree",
        ),
        Alarm(metric="DisputesDue", above=0, description="evidence in a dispute is due within three days"),
        Alarm(
            metric="WebhookLag",
            above=WEBHOOK_LAG_SECONDS,
            periods=3,
            statistic="p95",
            description=f"payments are noticed more than {WEBHOOK_LAG_SECONDS} s after they were made",
        ),
    ),
)
