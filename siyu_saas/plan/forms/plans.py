"""Choosing a package, and the merchant's answer."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectMultipleField, widgets
from wtforms.validators import InputRequired, Length, Optional

from siyu_saas.web.forms import Form, LongTextField


class PackageForm(Form):
    """Choices are set by the view. `modules` are those that stay in."""

    package = RadioField(_("服务包"), validators=[InputRequired(_("请选择服务包"))])
    starts_on = DateField(_("启动日（D0）"), validators=[InputRequired(_("请选择日期"))])


class ModulesForm(Form):
    modules = SelectMultipleField(
        _("包含的模块"), widget=widgets.ListWidget(prefix_label=False), option_widget=widgets.CheckboxInput()
    )


class RefusalForm(Form):
    reason = LongTextField(
        _("想怎么改、为什么"),
        validators=[InputRequired(_("请写明想怎么改")), Length(max=400, message=_("最长 400 个字"))],
        render_kw={"rows": 3},
    )


class ReasonForm(Form):
    reason = LongTextField(
        _("为什么改"), validators=[Optional(), Length(max=400, message=_("最长 400 个字"))], render_kw={"rows": 2}
    )
