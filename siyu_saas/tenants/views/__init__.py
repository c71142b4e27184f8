"""Pages of workspaces and firms."""

from . import engagements, files, joining, merchants, people, stuck
from .blueprints import firm, join, workspace

__all__ = ["engagements", "files", "firm", "join", "joining", "merchants", "people", "stuck", "workspace"]
