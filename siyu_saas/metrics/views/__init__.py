"""The pages of an engagement's numbers."""

from .blueprints import data

__all__ = ["data"]
