"""The inbox, what people choose, channels of a service period, and calendars."""

from . import calendars, channels, choices, inbox  # noqa: F401  (routes)
from .blueprints import calendar, channels_pages, notices

__all__ = ["calendar", "channels_pages", "notices"]
