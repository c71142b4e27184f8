"""What a verification code stands under. Other rooms register theirs: a function from a code to what the public may learn."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from siyu_saas.web.filters.times import iso_day

from .kinds import KINDS
from .queries import seal_with

Answerer = Callable[[str], str | None]
ANSWERERS: list[Answerer] = []


def answers(answerer: Answerer) -> Answerer:
    ANSWERERS.append(answerer)
    return answerer


def genuine(code: str) -> str | None:
    """The sentence of the first that knows the code; None when nobody does."""
    return next((sentence for answer in ANSWERERS if (sentence := answer(code))), None)


@answers
def signed_document(code: str) -> str | None:
    seal = seal_with(code)
    if seal is None:
        return None
    return _(
        "这是通过本系统由双方签署的《%(kind)s》，签署完成于 %(day)s。",
        kind=KINDS[seal.kind].title,
        day=iso_day(seal.sealed_on),
    )
