"""What tables look like that come from known places, and what their columns are called there. Source: domain C4, F2.

Names are compared without spaces, brackets, units and case; the first preset with the best score wins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from siyu_saas.metrics.rules.fields import FIELDS, NOTE

DAY, SPLIT = "date", "split"
CUSTOMER, AMOUNT, STATUS, ORDER = "customer", "amount", "status", "order"
ROLE_TITLES = {
    DAY: "日期",
    SPLIT: "分行的成员或群",
    CUSTOMER: "顾客（只存加密编号）",
    AMOUNT: "实付金额（元）",
    STATUS: "订单状态",
    ORDER: "订单号（只用来合并，不保存）",
    NOTE: "备注（大促、投放、停系统等）",
}


class Shape(StrEnum):
    """`DAILY`: one line a day, or several that are added up. `ORDERS`: one line an order."""

    DAILY = "daily"
    ORDERS = "orders"

    @property
    def is_orders(self) -> bool:
        return self is Shape.ORDERS


@dataclass(frozen=True)
class Preset:
    """`columns`: for each role or field the names it has there, the likeliest first. `fen`: amounts are in fen there."""

    key: str
    title: str
    shape: Shape
    columns: Mapping[str, Sequence[str]]
    adds_rows: bool = False
    dropped: Mapping[str, str] = field(default_factory=dict)


def title_of(role: str) -> str:
    """What a column means, as people call it."""
    known = FIELDS.get(role.removesuffix(IN_FEN)) if role not in ROLE_TITLES else None
    return ROLE_TITLES[role] if known is None else known.title


IN_FEN = ":fen"  # behind a money field: its column is in fen rather than in yuan
DATES = ("日期", "date", "统计日期", "时间", "day", "统计时间")

_SHEET = {
    DAY: DATES,
    "parcels_sent": ("parcels_sent", "包裹卡发出数", "发出包裹卡", "包裹卡"),
    "parcel_scans": ("parcel_scans", "扫码人数", "扫码"),
    "wecom_new_parcel": ("wecom_new_parcel", "包裹卡新增好友", "包裹卡加粉"),
    "wecom_new_other": ("wecom_new_other", "其他渠道新增好友", "其他新增好友"),
    "wecom_lost": ("wecom_lost", "流失好友", "流失客户", "删除好友数"),
    "wecom_total": ("wecom_total", "企微客户总数", "好友总数", "企微好友总数", "客户总数"),
    "first_order_users": ("first_order_users", "首单人数", "首单"),
    "group_count": ("group_count", "客户群数", "群数"),
    "group_full_count": ("group_full_count", "满员群数"),
    "group_new": ("group_new", "新增群人数", "入群人数", "新增入群"),
    "group_quit": ("group_quit", "退群人数", "退群"),
    "group_violation_kick": ("group_violation_kick", "违规踢出数", "违规踢出"),
    "group_members": ("group_members", "在群人数", "群人数", "群成员数"),
    "group_active": ("group_active", "活跃人数", "群活跃人数"),
    "group_msgs": ("group_msgs", "群消息数", "消息数"),
    "group_buyers": ("group_buyers", "转化人数", "买家数", "社群买家"),
    "group_orders": ("group_orders", "订单数", "社群订单"),
    "group_gmv" + IN_FEN: ("group_gmv_fen", "社群gmv分"),
    "group_gmv": ("group_gmv", "社群gmv", "gmv", "成交金额", "社群成交额"),
    "silent_gmv" + IN_FEN: ("silent_gmv_fen", "静默成交分"),
    "silent_gmv": ("silent_gmv", "静默成交", "静默成交额"),
    "refund" + IN_FEN: ("refund_fen", "退款额分"),
    "refund": ("refund", "退款额", "退款金额", "退款"),
    NOTE: ("note", "备注", "干扰原因"),
}

DAILY = Preset("daily", "日报", Shape.DAILY, _SHEET)
WECOM_GROUPS = Preset(
    "wecom_groups",
    "企业微信 客户群统计",
    Shape.DAILY,
    {
        DAY: DATES,
        SPLIT: ("群主", "群主名称", "owner", "部门", "群名称"),
        "groups_opened": ("newchatcnt", "new_chat_cnt", "新增客户群数", "新增群数"),
        "group_count": ("chattotal", "chat_total", "客户群总数", "群总数"),
        "groups_talking": ("chathasmsg", "chat_has_msg", "有过消息的客户群数", "有过消息的群数", "活跃群数"),
        "group_new": ("newmembercnt", "new_member_cnt", "客户群新增群人数", "新增群人数", "新增群成员数"),
        "group_members": ("membertotal", "member_total", "群成员总数", "客户群总人数", "群总人数"),
        "group_active": ("memberhasmsg", "member_has_msg", "发过消息的群成员数", "发言人数"),
        "group_msgs": ("msgtotal", "msg_total", "群消息总数", "消息总数"),
    },
    adds_rows=True,
)
WECOM_CUSTOMERS = Preset(
    "wecom_customers",
    "企业微信 联系客户统计",
    Shape.DAILY,
    {
        DAY: DATES,
        SPLIT: ("成员", "成员姓名", "员工", "userid", "成员名称", "部门"),
        "friend_requests": ("new_apply_cnt", "newapplycnt", "发起申请数", "发送申请数"),
        "wecom_new": ("new_contact_cnt", "newcontactcnt", "新增客户数"),
        "chats": ("chat_cnt", "chatcnt", "聊天总数", "单聊总数"),
        "messages_sent": ("message_cnt", "messagecnt", "发送消息数"),
        "wecom_lost": ("negative_feedback_cnt", "negativefeedbackcnt", "删除/拉黑成员的客户数", "被删除拉黑客户数"),
    },
    adds_rows=True,
    dropped={
        "reply_percentage": "比率不收，由分子分母计算",
        "已回复聊天占比": "比率不收，由分子分母计算",
        "avg_reply_time": "平均值不收，由分子分母计算",
        "平均首次回复时长": "平均值不收，由分子分母计算",
    },
)
YOUZAN_ORDERS = Preset(
    "youzan_orders",
    "有赞 订单导出",
    Shape.ORDERS,
    {
        ORDER: ("订单号", "订单编号"),
        DAY: ("买家付款时间", "付款时间", "支付时间", "订单付款时间", "订单创建时间", "下单时间"),
        CUSTOMER: (
            "买家手机号",
            "下单用户手机号",
            "客户手机号",
            "收货人手机号/提货人手机号",
            "收货人手机号",
            "买家id",
            "用户id",
        ),
        AMOUNT: ("订单实付金额", "实付金额", "应收订单金额", "订单实收金额"),
        STATUS: ("订单状态",),
    },
)
TAOBAO_ORDERS = Preset(
    "taobao_orders",
    "淘宝/天猫 订单报表",
    Shape.ORDERS,
    {
        ORDER: ("订单编号", "主订单编号"),
        DAY: ("订单付款时间", "付款时间", "订单创建时间"),
        CUSTOMER: ("买家会员名", "买家昵称", "买家nick", "联系手机", "收货人手机"),
        AMOUNT: ("买家实际支付金额", "买家实付金额", "实际支付金额", "总金额"),
        STATUS: ("订单状态", "交易状态"),
    },
)
ORDERS = Preset(
    "orders",
    "其他订单明细",
    Shape.ORDERS,
    {
        DAY: ("order_date", "订单日期", "成交日期", "下单日期", "付款日期", "支付时间", "付款时间", "下单时间", *DATES),
        CUSTOMER: (
            "customer_key", "customer", "customer_id", "顾客编号", "客户编号", "客户id", "会员号", "会员编号",
            "会员id", "用户id", "顾客", "客户", "手机号", "手机", "联系电话",
        ),
        "amount_fen": ("amount_fen", "金额分"),
        AMOUNT: ("amount", "实付金额", "支付金额", "成交金额", "订单金额", "金额"),
        STATUS: ("订单状态", "状态", "status"),
        ORDER: ("订单号", "订单编号", "order_no", "order_id"),
    },
)  # fmt: skip
PRESETS = {
    preset.key: preset for preset in (DAILY, WECOM_GROUPS, WECOM_CUSTOMERS, YOUZAN_ORDERS, TAOBAO_ORDERS, ORDERS)
}
AMOUNT_FEN = "amount_fen"
ROLE_TITLES[AMOUNT_FEN] = "实付金额（分）"

PERSONAL = re.compile(
    r"姓名|手机|电话|地址|身份证|昵称|收货人|收件人|微信号|邮箱|买家|会员名|旺旺|联系人|phone|mobile|tel\b|address|email"
    r"|name$|nick",
    re.IGNORECASE,
)
SKIPPED_STATUS = re.compile(
    r"关闭|取消|待付款|待支付|等待买家付款|未付款|未支付|待成团|unpaid|cancel|closed", re.IGNORECASE
)


def normal(name: str) -> str:
    """A column's name as it is compared."""
    text = unicodedata.normalize("NFKC", name).lower()
    text = re.sub(r"[（(\[【][^）)\]】]*[）)\]】]", "", text)
    return re.sub(r"[\s\ufeff\"'`:：*]+", "", text)


def guess(names: Sequence[str], preset: Preset) -> dict[int, str]:
    """Which column plays which role: each role once, each column once."""
    found: dict[int, str] = {}
    known = [normal(name) for name in names]
    for role, spellings in preset.columns.items():
        for spelling in spellings:
            at = next((at for at, name in enumerate(known) if name == normal(spelling) and at not in found), None)
            if at is not None:
                found[at] = role
                break
    return found


def likeliest(names: Sequence[str]) -> tuple[Preset, dict[int, str]]:
    """The preset that knows most of the columns; one of orders has to know all that it needs."""
    guesses = [(preset, guess(names, preset)) for preset in PRESETS.values()]
    return max(guesses, key=lambda one: _score(*one))


def missing_roles(preset: Preset, roles: Sequence[str]) -> list[str]:
    """What a mapping lacks, as people call it."""
    if preset.shape is Shape.ORDERS:
        lacking = [ROLE_TITLES[role] for role in (DAY, CUSTOMER) if role not in roles]
        return lacking + ([] if {AMOUNT, AMOUNT_FEN} & set(roles) else [ROLE_TITLES[AMOUNT]])
    lacking = [] if DAY in roles else [ROLE_TITLES[DAY]]
    return lacking + ([] if set(roles) - {DAY, SPLIT} else ["至少一列数据"])


def _score(preset: Preset, found: dict[int, str]) -> tuple[bool, int]:
    roles = list(found.values())
    complete = not missing_roles(preset, roles)
    return complete, len(roles)
