"""Forms that clean what people paste: every feature's form and text field comes from here."""

from __future__ import annotations

import secrets
import unicodedata

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField

from siyu_saas.core.text import without_invisible


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
    """A key made with the form: submitting twice does it once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, default=lambda: secrets.token_hex(16), **kwargs)
