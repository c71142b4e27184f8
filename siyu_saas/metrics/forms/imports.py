"""What people bring, choose and type about numbers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, FieldList, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from siyu_saas.metrics.rules.fields import FIELDS, NOTE
from siyu_saas.metrics.rules.reading.presets import (
    AMOUNT,
    AMOUNT_FEN,
    CUSTOMER,
    DAY,
    IN_FEN,
    ORDER,
    PRESETS,
    SPLIT,
    STATUS,
    Preset,
    title_of,
)
from siyu_saas.metrics.rules.scopes import LONGEST
from siyu_saas.web.forms import Form, LongTextField, OnceField, TextField, clean_line

PASTE_LENGTH = 500_000
ORDER_ROLES = (DAY, CUSTOMER, AMOUNT, AMOUNT_FEN, STATUS, ORDER)
LEFT_OUT = ""


def scope_field(**options) -> TextField:
    return TextField(_("只是其中一部分的数"), validators=[Length(max=LONGEST, message=_("最长 40 个字"))], **options)


class UploadForm(Form):
    file = FileField(_("数据文件"), validators=[FileRequired(_("请选择一个 CSV 或 XLSX 文件"))])
    scope = scope_field()
    once = OnceField()


class CellsField(LongTextField):
    """Like any long text, but the tabs between cells stay."""

    def process_formdata(self, valuelist):
        if valuelist:
            lines = valuelist[0].splitlines()
            self.data = "\n".join("\t".join(clean_line(cell) for cell in line.split("\t")) for line in lines).strip(
                "\n"
            )
            self.raw_data = [self.data]


class PasteForm(Form):
    text = CellsField(
        _("粘贴表格"),
        validators=[
            InputRequired(_("请把表格里的内容连同表头一起粘贴进来")),
            Length(max=PASTE_LENGTH, message=_("粘贴的内容太长，请存成文件后上传")),
        ],
        render_kw={"rows": 8},
    )
    scope = scope_field(id="scope-paste")  # stands on the page of the upload
    once = OnceField()


class ConfirmForm(Form):
    skip = BooleanField(_("有问题的地方跳过，其余照常导入"))
    again = BooleanField(_("确认不是重复，仍然加进来"))
    reason = TextField(_("修改原因"), validators=[Length(max=400, message=_("最长 400 个字"))])


class ReasonForm(Form):
    reason = TextField(_("撤销原因"), validators=[Length(max=400, message=_("最长 400 个字"))])


class ColumnsForm(Form):
    preset = SelectField(
        _("这是什么表"), choices=[SelectChoice(preset.key, preset.title) for preset in PRESETS.values()]
    )
    roles = FieldList(SelectField(_("这一列是")))

    def offer(self, preset: Preset) -> None:
        """Each column may play the roles that tables of this shape have."""
        for field in self.roles:
            field.choices = [SelectChoice(role, title) for role, title in roles_of(preset)]

    def chosen(self, columns: list[int]) -> dict[int, str]:
        return {at: field.data for at, field in zip(columns, self.roles, strict=True) if field.data}


def roles_of(preset: Preset) -> list[tuple[str, str]]:
    if preset.shape.is_orders:
        roles = ORDER_ROLES
    else:
        money = [key for key, field in FIELDS.items() if field.is_money]
        roles = (DAY, SPLIT, *(key for key in FIELDS if key not in money))
        yuan = [(key, f"{FIELDS[key].title}（元）") for key in money]
        fen = [(f"{key}{IN_FEN}", f"{FIELDS[key].title}（分）") for key in money]
        return [(LEFT_OUT, "不读取"), *((role, title_of(role)) for role in roles), *yuan, *fen, (NOTE, title_of(NOTE))]
    return [(LEFT_OUT, "不读取"), *((role, title_of(role)) for role in roles)]
