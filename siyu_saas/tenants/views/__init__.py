"""Pages of workspaces and firms."""

from . import engagements, files, firms, first_run, joining, merchants, people, staff, stuck
from .blueprints import firm, founding, join, workspace

__all__ = [
    "engagements",
    "files",
    "firm",
    "firms",
    "first_run",
    "founding",
    "join",
    "joining",
    "merchants",
    "people",
    "staff",
    "stuck",
    "workspace",
]
