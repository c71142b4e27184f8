"""The pages about targets."""

from . import board, drafting, meeting, qualities, target, ties  # noqa: F401  (register their routes)
from .blueprints import front, targets

__all__ = ["front", "targets"]
