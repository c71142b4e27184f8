"""What the five calculators ask for, and what stands beside every answer. Source: domain C2, C5."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .answers import Answer, Values, of_cadence, of_funnel, of_invitations, of_lottery, of_turnover

EDITION = 1


class Ask(StrEnum):
    """What is typed: whole things, a percentage, yuan, a day, any number, or lines of prizes."""

    COUNT = "count"
    PERCENT = "percent"
    YUAN = "yuan"
    DAY = "day"
    NUMBER = "number"
    PRIZES = "prizes"


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    title: str
    ask: Ask
    usual: str
    hint: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """What stands beside every answer that was kept. Source: domain C5."""

    key: str
    title: str
    purpose: str
    questions: tuple[Question, ...]
    formula: str
    rounding: str
    warning: str


@dataclass(frozen=True, slots=True)
class Calculator(Method):
    """`answer` takes values by name (counts, shares of one, fen, days) and gives pairs of name and text."""

    answer: Callable[[Values], Answer]

    def title_of(self, answer: Answer) -> str:
        """For lists: the last figure that is short enough to stand beside the name."""
        name, told = next((pair for pair in reversed(answer) if len(pair[1]) < 30), answer[0])
        return f"{self.title}：{name} {told}"[:80]


C, P, Y, D, N = Ask.COUNT, Ask.PERCENT, Ask.YUAN, Ask.DAY, Ask.NUMBER
PRIZES = "1000 元购物金，0.05%，450，1000\n1 件免单，0.1%，160\n5 折券，69.85%，0\n定制小物，5%，12\n小商品，25%，3"


def _asking(*rows: tuple) -> tuple[Question, ...]:
    return tuple(Question(*row) for row in rows)


_ALL = (
    Calculator(
        "funnel",
        "公转私漏斗",
        "从包裹到社群成交，正推一遍，也能从好友目标倒推要发多少包裹。",
        _asking(
            ("parcels", "包裹量", C, "50000", "服务期内发出的包裹件数"),
            ("parcel_rate", "包裹卡转化率", P, "12"),
            ("first_order_rate", "首单转化率", P, "10"),
            ("friends_before", "现有好友", C, "4274"),
            ("group_rate", "好友入群率", P, "20"),
            ("group_size", "每群人数", C, "200"),
            ("buying_rate", "社群转化率", P, "1.5"),
            ("buyer_value_fen", "客单价", Y, "350"),
            ("goal", "好友目标（倒推）", C, "10000", "", True),
            ("days", "天数", C, "44"),
        ),
        "新增=包裹×转化率；首单=新增×首单率；入群=(现有+新增)×入群率；买家=入群×转化率；GMV=买家×客单价",
        "人数向下取整，群数和所需包裹向上取整",
        "签收滞后 3–7 天，扫码与发货不是同一批；率来自不同口径时先看自家基线。",
        of_funnel,
    ),
    Calculator(
        "invite",
        "邀请产能",
        "这几个人、这几天，能邀请多少人进群。",
        _asking(
            ("pool", "目标池", C, "5000"),
            ("per_day", "每人每日触达", C, "120"),
            ("people", "人数", C, "5"),
            ("days", "天数", C, "10"),
            ("success_rate", "邀请成功率", P, "10"),
            ("deposit_rate", "付定率", P, "4"),
            ("group_size", "每群人数", C, "100"),
        ),
        "产能=每人每日×人数×天；触达=min(产能,池)；入群=触达×成功率；付定=入群×付定率",
        "人数向下取整，天数和群数向上取整",
        "周末不算工作日；拨打需本人同意并避开 21:00–9:00。",
        of_invitations,
    ),
    Calculator(
        "turnover",
        "社群 GMV",
        "人数、转化、复购、裂变和笔单价，合起来是多少钱。",
        _asking(
            ("people", "人数", C, "2000"),
            ("buying_rate", "转化率", P, "3"),
            ("repeat_rate", "复购率", P, "20"),
            ("referral_rate", "裂变率", P, "10"),
            ("order_value_fen", "笔单价", Y, "350"),
            ("orders_more", "人均复购单数", N, "1"),
            ("referral_weight", "裂变新人相对转化", P, "100"),
        ),
        "买家=人数×转化率×(1+裂变率×相对转化)；订单=买家×(1+复购率×复购单数)；GMV=订单×笔单价",
        "中间值不取整，金额两位小数",
        "「人数×转化率×复购率×裂变率」没有单价，得到的不是金额，只作指数。",
        of_turnover,
    ),
    Calculator(
        "cadence",
        "活动节奏",
        "按复购间隔定节奏，再贴到大促和节日上。",
        _asking(
            ("mean", "平均复购间隔（天）", N, "10"),
            ("start", "第一场", D, "2026-05-08"),
            ("end", "排到", D, "2026-07-31"),
        ),
        "节奏=1.5×平均间隔，夹在 7–60 天；大促前后半个周期、节日前后三分之一周期内的节点优先",
        "天数向上取整",
        "没有复购数据时用行业默认 30 天；右删失会低估间隔，请同看中位数。",
        of_cadence,
    ),
    Calculator(
        "lottery",
        "全员中奖抽奖",
        "平均花多少、最多花多少、每种奖备几份。",
        _asking(
            ("draws", "抽奖人数", C, "6000"),
            ("prizes", "奖品", Ask.PRIZES, PRIZES, "一行一个：名称，概率%，单件成本元，面值元（可不填）"),
        ),
        "μ=Σp·c；σ=√(Σp·c²−μ²)；预算上限=N·μ+1.645·√N·σ",
        "配额先取整再按余数从大到小补齐，合计等于人数",
        "须公示奖项、数量、概率、兑奖条件与期限，不得内定；最高奖不超过 5 万元。",
        of_lottery,
    ),
)
CALCULATORS: dict[str, Calculator] = {one.key: one for one in _ALL}
RFM = Method(
    "rfm",
    "顾客分层",
    "从订单明细给每位顾客打分，分成八段三层。",
    _asking(
        ("asof", "截止日", D, ""),
        ("interval", "平均复购间隔（天）", N, "", "留空用订单里的", True),
        ("order", "客单价（元）", Y, "", "留空用订单里的", True),
    ),
    "R：距上次购买的天数和平均复购间隔比；F：订单数；M：金额和客单价比。三维各 1–5 分，严格高于全体均分记「高」",
    "分数是整数，均分不取整就比较",
    "只看截止日往前 365 天有订单的顾客；不到 30 位时改用固定线，4 分及以上为高。",
)
METHODS: dict[str, Method] = {**CALCULATORS, RFM.key: RFM}
