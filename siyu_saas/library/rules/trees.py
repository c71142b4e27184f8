"""A condition while it is being edited: groups of lines, to any depth, as the fields of a form send it and show it.

Names are paths: `show_if.joint` is the joint of the whole, `show_if.0.q` the question of its first line, `show_if.1.0.op`
the operator of the first line in a group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from siyu_saas.packs.conditions import CHOOSE, COMPARE, KNOWN, LISTS, SEVERAL, operation_of
from siyu_saas.packs.shapes.questions import NUMBERS

JOINTS = ("all", "any")
COUNTS = ("count_lt", "count_gte")
IN_LISTS = {"eq": "in", "contains": "contains_any"}
DEEPEST, MOST_PARTS = 4, 30

Path = tuple[int, ...]
Sent = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison; `values` as typed: keys of options, or a number."""

    q: str = ""
    op: str = "eq"
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    joint: str = "all"
    parts: tuple[Line | Group, ...] = ()


def read_tree(sent: Sent, prefix: str) -> Group:
    """What a form sent. Names that lead nowhere are let go."""
    return _group(sent, prefix, 0)


def tree_of(condition: Mapping[str, Any] | None) -> Group:
    """A condition of a questionnaire as groups; a single line stands in a group of its own."""
    if not condition:
        return Group()
    part = _part_of(condition)
    return part if isinstance(part, Group) else Group("all", (part,))


def condition_of(tree: Group, questions: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    """As a pack would hold it: empty groups go, a group of one is that one. `questions`: those it may look at, by key."""
    parts = [
        condition_of(part, questions) if isinstance(part, Group) else _leaf(part, questions) for part in tree.parts
    ]
    parts = [part for part in parts if part is not None]
    if len(parts) > 1:
        return {tree.joint: parts}
    return parts[0] if parts else None


def acted(tree: Group, act: str) -> Group:
    """`line:1.0` adds a line to that group, `group:` a group, `drop:1.0` takes a part away; anything else changes nothing."""
    verb, _colon, where = act.partition(":")
    path = tuple(int(one) for one in where.split(".") if one.isdecimal())
    if verb == "drop" and path:
        return _with(tree, path[:-1], lambda group: _without(group, path[-1]))
    part = {"line": Line(), "group": Group("any", (Line(),))}.get(verb)
    if part is None or len(path) >= DEEPEST:
        return tree
    return _with(tree, path, lambda group: replace(group, parts=(*group.parts, part)[:MOST_PARTS]))


def operators_for(kind: str | None) -> tuple[str, ...]:
    """Those that fit answers of this type of question; all of them while none is chosen."""
    if kind is None:
        return (*CHOOSE, *COMPARE, *SEVERAL, *KNOWN)
    if kind in (*NUMBERS, "scale"):
        return (*COMPARE, "eq", "ne", *KNOWN)
    if kind == "single":
        return (*CHOOSE, *KNOWN)
    return (*SEVERAL, *KNOWN) if kind in ("multi", "ranking") else (*COUNTS, *KNOWN) if kind == "file" else KNOWN


def lines_of(tree: Group, path: Path = ()) -> Iterator[tuple[Path, Line]]:
    for number, part in enumerate(tree.parts):
        if isinstance(part, Group):
            yield from lines_of(part, (*path, number))
        else:
            yield (*path, number), part


def place_in(tree: Group, place: Sequence[str | int]) -> Path:
    """The path of the line that a place in the saved condition means: `(all, 1, any, 0, q)` is `(1, 0)`."""
    path = tuple(one for one in place if isinstance(one, int))
    lines = [line for line, _part in lines_of(tree)]
    return next((line for line in lines if line == path), lines[0] if lines else ())


def in_words(tree: Group, told: Callable[[Line], str], joints: Mapping[str, str]) -> str:
    """For comparing two versions: 「甲 等于 a 且（乙 大于 3 或 丙 没有答）」."""
    parts = [f"（{in_words(part, told, joints)}）" if isinstance(part, Group) else told(part) for part in tree.parts]
    return f" {joints[tree.joint]} ".join(parts)


def _group(sent: Sent, name: str, depth: int) -> Group:
    joint = next(iter(sent(f"{name}.joint")), "all")
    parts = []
    for number in range(MOST_PARTS):
        here = f"{name}.{number}"
        if depth < DEEPEST and sent(f"{here}.joint"):
            parts.append(_group(sent, here, depth + 1))
        elif keys := sent(f"{here}.q"):
            values = tuple(one.strip() for one in sent(f"{here}.value") if one.strip())
            parts.append(Line(keys[0], next(iter(sent(f"{here}.op")), "eq"), values))
    return Group(joint if joint in JOINTS else "all", tuple(parts))


def _part_of(condition: Mapping[str, Any]) -> Line | Group:
    for joint in JOINTS:
        if joint in condition:
            return Group(joint, tuple(_part_of(one) for one in condition[joint]))
    operator, operand = operation_of(condition)
    if isinstance(operand, bool):
        opposite = KNOWN[1 - KNOWN.index(operator)]
        return Line(condition["q"], operator if operand else opposite)
    several = operand if isinstance(operand, list) else [operand]
    return Line(condition["q"], operator, tuple(str(one) for one in several))


def _leaf(line: Line, questions: Mapping[str, Mapping[str, Any]]) -> dict[str, Any] | None:
    """None for a line without a question: it says nothing yet."""
    if not line.q:
        return None
    if line.op in KNOWN:
        return {"q": line.q, line.op: True}
    numeric = line.op in (*COMPARE, *COUNTS) or questions.get(line.q, {}).get("type") in (*NUMBERS, "scale")
    values = [_number(one) if numeric else one for one in _separate(line.values)]
    operator = IN_LISTS.get(line.op, line.op) if len(values) > 1 else line.op
    if operator in LISTS:
        return {"q": line.q, operator: values}
    return {"q": line.q, operator: values[0] if values else ""}


def _separate(values: Sequence[str]) -> list[str]:
    """Also what was typed behind each other: 「a、b」."""
    typed = ",".join(values).replace("，", ",").replace("、", ",")
    return [one.strip() for one in typed.split(",") if one.strip()]


def _number(text: str) -> Any:
    """A number where there is one; the checker says what is wrong with anything else."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite():
        return text
    return int(number) if number == number.to_integral_value() else float(number)


def _with(group: Group, path: Path, change: Callable[[Group], Group]) -> Group:
    if not path:
        return change(group)
    place = path[0]
    if place >= len(group.parts) or not isinstance(group.parts[place], Group):
        return group
    inner = _with(group.parts[place], path[1:], change)
    return replace(group, parts=(*group.parts[:place], inner, *group.parts[place + 1 :]))


def _without(group: Group, place: int) -> Group:
    return replace(group, parts=(*group.parts[:place], *group.parts[place + 1 :]))
