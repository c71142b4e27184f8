"""`@may("file.add")`: a member without the role gets 403. The table of who may what is `ROLE_MAY` in the rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import abort, g


def may(permission: str):
    def guard(view: Callable) -> Callable:
        @wraps(view)
        def guarded(*args, **kwargs):
            if not (g.get("access") or g.firm_access).may(permission):
                abort(403)
            return view(*args, **kwargs)

        guarded.may = permission
        return guarded

    return guard
