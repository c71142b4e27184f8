"""What is given as evidence, and what a reviewer says."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from siyu_saas.web.forms import Form, LongTextField, OnceField, TextField, VersionField

MOST_FILES = 20


class EvidenceForm(Form):
    """The choices of `criterion` are those of the item; `then` says whether it is submitted at once."""

    files = MultipleFileField(_("照片或文件"))
    address = TextField(
        _("链接"),
        validators=[Optional(), Length(max=500, message=_("链接太长了，请检查"))],
        render_kw={"inputmode": "url", "autocapitalize": "none"},
    )
    note = LongTextField(
        _("说明"), validators=[Optional(), Length(max=1000, message=_("说明最长 1000 个字"))], render_kw={"rows": 2}
    )
    criterion = SelectField(_("对应的标准"), choices=[])
    then = HiddenField()
    once = OnceField()

    def validate_files(self, _field) -> None:
        if len(self.chosen) > MOST_FILES:
            raise ValidationError(_("一次最多 %(count)s 个文件，这次都没有保存，请分几次上传", count=MOST_FILES))

    def validate_address(self, field) -> None:
        try:
            parts = urlsplit(field.data)
            complete = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            complete = False
        if not complete:
            raise ValidationError(_("请粘贴以 http:// 或 https:// 开头的完整链接"))

    @property
    def chosen(self) -> list:
        return [file for file in self.files.data or [] if file]

    def offer(self, criteria) -> EvidenceForm:
        self.criterion.choices = [SelectChoice("", _("全部标准"))] + [
            SelectChoice(str(one.position), one.text) for one in criteria
        ]
        return self


class ReturnForm(Form):
    reason = LongTextField(
        _("哪里不符合、怎么改"),
        validators=[InputRequired(_("请写明原因，商家会看到这句话")), Length(max=400, message=_("最长 400 个字"))],
        render_kw={"rows": 3},
    )
    unmet = SelectMultipleField(
        _("不符合的标准"), choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, criteria) -> ReturnForm:
        self.unmet.choices = [SelectChoice(str(one.position), one.text) for one in criteria]
        return self


class ExamplesForm(Form):
    good = LongTextField(_("好的样子"), validators=[Optional(), Length(max=1000)], render_kw={"rows": 2})
    bad = LongTextField(_("常见的不合格"), validators=[Optional(), Length(max=1000)], render_kw={"rows": 2})
    version = VersionField()


class ReasonForm(Form):
    reason = TextField(_("原因"), id="waiver-reason", validators=[InputRequired(_("请写明原因")), Length(max=400)])


class TakeUpForm(Form):
    key = SelectField(_("清单"), choices=[])


class TextForm(Form):
    body = LongTextField(
        _("正文"),
        validators=[InputRequired(_("请填写正文")), Length(max=5000, message=_("正文最长 5000 个字"))],
        render_kw={"rows": 8},
    )
    version = VersionField()


class SeenForm(Form):
    """Which version of a text somebody looked at before deciding on it."""

    version = VersionField()
