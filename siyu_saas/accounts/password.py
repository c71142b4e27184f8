"""Password hashing: argon2id, and the same work for an account that does not exist."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from .rules import normal_password

# OWASP password storage cheat sheet: argon2id with 19 MiB and two passes.
hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    return hasher.hash(normal_password(password))


def password_matches(password: str, password_hash: str | None) -> bool:
    """Takes as long for an unknown account (`None`) as for a known one."""
    try:
        return hasher.verify(password_hash or _nobodys_hash(), normal_password(password)) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    return hasher.hash("nobody")
