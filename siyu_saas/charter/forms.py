"""The sections of a draft, one field each."""

from flask_babel import lazy_gettext as _
from wtforms import FieldList
from wtforms.validators import InputRequired, Length, NumberRange

from siyu_saas.web.forms import Form, LongTextField, VersionField, WholeField

MOST_INFORMED_DAYS = 14


class CharterForm(Form):
    texts = FieldList(
        LongTextField(
            _("正文"),
            validators=[InputRequired(_("这一节不能为空")), Length(max=4000, message=_("一节最长 4000 个字"))],
            render_kw={"rows": 5},
        )
    )
    informed_days = WholeField(
        _("日期改动不超过几天，告知即可"),
        validators=[
            InputRequired(_("请填写天数，0 表示每次都要确认")),
            NumberRange(0, MOST_INFORMED_DAYS, message=_("0 到 14 天")),
        ],
    )
    version = VersionField()
