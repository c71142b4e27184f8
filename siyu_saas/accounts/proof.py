"""Showing again who one is, before something that counts: a signature, a change of the password."""

from __future__ import annotations

import sqlalchemy as sa

from siyu_saas.core.database import own_transaction
from siyu_saas.core.errors import Refusal

from .models import UserSession
from .password import password_matches
from .rules import MOST_WRONG_PROOFS, Proof


class TooManyTries(Refusal):
    """Wrong proofs in one session; signing in again begins anew."""

    status = 429


def asked_proof(session: UserSession) -> Proof | None:
    """What this person can be asked for; None when they have neither a password nor a link's code."""
    if session.user.password_hash is not None:
        return Proof.PASSWORD
    return Proof.CODE if session.code_hash is not None else None


def proof_of(session: UserSession, typed: str) -> Proof | None:
    """What was typed proves the person, or not. Raises TooManyTries. Call it while no write is pending: a wrong try is
    counted in a transaction of its own."""
    if session.wrong_proofs >= MOST_WRONG_PROOFS:
        raise TooManyTries("密码或验证码输错次数太多，这次什么都没有改变，也没有签署。请退出后重新登录再试。")
    asked = asked_proof(session)
    known = {Proof.PASSWORD: session.user.password_hash, Proof.CODE: session.code_hash}.get(asked)
    if known is not None and password_matches(typed, known):
        return asked
    with own_transaction() as own:
        own.execute(
            sa.update(UserSession).where(UserSession.id == session.id).values(wrong_proofs=UserSession.wrong_proofs + 1)
        )
    return None
