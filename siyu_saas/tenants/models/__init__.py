"""Firms, their merchants, who belongs where, how people get in, and the engagements of a merchant."""

from .engagements import Engagement, Pause, StageEntry
from .files import StoredFile
from .firms import Firm, FirmMember
from .invitations import Invitation, InvitationUse
from .merchants import Note, ProcessingRecord, Spelling, Tenant, TenantMember

__all__ = [
    "Engagement",
    "Firm",
    "FirmMember",
    "Invitation",
    "InvitationUse",
    "Note",
    "Pause",
    "ProcessingRecord",
    "Spelling",
    "StageEntry",
    "StoredFile",
    "Tenant",
    "TenantMember",
]
