"""Forms that clean what people paste: every feature's form and text field comes from here."""

from __future__ import annotations

import secrets
import unicodedata

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField

# Zero-width space, word joiner, BOM, soft hyphen; bidi overrides and isolates. ZWJ/ZWNJ stay: emoji need them.
INVISIBLE = dict.fromkeys(
    [0x200B, 0x2060, 0xFEFF, 0x00AD, 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def clean_line(text: str | None) -> str | None:
    """One line without control, invisible or direction characters, NFC, trimmed."""
    if text is None:
        return None
    return " ".join(clean_text(text).split())


def clean_text(text: str | None) -> str | None:
    """Like `clean_line`, keeping line breaks."""
    if text is None:
        return None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(INVISIBLE)
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


class Form(FlaskForm):
    """The CSRF token is checked app-wide and rendered by the template."""

    class Meta:
        csrf = False
        locales = ("zh_CN", "zh")


class TextField(StringField):
    def process_formdata(self, valuelist):
        self.data = clean_line(valuelist[0]) if valuelist else self.data


class LongTextField(TextAreaField):
    def process_formdata(self, valuelist):
        self.data = clean_text(valuelist[0]) if valuelist else self.data


class OnceField(HiddenField):
    """A key made with the form: submitting twice does it once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, default=lambda: secrets.token_hex(16), **kwargs)
