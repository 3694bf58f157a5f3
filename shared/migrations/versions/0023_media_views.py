"""views of media"""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

VIEWS = {
    "media_pictures": """
        SELECT id, owner_id, purpose, url,
            jsonb_build_object('blurhash', blurhash, 'width', width, 'height', height, 'variants', variants) AS media
        FROM media_files WHERE status = 'ready' AND deleted_at IS NULL
    """,
}


def upgrade() -> None:
    for name, select in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {select}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
