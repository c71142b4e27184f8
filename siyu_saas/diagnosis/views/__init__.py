"""Pages of a diagnosis."""

from . import asking, findings, giving, seats, sheets  # noqa: F401  (registers)
from .blueprints import diagnosis, front

__all__ = ["diagnosis", "front"]
