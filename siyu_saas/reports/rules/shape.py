"""The sixteen sections of a report and the few kinds of blocks that they are made of. Source: domain G1."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

SCHEMA = 1
NOT_COLLECTED = "未采集"
CLAUSE = "目标为共同方向，不作考核。"
SECTIONS = {
    "cover": "封面",
    "onepage": "一页纸",
    "profile": "商家概况与诉求",
    "diagnosis": "诊断回顾",
    "targets": "目标与达成",
    "compare": "服务前后对比",
    "funnel": "漏斗对比",
    "gmv_driver": "GMV 归因",
    "qualitative": "定性四维",
    "execution": "执行回顾",
    "campaigns": "活动复盘",
    "segments": "用户结构",
    "advice": "长期建议",
    "feedback": "商家反馈与好评",
    "method": "口径与数据说明",
    "appendix": "附录",
}
BODY = tuple(key for key in SECTIONS if key != "cover")
ALWAYS_SHOWN = ("onepage", "targets", "compare", "feedback", "method")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from: a metric, the window it was read in, the version of what it was read from."""

    name: str
    metric: str
    window: str
    version: str
    place: str


@dataclass(frozen=True, slots=True)
class Card:
    name: str
    value: str
    note: str = ""
    change: str = ""
    verdict: str = ""
    mark: str = ""
    trend: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    cards: tuple[Card, ...]
    kind: str = "cards"


@dataclass(frozen=True, slots=True)
class Words:
    paragraphs: tuple[str, ...]
    heading: str = ""
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Points:
    """Lists side by side: pairs of heading and items."""

    columns: tuple[tuple[str, tuple[str, ...]], ...]
    kind: str = "points"


@dataclass(frozen=True, slots=True)
class Facts:
    pairs: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Table:
    """`numbers` are the columns (from 0) that are set to the right."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    caption: str = ""
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """`chart` names a builder of `reports.figures`, `data` its plain arguments. The title is the conclusion."""

    chart: str
    title: str
    note: str
    data: dict[str, Any]
    kind: str = "picture"


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    who: str
    kind: str = "quote"


Block = Cards | Words | Points | Facts | Table | Picture | Quote


@dataclass(frozen=True, slots=True)
class Section:
    """Without blocks it says what was not collected. `draft` is the sentence that rules propose to the consultant."""

    key: str
    blocks: tuple[Block, ...] = ()
    draft: str = ""
    missing: str = NOT_COLLECTED
    sources: tuple[Source, ...] = ()

    @property
    def title(self) -> str:
        return SECTIONS[self.key]


@dataclass(frozen=True, slots=True)
class Gap:
    """What a reader will miss, and the endpoint of the page where it is mended."""

    section: str
    sentence: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class ReportData:
    merchant: str
    firm: str
    engagement: str
    package: str
    coordinator: str
    first: str
    last: str
    windows: str
    made_on: str
    sections: tuple[Section, ...]
    gaps: tuple[Gap, ...] = ()
    appendix: tuple[dict[str, Any], ...] = ()
    schema: int = field(default=SCHEMA)

    def as_json(self) -> dict[str, Any]:
        return _plain(asdict(self))


def _plain(value: Any) -> Any:
    """As it comes back from the database: lists instead of tuples."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
