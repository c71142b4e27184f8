"""The four qualities, asked before and after by the same person. Source: domain G4, `qn_quali4`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

HIGHEST = 4
NEEDS_EVIDENCE_FROM = 3
LEVELS = ("没有", "零散", "部分", "基本到位", "稳定运行")


class Period(StrEnum):
    BEFORE = "before"
    AFTER = "after"

    @property
    def title(self) -> str:
        return "期初" if self is Period.BEFORE else "期末"


@dataclass(frozen=True, slots=True)
class Dimension:
    key: str
    title: str
    questions: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(f"{self.key}_{place}" for place in range(1, len(self.questions) + 1))


DIMENSIONS = (
    Dimension("team", "团队合作", ("分工明确", "考核明确", "角色不交叉", "能高效执行", "用系统工具追踪服务质量")),
    Dimension("link", "入群链路", ("直接加企微", "能打标", "能入会", "能留资", "社群定位清楚", "落地效率")),
    Dimension("basics", "基本信息", ("群名规范", "欢迎语统一", "公告完整", "违规移出少")),
    Dimension(
        "content",
        "内容规划",
        ("有框架与占比", "按群类型差异化", "发布人有序", "围绕资讯、主题、种草", "静默与营销成交可看"),
    ),
)


def score(dimension: Dimension, answers: Mapping[str, int | None]) -> int | None:
    """0 to 100, half up; None while a question is open."""
    given = [answers.get(key) for key in dimension.keys]
    if any(one is None for one in given):
        return None
    share = Decimal(sum(given) * 100) / (HIGHEST * len(given))
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def without_evidence(period: Period, answers: Mapping[str, int | None], evidence: Mapping[str, str]) -> list[str]:
    """Questions scored 3 or 4 at the end without anything that shows it: such a score is not accepted."""
    if period is Period.BEFORE:
        return []
    return [key for key, given in answers.items() if (given or 0) >= NEEDS_EVIDENCE_FROM and not evidence.get(key)]


def difference(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before
