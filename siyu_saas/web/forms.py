"""Forms that clean what people paste: every feature's form and text field comes from here."""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import date
from hashlib import sha256
from uuid import UUID

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeField,
    Field,
    FileField,
    HiddenField,
    IntegerField,
    PasswordField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectFieldBase
from wtforms.meta import DefaultMeta

from siyu_saas.core.errors import Conflict
from siyu_saas.core.text import without_invisible

LONGEST_WHOLE = 15
KEY_LENGTH = 32  # of a form's key; columns are wider, for parts that add their number to it
YEARS = range(1980, 2200)


def clean_line(text: str | None) -> str | None:
    """One line without control, invisible or direction characters, NFC, trimmed."""
    if text is None:
        return None
    return " ".join(without_invisible(unicodedata.normalize("NFC", text)).split())


def clean_text(text: str | None) -> str | None:
    """Like `clean_line`, keeping line breaks."""
    if text is None:
        return None
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(without_invisible(line).rstrip() for line in lines).strip()


class Form(FlaskForm):
    """The CSRF token is checked app-wide and rendered by the template."""

    class Meta:
        csrf = False
        locales = ("zh_CN", "zh")
        get_translations = DefaultMeta.get_translations  # read once, not with every form

        def bind_field(self, form, unbound_field, options):
            """A choice of blanks only is no choice: `Optional` takes it for empty and asks no further. A day is one that
            can be counted from."""
            for kind, cleaned in ((SelectFieldBase, _without_blanks), (DateTimeField, _countable)):
                if issubclass(unbound_field.field_class, kind):
                    options = {**options, "filters": (cleaned, *options.get("filters", ()))}
            return super().bind_field(form, unbound_field, options)


def _without_blanks(choice):
    return choice.strip() if isinstance(choice, str) else choice


def _countable(moment):
    if hasattr(moment, "year") and moment.year not in YEARS:
        raise ValueError(_("日期应在 %(first)s 到 %(last)s 年之间", first=YEARS[0], last=YEARS[-1]))
    return moment


def asked_day(text: str | None) -> date | None:
    """A day in an address; None for what is none, or too far away to count from."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.year in YEARS else None


def asked_id(text: str | None) -> UUID | None:
    """An id in an address or a form; None for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


class WholeField(IntegerField):
    """A whole number of a size that ranges, databases and `float` can hold."""

    def process_formdata(self, valuelist):
        if valuelist and len(valuelist[0].strip()) > LONGEST_WHOLE:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))
        super().process_formdata(valuelist)


def with_ids(form: Form, prefix: str) -> Form:
    """Ids of its own, for a form that stands beside others on a page; the names stay."""
    for field in form:
        field.id = field.label.field_id = f"{prefix}-{field.id}"
    return form


class TextField(StringField):
    """What only looks empty is empty: `InputRequired` looks at the raw input, so that is cleaned as well."""

    def process_formdata(self, valuelist):
        if valuelist:
            self.data = clean_line(valuelist[0])
            self.raw_data = [self.data]


class LongTextField(TextAreaField):
    def process_formdata(self, valuelist):
        if valuelist:
            self.data = clean_text(valuelist[0])
            self.raw_data = [self.data]


class OnceField(HiddenField):
    """A key made with the form: submitting twice does it once. Any text is a key; a long one is known by its hash."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, default=lambda: secrets.token_hex(KEY_LENGTH // 2), **kwargs)

    def process_formdata(self, valuelist):
        sent = clean_line(valuelist[0]) if valuelist else ""
        if sent:
            self.data = sent if len(sent) <= KEY_LENGTH else sha256(sent.encode()).hexdigest()[:KEY_LENGTH]


class VersionField(HiddenField):
    """Named `version`: that of the row which the form was filled from. The template renders it like any hidden field.

    class RecordForm(Form):
        name = TextField(_("商家名称"))
        version = VersionField()

    form = RecordForm(obj=record)               # shows the row, reads what was sent
    if not form.validate(): …                   # 422
    refuse_stale(form, RecordForm(formdata=None, obj=record), back=url_for(".edit"))
    change_record(record, name=form.name.data)  # two at the very same moment: the row's own version decides, 409
    """

    def process_formdata(self, valuelist):
        sent = valuelist[0] if valuelist else ""
        self.data = int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else None


NEVER_COMPARED = (HiddenField, PasswordField, FileField, SubmitField)


def refuse_stale(form: Form, current: Form, *, back: str) -> None:
    """Raises Conflict with both versions when the row was saved after `form` was shown.

    `current` is the same form filled from the row as it is now (`formdata=None`); `back` is where the latest is seen.
    """
    if form.version.data == current.version.data:
        return
    fields = [field for field in form if not isinstance(field, NEVER_COMPARED)]
    raise Conflict([_both(field, current[field.short_name]) for field in fields], back=back)


def _both(yours: Field, theirs: Field) -> tuple[str, str, str]:
    """Values that are the same read the same, however they were typed."""
    saved = _shown(theirs)
    return yours.label.text, saved if yours.data == theirs.data and not yours.errors else _shown(yours), saved


def _shown(field: Field) -> str:
    if isinstance(field, SelectFieldBase):
        return "、".join(str(option.label.text) for option in field if option.checked)
    if isinstance(field, BooleanField):
        return _("是") if field.data else _("否")
    return field._value() if hasattr(field, "_value") else str(field.data or "")
