"""accounts: phone, two steps, recovery codes, mailed resets, sign-in history"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls

revision = "0005"
down_revision = "0004"

HOUSE = ("recovery_code", "password_reset", "sign_in_attempt")


def upgrade() -> None:
    with op.batch_alter_table("user") as batch:
        batch.add_column(sa.Column("phone", sa.String(11)))
        batch.add_column(sa.Column("credentials_changed_at", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("totp_secret", sa.String(64)))
        batch.add_column(sa.Column("totp_step", sa.BigInteger()))
        batch.create_unique_constraint(op.f("uq_user_phone"), ["phone"])
    create_tables()
    for table in HOUSE:
        walls.open_to_all(op, table)


def create_tables() -> None:
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_password_reset_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
    )
    op.create_index(op.f("ix_password_reset_user_id"), "password_reset", ["user_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_recovery_code_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"], unique=False)
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=True),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_sign_in_attempt_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    op.create_index("ix_sign_in_attempt_user_at", "sign_in_attempt", ["user_id", "at"], unique=False)


def downgrade() -> None:
    for table in HOUSE:
        op.drop_table(table)
    with op.batch_alter_table("user") as batch:
        batch.drop_constraint(op.f("uq_user_phone"), type_="unique")
        for name in ("phone", "credentials_changed_at", "totp_secret", "totp_step"):
            batch.drop_column(name)
