"""What a plan can be made from: an empty one, and what the firm saved of its own work."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext as _

from siyu_saas.plan.queries.plans import firm_packages
from siyu_saas.plan.rules.blueprint import Blueprint, MilestonePart, blueprint_from
from siyu_saas.tenants.rules import Stage

BLANK = "blank"


def blueprints_for(firm_id: UUID) -> dict[str, Blueprint]:
    """By key; an empty plan comes last."""
    own = {str(row.id): blueprint_from(row.content) for row in firm_packages(firm_id)}
    return {**own, BLANK: _blank()}


def _blank() -> Blueprint:
    return Blueprint(BLANK, _("空白计划"), 0, (MilestonePart("M1", _("第一个里程碑"), Stage.GUIDE),), ())
