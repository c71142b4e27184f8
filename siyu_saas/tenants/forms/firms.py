"""Founding a firm, how it shows itself, and who works there."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, PasswordField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from siyu_saas.accounts.forms import EMAIL, PASSWORD_HINT
from siyu_saas.accounts.rules import LONGEST_PASSWORD, phone_of
from siyu_saas.tenants.rules.packages import PACKAGES
from siyu_saas.web.forms import Form, TextField, VersionField

from .people import LONGEST_CODE, InvitationForm

FIRM_NAME = [InputRequired(_("请填写机构名称")), Length(max=80, message=_("机构名称最长 80 个字"))]


class AccountForm(Form):
    """What makes an account that signs in by itself: a name, a login, a password."""

    name = TextField(
        _("你的姓名"),
        validators=[InputRequired(_("请填写姓名")), Length(max=60, message=_("姓名最长 60 个字"))],
        render_kw={"autocomplete": "name"},
    )
    login = TextField(
        _("登录邮箱或手机号"),
        validators=[InputRequired(_("请填写邮箱或手机号")), Length(max=254, message=_("太长了，请检查"))],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(
        _("密码"),
        validators=[InputRequired(_("请填写密码")), Length(max=LONGEST_PASSWORD * 4, message=_("密码太长了"))],
        render_kw=PASSWORD_HINT,
    )

    def validate_login(self, field) -> None:
        if phone_of(field.data) is None and not EMAIL.fullmatch(field.data):
            raise ValidationError(_("请填写邮箱，或 11 位大陆手机号"))

    @property
    def email_and_phone(self) -> tuple[str | None, str | None]:
        phone = phone_of(self.login.data)
        return (None, phone) if phone else (self.login.data.lower(), None)


class FoundingForm(AccountForm):
    firm = TextField(_("机构名称"), validators=FIRM_NAME, render_kw={"autocomplete": "organization"})
    code = HiddenField()


class StaffJoinForm(AccountForm):
    code = TextField(
        _("6 位验证码"),
        validators=[Optional(), Length(max=LONGEST_CODE, message=_("验证码是 6 位数字"))],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": LONGEST_CODE},
    )


class FirmForm(Form):
    name = TextField(_("机构名称"), validators=FIRM_NAME)
    mark = TextField(_("标志"), validators=[Optional(), Length(max=2, message=_("标志最长 2 个字"))])
    accent = TextField(
        _("主题色"),
        filters=[lambda text: text.lower() if text else text],
        validators=[Optional(), Regexp(r"#[0-9a-f]{6}\Z", message=_("请填写 # 加 6 位十六进制数，例如 #1d6a57"))],
        render_kw={"autocapitalize": "none", "maxlength": 7},
    )
    contact = TextField(_("对外联系方式"), validators=[Optional(), Length(max=120, message=_("最长 120 个字"))])
    pack = SelectField(_("默认行业"))
    package = SelectField(
        _("默认服务包"),
        choices=[
            SelectChoice("", _("不指定")),
            *(SelectChoice(key, f"{title}（{days} 天）") for key, (title, days) in PACKAGES.items()),
        ],
    )
    version = VersionField()


class StaffInvitationForm(InvitationForm):
    role = SelectField(_("职务"))
    with_code = BooleanField(_("再加 6 位验证码"), default=True)


class StaffForm(Form):
    role = SelectField(_("职务"))


class DepartureForm(Form):
    user = SelectField(_("接手的同事"))
