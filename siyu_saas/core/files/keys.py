"""Names of stored files. We make them; nothing that a person typed is in them."""

import re
from datetime import date
from uuid import UUID

from siyu_saas.core.files.errors import BadKey

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_KEY = re.compile(rf"{_UUID}/[0-9]{{4}}/(?:0[1-9]|1[0-2])/{_UUID}\.[a-z0-9]{{1,8}}")


def new_key(tenant_id: UUID, extension: str, on: date, content_id: UUID) -> str:
    """`<tenant>/<yyyy>/<mm>/<content>.<extension>`, written once: old content without a row is nobody's for good.

    Raises BadKey for an extension that is not 1–8 of a–z, 0–9.
    """
    return checked_key(f"{tenant_id}/{on:%Y}/{on:%m}/{content_id}.{extension}")


def checked_key(key: str) -> str:
    """The key itself; raises BadKey unless it has the shape that `new_key` gives."""
    if not is_key(key):
        raise BadKey(f"not a storage key: {key!r:.200}")
    return key


def is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None
