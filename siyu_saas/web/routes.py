"""Who a route is for, stated on the view; a house test fails for a route that does not say."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import BaseConverter


class SlugConverter(BaseConverter):
    """A workspace's address: lower-case letters, digits and hyphens."""

    regex = r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]"
    part_isolating = True


def open_to(audience: str):
    """`everyone` needs no sign-in, `people` needs one and nothing else. Tenant and firm routes use `@may` instead."""

    def mark(view: Callable) -> Callable:
        view.open_to = audience
        return view

    return mark
