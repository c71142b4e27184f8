"""How a function of the engine gives way to one of ours, and where the engine's own is kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

ENGINE = ("weasyprint", "pydyf")

as_it_was: dict[str, Callable[..., Any]] = {}


def replace(function: Callable[..., Any], better: Callable[..., Any]) -> None:
    """Wherever the engine's modules have imported it to."""
    as_it_was[function.__name__] = function
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ENGINE:
            for key in [key for key, value in vars(module).items() if value is function]:
                setattr(module, key, better)


def replace_method(owner: type, name: str, better: Any) -> None:
    as_it_was[name] = getattr(owner, name)
    setattr(owner, name, better)
