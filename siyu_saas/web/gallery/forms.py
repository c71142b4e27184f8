"""A form with every kind of field, filled in and faulty."""

from __future__ import annotations

from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    EmailField,
    FileField,
    Form,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
    widgets,
)
from wtforms.fields import SelectChoice

FILLED = {
    "name": "南山小院",
    "email": "zhou@nanshan.example",
    "price": 126,
    "starts_on": date(2026, 10, 26),
    "carrier": "wecom",
    "channels": ["tmall", "mini"],
    "note": "茶季在 3 月和 9 月，客服 2 人，晚上 22:00 后不回复。",
}


def faulty_form() -> MerchantForm:
    sent = {"faulty-email": "zhou＠nanshan", "faulty-price": "八十", "faulty-carrier": "none-of-these"}
    form = MerchantForm(MultiDict(sent), prefix="faulty-")
    form.validate()
    return form


class MerchantForm(Form):
    class Meta:
        locales = ("zh_CN", "zh")

    name = StringField("商家名称", [validators.DataRequired("请填写商家名称")])
    email = EmailField("店主邮箱", [validators.Regexp(r"[^@]+@[^@]+", message="邮箱格式不对，例如 zhou@example.com")])
    secret = PasswordField("登录密码", [validators.InputRequired("请设置密码")])
    price = DecimalField("客单价", [validators.NumberRange(min=1, message="请填写大于 0 的数字")])
    starts_on = DateField("启动日期", [validators.Optional()])
    trade = SelectField(
        "行业",
        choices=[SelectChoice("tea", "有机茶"), SelectChoice("coffee", "咖啡"), SelectChoice("baby", "母婴")],
        default="tea",
    )
    carrier = RadioField(
        "目前用什么承接老客？",
        choices=[SelectChoice("wecom", "企业微信"), SelectChoice("wx", "个人微信号"), SelectChoice("none", "还没有")],
    )
    channels = SelectMultipleField(
        "在哪些渠道卖",
        [validators.Optional()],
        choices=[SelectChoice("tmall", "天猫"), SelectChoice("mini", "小程序"), SelectChoice("shop", "门店")],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    evidence = FileField(
        "证据", [validators.Optional()], render_kw={"multiple": True, "accept": "image/*,.pdf,.xlsx,.csv"}
    )
    note = TextAreaField("补充说明", [validators.Optional()])
    known = BooleanField("我已了解目标口径与前提", [validators.InputRequired("请勾选后再签署")])
