"""Which scope a page is asked for, and the links to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for

from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.scopes import scope_title


@dataclass(frozen=True, slots=True)
class ScopeLink:
    title: str
    href: str
    current: bool


def asked_scope(scopes: Sequence[str]) -> str:
    """One that exists; else all."""
    asked = request.args.get("scope", ALL)
    return asked if asked in scopes else ALL


def scope_links(endpoint: str, scopes: Sequence[str], current: str) -> list[ScopeLink]:
    """Nothing to choose where everything is counted as a whole."""
    every = [ALL, *scopes] if scopes else []
    return [
        ScopeLink(scope_title(one), url_for(endpoint, **({} if one == ALL else {"scope": one})), one == current)
        for one in every
    ]
