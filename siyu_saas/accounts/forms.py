"""What is typed to sign in."""

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length

from siyu_saas.web.forms import Form, TextField

THEMES = (("auto", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色")))


class SignInForm(Form):
    email = TextField(
        _("邮箱"),
        validators=[InputRequired(_("请填写邮箱")), Length(max=254, message=_("邮箱太长了，请检查"))],
        render_kw={"type": "email", "autocomplete": "username", "inputmode": "email"},
    )
    password = PasswordField(
        _("密码"),
        validators=[InputRequired(_("请填写密码")), Length(max=200, message=_("密码最长 200 个字符"))],
        render_kw={"autocomplete": "current-password"},
    )


class ThemeForm(Form):
    theme = SelectField(_("外观"), choices=[SelectChoice(value, label) for value, label in THEMES])
