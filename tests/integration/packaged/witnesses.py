"""Who needs what in a layer: for each top-level module that a layer holds, a function that imports it.

`test_layers` holds these tables against the layers, and every start of a packaged function (`PackagedFunctions`) holds
it against `WITNESSES`. What nobody needs any more is taken out of its layer, not out of these tables.
"""

from __future__ import annotations

WITNESSES: dict[str, dict[str, str]] = {
    "catalog": {
        "nh3": "catalog.import_products",
        "python_multipart": "catalog.api",
    },
    "core": {
        "_cffi_backend": "identity.rotate_signing_keys",
        "annotated_types": "catalog.import_products",
        "aws_lambda_powertools": "operations.sweep_outbox",
        "cryptography": "identity.rotate_signing_keys",
        "jmespath": "ordering.expire_reservations",
        "jwt": "identity.api",
        "orjson": "catalog.import_products",
        "psycopg": "payments.on_webhook",
        "psycopg_binary": "payments.on_webhook",
        "pydantic": "notifications.on_order_events",
        "pydantic_core": "notifications.on_order_events",
        "typing_extensions": "notifications.on_order_events",
        "typing_inspection": "notifications.on_order_events",
    },
    "identity": {
        "bcrypt": "operations.seed",
        "email_validator": "identity.api",
        "idna": "identity.api",
    },
    "fonts": {},
    "imaging": {
        "PIL": "media.process_image",
    },
    "invoices": {},
    "media": {
        "python_multipart": "media.api",
    },
    "migrations": {
        "alembic": "operations.migrate",
        "mako": "operations.migrate",
        "markupsafe": "operations.migrate",
        "sqlalchemy": "operations.migrate",
    },
    "notifications": {
        "jinja2": "notifications.on_order_events",
        "markupsafe": "notifications.on_order_events",
    },
    "payments": {
        "certifi": "payments.api",
        "charset_normalizer": "payments.api",
        "idna": "payments.api",
        "requests": "payments.api",
        "stripe": "payments.api",
        "urllib3": "payments.api",
    },
    "profiles": {},
    "sentry": {
        "certifi": "operations.forward_errors",
        "sentry_sdk": "operations.forward_errors",
        "urllib3": "operations.forward_errors",
    },
    "shared": {
        "shared": "payments.receive_webhook",
    },
    "texts": {
        "regex": "community.api",
    },
    "web": {
        "annotated_doc": "ordering.api",
        "anyio": "ordering.api",
        "email_validator": "identity.api",
        "fastapi": "ordering.api",
        "idna": "identity.api",
        "mangum": "ordering.api",
        "opentelemetry": "ordering.api",
        "starlette": "ordering.api",
    },
}

RARELY_IMPORTED = {
    "markdown_it": "test_ordering_api_shows_a_legal_text",
    "maxminddb": "test_profiles_api_knows_the_countries_of_a_file",
    "mdurl": "test_ordering_api_shows_a_legal_text",
    "typst": "test_ordering_api_draws_an_invoice",
    "zxcvbn": "test_identity_api_registers_somebody_whose_password_is_hard_to_guess",
}
"""What only a rare path imports, by the test that goes there."""

NEVER_IMPORTED = {
    "fastapi_swagger": "test_operations_api_serves_the_files_of_swagger_ui",
    "fontpkg_amiri": "test_ordering_api_draws_an_invoice",
    "fontpkg_sarabun": "test_ordering_api_draws_an_invoice",
    "fontpkg_source_sans_3": "test_ordering_api_draws_an_invoice",
    "manimgx_fonts": "test_ordering_api_draws_an_invoice",
    "manimgx_fonts_cjk": "test_ordering_api_draws_an_invoice",
    "tzdata": "test_refresh_views_knows_time_zones_where_the_runtime_brings_none",
}
"""What holds files that are read and no module that is imported, by the test that reads one."""
