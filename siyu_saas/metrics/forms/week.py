"""A week of numbers as a form."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import Length

from siyu_saas.web.forms import Form, OnceField, TextField


class WeekForm(Form):
    """The cells themselves are read by the rules of a week."""

    monday = HiddenField()
    scope = HiddenField()
    reason = TextField(_("修改原因"), validators=[Length(max=400, message=_("最长 400 个字"))])
    once = OnceField()
