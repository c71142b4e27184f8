"""Imports, the counts and order lines they brought, and the counts they replaced."""

from .imports import DataImport
from .observations import Observation, Replacement
from .orders import OrderLine

__all__ = ["DataImport", "Observation", "OrderLine", "Replacement"]
