"""what the role of each context may do"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

# By role and privilege: tables and views. `LOCK` is for `SELECT ... FOR UPDATE` and its kin, which want the right to
# update one column at least; the id of a row never changes.
GRANTS = {
    "sharestack_analytics": {
        "INSERT": "audit_entries idempotency_keys outbox_events view_refreshes",
        "MAINTAIN": "daily_customers daily_sales top_products",
        "SELECT": """
            catalog_products daily_customers daily_sales idempotency_keys outbox_events service_keys signing_keys
            top_products view_refreshes
        """,
        "UPDATE": "idempotency_keys outbox_events view_refreshes",
    },
    "sharestack_catalog": {
        "DELETE": """
            categories product_images product_search_documents review_media reviews search_words stock_reservations
            wishlist_items
        """,
        "INSERT": """
            audit_entries categories idempotency_keys media_downloads outbox_events product_exports product_images
            product_imports product_media product_search_documents products review_media review_moderations
            review_votes reviews search_words stock_levels stock_movements stock_reservations variants wishlist_items
        """,
        "LOCK": "identity_contacts media_pictures",
        "SELECT": """
            categories idempotency_keys identity_contacts media_downloads media_pictures ordering_buyers
            ordering_deliveries ordering_order_lines ordering_orders ordering_purchases outbox_events
            payments_refund_lines product_exports product_images product_imports product_media
            product_search_documents products review_media review_moderations review_votes reviews search_words
            service_keys signing_keys stock_levels stock_movements stock_reservations variants wishlist_items
        """,
        "UPDATE": """
            categories idempotency_keys media_downloads outbox_events product_exports product_imports product_media
            product_search_documents products review_votes reviews stock_levels variants wishlist_items
        """,
    },
    "sharestack_discovery": {
        "DELETE": "product_neighbours",
        "INSERT": "audit_entries idempotency_keys outbox_events product_neighbours",
        "SELECT": """
            catalog_offers catalog_products catalog_wishes idempotency_keys identity_consents ordering_buyers
            ordering_cart_lines ordering_order_lines ordering_orders ordering_purchases outbox_events product_images
            product_neighbours service_keys signing_keys stock_levels variants
        """,
        "UPDATE": "idempotency_keys outbox_events product_neighbours",
    },
    "sharestack_identity": {
        "DELETE": """
            account_erasures account_requests carts data_exports deliveries login_sessions refresh_tokens review_media
            reviews signing_keys wishlist_items
        """,
        "INSERT": """
            account_erasures account_requests audit_entries consent_changes data_exports idempotency_keys
            login_sessions outbox_events refresh_tokens signing_keys users
        """,
        "SELECT": """
            account_erasures account_requests audit_entries cart_items carts catalog_offers checkout_lines checkouts
            consent_changes coupon_customers coupon_redemptions data_exports deliveries disputes fraud_decisions
            idempotency_keys invoices login_sessions media_downloads media_files operations_audit_entries order_items
            order_keys order_status_changes ordering_buyers ordering_checkouts ordering_order_lines orders
            outbox_events payment_status_changes payments product_media products provider_customers refresh_tokens
            refunds return_lines returns review_media review_votes reviews service_keys shipment_lines shipments
            signing_keys users wishlist_items
        """,
        "UPDATE": """
            account_erasures account_requests checkouts coupon_customers coupon_redemptions data_exports deliveries
            disputes fraud_decisions idempotency_keys login_sessions media_files order_keys order_status_changes
            orders outbox_events payments products refresh_tokens refunds returns review_votes reviews shipments
            signing_keys users
        """,
    },
    "sharestack_media": {
        "DELETE": "media_files",
        "INSERT": "audit_entries idempotency_keys media_files outbox_events",
        "SELECT": """
            catalog_shown_media idempotency_keys identity_contacts media_files outbox_events service_keys signing_keys
        """,
        "UPDATE": "idempotency_keys media_files outbox_events",
    },
    "sharestack_notifications": {
        "INSERT": "deliveries outbox_events",
        "SELECT": """
            deliveries identity_contacts ordering_orders outbox_events payments_payments service_keys signing_keys
        """,
        "UPDATE": "deliveries outbox_events",
    },
    "sharestack_operations": {
        "DELETE": "idempotency_keys outbox_events",
        "INSERT": "audit_entries idempotency_keys outbox_events users",
        "SELECT": "audit_entries idempotency_keys login_sessions outbox_events service_keys signing_keys users",
        "UPDATE": "idempotency_keys login_sessions outbox_events users",
    },
    "sharestack_ordering": {
        "DELETE": "cart_coupons cart_items carts shipping_rates shipping_zones stock_reservations tax_rates",
        "INSERT": """
            audit_entries cart_coupons cart_items cart_notices carts checkout_lines checkouts coupon_customers
            coupon_redemptions coupons idempotency_keys invoice_series invoices order_items order_keys
            order_status_changes orders outbox_events return_lines returns shipment_lines shipments shipping_rates
            shipping_zones stock_levels stock_movements stock_reservations tax_rates
        """,
        "SELECT": """
            cart_coupons cart_items cart_notices carts catalog_categories catalog_offers catalog_products
            catalog_reservations checkout_lines checkouts coupon_customers coupon_redemptions coupons fraud_decisions
            idempotency_keys identity_contacts invoice_series invoices order_items order_keys order_status_changes
            orders outbox_events payments payments_payments payments_refund_lines payments_refunds return_lines
            returns service_keys shipment_lines shipments shipping_rates shipping_zones signing_keys stock_levels
            stock_movements stock_reservations tax_rates variants
        """,
        "UPDATE": """
            cart_items carts checkouts coupon_customers coupon_redemptions coupons idempotency_keys invoice_series
            orders outbox_events return_lines returns shipments shipping_rates shipping_zones stock_levels tax_rates
        """,
    },
    "sharestack_payments": {
        "DELETE": "cart_coupons cart_items provider_customers stock_reservations",
        "INSERT": """
            audit_entries coupon_customers coupon_redemptions disputes fraud_decisions idempotency_keys
            ledger_closings ledger_entries ledger_transactions order_items order_keys order_status_changes orders
            outbox_events payment_status_changes payments provider_customers provider_events
            reconciliation_differences reconciliations refund_lines refunds stock_levels stock_movements
            stock_reservations
        """,
        "SELECT": """
            cart_coupons cart_items carts checkout_lines checkouts coupon_customers coupon_redemptions coupons
            disputes fraud_decisions idempotency_keys identity_contacts ledger_closings ledger_entries
            ledger_transactions order_items order_keys ordering_checkouts ordering_order_lines ordering_orders orders
            outbox_events payment_status_changes payments payments_refunds provider_customers provider_events
            reconciliation_differences reconciliations refund_lines refunds returns service_keys signing_keys
            stock_levels stock_movements stock_reservations variants
        """,
        "UPDATE": """
            cart_items carts checkouts coupon_customers coupon_redemptions coupons disputes fraud_decisions
            idempotency_keys orders outbox_events payments provider_events reconciliation_differences reconciliations
            refunds returns stock_levels
        """,
    },
}

# It makes tables, so it runs with the rights of its owner, whoever calls it.
EXTEND = "extend_order_partitions(timestamptz, timestamptz)"
EXTENDS = "sharestack_ordering"


def upgrade() -> None:
    op.execute(f"ALTER FUNCTION {EXTEND} SECURITY DEFINER SET search_path = public, pg_temp")
    op.execute(f"REVOKE EXECUTE ON FUNCTION {EXTEND}, make_order_partition(timestamptz) FROM PUBLIC")
    if not _roles_exist():
        return
    for role, privileges in GRANTS.items():
        for privilege, names in privileges.items():
            granted = "UPDATE (id)" if privilege == "LOCK" else privilege
            op.execute(f"GRANT {granted} ON {', '.join(names.split())} TO {role}")
    op.execute(f"GRANT EXECUTE ON FUNCTION {EXTEND} TO {EXTENDS}")


def downgrade() -> None:
    if _roles_exist():
        for role, privileges in GRANTS.items():
            names = sorted({name for names in privileges.values() for name in names.split()})
            op.execute(f"REVOKE ALL ON {', '.join(names)} FROM {role}")
        op.execute(f"REVOKE EXECUTE ON FUNCTION {EXTEND} FROM {EXTENDS}")
    op.execute(f"GRANT EXECUTE ON FUNCTION {EXTEND}, make_order_partition(timestamptz) TO PUBLIC")
    op.execute(f"ALTER FUNCTION {EXTEND} SECURITY INVOKER RESET search_path")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts. One that does not (somebody's own, for `make run`) has one role, which
    owns everything; where only some are missing, the first GRANT to such a role fails.
    """
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = ANY(:roles)")
    found: int = op.get_bind().execute(statement, {"roles": list(GRANTS)}).scalar_one()
    return found > 0
