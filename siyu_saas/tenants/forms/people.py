"""Inviting people, letting them in, and changing what they may do."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from siyu_saas.tenants.rules import Role
from siyu_saas.tenants.rules.invitations import MOST_SEATS
from siyu_saas.web.forms import Form, TextField, WholeField

LONGEST_CODE = 12  # six digits, and the spaces that people paste with them


def role_choices(roles: tuple[Role, ...]) -> list[SelectChoice]:
    return [SelectChoice(role.value, role.title) for role in roles]


class InvitationForm(Form):
    role = SelectField(_("身份"))
    for_whom = TextField(_("发给谁"), validators=[Optional(), Length(max=60, message=_("最长 60 个字"))])
    seats = WholeField(
        _("可以进来几个人"),
        default=1,
        validators=[NumberRange(min=1, max=MOST_SEATS, message=_("请填 1–20 之间的人数"))],
        render_kw={"inputmode": "numeric"},
    )
    with_code = BooleanField(_("再加 6 位验证码（签署合作说明时也用它）"), default=True)


class JoinForm(Form):
    name = TextField(
        _("你的姓名"),
        validators=[InputRequired(_("请填写姓名")), Length(max=60, message=_("姓名最长 60 个字"))],
        render_kw={"autocomplete": "name"},
    )
    code = TextField(
        _("6 位验证码"),
        validators=[InputRequired(_("请填写验证码")), Length(max=LONGEST_CODE, message=_("验证码是 6 位数字"))],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": LONGEST_CODE},
    )


class MemberForm(Form):
    role = SelectField(_("身份"))


class AssignForm(Form):
    user = SelectField(_("同事"), validators=[InputRequired(_("请选择同事"))])
