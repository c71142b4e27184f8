"""YAML into shapes: strict about names and types, with the line of what is wrong."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .errors import PackError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Place = tuple[str | int, ...]
"""Where in a document something stands: names of mappings and numbers of lists, from the outside in."""


class Misshapen(ValueError):
    """What is wrong at a place of a document; a reader of files makes a PackError of it."""

    def __init__(self, reason: str, place: Place = ()) -> None:
        super().__init__(reason)
        self.reason, self.place = reason, place


def read_yaml(path: Path) -> Any:
    try:
        return parse(path.read_text(encoding="utf-8"), path)
    except UnicodeDecodeError as error:
        raise PackError(path, "", f"not readable as YAML: {error}") from error


def parse(text: str, path: Path) -> Any:
    try:
        return yaml.load(text, Loader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        raise PackError(path, "", f"not readable as YAML: {reason}", mark and mark.line + 1) from error


def line_of(text: str, place: Place) -> int | None:
    """The line, from 1, of the deepest part of `place` that the document has."""
    node = yaml.compose(text, Loader)
    line = node and node.start_mark.line + 1
    for step in place:
        found = _step(node, step)
        if found is None:
            break
        line, node = found
    return line


def name_of(data: Any, place: Place) -> str:
    """`place` in words, by the keys of the entries that are passed: `REN01.bands.2.score`."""
    words: list[str] = []
    for step in place:
        data = _into(data, step)
        key = data.get("key") if isinstance(data, Mapping) and isinstance(step, int) else None
        words.append(str(key or (step + 1 if isinstance(step, int) else step)))
    return ".".join(words)


def shape(wanted: Any, data: Any) -> Any:
    """`data` as an instance of `wanted`. Raises Misshapen."""
    return _reader(wanted)(data, ())


def _step(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line + 1, value
    return None


def _into(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


Read = Callable[[Any, Place], Any]


@cache
def _reader(wanted: Any) -> Read:
    if dataclasses.is_dataclass(wanted):
        return _record(wanted)
    origin, inside = typing.get_origin(wanted), typing.get_args(wanted)
    if origin is types.UnionType:
        return _optional(_reader(inside[0]))
    if origin is tuple:
        return _list(_reader(inside[0])) if inside[-1] is Ellipsis else _fixed([_reader(one) for one in inside])
    if origin is Mapping:
        return _plain(dict, "a mapping is expected")
    return SCALARS[wanted]


def _record(wanted: type) -> Read:
    hints = typing.get_type_hints(wanted)
    fields = dataclasses.fields(wanted)
    readers = {field.name: _reader(hints[field.name]) for field in fields}
    required = [field.name for field in fields if field.default is dataclasses.MISSING]

    def read(data: Any, place: Place) -> Any:
        if not isinstance(data, dict):
            raise Misshapen("a mapping is expected", place)
        given = {}
        for name, value in data.items():
            if name not in readers:
                raise Misshapen("is not known here", (*place, name))
            given[name] = readers[name](value, (*place, name))
        for name in required:
            if name not in given:
                raise Misshapen("is missing", (*place, name))
        return wanted(**given)

    return read


def _optional(read: Read) -> Read:
    return lambda data, place: None if data is None else read(data, place)


def _list(read: Read) -> Read:
    def many(data: Any, place: Place) -> tuple:
        if not isinstance(data, list):
            raise Misshapen("a list is expected", place)
        return tuple([read(one, (*place, number)) for number, one in enumerate(data)])

    return many


def _fixed(readers: list[Read]) -> Read:
    def exactly(data: Any, place: Place) -> tuple:
        if not isinstance(data, list) or len(data) != len(readers):
            raise Misshapen(f"a list of {len(readers)} is expected", place)
        return tuple(
            [read(one, (*place, number)) for number, (read, one) in enumerate(zip(readers, data, strict=True))]
        )

    return exactly


def _plain(kind: type, reason: str) -> Read:
    def read(data: Any, place: Place) -> Any:
        if type(data) is not kind:
            raise Misshapen(reason, place)
        return data

    return read


def _text(data: Any, place: Place) -> str:
    if type(data) is str:
        return data
    if isinstance(data, bool | int | float | date):
        raise Misshapen(f"text is expected, YAML reads {data!r} here: put it in quotes", place)
    raise Misshapen("text is expected", place)


def _number(data: Any, place: Place) -> Decimal:
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise Misshapen("a number is expected", place)
    return Decimal(str(data))


SCALARS: dict[Any, Read] = {
    str: _text,
    int: _plain(int, "a whole number is expected"),
    bool: _plain(bool, "true or false is expected"),
    Decimal: _number,
    date: _plain(date, "a day such as 2026-11-22 is expected"),
}
