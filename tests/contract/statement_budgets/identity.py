"""SQL statements that each route of identity may send."""

BUDGETS = {
    "GET /.well-known/jwks.json": 2,
    "GET /api/v1/admin/users": 1,
    "GET /api/v1/admin/users/{user_id}": 2,
    # Other roles end the sessions, and are told by mail: an event, read back and marked as sent.
    "PATCH /api/v1/admin/users/{user_id}": 9,
    "POST /api/v1/auth/email/deny": 6,
    "POST /api/v1/auth/email/revert": 4,
    "POST /api/v1/auth/email/verify": 4,
    "POST /api/v1/auth/login": 3,
    "POST /api/v1/auth/logout": 2,
    "POST /api/v1/auth/password/forgot": 5,
    "POST /api/v1/auth/password/reset": 8,
    "POST /api/v1/auth/refresh": 2,
    "POST /api/v1/auth/register": 7,
    "DELETE /api/v1/auth/sessions": 1,
    "GET /api/v1/auth/sessions": 1,
    "DELETE /api/v1/auth/sessions/{session_id}": 1,
    "POST /api/v1/auth/verify": 0,
    "GET /api/v1/users/me/consents": 2,
    "PUT /api/v1/users/me/consents": 6,
    "POST /api/v1/users/me/erasure/cancel": 7,
    "POST /api/v1/users/me/export": 6,
    "GET /api/v1/users/me/exports/{export_id}": 1,
    "POST /api/v1/users/unsubscribe": 2,
}
