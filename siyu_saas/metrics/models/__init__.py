"""Imports with the counts and order lines they brought; baselines, comparisons and calculations made of them."""

from .baselines import Baseline
from .calculations import CalcRun
from .comparisons import Comparison, Influence
from .experience import FirmExperience
from .imports import DataImport
from .observations import Observation, Replacement
from .orders import OrderLine

__all__ = [
    "Baseline",
    "CalcRun",
    "Comparison",
    "DataImport",
    "FirmExperience",
    "Influence",
    "Observation",
    "OrderLine",
    "Replacement",
]
