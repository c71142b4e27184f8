"""What this room asks for before a stage. Other rooms register theirs beside their own rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from .models import Engagement
from .rules import Role, Side, Stage
from .rules.stages import Missing, enters


@dataclass(frozen=True)
class Standing:
    """An engagement, and the roles of the people who are in the workspace today; its milestones and its targets, where
    they were read."""

    engagement: Engagement
    roles: frozenset[Role] = frozenset()
    milestones: Sequence[Any] | None = None
    targets: Sequence[Any] | None = None


@enters(Stage.DIAGNOSE)
def boss_is_in(standing: Standing) -> Missing | None:
    if Role.BOSS in standing.roles:
        return None
    return Missing(Side.FIRM, _("邀请店主进入工作区"), _("邀请店主"), "workspace.people", "member.invite")


@enters(Stage.DIAGNOSE)
def coordinator_is_named(standing: Standing) -> Missing | None:
    if standing.engagement.coordinator:
        return None
    return Missing(Side.FIRM, _("确定一位全程对接人"), _("填写对接人"), "workspace.stages", "engagement.edit")
