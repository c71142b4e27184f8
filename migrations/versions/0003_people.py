"""people: firms' looks, invitations, what is recorded of personal data, notes, stages and pauses"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls
from siyu_saas.core.owned_tables import create_owned_table

revision = "0003"
down_revision = "0001"

HOUSE = ("invitation", "invitation_use")
ADDED = {
    "firm": ("mark", "accent", "contact", "package", "pack"),
    "tenant": ("pinyin", "pack"),
    "firm_member": ("joined_at", "left_at"),
    "tenant_member": ("joined_at", "left_at"),
    "user_session": ("wrong_proofs", "code_hash", "expires_at"),
    "engagement": ("package", "coordinator", "kickoff_place", "kickoff_at", "paused_on", "archived_at"),
}


def upgrade() -> None:
    add_columns()
    create_tables()
    for table in HOUSE:
        walls.open_to_all(op, table)


def add_columns() -> None:
    text = {"nullable": False, "server_default": ""}
    for name, length in (("mark", 2), ("accent", 7), ("contact", 120), ("package", 40)):
        op.add_column("firm", sa.Column(name, sa.String(length), **text))
    op.add_column("firm", sa.Column("pack", sa.String(40), nullable=False, server_default="base"))
    op.add_column("tenant", sa.Column("pinyin", sa.String(1000), **text))
    op.add_column("tenant", sa.Column("pack", sa.String(40), nullable=False, server_default="base"))
    for table in ("firm_member", "tenant_member"):
        op.add_column(
            table,
            sa.Column(
                "joined_at", sa.DateTime(timezone=True), nullable=False, server_default="2026-11-01 00:00:00+00:00"
            ),
        )
        op.add_column(table, sa.Column("left_at", sa.DateTime(timezone=True)))
    for name, length in (("package", 40), ("coordinator", 60), ("kickoff_place", 120)):
        op.add_column("engagement", sa.Column(name, sa.String(length), **text))
    op.add_column("user_session", sa.Column("wrong_proofs", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("user_session", sa.Column("code_hash", sa.String(200)))
    op.add_column("user_session", sa.Column("expires_at", sa.DateTime(timezone=True)))
    with op.batch_alter_table("tenant") as batch:
        batch.add_column(sa.Column("form_key", sa.String(64)))
        batch.create_unique_constraint(op.f("uq_tenant_form_key"), ["form_key"])
    with op.batch_alter_table("engagement") as batch:
        batch.add_column(sa.Column("form_key", sa.String(64)))
        batch.create_unique_constraint(op.f("uq_engagement_tenant_id_form_key"), ["tenant_id", "form_key"])
    with op.batch_alter_table("user") as batch:
        batch.alter_column("email", existing_type=sa.String(254), nullable=True)
    op.add_column("engagement", sa.Column("kickoff_at", sa.DateTime(timezone=True)))
    op.add_column("engagement", sa.Column("paused_on", sa.Date()))
    op.add_column("engagement", sa.Column("archived_at", sa.DateTime(timezone=True)))


def create_tables() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.String(20),
            nullable=False,
        ),
        sa.Column("for_whom", sa.String(length=60), nullable=False),
        sa.Column("with_code", sa.Boolean(), nullable=False),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_invitation_firm_id_firm")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_invitation_tenant_id_tenant")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_invitation_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_firm_id"), "invitation", ["firm_id"], unique=False)
    op.create_index(op.f("ix_invitation_tenant_id"), "invitation", ["tenant_id"], unique=False)
    create_owned_table(
        op,
        "note",
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_by_name", sa.String(length=60), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={},
    )
    op.create_index("ix_note_tenant_written", "note", ["tenant_id", "written_at"], unique=False)
    create_owned_table(
        op,
        "processing_record",
        sa.Column("purpose", sa.String(length=400), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("method", sa.String(length=400), nullable=False),
        sa.Column("categories", sa.String(length=400), nullable=False),
        sa.Column("measures", sa.String(length=400), nullable=False),
        sa.Column("duties", sa.String(length=400), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={},
        unique=[()],
    )
    op.create_table(
        "invitation_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_invitation_use_invitation_id_invitation")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_invitation_use_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_use")),
        sa.UniqueConstraint("invitation_id", "user_id", name=op.f("uq_invitation_use_invitation_id_user_id")),
    )
    create_owned_table(
        op,
        "pause",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        of={"engagement_id": "engagement"},
    )
    op.create_index("ix_pause_tenant_engagement", "pause", ["tenant_id", "engagement_id", "began_on"], unique=False)
    create_owned_table(
        op,
        "stage_entry",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.String(20),
            nullable=False,
        ),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by_name", sa.String(length=60), nullable=False),
        of={"engagement_id": "engagement"},
    )
    op.create_index(
        "ix_stage_entry_tenant_engagement", "stage_entry", ["tenant_id", "engagement_id", "entered_at"], unique=False
    )


def downgrade() -> None:
    with op.batch_alter_table("tenant") as batch:
        batch.drop_constraint(op.f("uq_tenant_form_key"), type_="unique")
        batch.drop_column("form_key")
    with op.batch_alter_table("engagement") as batch:
        batch.drop_constraint(op.f("uq_engagement_tenant_id_form_key"), type_="unique")
        batch.drop_column("form_key")
    for table in ("pause", "stage_entry", "invitation_use", "processing_record", "note", "invitation"):
        op.drop_table(table)
    for table, names in ADDED.items():
        for name in names:
            op.drop_column(table, name)
