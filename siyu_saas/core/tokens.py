"""Addresses and codes that only this installation can make: signed with its secret key, nothing to look up or store."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from uuid import UUID

SIGNATURE_BYTES = 16
CODE_DIGITS = 6


def sign(secret: str, purpose: str, row_id: UUID) -> str:
    """An address part for one row: its id and 128 bit of HMAC-SHA256, 43 characters."""
    return urlsafe_b64encode(row_id.bytes + _mac(secret, purpose, row_id)[:SIGNATURE_BYTES]).decode().rstrip("=")


def signed_id(secret: str, purpose: str, token: str) -> UUID | None:
    """The id of a token that `sign` made for this purpose, else None."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (NotBase64, ValueError):
        return None
    if len(raw) != 16 + SIGNATURE_BYTES:
        return None
    row_id = UUID(bytes=raw[:16])
    return row_id if hmac.compare_digest(sign(secret, purpose, row_id), token) else None


def code_of(secret: str, purpose: str, row_id: UUID) -> str:
    """Six digits that belong to one row, to be told on another way than the address."""
    number = int.from_bytes(_mac(secret, f"{purpose} code", row_id)[:8], "big")
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def key_for(secret: str, purpose: str, row_id: UUID) -> bytes:
    """256 bit for keyed hashes of what belongs to one row. Another secret gives other keys."""
    return _mac(secret, f"{purpose} key", row_id)


def _mac(secret: str, purpose: str, row_id: UUID) -> bytes:
    return hmac.new(secret.encode(), f"{purpose}:{row_id.hex}".encode(), hashlib.sha256).digest()
