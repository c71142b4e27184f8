"""Pages of a diagnosis."""

from . import asking, devices, findings, giving, seats, sheets, submissions  # noqa: F401  (registers)
from .blueprints import diagnosis, front

__all__ = ["diagnosis", "front"]
