"""What the five calculators answer, as pairs of name and text. Source: domain C2, C5."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from siyu_saas.web.filters.numbers import MISSING
from siyu_saas.web.filters.numbers import rounded as written

from .cadence import cadence_days, laid_out
from .festivals import festivals
from .funnel import FunnelInputs, forward, parcels_needed
from .inputs import BadInput
from .invitations import InvitationInputs, capacity
from .lottery import Prize, lottery
from .turnover import TurnoverInputs, turnover

Values = Mapping[str, Any]
Answer = list[tuple[str, str]]


def of_funnel(given: Values) -> Answer:
    found = forward(FunnelInputs(**{name: given[name] for name in FunnelInputs.__slots__}))
    told = [
        ("新增好友", f"{written(found.new_friends, 0)} 人"),
        ("首单", f"{written(found.first_orders, 0)} 人"),
        ("好友总数", f"{written(found.friends, 0)} 人"),
        ("入群", f"{written(found.members, 0)} 人"),
        ("群数", f"{found.groups} 个"),
        ("买家", f"{written(found.buyers, 0)} 人"),
        ("社群 GMV", _yuan(found.gmv_fen)),
    ]
    if given.get("goal"):
        needed = parcels_needed(
            goal=given["goal"],
            friends_before=given["friends_before"],
            parcel_rate=given["parcel_rate"],
            days=given["days"],
        )
        told += [
            ("还需新增", f"{written(needed.friends, 0)} 人"),
            ("要发包裹", f"{written(needed.parcels, 0)} 件"),
            ("日均包裹", f"{written(needed.per_day, 0)} 件"),
        ]
    return told


def of_invitations(given: Values) -> Answer:
    found = capacity(InvitationInputs(**{name: given[name] for name in InvitationInputs.__slots__}))
    told = [
        ("产能", f"{written(found.capacity, 0)} 人次"),
        ("触达", f"{written(found.touched, 0)} 人"),
        ("入群", f"{written(found.joined, 0)} 人"),
        ("付定", f"{written(found.paying, 0)} 人"),
        ("打完要", f"{found.days_needed} 天"),
        ("群数", f"{found.groups} 个"),
    ]
    return [*told, ("多余产能", f"{written(found.idle, 0)} 人次，多打无用")] if found.idle else told


def of_turnover(given: Values) -> Answer:
    found = turnover(TurnoverInputs(**{name: given[name] for name in TurnoverInputs.__slots__}))
    return [
        ("买家", f"{written(found.buyers, 2)} 人"),
        ("订单", f"{written(found.orders, 2)} 单"),
        ("GMV", _yuan(found.gmv_fen)),
        ("种子指数（示意，不是金额）", written(found.seed_index, 4)),
    ]


def of_cadence(given: Values) -> Answer:
    every, clipped = cadence_days(Fraction(given["mean"]))
    if given["end"] < given["start"]:
        raise BadInput("end", "结束日期不能早于开始日期")
    if (given["end"] - given["start"]).days > 400:
        raise BadInput("end", "一次最多排 400 天")
    found = laid_out(
        start=given["start"], end=given["end"], every=every, festivals=festivals(given["start"], given["end"])
    )
    held = "（已夹在 7–60 天之内）" if clipped else ""
    days = "、".join(f"{one.day:%m-%d}{f'（{one.festival}）' if one.festival else ''}" for one in found)
    return [("活动节奏", f"每 {every} 天一场{held}"), ("排期", days), ("场次", f"{len(found)} 场")]


def of_lottery(given: Values) -> Answer:
    prizes = given["prizes"]
    found = lottery(given["draws"], prizes)
    quotas = "；".join(f"{prize.name} {count} 份" for prize, count in zip(prizes, found.quotas, strict=True))
    most = MISSING if found.at_most is None else f"{written(found.at_most, 2)} 元"
    return [
        ("单次平均成本", f"{written(found.mean, 4)} 元"),
        ("标准差", f"{written(found.deviation, 4)} 元"),
        ("总成本", f"{written(found.total, 2)} 元"),
        ("预算上限（95%）", most),
        ("配额", quotas),
    ]


def prizes_of(lines: str) -> list[Prize]:
    """One a line: 名称，概率%，单件成本元[，面值元]. Raises BadInput with the line that cannot be read."""
    found = []
    for number, line in enumerate(filter(str.strip, lines.splitlines()), 1):
        parts = [part.strip() for part in line.replace("，", ",").split(",")]
        try:
            name, chance, cost, *value = parts
            found.append(
                Prize(
                    name,
                    Decimal(chance.rstrip("%％")) / 100,
                    Fraction(cost.rstrip("元")) * 100,
                    int(Decimal(value[0].rstrip("元")) * 100) if value else 0,
                )
            )
        except (ValueError, ArithmeticError, IndexError) as error:
            raise BadInput("prizes", f"第 {number} 行看不懂，请按「名称，概率%，成本元」填写") from error
    if not found:
        raise BadInput("prizes", "至少要有一个奖品")
    return found


def _yuan(fen: int) -> str:
    return f"{written(Fraction(fen, 100), 2)} 元"
