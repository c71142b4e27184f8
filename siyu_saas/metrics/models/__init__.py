"""Imports with the counts and order lines they brought; baselines, comparisons and calculations made of them."""

from .baselines import Baseline
from .calculations import CalcRun
from .comparisons import Comparison, Influence
from .imports import DataImport
from .observations import Observation, Replacement
from .orders import OrderLine

__all__ = [
    "Baseline",
    "CalcRun",
    "Comparison",
    "DataImport",
    "Influence",
    "Observation",
    "OrderLine",
    "Replacement",
]
