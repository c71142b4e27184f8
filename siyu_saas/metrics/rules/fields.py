"""The raw counts of a day (日报数): one key each, what it counts, and how days are put together. Source: domain C0, C4."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .measures import Unit

NOTE = "note"
ALL = "all"


class Kind(StrEnum):
    """`FLOW` happens during the day and adds up over days; `STOCK` is counted at the end of the day and does not."""

    FLOW = "flow"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Field:
    """Money is kept in fen; what people type and read is yuan."""

    key: str
    title: str
    unit: Unit
    kind: Kind = Kind.FLOW
    in_sheet: bool = True

    @property
    def is_money(self) -> bool:
        return self.unit is Unit.FEN


_FIELDS = (
    Field("parcels_sent", "包裹卡发出数", Unit.PARCELS),
    Field("parcel_scans", "扫码人数", Unit.PEOPLE),
    Field("wecom_new_parcel", "包裹卡新增好友", Unit.PEOPLE),
    Field("wecom_new_other", "其他渠道新增好友", Unit.PEOPLE),
    Field("wecom_lost", "流失好友", Unit.PEOPLE),
    Field("wecom_total", "企微客户总数", Unit.PEOPLE, Kind.STOCK),
    Field("first_order_users", "首单人数", Unit.PEOPLE),
    Field("group_count", "客户群数", Unit.GROUPS, Kind.STOCK),
    Field("group_full_count", "满员群数", Unit.GROUPS, Kind.STOCK),
    Field("group_new", "新增群人数", Unit.PEOPLE),
    Field("group_quit", "退群人数", Unit.PEOPLE),
    Field("group_violation_kick", "违规踢出数", Unit.PEOPLE),
    Field("group_members", "在群人数", Unit.PEOPLE, Kind.STOCK),
    Field("group_active", "活跃人数", Unit.PEOPLE),
    Field("group_msgs", "群消息数", Unit.MESSAGES),
    Field("group_buyers", "转化人数", Unit.PEOPLE),
    Field("group_orders", "订单数", Unit.ORDERS),
    Field("group_gmv", "社群 GMV", Unit.FEN),
    Field("silent_gmv", "静默成交", Unit.FEN),
    Field("refund", "退款额", Unit.FEN),
    Field("wecom_new", "新增客户数（全部渠道）", Unit.PEOPLE, in_sheet=False),
    Field("friend_requests", "发起申请数", Unit.PEOPLE, in_sheet=False),
    Field("chats", "聊天总数", Unit.TIMES, in_sheet=False),
    Field("messages_sent", "发送消息数", Unit.MESSAGES, in_sheet=False),
    Field("groups_opened", "新增群数", Unit.GROUPS, in_sheet=False),
    Field("groups_talking", "有过消息的群数", Unit.GROUPS, in_sheet=False),
)
FIELDS = {field.key: field for field in _FIELDS}
SHEET_FIELDS = tuple(field.key for field in _FIELDS if field.in_sheet)
