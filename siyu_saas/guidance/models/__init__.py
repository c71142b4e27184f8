"""Checklists and evidence, texts, campaigns, the content calendar, groups and tags."""

from .campaigns import Briefing, Campaign, Improvement, Issue, Material, ScriptLine
from .checklists import Checklist, Criterion, Evidence, Item, Review
from .content import Slot
from .groups import Group, GroupWeek
from .kits import KitText
from .tags import SopStep, Tag

__all__ = [
    "Briefing",
    "Campaign",
    "Checklist",
    "Criterion",
    "Evidence",
    "Group",
    "GroupWeek",
    "Improvement",
    "Issue",
    "Item",
    "KitText",
    "Material",
    "Review",
    "ScriptLine",
    "Slot",
    "SopStep",
    "Tag",
]
