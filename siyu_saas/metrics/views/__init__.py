"""The pages of an engagement's numbers."""

from .baselines import baselines
from .blueprints import data
from .comparison import comparison

__all__ = ["baselines", "comparison", "data"]
