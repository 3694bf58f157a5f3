"""Alembic's entry: runs the revisions on the connection that `runner` hands over."""

from __future__ import annotations

from alembic import context

from shared.tables import everything

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=everything(),
    compare_type=True,
    compare_server_default=True,
    transaction_per_migration=True,
    include_object=context.config.attributes.get("include_object"),
)
with context.begin_transaction():
    context.run_migrations()
