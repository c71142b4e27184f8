"""What a person chooses about messages, and what a group bot is set up with."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from siyu_saas.web.forms import Form, TextField

from .rules.bots import platform_of
from .rules.kinds import Kind, Mode

MODES = [SelectChoice(mode.value, mode.title) for mode in Mode]


class ChoicesForm(Form):
    """One choice for each kind; the names of the fields are the kinds."""


for _kind in Kind:
    setattr(ChoicesForm, _kind.value, RadioField(_kind.title, choices=MODES))


class BotForm(Form):
    name = TextField(_("群名称"), validators=[InputRequired(_("请填写群名称")), Length(max=40)])
    url = TextField(
        _("机器人地址（Webhook）"),
        validators=[InputRequired(_("请粘贴机器人的地址")), Length(max=500)],
        render_kw={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none"},
    )
    key = PasswordField(_("加签密钥"), validators=[Optional(), Length(max=200)], render_kw={"autocomplete": "off"})

    def validate_url(self, field) -> None:
        if platform_of(field.data) is None:
            raise ValidationError(_("只支持企业微信、钉钉、飞书的群机器人地址，请检查后重新粘贴"))
