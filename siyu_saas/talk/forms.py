"""What is typed under a thing."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from siyu_saas.web.forms import Form, LongTextField, OnceField, VersionField

from .rules import LONGEST_COMMENT, MOST_FILES

TOO_LONG = _("评论最长 %(count)s 个字，请分几条写或放进附件", count=LONGEST_COMMENT)
EVERYBODY, TEAM = "everybody", "team"


class CommentForm(Form):
    """`audience` is left out for people of the merchant: what they write everybody reads.

    The ids are its own, as it stands on pages beside other forms.
    """

    text = LongTextField(
        _("评论"),
        id="talk-text",
        validators=[InputRequired(_("请写点什么再发送")), Length(max=LONGEST_COMMENT, message=TOO_LONG)],
        render_kw={"rows": 3},
    )
    files = MultipleFileField(_("附件"), id="talk-files")
    audience = RadioField(
        _("谁能看到"),
        id="talk-audience",
        choices=[SelectChoice(EVERYBODY, _("商家和团队")), SelectChoice(TEAM, _("仅团队"))],
        default=EVERYBODY,
    )
    once = OnceField(id="talk-once")

    def validate_files(self, field) -> None:
        if len(self.chosen) > MOST_FILES:
            raise ValidationError(_("一次最多附 %(count)s 个文件", count=MOST_FILES))

    @property
    def chosen(self) -> list:
        return [file for file in self.files.data or [] if file]


class MendForm(Form):
    text = LongTextField(
        _("修改评论"),
        validators=[InputRequired(_("请写点什么，或者删除这条评论")), Length(max=LONGEST_COMMENT, message=TOO_LONG)],
        render_kw={"rows": 4},
    )
    version = VersionField()
