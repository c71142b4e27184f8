"""A question as fields: lists are typed one a line, with `|` between the parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from siyu_saas.library.rules.drafts import STARTS, Definition, questions_before, questions_before_section
from siyu_saas.library.rules.lines import BadLine, amount_of, bands_of, options_of, rows_of, typed
from siyu_saas.library.rules.trees import condition_of, tree_of
from siyu_saas.packs.shapes.questions import CHOICES, NUMBERS, RESPONDENTS, TYPES
from siyu_saas.web.forms import Form, LongTextField, TextField, VersionField, WholeField

from .conditions import ConditionField

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
LINES = Length(max=4_000, message=_("太长了：最多 4,000 个字"))
STEPS = NumberRange(min=0, max=100, message=_("打分范围在 0 到 100 之间"))
SHORT = Length(max=400, message=_("最长 400 个字"))


class QuestionForm(Form):
    text = LongTextField(_("题目"), validators=[InputRequired(_("请填写题目")), SHORT])
    type = SelectField(_("题型"), choices=[SelectChoice(one, TYPE_TITLES[one]) for one in TYPES])
    respondent = SelectField(
        _("谁来答"),
        choices=[SelectChoice("", _("都可以")), *(SelectChoice(one, RESPONDENT_TITLES[one]) for one in RESPONDENTS)],
    )
    weight = WholeField(
        _("权重"), validators=[Optional(), NumberRange(min=0, max=10, message=_("权重在 0 到 10 之间"))], default=0
    )
    required = BooleanField(_("必答"))
    na = BooleanField(_("可以选「不适用」"))
    options = LongTextField(_("选项"), validators=[LINES], render_kw={"rows": 6})
    bands = LongTextField(_("数字换分"), validators=[LINES], render_kw={"rows": 6})
    rows = LongTextField(_("要打分的行"), validators=[LINES], render_kw={"rows": 6})
    scale_from = WholeField(_("打分从"), validators=[Optional(), STEPS])
    scale_to = WholeField(_("打分到"), validators=[Optional(), STEPS])
    low_end = TextField(_("最低分写着"), validators=[Optional(), Length(max=20)])
    high_end = TextField(_("最高分写着"), validators=[Optional(), Length(max=20)])
    least = TextField(_("最小值"), validators=[Optional()])
    most = TextField(_("最大值"), validators=[Optional()])
    unit = TextField(_("单位"), validators=[Length(max=12, message=_("单位最长 12 个字"))])
    maps_to = SelectField(_("成为哪个指标的基线"))
    hint = TextField(_("题目下的说明"), validators=[SHORT])
    why = LongTextField(_("为什么问"), validators=[SHORT])
    sample = TextField(_("答案示例"), validators=[SHORT])
    where = TextField(_("去哪里找这个数"), validators=[SHORT])
    show_if = ConditionField(_("什么时候才问"))
    version = VersionField()

    def validate_options(self, field) -> None:
        self._read(options_of, field, when=self.type.data in CHOICES)

    def validate_bands(self, field) -> None:
        self._read(bands_of, field, when=self.type.data in NUMBERS)

    def validate_rows(self, field) -> None:
        self._read(rows_of, field, when=self.type.data == "matrix")

    def validate_least(self, field) -> None:
        self._read(amount_of, field, when=self.type.data in NUMBERS and bool(field.data))

    def validate_most(self, field) -> None:
        self._read(amount_of, field, when=self.type.data in NUMBERS and bool(field.data))

    def _read(self, reader, field, *, when: bool) -> None:
        try:
            if when:
                reader(field.data or "")
        except BadLine as error:
            raise ValidationError(str(error)) from error

    def definition(self) -> dict[str, Any]:
        """The question's fields as a pack would hold them."""
        kind = self.type.data
        scaled, number = kind in ("scale", "matrix"), kind in NUMBERS
        low, high = self.scale_from.data, self.scale_to.data
        fields = {
            "type": kind,
            "text": self.text.data,
            "options": (options_of(self.options.data or "") or STARTS[kind]["options"]) if kind in CHOICES else [],
            "bands": bands_of(self.bands.data or "") if number else [],
            "rows": (rows_of(self.rows.data or "") or STARTS[kind]["rows"]) if kind == "matrix" else [],
            "scale": [1 if low is None else low, 5 if high is None else high] if scaled else None,
            "ends": [self.low_end.data or "", self.high_end.data or ""] if scaled and self._has_ends else None,
            "unit": self.unit.data if number else "",
            "min": amount_of(self.least.data) if number and self.least.data else None,
            "max": amount_of(self.most.data) if number and self.most.data else None,
            "respondent": self.respondent.data,
            "weight": self.weight.data or 0,
            "show_if": condition_of(self.show_if.data, self.show_if.by_key),
            "required": self.required.data,
            "na": self.na.data,
            "maps_to": self.maps_to.data if number else None,
            "hint": self.hint.data,
            "why": self.why.data,
            "sample": self.sample.data,
            "where": self.where.data,
        }
        return {name: value for name, value in fields.items() if value or (name in ("min", "max") and value == 0)}

    @property
    def _has_ends(self) -> bool:
        return bool(self.low_end.data or self.high_end.data)


class SectionForm(Form):
    title = TextField(
        _("节的标题"), validators=[InputRequired(_("请填写标题")), Length(max=80, message=_("最长 80 个字"))]
    )
    about = LongTextField(_("这一节问什么"), validators=[SHORT])
    show_if = ConditionField(_("什么时候才问这一节"))
    version = VersionField()

    def definition(self) -> dict[str, Any]:
        return {
            "title": self.title.data,
            "about": self.about.data,
            "show_if": condition_of(self.show_if.data, self.show_if.by_key),
        }


class HeadForm(Form):
    title = TextField(
        _("问卷名称"), validators=[InputRequired(_("请填写名称")), Length(max=80, message=_("最长 80 个字"))]
    )
    minutes = WholeField(
        _("约需几分钟"), validators=[Optional(), NumberRange(1, 120, _("在 1 到 120 之间"))], default=5
    )
    about = LongTextField(_("这份问卷问什么"), validators=[SHORT])
    version = VersionField()

    def definition(self) -> dict[str, Any]:
        return {"title": self.title.data, "minutes": self.minutes.data or 5, "about": self.about.data}


class NewSectionForm(Form):
    title = TextField(
        _("新的一节"), validators=[InputRequired(_("请填写标题")), Length(max=80, message=_("最长 80 个字"))]
    )


def question_form(
    definition: Definition, question: Mapping[str, Any], metrics: Mapping[str, Any], **options
) -> QuestionForm:
    """`options`: `formdata=None` and `version` fill it from the question, nothing reads what was sent."""
    scale, ends = question.get("scale") or [None, None], question.get("ends") or ["", ""]
    form = QuestionForm(
        data={
            **{name: question.get(name) for name in ("text", "type", "respondent", "weight", "required", "na", "unit")},
            **{name: question.get(name) or "" for name in ("hint", "why", "sample", "where", "maps_to")},
            **{name: typed(question.get(name) or []) for name in ("options", "bands", "rows")},
            **dict(zip(("scale_from", "scale_to"), scale, strict=True)),
            **dict(zip(("low_end", "high_end"), ends, strict=True)),
            **{name: _plainly(question.get(key)) for name, key in (("least", "min"), ("most", "max"))},
            "show_if": tree_of(question.get("show_if")),
            "version": options.pop("version", None),
        },
        **options,
    )
    form.maps_to.choices = [SelectChoice("", _("不是"))] + [
        SelectChoice(metric.key, f"{metric.title}（{metric.unit}）") for metric in metrics.values()
    ]
    form.show_if.questions = questions_before(definition, question["key"])
    return form


def section_form(definition: Definition, section: Mapping[str, Any], **options) -> SectionForm:
    data = {
        "title": section["title"],
        "about": section.get("about", ""),
        "show_if": tree_of(section.get("show_if")),
        "version": options.pop("version", None),
    }
    form = SectionForm(data=data, **options)
    form.show_if.questions = questions_before_section(definition, section["key"])
    return form


def head_form(definition: Definition, **options) -> HeadForm:
    data = {name: definition.get(name) for name in ("title", "minutes", "about")}
    return HeadForm(data={**data, "version": options.pop("version", None)}, **options)


def _plainly(number: Any) -> str:
    return "" if number is None else str(number)


class YamlForm(Form):
    text = LongTextField(_("YAML"), validators=[InputRequired(_("请粘贴问卷的 YAML"))])
    version = VersionField()
