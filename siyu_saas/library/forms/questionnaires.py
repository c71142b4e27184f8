"""A question as fields: lists are typed one a line, with `|` between the parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from siyu_saas.library.rules.drafts import STARTS, Definition, questions_before
from siyu_saas.library.rules.lines import BadLine, bands_of, condition_of, condition_parts, options_of, rows_of, typed
from siyu_saas.packs.conditions import OPERATORS
from siyu_saas.packs.shapes.questions import CHOICES, NUMBERS, RESPONDENTS, TYPES
from siyu_saas.web.forms import Form, LongTextField, TextField, VersionField

TYPE_TITLES = {
    "single": _("单选"),
    "multi": _("多选"),
    "ranking": _("排序"),
    "scale": _("打分"),
    "matrix": _("逐行打分"),
    "number": _("数字"),
    "money": _("金额（元）"),
    "percent": _("百分比"),
    "text": _("一句话"),
    "long_text": _("一段话"),
    "date": _("日期"),
    "file": _("文件"),
    "note": _("说明文字"),
}
RESPONDENT_TITLES = {
    "boss": _("店主"),
    "lead": _("操盘手"),
    "ops": _("运营"),
    "cs": _("客服"),
    "consultant": _("顾问"),
}
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
LINES = Length(max=4_000, message=_("太长了：最多 4,000 个字"))
SHORT = Length(max=400, message=_("最长 400 个字"))


class QuestionForm(Form):
    text = LongTextField(_("题目"), validators=[InputRequired(_("请填写题目")), SHORT])
    type = SelectField(_("题型"), choices=[SelectChoice(one, TYPE_TITLES[one]) for one in TYPES])
    respondent = SelectField(
        _("谁来答"),
        choices=[SelectChoice("", _("都可以")), *(SelectChoice(one, RESPONDENT_TITLES[one]) for one in RESPONDENTS)],
    )
    weight = IntegerField(
        _("权重"), validators=[Optional(), NumberRange(min=0, max=10, message=_("权重在 0 到 10 之间"))], default=0
    )
    required = BooleanField(_("必答"))
    na = BooleanField(_("可以选「不适用」"))
    options = LongTextField(_("选项"), validators=[LINES])
    bands = LongTextField(_("数字换分"), validators=[LINES])
    rows = LongTextField(_("要打分的行"), validators=[LINES])
    unit = TextField(_("单位"), validators=[Length(max=12, message=_("单位最长 12 个字"))])
    maps_to = SelectField(_("成为哪个指标的基线"))
    why = LongTextField(_("为什么问"), validators=[SHORT])
    sample = TextField(_("答案示例"), validators=[SHORT])
    where = TextField(_("去哪里找这个数"), validators=[SHORT])
    show_q = SelectField(_("什么时候才问"))
    show_op = SelectField(
        _("比较方式"), choices=[SelectChoice(one, OPERATOR_TITLES[one]) for one in OPERATORS], default="eq"
    )
    show_value = TextField(_("比较的值"), validators=[Length(max=200, message=_("最长 200 个字"))])
    version = VersionField()

    def validate_options(self, field) -> None:
        self._read(options_of, field, when=self.type.data in CHOICES)

    def validate_bands(self, field) -> None:
        self._read(bands_of, field, when=self.type.data in NUMBERS)

    def validate_rows(self, field) -> None:
        self._read(rows_of, field, when=self.type.data == "matrix")

    def _read(self, reader, field, *, when: bool) -> None:
        try:
            if when:
                reader(field.data or "")
        except BadLine as error:
            raise ValidationError(str(error)) from error

    def definition(self, before: Mapping[str, Any], earlier: list[Mapping[str, Any]]) -> dict[str, Any]:
        """The question's fields as a pack would hold them; `before`: what it was, `earlier`: the questions before it."""
        kind = self.type.data
        fields = {
            "type": kind,
            "text": self.text.data,
            "options": (options_of(self.options.data or "") or STARTS[kind]["options"]) if kind in CHOICES else [],
            "bands": bands_of(self.bands.data or "") if kind in NUMBERS else [],
            "rows": (rows_of(self.rows.data or "") or STARTS[kind]["rows"]) if kind == "matrix" else [],
            "scale": (before.get("scale") or [1, 5]) if kind in ("scale", "matrix") else None,
            "ends": before.get("ends") if kind in ("scale", "matrix") else None,
            "unit": self.unit.data if kind in NUMBERS else "",
            "min": before.get("min") if kind in NUMBERS else None,
            "max": before.get("max") if kind in NUMBERS else None,
            "respondent": self.respondent.data,
            "weight": self.weight.data or 0,
            "show_if": self._condition(before, earlier),
            "required": self.required.data,
            "na": self.na.data,
            "maps_to": self.maps_to.data if kind in NUMBERS else None,
            "hint": before.get("hint"),
            "why": self.why.data,
            "sample": self.sample.data,
            "where": self.where.data,
        }
        return {name: value for name, value in fields.items() if value or (name == "min" and value == 0)}

    def _condition(self, before: Mapping[str, Any], earlier: list[Mapping[str, Any]]) -> dict[str, Any] | None:
        if self.show_q.data == KEPT:
            return before.get("show_if")
        subject = next((one for one in earlier if one["key"] == self.show_q.data), None)
        return subject and condition_of(subject, self.show_op.data, self.show_value.data or "")


KEPT = "*"


def question_form(
    definition: Definition, question: Mapping[str, Any], metrics: Mapping[str, Any], **options
) -> QuestionForm:
    """`options`: `formdata=None` and `version` fill it from the question, nothing reads what was sent."""
    key, op, value = condition_parts(question.get("show_if"))
    nested = question.get("show_if") is not None and key is None
    form = QuestionForm(
        data={
            **{name: question.get(name) for name in ("text", "type", "respondent", "weight", "required", "na", "unit")},
            **{name: question.get(name) or "" for name in ("why", "sample", "where", "maps_to")},
            **{name: typed(question.get(name) or []) for name in ("options", "bands", "rows")},
            "show_q": KEPT if nested else key or "",
            "show_op": op or "eq",
            "show_value": value,
            "version": options.pop("version", None),
        },
        **options,
    )
    form.maps_to.choices = [SelectChoice("", _("不是"))] + [
        SelectChoice(metric.key, f"{metric.title}（{metric.unit}）") for metric in metrics.values()
    ]
    form.show_q.choices = [
        SelectChoice("", _("总是问")),
        *([SelectChoice(KEPT, _("按现有的组合条件（在 YAML 页修改）"))] if nested else []),
        *(
            SelectChoice(one["key"], f"{one['key']} {one['text'][:24]}")
            for one in questions_before(definition, question["key"])
        ),
    ]
    return form


class YamlForm(Form):
    text = LongTextField(_("YAML"), validators=[InputRequired(_("请粘贴问卷的 YAML"))])
    version = VersionField()
