"""The words of pages. A message's id is the Chinese text itself, so there is nothing to look up: `_()` fills in values.

With a second language, Flask-Babel's own domain and Jinja functions take this place again; every text is marked already.
"""

from __future__ import annotations

from typing import Any

from babel import Locale
from babel.support import NullTranslations
from flask import Flask
from flask_babel import Babel, Domain
from markupsafe import Markup

CHINESE = Locale.parse("zh_CN")
AS_WRITTEN = NullTranslations()


class Chinese(Domain):
    def get_translations(self) -> NullTranslations:
        return AS_WRITTEN


def init_words(app: Flask) -> None:
    babel = Babel(
        app,
        default_locale="zh_CN",
        default_timezone="Asia/Shanghai",
        configure_jinja=False,
        locale_selector=lambda: CHINESE,
    )
    babel.domain_instance = Chinese()
    app.jinja_env.globals["_"] = worded


def worded(text: str, /, **values: Any) -> Markup:
    """The text of a template with its values escaped; `%%` is a per cent sign, as in every marked text."""
    return Markup(text) % values
