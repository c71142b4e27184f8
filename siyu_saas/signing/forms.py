"""What is typed to sign, to ask for a change, and to verify."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from siyu_saas.web.forms import Form, LongTextField, TextField


class SignForm(Form):
    """`sha256` is what was read; `proof` is the password or the link's code, typed again."""

    sha256 = HiddenField()
    proof = PasswordField(_("登录密码"), validators=[InputRequired(_("请再输入一次，确认是你本人")), Length(max=200)])


class ChangeForm(Form):
    reason = LongTextField(
        _("想怎么改、为什么"),
        validators=[InputRequired(_("请写明想怎么改")), Length(max=400, message=_("最长 400 个字"))],
        render_kw={"rows": 3},
    )


class VerifyForm(Form):
    code = TextField(_("核验码"), validators=[InputRequired(_("请填写核验码"))], render_kw={"autocomplete": "off"})
