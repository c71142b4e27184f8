"""Pages of reports."""

from . import briefs, exporting, making, reading, sharing, signing
from .blueprints import reports, shared

__all__ = ["briefs", "exporting", "making", "reading", "reports", "shared", "sharing", "signing"]
