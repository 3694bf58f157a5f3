"""operations: web vitals; what waits for staff, as its owners publish it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

VITALS = """
CREATE TABLE web_vitals (
    day date NOT NULL, page varchar(20) NOT NULL, vital varchar(10) NOT NULL, step smallint NOT NULL,
    count bigint NOT NULL,
    CONSTRAINT pk_web_vitals PRIMARY KEY (day, page, vital, step),
    CONSTRAINT ck_web_vitals_vital CHECK (vital IN ('ttfb', 'fcp', 'lcp', 'inp', 'cls')),
    CONSTRAINT ck_web_vitals_step CHECK (step BETWEEN 0 AND 80),
    CONSTRAINT ck_web_vitals_count CHECK (count > 0)
)
"""
# Conditions are those of the indexes that the lists of administrators are read by.
WAITING = {
    "ordering_waiting": """
        SELECT 'order' AS kind, id FROM orders
        WHERE state = 'open' AND fulfilment_status = 'unfulfilled' AND payment_status IN ('paid', 'partially_refunded')
        UNION ALL SELECT 'return', id FROM returns WHERE status = 'requested'
    """,
    "catalog_waiting": "SELECT 'variant' AS kind, variant_id AS id FROM stock_levels WHERE is_low",
    "payments_waiting": """
        SELECT 'dispute' AS kind, id FROM disputes WHERE status IN ('needs_response', 'warning_needs_response')
        UNION ALL SELECT 'fraud_decision', id FROM fraud_decisions WHERE decision = 'review' AND verdict IS NULL
        UNION ALL SELECT 'difference', id FROM reconciliation_differences WHERE resolved_at IS NULL
    """,
    "moderation_waiting": """
        SELECT 'case' AS kind, id FROM report_cases WHERE status = 'open'
        UNION ALL SELECT 'appeal', id FROM appeals WHERE status = 'open'
    """,
}
ROLE = "sharestack_operations"


def upgrade() -> None:
    op.execute(VITALS)
    for view, select in WAITING.items():
        op.execute(f"CREATE VIEW {view} AS {select}")
    if _roles_exist():
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON web_vitals TO {ROLE}")
        op.execute(f"GRANT SELECT ON {', '.join(WAITING)} TO {ROLE}")


def downgrade() -> None:
    for view in WAITING:
        op.execute(f"DROP VIEW {view}")
    op.execute("DROP TABLE web_vitals")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT to_regrole('sharestack_operations')")
    return op.get_bind().execute(statement).scalar() is not None
