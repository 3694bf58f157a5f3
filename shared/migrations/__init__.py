"""The schema's history (Alembic). Only the migration handler, tests and developers import this."""
