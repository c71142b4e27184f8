"""The consultant's words, section by section."""

from __future__ import annotations

from functools import cache

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional

from siyu_saas.papers.forms import LinkForm
from siyu_saas.web.forms import Form, LongTextField, VersionField

from .rules.shape import ALWAYS_SHOWN, BODY, SECTIONS


class BriefForm(Form):
    text = LongTextField(
        _("周报"),
        validators=[InputRequired(_("周报不能为空")), Length(max=4000, message=_("最长 4000 个字"))],
        render_kw={"rows": 16},
    )
    version = VersionField()


class ShareForm(LinkForm):
    """For how long, and which sections are not shown to whoever has the link."""

    hidden = SelectMultipleField(_("这些节不给对方看"), choices=[SelectChoice(key, SECTIONS[key]) for key in BODY])


@cache
def words_form() -> type[Form]:
    fields = {"version": VersionField()}
    for key in BODY:
        fields[f"{key}_text"] = LongTextField(
            SECTIONS[key],
            validators=[Optional(), Length(max=2000, message=_("最长 2000 个字"))],
            render_kw={"rows": 3},
        )
        fields[f"{key}_confirmed"] = BooleanField(_("确认写进报告"))
        if key not in ALWAYS_SHOWN:
            fields[f"{key}_hidden"] = BooleanField(_("这一节不放进报告"))
    return type("WordsForm", (Form,), fields)
