"""Who a route is for, stated on the view; a house test fails for a route that does not say. Rules that are cheap to make."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import BaseConverter, Rule


class SlugConverter(BaseConverter):
    """A workspace's address: lower-case letters, digits and hyphens."""

    regex = r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]"
    part_isolating = True


class LateRule(Rule):
    """Compiles what builds its address when one is first asked for: a start makes hundreds of rules, a page asks few."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compile_now = super()._compile_builder

        def first_time(rule: LateRule, *args, **kwargs) -> tuple[str, str]:
            build = compile_now(append_unknown).__get__(rule, None)
            setattr(rule, "_build_unknown" if append_unknown else "_build", build)
            return build(*args, **kwargs)

        return first_time


def open_to(audience: str):
    """`everyone` needs no sign-in, `people` needs one and nothing else. Tenant and firm routes use `@may` instead."""

    def mark(view: Callable) -> Callable:
        view.open_to = audience
        return view

    return mark


def changes_nothing(view: Callable) -> Callable:
    """For a POST that a service period allows when it is over: what is printed stays as it was."""
    view.changes_nothing = True
    return view
