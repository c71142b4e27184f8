"""What people bring into a workspace."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired

from siyu_saas.web.forms import Form, OnceField


class FileForm(Form):
    file = FileField(_("资料"), validators=[FileRequired(_("请选择一个文件"))])
    once = OnceField()
