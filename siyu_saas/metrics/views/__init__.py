"""The pages of an engagement's numbers."""

from .baselines import baselines
from .blueprints import data

__all__ = ["baselines", "data"]
