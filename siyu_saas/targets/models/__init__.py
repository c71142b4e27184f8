"""Targets, what hangs on them, the offers that the two sides made each other, and what they stand on."""

from .offers import Offer
from .qualities import Quality, QualityMark
from .targets import Support, Target
from .ties import TargetBranch, TargetLight, TargetWork

__all__ = ["Offer", "Quality", "QualityMark", "Support", "Target", "TargetBranch", "TargetLight", "TargetWork"]
