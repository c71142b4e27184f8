"""The pages where everybody begins: the list of merchants, and the home of one."""

from . import board, guide, load, one_page, saved, search, sharing, workspace  # noqa: F401  (registers)
from .blueprint import overview

__all__ = ["overview"]
