"""ordering: what the operator says about the shop, its logo among pictures, and its legal texts"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE site_settings (
        id uuid NOT NULL,
        name varchar(80) NOT NULL,
        email varchar(254) NOT NULL,
        phone varchar(32) DEFAULT '' NOT NULL,
        address varchar(500) DEFAULT '' NOT NULL,
        time_zone varchar(64) NOT NULL,
        logo_id uuid,
        logo jsonb,
        version integer DEFAULT 1 NOT NULL,
        created_at timestamptz DEFAULT now() NOT NULL,
        updated_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_site_settings PRIMARY KEY (id),
        CONSTRAINT ck_site_settings_one CHECK (id = '00000000-0000-7000-8000-000000000001'),
        CONSTRAINT fk_site_settings_logo_id_media_files FOREIGN KEY (logo_id) REFERENCES media_files (id)
            ON DELETE SET NULL
    )
    """,
    """
    CREATE TABLE legal_texts (
        id uuid DEFAULT uuidv7() NOT NULL,
        name varchar(40) NOT NULL,
        language varchar(35) NOT NULL,
        markdown text NOT NULL,
        version integer DEFAULT 1 NOT NULL,
        created_at timestamptz DEFAULT now() NOT NULL,
        updated_at timestamptz DEFAULT now() NOT NULL,
        CONSTRAINT pk_legal_texts PRIMARY KEY (id),
        CONSTRAINT uq_legal_texts_name_language UNIQUE (name, language),
        CONSTRAINT ck_legal_texts_markdown CHECK (octet_length(markdown) <= 102400)
    )
    """,
)
VIEW = "CREATE VIEW ordering_shown_media AS SELECT logo_id AS media_id FROM site_settings WHERE logo_id IS NOT NULL"

PURPOSE = "ck_media_files_purpose"
PURPOSES = "'product', 'review', 'profile', 'post'"

GRANTS = (
    "GRANT SELECT, INSERT, UPDATE ON site_settings, legal_texts TO sharestack_ordering",
    "GRANT SELECT, UPDATE (id) ON media_pictures TO sharestack_ordering",
    "GRANT SELECT ON ordering_shown_media TO sharestack_media",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    op.execute("CREATE INDEX ix_site_settings_logo_id ON site_settings (logo_id) WHERE logo_id IS NOT NULL")
    for table in ("site_settings", "legal_texts"):
        op.execute(
            f"CREATE TRIGGER set_updated_at BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
        )
    op.execute(VIEW)
    op.drop_constraint(op.f(PURPOSE), "media_files")
    op.create_check_constraint(op.f(PURPOSE), "media_files", f"purpose IN ({PURPOSES}, 'site')")
    if _roles_exist():
        for statement in GRANTS:
            op.execute(statement)


def downgrade() -> None:
    if _roles_exist():
        op.execute("REVOKE SELECT, UPDATE (id) ON media_pictures FROM sharestack_ordering")
    op.drop_constraint(op.f(PURPOSE), "media_files")
    op.execute("DROP VIEW ordering_shown_media")
    op.execute("DROP TABLE site_settings")
    op.execute("DROP TABLE legal_texts")
    # Nothing shows these any more: the sweep removes their objects as those of reviews.
    op.execute("UPDATE media_files SET purpose = 'review' WHERE purpose = 'site'")
    op.create_check_constraint(op.f(PURPOSE), "media_files", f"purpose IN ({PURPOSES})")


def _roles_exist() -> bool:
    """Whether the server has roles of contexts (0027)."""
    statement = sa.text("SELECT count(*) FROM pg_roles WHERE rolname = 'sharestack_ordering'")
    found: int = op.get_bind().execute(statement).scalar_one()
    return found > 0
