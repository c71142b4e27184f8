"""Tasks and what they wait for: an order in which everything stands behind what it needs, or the circle that prevents it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from siyu_saas.core.errors import Refusal

Key = TypeVar("Key", bound=Hashable)


class Circle(Refusal):
    """Tasks that wait for each other; `keys` are those on the circle, in order."""

    def __init__(self, keys: list) -> None:
        super().__init__("这些任务互相等待，排不出先后。请去掉其中一条前置关系。")
        self.keys = keys


def before_of(keys: Iterable[Key], links: Iterable[tuple[Key, Key]]) -> dict[Key, list[Key]]:
    """For each key what has to be finished before it; links are (before, after), those to unknown keys are left out."""
    found: dict[Key, list[Key]] = {key: [] for key in keys}
    for before, after in links:
        if before in found and after in found:
            found[after].append(before)
    return found


def in_order(before: Mapping[Key, list[Key]]) -> list[Key]:
    """Everything behind what it waits for, otherwise in the given order. Raises Circle."""
    after: dict[Key, list[Key]] = {}
    waits = {key: len(needed) for key, needed in before.items()}
    for key, needed in before.items():
        for one in needed:
            after.setdefault(one, []).append(key)
    ready = [key for key, count in waits.items() if count == 0]
    for key in ready:
        for one in after.get(key, ()):
            waits[one] -= 1
            if waits[one] == 0:
                ready.append(one)
    if len(ready) < len(waits):
        raise Circle(_circle(before, {key for key, count in waits.items() if count}))
    return ready


def _circle(before: Mapping[Key, list[Key]], stuck: set[Key]) -> list[Key]:
    """Walks back from one that is stuck until a key comes again."""
    path = [next(key for key in before if key in stuck)]
    while True:
        back = next(one for one in before[path[-1]] if one in stuck)
        if back in path:
            return path[path.index(back) :][::-1]
        path.append(back)
