"""Windows, measures, influences and the conclusion of a comparison."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from siyu_saas.metrics.rules.confounders import ENTERED
from siyu_saas.metrics.rules.measures import AGREED, HEADLINE_LIMIT, MEASURES
from siyu_saas.web.forms import Form, LongTextField, TextField, VersionField

LONGEST_DAYS = 366
DAY = InputRequired(_("请选择日期"))


class TicksField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


CHOICES = [SelectChoice(key, measure.title) for key, measure in MEASURES.items()]


class ComparisonForm(Form):
    before_first = DateField(_("基线从"), validators=[DAY])
    before_last = DateField(_("到"), validators=[DAY])
    after_first = DateField(_("服务期从"), validators=[DAY])
    after_last = DateField(_("到"), validators=[DAY])
    measures = TicksField(
        _("约定要报告的指标"),
        choices=CHOICES,
        default=list(AGREED),
        validators=[InputRequired(_("至少选一个指标"))],
    )
    headline = TicksField(_("首页 4 项（事先约定）"), choices=CHOICES, default=list(AGREED[:HEADLINE_LIMIT]))
    reason = LongTextField(
        _("更改的原因"), validators=[Optional(), Length(max=400, message=_("最长 400 个字"))], render_kw={"rows": 2}
    )
    version = VersionField()

    def validate(self, extra_validators=None) -> bool:
        valid = super().validate(extra_validators)
        for first, last in ((self.before_first, self.before_last), (self.after_first, self.after_last)):
            if first.data and last.data and not 0 <= (last.data - first.data).days < LONGEST_DAYS:
                last.errors = [*last.errors, _("结束日期不能早于开始日期，最长 366 天")]
                valid = False
        if valid and self.before_last.data >= self.after_first.data:
            self.after_first.errors = [*self.after_first.errors, _("服务期要在基线之后，两段不能重叠")]
            valid = False
        if len(self.headline.data or ()) > HEADLINE_LIMIT:
            self.headline.errors = [*self.headline.errors, _("首页最多 4 项")]
            valid = False
        return valid


class InfluenceForm(Form):
    kind = SelectField(_("什么事"), choices=[SelectChoice(kind.value, kind.title) for kind in ENTERED])
    title = TextField(_("名称"), validators=[InputRequired(_("写清楚是什么事")), Length(max=60)])
    first = DateField(_("从"), validators=[DAY], id="influence-first")
    last = DateField(_("到"), validators=[DAY], id="influence-last")

    def validate(self, extra_validators=None) -> bool:
        valid = super().validate(extra_validators)
        if self.first.data and self.last.data and not 0 <= (self.last.data - self.first.data).days < LONGEST_DAYS:
            self.last.errors = [*self.last.errors, _("结束日期不能早于开始日期，最长 366 天")]
            return False
        return valid


class ConclusionForm(Form):
    words = LongTextField(
        _("一句话结论"), validators=[Optional(), Length(max=2000, message=_("最长 2000 个字"))], render_kw={"rows": 4}
    )
    confirmed = BooleanField(_("确认这就是结论，双方都看得到"))
    version = VersionField(id="conclusion-version")
