"""ends of imported rows, reports, pictures that imports fetch, handles that are no slugs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_COUNTS = (
    "rows_created",
    "rows_updated",
    "rows_unchanged",
    "rows_partial",
    "rows_refused",
    "pictures",
    "pictures_ready",
    "pictures_failed",
)
GRANTS = {
    "DELETE": "product_import_reports",
    "INSERT": "imported_pictures media_files product_import_reports",
    "SELECT": "imported_pictures product_import_reports",
    "UPDATE": "imported_pictures product_images product_import_reports",
}
ROLE = "sharestack_catalog"


def upgrade() -> None:
    op.execute("ALTER TABLE products ADD COLUMN import_handle varchar(255)")
    op.execute(
        "CREATE INDEX ix_products_import_handle ON products (import_handle)"
        " WHERE import_handle IS NOT NULL AND deleted_at IS NULL"
    )
    for name in _COUNTS:
        op.execute(f"ALTER TABLE product_imports ADD COLUMN {name} integer NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE product_imports ADD COLUMN report_key varchar(300)")
    op.execute(
        """
        CREATE TABLE product_import_reports (
            import_id uuid NOT NULL CONSTRAINT fk_product_import_reports_import_id_product_imports
                REFERENCES product_imports ON DELETE CASCADE,
            products_before integer NOT NULL,
            lines text NOT NULL,
            CONSTRAINT pk_product_import_reports PRIMARY KEY (import_id, products_before)
        )
        """
    )
    op.execute(
        """
        CREATE TABLE imported_pictures (
            id uuid NOT NULL DEFAULT uuidv7() CONSTRAINT pk_imported_pictures PRIMARY KEY,
            import_id uuid NOT NULL CONSTRAINT fk_imported_pictures_import_id_product_imports
                REFERENCES product_imports ON DELETE CASCADE,
            product_id uuid NOT NULL CONSTRAINT fk_imported_pictures_product_id_products
                REFERENCES products ON DELETE CASCADE,
            url varchar(2000) NOT NULL,
            file_row integer NOT NULL,
            status varchar(20) NOT NULL DEFAULT 'pending',
            reason varchar(200),
            attempts integer NOT NULL DEFAULT 0,
            not_before timestamptz NOT NULL DEFAULT now(),
            media_id uuid CONSTRAINT fk_imported_pictures_media_id_media_files
                REFERENCES media_files ON DELETE SET NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz,
            CONSTRAINT uq_imported_pictures_product_id_url UNIQUE (product_id, url),
            CONSTRAINT ck_imported_pictures_status CHECK (status IN ('pending', 'stored', 'ready', 'failed')),
            CONSTRAINT ck_imported_pictures_reason CHECK ((status = 'failed') = (reason IS NOT NULL))
        )
        """
    )
    op.execute("CREATE INDEX ix_imported_pictures_import ON imported_pictures (import_id, status, id)")
    op.execute("CREATE INDEX ix_imported_pictures_media ON imported_pictures (media_id) WHERE media_id IS NOT NULL")
    if _role_exists():
        for privilege, names in GRANTS.items():
            op.execute(f"GRANT {privilege} ON {', '.join(names.split())} TO {ROLE}")


def downgrade() -> None:
    if _role_exists():
        op.execute(f"REVOKE INSERT ON media_files FROM {ROLE}")
        op.execute(f"REVOKE UPDATE ON product_images FROM {ROLE}")
    op.execute("DROP TABLE imported_pictures")
    op.execute("DROP TABLE product_import_reports")
    for name in (*_COUNTS, "report_key"):
        op.execute(f"ALTER TABLE product_imports DROP COLUMN {name}")
    op.execute("ALTER TABLE products DROP COLUMN import_handle")


def _role_exists() -> bool:
    """Whether the server has roles of contexts (see 0027)."""
    statement = sa.text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
    return bool(op.get_bind().execute(statement, {"role": ROLE}).scalar_one())
