"""What is typed around a diagnosis; the questionnaires themselves have no form here, they come from the pack."""

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from siyu_saas.diagnosis.rules.asking import ANSWERING, Depth
from siyu_saas.diagnosis.rules.findings import Severity
from siyu_saas.web.forms import Form as PageForm
from siyu_saas.web.forms import LongTextField, OnceField, TextField, VersionField, WholeField


class SendForm(PageForm):
    title = TextField(_("名称"), validators=[InputRequired(_("请填写名称")), Length(max=80)])
    depth = RadioField(
        _("深度"), choices=[SelectChoice(one.value, one.title) for one in Depth], default=Depth.STANDARD.value
    )
    questionnaires = SelectMultipleField(
        _("问卷"),
        validators=[InputRequired(_("至少选一份问卷"))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    once = OnceField()


class GiveForm(PageForm):
    """`to` is `role:cs` or `user:<id>`; the choices are filled by the view."""

    to = SelectField(_("交给谁"))
    once = OnceField()


class LinkForm(PageForm):
    """For somebody who is not here yet; the choices are filled by the view."""

    name = TextField(_("怎么称呼"), validators=[Optional(), Length(max=60, message=_("最长 60 个字"))])
    role = SelectField(_("身份"))
    once = OnceField()


class InterviewForm(PageForm):
    """For whom a consultant answers; with nobody chosen, somebody without an account."""

    who = SelectField(_("替谁填写"))
    name = TextField(_("受访人称呼"), validators=[Length(max=60)])
    role = SelectField(_("受访人身份"), choices=[SelectChoice(role.value, role.title) for role in ANSWERING])

    def validate_name(self, field):
        if not self.who.data and not field.data:
            raise ValidationError(_("请填写受访人的称呼"))


class FindingForm(PageForm):
    problem = LongTextField(
        _("问题"),
        validators=[InputRequired(_("请写明问题")), Length(max=400, message=_("最长 400 个字"))],
        render_kw={"rows": 2},
    )
    proposal = LongTextField(
        _("建议"), validators=[Optional(), Length(max=400, message=_("最长 400 个字"))], render_kw={"rows": 2}
    )
    severity = RadioField(
        _("级别"), choices=[SelectChoice(one.value, one.title) for one in Severity], default=Severity.MID.value
    )
    version = VersionField()


class HideForm(PageForm):
    reason = TextField(_("原因"), validators=[InputRequired(_("请写明为什么不给商家看")), Length(max=200)])


class SeatForm(Form):
    person = TextField(_("姓名"), validators=[Length(max=60)])
    share = WholeField(_("投入"), validators=[Optional(), NumberRange(0, 100, _("应在 0 到 100 之间"))])
    has_duty = BooleanField(_("职责已书面化"))
    has_kpi = BooleanField(_("考核已明确"))
    backup = TextField(_("备岗"), validators=[Length(max=60)])


class SeatsForm(PageForm):
    seats = FieldList(FormField(SeatForm))
    version = VersionField()
