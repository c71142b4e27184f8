"""When something is asked, as groups of lines with dropdowns; works by buttons that send the whole form back and forth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field

from siyu_saas.library.rules.trees import DEEPEST, Group, Line, acted, in_words, operators_for, read_tree
from siyu_saas.packs.conditions import KNOWN
from siyu_saas.packs.shapes.questions import CHOICES

OPERATOR_TITLES = {
    "eq": _("等于"),
    "ne": _("不等于"),
    "in": _("是其中之一"),
    "lt": _("小于"),
    "lte": _("不大于"),
    "gt": _("大于"),
    "gte": _("不小于"),
    "contains": _("选了"),
    "contains_any": _("选了其中之一"),
    "count_lt": _("选的个数少于"),
    "count_gte": _("选的个数不少于"),
    "missing": _("没有答"),
    "answered": _("答了"),
}
JOINT_TITLES = {"all": _("全部满足"), "any": _("满足任意一条")}
JOINT_WORDS = {"all": "且", "any": "或"}
SPECIAL_TITLES = (("u", _("不清楚")),)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with what can be chosen in it. `choices`: pairs of key and label where the question has options."""

    name: str
    drop: str
    q: str
    operators: Sequence[tuple[str, Any]]
    op: str
    choices: Sequence[tuple[str, Any]]
    values: Sequence[str]
    errors: Sequence[str]

    @property
    def text(self) -> str:
        return "、".join(self.values)

    @property
    def takes_value(self) -> bool:
        return self.op not in KNOWN


@dataclass(frozen=True, slots=True)
class ShownGroup:
    name: str
    place: str
    joint: str
    parts: Sequence[ShownLine | ShownGroup]
    may_nest: bool


class ConditionField(Field):
    """`data` is a Group. `questions`: those that it may look at, set by whoever makes the form."""

    questions: Sequence[Mapping[str, Any]] = ()

    def process_formdata(self, valuelist):
        """Everything is read in `process`: one condition has many names."""

    def process(self, formdata, data=None, extra_filters=None):
        super().process(None, data if data is not None else Group(), extra_filters)
        self.faults: dict[tuple[int, ...], list[str]] = {}
        if formdata is not None and f"{self.name}.joint" in formdata:
            self.data = read_tree(formdata.getlist, self.name)
            self.raw_data = ["sent"]

    def act(self, act: str) -> None:
        self.data = acted(self.data, act)

    def blame(self, path: tuple[int, ...], says: str) -> None:
        self.faults.setdefault(path, []).append(says)

    @property
    def by_key(self) -> dict[str, Mapping[str, Any]]:
        return {one["key"]: one for one in self.questions}

    def shown(self) -> ShownGroup:
        return self._group(self.data, ())

    def _group(self, group: Group, path: tuple[int, ...]) -> ShownGroup:
        parts = [
            self._group(part, (*path, number)) if isinstance(part, Group) else self._line(part, (*path, number))
            for number, part in enumerate(group.parts)
        ]
        return ShownGroup(self._name(path), _place(path), group.joint, parts, may_nest=len(path) < DEEPEST - 1)

    def _line(self, line: Line, path: tuple[int, ...]) -> ShownLine:
        question = self.by_key.get(line.q)
        fitting = operators_for(question and question["type"])
        operators = fitting if line.op in fitting or line.q not in self.by_key else (line.op, *fitting)
        choices = []
        if question and question["type"] in CHOICES and line.op not in ("count_lt", "count_gte"):
            choices = [(option["key"], option["label"]) for option in question.get("options") or []]
            choices += SPECIAL_TITLES if question["type"] == "single" else []
        return ShownLine(
            name=self._name(path),
            drop=f"drop:{_place(path)}",
            q=line.q,
            operators=[(one, OPERATOR_TITLES[one]) for one in operators if one in OPERATOR_TITLES],
            op=line.op,
            choices=choices,
            values=line.values,
            errors=self.faults.get(path, []),
        )

    def _name(self, path: tuple[int, ...]) -> str:
        return ".".join([self.name, *map(str, path)])

    def _value(self) -> str:
        """For comparing two versions."""
        return in_words(self.data, _told, JOINT_WORDS) or gettext("总是问")


def _place(path: tuple[int, ...]) -> str:
    return ".".join(map(str, path))


def _told(line: Line) -> str:
    return f"{line.q} {OPERATOR_TITLES.get(line.op, line.op)} {'、'.join(line.values)}".strip()
