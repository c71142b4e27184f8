"""The pages of an engagement's numbers."""

from . import customers, imports, overview, week  # noqa: F401  (routes)
from .baselines import baselines
from .blueprints import data
from .calculators import calculators
from .comparison import comparison

__all__ = ["baselines", "calculators", "comparison", "data"]
