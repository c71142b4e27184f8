"""One matter, and what each role has to do with it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import FieldList, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional

from siyu_saas.plan.rules.duties import LETTER_TITLES, LETTERS
from siyu_saas.plan.rules.team import ROLE_TITLES
from siyu_saas.web.forms import Form, TextField, VersionField

CHOICES = [SelectChoice("", _("不参与")), *(SelectChoice(one, f"{one} {LETTER_TITLES[one]}") for one in LETTERS)]


class DutyForm(Form):
    """`letters` follow the order of all roles."""

    title = TextField(_("事项"), validators=[InputRequired(_("请填写事项")), Length(max=80)])
    letters = FieldList(
        SelectField(_("角色"), choices=CHOICES, validators=[Optional()]),
        min_entries=len(ROLE_TITLES),
        max_entries=len(ROLE_TITLES),
    )
    version = VersionField()

    @property
    def chosen(self) -> dict[str, str]:
        """By role, without those who have nothing to do with it."""
        pairs = zip(ROLE_TITLES, self.letters.data, strict=True)
        return {role: letter for role, letter in pairs if letter}


def letters_in_order(letters: dict[str, str]) -> list[str]:
    return [letters.get(role, "") for role in ROLE_TITLES]
