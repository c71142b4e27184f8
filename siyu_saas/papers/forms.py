"""What is uploaded to be held against the seals."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from siyu_saas.web.forms import Form


class PrintedFileForm(Form):
    file = FileField(_("PDF 文件"), validators=[FileRequired(_("请选择要比对的 PDF 文件"))])
