"""What is asked of the history, and the name of a saved view."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional

from siyu_saas.web.forms import Form, TextField, VersionField

from .rules import EventKind


class HistoryForm(Form):
    who = TextField(_("谁"), validators=[Optional(), Length(max=60, message=_("最长 60 个字"))])
    what = SelectField(
        _("什么事"),
        choices=[SelectChoice("", _("全部")), *(SelectChoice(kind.value, kind.title) for kind in EventKind)],
        validators=[Optional()],
    )
    first = DateField(_("从哪天"), validators=[Optional()])
    last = DateField(_("到哪天"), validators=[Optional()])


class ExportForm(HistoryForm):
    kind = SelectField(_("格式"), choices=[SelectChoice("csv", "CSV"), SelectChoice("xlsx", "Excel")])


class ViewNameForm(Form):
    name = TextField(
        _("视图名称"), validators=[InputRequired(_("请填写名称")), Length(max=20, message=_("最长 20 个字"))]
    )


class RenameViewForm(ViewNameForm):
    version = VersionField()
