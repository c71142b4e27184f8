"""Targets, the offers that the two sides made each other, and the calculations they stand on."""

from .offers import Offer
from .targets import Support, Target

__all__ = ["Offer", "Support", "Target"]
