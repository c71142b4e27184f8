"""The sections of a draft, one field each."""

from flask_babel import lazy_gettext as _
from wtforms import FieldList
from wtforms.validators import InputRequired, Length

from siyu_saas.web.forms import Form, LongTextField, VersionField


class CharterForm(Form):
    texts = FieldList(
        LongTextField(
            _("正文"),
            validators=[InputRequired(_("这一节不能为空")), Length(max=4000, message=_("一节最长 4000 个字"))],
            render_kw={"rows": 5},
        )
    )
    version = VersionField()
