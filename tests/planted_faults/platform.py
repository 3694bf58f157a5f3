"""Faults in what all contexts share, in the infrastructure, in the local cloud and in the simulators."""

from __future__ import annotations

import re
from typing import Final

from tests.planted_faults.fault import Edit, Fault

INFRA: Final = ("infra",)
STRIPE: Final = ("unit/*simulator*", "unit/simulators", "unit/*/*simulator*")
LOCAL: Final = ("unit/local", "integration/local")

FAULTS: Final = (
    Fault(
        id="idempotency-key",
        what="another request under the same Idempotency-Key gets the first one's answer",
        edits=(Edit(re.compile(r'if bytes\(row\["fingerprint"\]\) != self\.fingerprint:\s+raise \w+\n'), ""),),
        tests=("integration/ordering", "integration/payments"),
        keyword="key",
    ),
    Fault(
        id="private-cached",
        what="private answers may be kept by caches",
        edits=(
            Edit('CachePolicy("private, no-store", tagged=False)', 'CachePolicy("public, max-age=60", tagged=False)'),
        ),
        tests=("integration/shared", "integration/identity"),
        keyword="edge or profile or cache",
    ),
    Fault(
        id="rate-limit",
        what="the last request of a minute's limit is refused",
        edits=(Edit("left = min(left, limit - used)", "left = min(left, limit - used - 1)"),),
        tests=("integration/shared",),
        keyword="limit",
    ),
    Fault(
        id="event-sent-again",
        what="events that are on the bus are put on it again",
        edits=(Edit('" WHERE published_at IS NULL AND created_at <=', '" WHERE created_at <='),),
        tests=("integration/shared", "integration/operations"),
        keyword="outbox or sweep",
    ),
    Fault(
        id="batch-fails-whole",
        what="a worker whose messages all fail fails itself instead of naming them",
        edits=(Edit("raise_on_entire_batch_failure=False", "raise_on_entire_batch_failure=True", every=True),),
        tests=("integration/payments", "integration/notifications", "integration/shared", "contract"),
        keyword="on_webhook or worker or poison or malformed",
    ),
    Fault(
        id="import-budget",
        what="every function loads boto3 in INIT",
        edits=(Edit("SWEEP_AFTER_SECONDS = 15", "import boto3\n\nSWEEP_AFTER_SECONDS = 15"),),
        tests=("contract",),
        keyword="import_budgets and sweep_outbox",
    ),
    Fault(
        id="statement-budget",
        what="showing an order asks the database once more",
        edits=(
            Edit(
                "return cursor.execute(_DETAIL, (order_id,)).fetchone()",
                "cursor.execute(_DETAIL, (order_id,))\n        return cursor.execute(_DETAIL, (order_id,)).fetchone()",
            ),
        ),
        tests=("contract",),
        keyword="statement_budgets and ordering and orders",
    ),
    Fault(
        id="partial-failures",
        what="queues do not understand which messages of a batch failed",
        edits=(Edit("report_batch_item_failures=True", "report_batch_item_failures=False"),),
        tests=INFRA,
        keyword="queue",
    ),
    Fault(
        id="dead-letters",
        what="a queue has no dead-letter queue",
        edits=(
            Edit(
                "dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letter_queue, max_receive_count=MAX_RECEIVES),",
                "",
            ),
        ),
        tests=INFRA,
        keyword="queue",
    ),
    Fault(
        id="visibility",
        what="a message comes again while it is worked on",
        edits=(Edit(re.compile(r"^VISIBILITY_FACTOR = 6$", re.MULTILINE), "VISIBILITY_FACTOR = 1"),),
        tests=INFRA,
        keyword="queue",
    ),
    Fault(
        id="wide-database-grant",
        what="functions may log into every database",
        edits=(
            Edit(
                'self.allow(("rds-db:connect",), home.foundation.database_arn)', 'self.allow(("rds-db:connect",), "*")'
            ),
            Edit(re.compile(r'self\.allow\(\("rds-db:connect",\), [^)\n]+\)'), 'self.allow(("rds-db:connect",), "*")'),
        ),
        tests=INFRA,
        keyword="privilege or security_checks",
    ),
    Fault(
        id="wide-bucket-grant",
        what="functions reach all objects of a bucket",
        edits=(Edit('self.allow(actions, f"{bucket_arn}/{prefix}*")', 'self.allow(actions, f"{bucket_arn}/*")'),),
        tests=INFRA,
        keyword="privilege or security_checks",
    ),
    Fault(
        id="literal-routes",
        what="the local gateway takes a path's variable for a literal segment",
        edits=(
            Edit(
                "literal = node.literals.get(segment) or node.literals.get(unquote(segment))",
                "literal = None if node.variable else node.literals.get(segment)",
            ),
        ),
        tests=LOCAL,
        keyword="rout",
    ),
    Fault(
        id="poller",
        what="the local poller deletes messages that failed",
        edits=(Edit("return reported if reported <= set(ids) else set(ids)", "return set()"),),
        tests=LOCAL,
        keyword="trigger or poll",
    ),
    Fault(
        id="simulated-refunds",
        what="the simulated Stripe refunds more than is left",
        edits=(
            Edit("if amount > left: currency", 'if amount > charge["amount_captured"]:\n        currency'),
            Edit(
                'if amount > left: raise invalid_request( f"Refund',
                'if amount > charge["amount_captured"]:\n        raise invalid_request(\n            f"Refund',
            ),
        ),
        tests=STRIPE,
        keyword="refund",
    ),
    Fault(
        id="simulated-keys",
        what="the simulated Stripe takes another request under a used key",
        edits=(Edit(re.compile(r'if (\w+)\["fingerprint"\] != self\._fingerprint:'), r"if \1 is None:"),),
        tests=STRIPE,
        keyword="idempoten",
    ),
)
