"""What is uploaded to be held against the seals; how long a link opens."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectChoice

from siyu_saas.web.forms import Form

LINK_DAYS = (7, 30)


class PrintedFileForm(Form):
    file = FileField(_("PDF 文件"), validators=[FileRequired(_("请选择要比对的 PDF 文件"))])


class LinkForm(Form):
    """How long a link opens."""

    days = RadioField(
        _("有效期"),
        choices=[SelectChoice(days, _("%(n)s 天", n=days)) for days in LINK_DAYS],
        coerce=int,
        default=LINK_DAYS[0],
    )
