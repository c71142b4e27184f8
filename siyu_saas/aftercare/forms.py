"""What is typed at the end of a service period and after it."""

from __future__ import annotations

from functools import cache

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from siyu_saas.web.forms import Form, LongTextField, OnceField, TextField, VersionField

from .rules.qualitative import DIMENSIONS, HIGHEST, LEVELS, Period
from .rules.satisfaction import SurveyKind

WORDS_LIMIT = 400
TOO_LONG = _("最长 400 个字")


def _words(label, *, required=None) -> LongTextField:
    first = InputRequired(required) if required else Optional()
    return LongTextField(label, validators=[first, Length(max=WORDS_LIMIT, message=TOO_LONG)], render_kw={"rows": 2})


def _number(value: str | None) -> int | None:
    return int(value) if value not in (None, "") else None


@cache
def qualities_form(period: Period) -> type[Form]:
    """One scale a question and, at the end, a line for what shows it; per dimension what was and what remains."""
    fields = {"version": VersionField()}
    scale = [SelectChoice(level, f"{level} {name}") for level, name in enumerate(LEVELS[: HIGHEST + 1])]
    for dimension in DIMENSIONS:
        for key, question in zip(dimension.keys, dimension.questions, strict=True):
            fields[key] = RadioField(question, choices=scale, coerce=_number, validators=[Optional()])
            if period is Period.AFTER:
                fields[f"{key}_evidence"] = TextField(
                    _("依据：%(question)s", question=question), validators=[Optional(), Length(max=200)]
                )
        fields[f"{dimension.key}_facts"] = _words(_("%(name)s的现状", name=dimension.title))
        if period is Period.AFTER:
            fields[f"{dimension.key}_remaining"] = _words(
                _("%(name)s仍待优化", name=dimension.title), required=_("如实写一条仍待优化的地方，没有就写「无」")
            )
    return type("QualitiesForm", (Form,), fields)


class FeedbackForm(Form):
    score = RadioField(
        _("整体打几分"),
        choices=[SelectChoice(score, str(score)) for score in range(11)],
        coerce=_number,
        validators=[InputRequired(_("请选一个分数"))],
    )
    best = _words(_("最有价值的一件事"))
    worst = _words(_("最没用的一件事"))
    needs = _words(_("还需要什么"))
    recommends = RadioField(
        _("愿意推荐给同行吗"),
        choices=[SelectChoice("yes", _("愿意")), SelectChoice("no", _("暂不"))],
        validators=[InputRequired(_("请选一项"))],
    )
    quote = _words(_("想说的一句话"))
    consent_to_quote = BooleanField(_("同意在报告和案例里匿名引用上面的话"))
    version = VersionField()


class PromiseForm(Form):
    promise = _words(_("改进承诺"), required=_("低于 7 分的评价要写明怎么改进"))


class SurveyForm(Form):
    kind = RadioField(
        _("问什么"),
        choices=[SelectChoice(kind.value, kind.title) for kind in SurveyKind],
        default=SurveyKind.MILESTONE.value,
        validators=[InputRequired(_("请选一项"))],
    )
    label = TextField(
        _("哪一步之后"),
        validators=[InputRequired(_("请写明，例如：新群上线后")), Length(max=80, message=_("最长 80 个字"))],
    )


class TapForm(Form):
    score = RadioField(_("评分"), coerce=_number, validators=[InputRequired(_("请选一个分数"))])
    words = _words(_("想补充的话"))
    once = OnceField()


class AdviceForm(Form):
    action = TextField(_("建议动作"), validators=[InputRequired(_("请写明建议")), Length(max=200)])
    why = TextField(_("为什么"), validators=[InputRequired(_("请写明理由")), Length(max=200)])
    review_on = DateField(_("回看日期"), validators=[InputRequired(_("请选一个日期"))])
    version = VersionField()


class QuestionForm(Form):
    question = LongTextField(
        _("想问什么"),
        validators=[InputRequired(_("请写下问题")), Length(max=1000, message=_("最长 1000 个字"))],
        render_kw={"rows": 3},
    )
    once = OnceField()


class AnswerForm(Form):
    answer = LongTextField(
        _("答复"),
        validators=[InputRequired(_("请写下答复")), Length(max=4000, message=_("最长 4000 个字"))],
        render_kw={"rows": 6},
    )
    in_faq = BooleanField(_("收进商家的常见问题，全员可看"))
    in_library = BooleanField(_("收进机构的答疑库（请先去掉商家名和人名）"))
    version = VersionField()
