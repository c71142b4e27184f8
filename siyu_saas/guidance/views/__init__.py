"""Checklists, items and texts; campaigns, content and groups; and the reviewer's queue."""

from . import campaign_reviews, campaigns, checklists, content, groups, items, kits, reviews, tags  # noqa: F401  (routes)
from .blueprints import guidance, reviewing

__all__ = ["guidance", "reviewing"]
