"""analytics views; the key of unsubscribe links"""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # As in 0001: 244 bits from the server's strong random source.
    op.execute(
        "INSERT INTO service_keys (name, secret) VALUES"
        " ('unsubscribe', decode(replace(concat(gen_random_uuid(), gen_random_uuid()), '-', ''), 'hex'))"
    )


def downgrade() -> None:
    op.execute("DELETE FROM service_keys WHERE name = 'unsubscribe'")
