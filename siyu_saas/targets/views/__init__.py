"""The pages about targets."""

from . import board, drafting, meeting, target  # noqa: F401  (register their routes)
from .blueprints import targets

__all__ = ["targets"]
