"""Pages of reports."""

from . import making, reading, sharing, signing
from .blueprints import reports, shared

__all__ = ["making", "reading", "reports", "shared", "sharing", "signing"]
