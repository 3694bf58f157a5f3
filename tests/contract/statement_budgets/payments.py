"""SQL statements that each route of payments may send."""

BUDGETS = {
    "GET /api/v1/admin/disputes": 1,
    "GET /api/v1/admin/disputes/{dispute_id}": 1,
    "GET /api/v1/admin/fraud/decisions": 1,
    "POST /api/v1/admin/fraud/decisions/{decision_id}/review": 5,
    "GET /api/v1/admin/ledger": 1,
    "GET /api/v1/admin/ledger/balances": 1,
    "GET /api/v1/admin/payments": 1,
    "GET /api/v1/admin/payments/{payment_id}": 3,
    "GET /api/v1/admin/payments/{payment_id}/refunds": 4,
    "GET /api/v1/admin/reconciliations": 1,
    "GET /api/v1/admin/reconciliations/differences": 1,
    "POST /api/v1/admin/reconciliations/differences/{difference_id}/resolution": 3,
    "GET /api/v1/admin/reconciliations/{reconciliation_id}": 2,
    "GET /api/v1/admin/refunds": 1,
    "GET /api/v1/admin/refunds/{refund_id}": 1,
    "GET /api/v1/payment-methods": 1,
    "GET /api/v1/payments": 1,
    "GET /api/v1/payments/{payment_id}": 3,
}
