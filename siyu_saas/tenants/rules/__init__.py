"""Pure know-how of firms, workspaces and engagements."""

from .roles import FIRM_ROLES, OPERATORS, ROLE_MAY, Role, Side, may
from .stages import STAGE_TITLES, Stage

__all__ = ["FIRM_ROLES", "OPERATORS", "ROLE_MAY", "STAGE_TITLES", "Role", "Side", "Stage", "may"]
