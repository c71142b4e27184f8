"""What others trusted us with (addresses of bots, their keys), encrypted at rest with a key made of the secret key."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

KEY_BYTES = 32


def seal(secret_key: str, text: str) -> str:
    return _fernet(secret_key).encrypt(text.encode()).decode()


def unseal(secret_key: str, sealed: str) -> str | None:
    """None when it was sealed with another secret key."""
    from cryptography.fernet import InvalidToken

    try:
        return _fernet(secret_key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


@lru_cache(4)
def _fernet(secret_key: str) -> Fernet:
    """The library is loaded for the first secret, not at the start of every process."""
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"siyu sealed secrets").derive(secret_key.encode())
    return Fernet(urlsafe_b64encode(derived))
