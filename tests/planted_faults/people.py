"""Faults in accounts, personal data, mails, pictures and the catalogue."""

from __future__ import annotations

import re
from typing import Final

from tests.planted_faults.fault import Edit, Fault

IDENTITY: Final = ("integration/identity",)

FAULTS: Final = (
    Fault(
        id="permission-missing",
        what="everybody who is signed in can refund payments",
        edits=(
            Edit(
                "dependencies=[requires(Permission.PAYMENTS_REFUND)],",
                "",
            ),
        ),
        tests=("contract",),
        keyword="authorization and payments and refunds",
    ),
    Fault(
        id="token-reuse",
        what="a refresh token that is used again does not end its session",
        edits=(Edit('sessions.revoke(connection, state.session_id, "token_reused")', ""),),
        tests=IDENTITY,
        keyword="session or refresh",
    ),
    Fault(
        id="login-throttle",
        what="one more password can be tried before the wait begins",
        edits=(Edit("if failures < limit: return 0", "if failures <= limit:\n        return 0"),),
        tests=("unit/identity", "integration/identity"),
        keyword="delay or throttl",
    ),
    Fault(
        id="sessions-survive-reset",
        what="a new password leaves old sessions signed in",
        edits=(
            Edit(
                "revoked_reason = 'password_reset' WHERE user_id = %(id)s AND",
                "revoked_reason = 'password_reset' WHERE false AND",
            ),
        ),
        tests=IDENTITY,
        keyword="reset",
    ),
    Fault(
        id="erase-column",
        what="an erased person's card fingerprint stays",
        edits=(Edit("SET ip_address = NULL, card_fingerprint = NULL,", "SET ip_address = NULL,"),),
        tests=(*IDENTITY, "integration/payments"),
        keyword="erase or erasure",
    ),
    Fault(
        id="erase-name",
        what="an erased account keeps its name",
        edits=(Edit("full_name = %(text)s, password_hash = '!'", "password_hash = '!'"),),
        tests=IDENTITY,
        keyword="erase or erasure",
    ),
    Fault(
        id="audit-missing",
        what="hiding a review leaves no entry in the audit log",
        edits=(
            Edit(
                re.compile(r' *audit\.record\((\w+), "review\.moderated", [^\n]*\)\n'),
                "",
            ),
        ),
        tests=("contract/test_audit.py", "contract/**/test_audit.py", "integration/catalog"),
        keyword="audit or moderat",
    ),
    Fault(
        id="audit-secret",
        what="the audit log shows passwords and addresses",
        edits=(
            Edit(
                "return last in _PERSONAL or last in _LETTERS or any(word in last for word in _SECRET)", "return False"
            ),
        ),
        tests=("unit/shared", "integration/shared"),
        keyword="audit",
    ),
    Fault(
        id="mail-html",
        what="names and texts in mails are not escaped",
        edits=(Edit('autoescape=select_autoescape(["html"])', "autoescape=False"),),
        tests=("unit/notifications", "integration/notifications"),
    ),
    Fault(
        id="mail-to-erased",
        what="mail is sent to people who were erased",
        edits=(
            Edit("if address is None or erased.is_erased(address.email):", "if address is None:"),
            Edit(re.compile(r" or \w+\.is_erased\((?:address|recipient)\.email\)"), ""),
        ),
        tests=("integration/notifications", "integration/identity"),
        keyword="erase",
    ),
    Fault(
        id="script-links",
        what="descriptions keep links that run scripts",
        edits=(Edit('"mailto", "tel"}', '"mailto", "tel", "javascript"}'),),
        tests=("unit/catalog", "integration/catalog"),
        keyword="html or text or script or description",
    ),
    Fault(
        id="deleted-products",
        what="deleted products are listed",
        edits=(Edit('[sql.SQL("p.deleted_at IS NULL")]', '[sql.SQL("true")]'),),
        tests=("integration/catalog",),
        keyword="test_products or test_admin_products",
    ),
    Fault(
        id="votes",
        what="a vote that is changed counts twice",
        edits=(Edit("c.after::int - coalesce(c.before, false)::int", "c.after::int"),),
        tests=("integration/catalog",),
        keyword="review",
    ),
    Fault(
        id="consent",
        what="purchases make recommendations although the customer did not agree",
        edits=(
            Edit(
                "ordering_purchases i ON i.order_id = k.order_id WHERE (SELECT granted FROM consent)",
                "ordering_purchases i ON i.order_id = k.order_id WHERE true",
            ),
        ),
        tests=("integration/discovery",),
    ),
    Fault(
        id="picture-size",
        what="an upload of another size than announced is taken",
        edits=(
            Edit("if len(content) != held.size_bytes:", "if not content:"),
            Edit("if len(content) != claim.size_bytes:", "if not content:"),
        ),
        tests=("integration/media",),
    ),
    Fault(
        id="report-currencies",
        what="a report adds up other currencies as well",
        edits=(Edit("AND (%(currency)s::text IS NULL OR currency = %(currency)s)", ""),),
        tests=("integration/analytics",),
    ),
)
