"""Statements about a person's account, opinions and mails; `%(proven)s` is the address, if it is proven."""

from __future__ import annotations

from typing import Final

PROFILE: Final = """
SELECT id, email, email_verified_at, full_name, language, roles, is_active, marketing_consent_at, created_at, updated_at
FROM users WHERE id = %(user_id)s
"""
CONSENTS: Final = """
SELECT purpose, granted, text_version, source, created_at FROM consent_changes WHERE user_id = %(user_id)s ORDER BY id
"""
SESSIONS: Final = """
SELECT id, user_agent, created_at, last_used_at, revoked_at, revoked_reason FROM login_sessions
WHERE user_id = %(user_id)s ORDER BY id
"""
REQUESTS: Final = """
SELECT kind, email, created_at, expires_at, used_at FROM account_requests WHERE user_id = %(user_id)s ORDER BY id
"""
HISTORY: Final = """
SELECT action, actor_kind, actor_id = subject_id AS by_yourself, changes, reason, created_at,
    CASE WHEN actor_id = subject_id THEN network END AS network
FROM audit_entries WHERE subject_id = %(user_id)s ORDER BY id
"""
DATA_EXPORTS: Final = """
SELECT id, status, bytes, created_at, finished_at, expires_at FROM data_exports
WHERE user_id = %(user_id)s ORDER BY id
"""
ERASURE: Final = """
SELECT requested_at, due_at, with_reviews FROM account_erasures WHERE user_id = %(user_id)s
"""
REVIEWS: Final = """
SELECT r.id, p.name AS product, r.rating, r.title, r.body, r.image_urls, r.is_verified, r.status, r.reply, r.created_at,
    r.updated_at
FROM reviews r JOIN products p ON p.id = r.product_id WHERE r.user_id = %(user_id)s ORDER BY r.id
"""
VOTES: Final = """
SELECT review_id, helpful, created_at FROM review_votes WHERE user_id = %(user_id)s
"""
UPLOADS: Final = """
SELECT purpose, file_name, content_type, size_bytes, status, url, created_at FROM media_files
WHERE owner_id = %(user_id)s AND deleted_at IS NULL ORDER BY id
"""
WISHES: Final = """
SELECT p.name AS product, w.currency, w.price_amount, w.created_at
FROM wishlist_items w JOIN products p ON p.id = w.product_id WHERE w.user_id = %(user_id)s ORDER BY w.created_at
"""
MAILS: Final = """
SELECT kind, channel, recipient, status, created_at, sent_at FROM deliveries
WHERE lower(recipient) = lower(%(proven)s) ORDER BY id
"""
