"""Where an entry comes from, in words that a merchant understands."""

from __future__ import annotations

from collections.abc import Iterable

TITLES = {
    "S0": "一家女装商家的咨询案例（2023-01）",
    "S1": "社群营销案例整理（2023-07）",
    "S2": "社交电商操盘手的经验",
    "S3": "家居软装社群活动记录（2020-11，数据为虚拟）",
    "S4": "私域运营策略脑图（2022-05）",
    "law": "法律法规",
    "own": "顾问经验",
}
HOUSE = "本产品整理"
PAGE = "公开网页"


def told(references: Iterable[str]) -> list[str]:
    """Each source once, in the order in which it is named first."""
    return list(dict.fromkeys(_title(one) for one in references))


def _title(reference: str) -> str:
    kind = reference.split("-")[0].split(" ")[0]
    if reference.startswith("P") and reference[1:].isdecimal():
        return PAGE
    return TITLES.get(kind, HOUSE)
