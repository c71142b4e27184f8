"""The window of a baseline, and why it is frozen anew."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import DateField
from wtforms.validators import InputRequired, Length, Optional

from siyu_saas.web.forms import Form, LongTextField

LONGEST_DAYS = 366


class FreezeForm(Form):
    first = DateField(_("从"), validators=[InputRequired(_("请选择日期"))])
    last = DateField(_("到"), validators=[InputRequired(_("请选择日期"))])
    reason = LongTextField(
        _("重新冻结的原因"), validators=[Optional(), Length(max=400, message=_("最长 400 个字"))], render_kw={"rows": 2}
    )

    def validate(self, extra_validators=None) -> bool:
        valid = super().validate(extra_validators)
        if valid and not 0 <= (self.last.data - self.first.data).days < LONGEST_DAYS:
            self.last.errors = [*self.last.errors, _("结束日期不能早于开始日期，最长 366 天")]
            return False
        return valid
