"""What a plan can be made from: the packages of the merchant's pack, what the firm saved of its own work, and nothing."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from flask_babel import gettext as _

from siyu_saas.packs.library import pack
from siyu_saas.packs.shapes.packages import Package
from siyu_saas.plan.queries.plans import firm_packages
from siyu_saas.plan.rules.blueprint import Blueprint, MilestonePart, TaskPart, blueprint_from
from siyu_saas.plan.rules.states import Kind
from siyu_saas.plan.rules.team import role_title
from siyu_saas.tenants.rules import Side, Stage

BLANK = "blank"


def blueprints_for(pack_key: str, firm_id: UUID) -> dict[str, Blueprint]:
    """By key; an empty plan comes last."""
    own = {str(row.id): blueprint_from(row.content) for row in firm_packages(firm_id)}
    return {**of_pack(pack_key), **own, BLANK: _blank()}


def addons_for(pack_key: str, firm_id: UUID) -> dict[str, Blueprint]:
    """What may be put into a running plan: the pack's add-ons, and what the firm saved of its own work."""
    every = blueprints_for(pack_key, firm_id)
    return {key: one for key, one in every.items() if one.addon or (key not in of_pack(pack_key) and key != BLANK)}


@cache
def of_pack(pack_key: str) -> dict[str, Blueprint]:
    """The packages of a pack by key."""
    found = pack(pack_key)
    return {key: _blueprint(one, found.key) for key, one in found.packages.items()}


def _blueprint(package: Package, pack_key: str) -> Blueprint:
    return Blueprint(
        key=package.key,
        title=package.title,
        days=package.days,
        milestones=tuple(
            MilestonePart(one.key, one.title, Stage(one.stage), required=one.required) for one in package.milestones
        ),
        tasks=tuple(
            TaskPart(
                key=one.key,
                title=one.title,
                milestone=one.milestone,
                kind=Kind(one.kind),
                side=Side(one.side),
                role=one.role,
                offset=one.offset,
                days=one.days,
                helpers="、".join(role_title(role) for role in one.helpers),
                depends_on=one.depends_on,
                deliverable=one.deliverable,
                acceptance=one.acceptance,
                checklists=one.checklists,
                module=one.module,
                campaign=one.campaign,
            )
            for one in package.tasks
        ),
        modules=tuple((one.key, one.title) for one in package.modules),
        pack=pack_key,
        pack_version=package.version,
        addon=package.addon,
    )


def _blank() -> Blueprint:
    return Blueprint(BLANK, _("空白计划"), 0, (MilestonePart("M1", _("第一个里程碑"), Stage.GUIDE),), ())
