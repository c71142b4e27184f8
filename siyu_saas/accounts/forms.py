"""What is typed to sign in, to change one's own account, and to get back in."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from siyu_saas.web.forms import Form, TextField

from .rules import LONGEST_PASSWORD, SHORTEST_PASSWORD, phone_of

THEMES = (("auto", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色")))
EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(\.[a-z\d-]+)+", re.ASCII | re.IGNORECASE)
PASSWORD_HINT = {"autocomplete": "new-password", "minlength": SHORTEST_PASSWORD}


class SignInForm(Form):
    email = TextField(
        _("邮箱或手机号"),
        validators=[InputRequired(_("请填写邮箱或手机号")), Length(max=254, message=_("太长了，请检查"))],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(
        _("密码"),
        validators=[InputRequired(_("请填写密码")), Length(max=200, message=_("密码最长 200 个字符"))],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(Form):
    code = TextField(
        _("动态码或恢复码"),
        validators=[InputRequired(_("请填写动态码")), Length(max=20, message=_("太长了，请检查"))],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none"},
    )


class ResetAskForm(Form):
    email = TextField(
        _("登录邮箱"),
        validators=[InputRequired(_("请填写邮箱")), Length(max=254, message=_("太长了，请检查"))],
        render_kw={"type": "email", "autocomplete": "username", "inputmode": "email"},
    )


class NewPasswordForm(Form):
    password = PasswordField(
        _("新密码"),
        validators=[InputRequired(_("请填写新密码")), Length(max=LONGEST_PASSWORD * 4)],
        render_kw=PASSWORD_HINT,
    )


class OwnPasswordForm(NewPasswordForm):
    """`present` is left out for somebody who has no password yet."""

    present = PasswordField(
        _("现在的密码"),
        validators=[InputRequired(_("请填写现在的密码"))],
        render_kw={"autocomplete": "current-password"},
    )


class NameForm(Form):
    name = TextField(_("姓名"), validators=[InputRequired(_("请填写姓名")), Length(max=60, message=_("最长 60 个字"))])


class LoginForm(Form):
    """`proof` is left out for somebody who has no password yet."""

    email = TextField(
        _("邮箱"), validators=[Optional(), Length(max=254)], render_kw={"type": "email", "autocomplete": "email"}
    )
    phone = TextField(
        _("手机号"), validators=[Optional()], render_kw={"inputmode": "tel", "autocomplete": "tel-national"}
    )

    proof = PasswordField(
        _("登录密码"),
        validators=[InputRequired(_("请填写登录密码"))],
        render_kw={"autocomplete": "current-password"},
    )

    def validate_email(self, field) -> None:
        if not EMAIL.fullmatch(field.data):
            raise ValidationError(_("邮箱格式不对，请检查"))

    def validate_phone(self, field) -> None:
        if phone_of(field.data) is None:
            raise ValidationError(_("请填写 11 位大陆手机号"))


class ConfirmForm(Form):
    password = PasswordField(
        _("登录密码"), validators=[InputRequired(_("请填写登录密码"))], render_kw={"autocomplete": "current-password"}
    )


class ThemeForm(Form):
    theme = SelectField(_("外观"), choices=[SelectChoice(value, label) for value, label in THEMES])
