"""How far each merchant of the demo has come: one finished at its stated dates, the others relative to today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from siyu_saas.aftercare.rules.qualitative import Period
from siyu_saas.core.clock import telling
from siyu_saas.demo.rules import last_day, moment
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.models import Baseline
from siyu_saas.metrics.rules.windows import USUAL_DAYS, Window
from siyu_saas.packs.demo import story
from siyu_saas.targets.models import Target
from siyu_saas.tenants.actions.engagements import advance, archive

from .agreeing import (
    conclude_comparison,
    confirm_from_package,
    counter,
    freeze,
    lock_windows,
    note_influence,
    offer_target,
    sign_both,
)
from .beginning import agree_on_findings, answer, ask, sign_charter, what_is_missing
from .bringing import bring_numbers
from .calculating import keep_answer, segment_customers, try_rhythm
from .cast import Cast
from .closing import advise, answer_one, conclude_targets, judge_qualities, say_how_it_was
from .reporting import correct, print_it, report
from .working import follow_checklists, meet, open_groups, run_campaign, work

CONCLUSION = (
    "服务期内，社群新增、活跃率、客单价都有明确变化；转化人数 +22% 在正常波动范围内，不能断定。"
    "六个活动日占服务期社群成交的 33.1%（4,332.43 元 ÷ 13,084.50 元），剔除活动日后日均买家 +15.5%。"
)
WAITING = 3


@dataclass(frozen=True)
class Teller:
    """`answers` names the merchant whose answers are given; `turn_page` makes what was told so far last."""

    cast: Cast
    firm_name: str
    firm_id: UUID
    answers: str
    today: date
    turn_page: Callable[[], None]


def diagnose(teller: Teller) -> None:
    """The charter is signed; two of the questionnaires are still open."""
    cast = teller.cast
    sign_charter(cast, teller.firm_name, on=cast.day(0))
    diagnosis = ask(cast, on=cast.day(1))
    answer(cast, diagnosis, teller.answers, on=cast.day(2), but=2)


def co_create(teller: Teller) -> None:
    """The findings are agreed on, the numbers are in, the first target waits for the merchant."""
    _to_findings(teller)
    baseline = _numbers(teller)
    offer_target(
        teller.cast, _parcels(teller.cast, baseline), on=min(teller.cast.day(6), teller.today), baseline=baseline
    )


def guide(teller: Teller) -> None:
    """In the middle of the work: some tasks done, two late, checklists waiting for the reviewer."""
    cast = teller.cast
    _to_findings(teller)
    baseline = _numbers(teller)
    target = offer_target(cast, _parcels(cast, baseline), on=cast.day(6), baseline=baseline)
    counter(cast, target, target.value - 100, "发货量最近偏低，先定稳一点", on=cast.day(6))
    sign_both(cast, target, on=cast.day(6))
    teller.turn_page()
    plan = confirm_from_package(cast, made_on=cast.day(7), confirmed_on=cast.day(8))
    _advance(cast, on=cast.day(8))
    yesterday = teller.today - timedelta(days=1)
    teller.turn_page()
    work(cast, plan, until=yesterday, late={})
    teller.turn_page()
    follow_checklists(cast, plan, until=yesterday, waived={}, returned={}, waiting=WAITING)
    answer_one(cast, story()["question"], "", firm_id=teller.firm_id, on=yesterday)


def finish(teller: Teller) -> None:
    """浅岚衣序, as the domain's data set tells it. Source: domain H1 to H5."""
    cast, told = teller.cast, story()
    before, after = (Window(*told["windows"][name]) for name in ("before", "after"))
    sign_charter(cast, teller.firm_name, on=cast.day(0))
    diagnosis = ask(cast, on=cast.day(1))
    answer(cast, diagnosis, teller.answers, on=cast.day(2))
    judge_qualities(cast, Period.BEFORE, told["qualities"]["before"], on=cast.day(2))
    agree_on_findings(cast, diagnosis, on=cast.day(6))
    _advance(cast, on=cast.day(6))
    teller.turn_page()
    comparison = lock_windows(cast, before, after, on=cast.day(7))
    targets = _agree_on_targets(cast, told, before, after)
    teller.turn_page()
    plan = confirm_from_package(cast, made_on=cast.day(8), confirmed_on=cast.day(9))
    _advance(cast, on=cast.day(9))
    for first, last, on in told["imports"]:
        bring_numbers(cast, first, last, on=on)
        if last == before.last:
            freeze(cast, before, on=on)
    teller.turn_page()
    _count_groups(cast, told)
    for kind, title, first, last in told["influences"]:
        note_influence(cast, kind, title, first, last)
    keep_answer(cast, "lottery", told["lottery"]["typed"], on=told["lottery"]["day"])
    try_rhythm(cast, told["rhythm"]["typed"], on=told["rhythm"]["day"])
    segment_customers(cast, told["segments"], on=told["segments"]["day"])
    teller.turn_page()
    work(cast, plan, until=cast.engagement.ends_on, late=told["late"])
    meet(cast, plan, told["meetings"])
    teller.turn_page()
    follow_checklists(
        cast,
        plan,
        until=cast.engagement.ends_on,
        waived=told["waived"],
        returned=told["returned"],
        beside={"cl_traffic": cast.day(20)},
    )
    teller.turn_page()
    open_groups(cast, told["groups"], on=cast.day(35), week=after.last - timedelta(days=after.last.weekday()))
    for one in told["campaigns"]:
        run_campaign(cast, one, over=True)
    judge_qualities(cast, Period.AFTER, told["qualities"]["after"], on=cast.day(58))
    conclude_comparison(cast, comparison, CONCLUSION, on=cast.day(64))
    conclude_targets(cast, targets, on=cast.day(65))
    answer_one(cast, told["question"], told["answer"], firm_id=teller.firm_id, on=cast.day(50))
    advise(cast, told["advice"], on=cast.day(65))
    say_how_it_was(cast, told["feedback"], on=cast.day(65))
    teller.turn_page()
    first = report(cast, teller.firm_name, on=cast.day(66))
    second = correct(cast, teller.firm_name, first, reason=told["correction"], on=cast.day(68))
    _advance(cast, on=cast.day(69))
    conclude_targets(cast, targets, on=cast.day(76))
    final = correct(cast, teller.firm_name, second, reason=told["ripe"], on=cast.day(76))
    print_it(cast, final, on=cast.day(76))
    with telling(moment(cast.day(77))):
        archive(cast.engagement, by=cast.consultant.actor)


def _to_findings(teller: Teller) -> None:
    cast = teller.cast
    sign_charter(cast, teller.firm_name, on=cast.day(0))
    diagnosis = ask(cast, on=cast.day(1))
    answer(cast, diagnosis, teller.answers, on=cast.day(2))
    agree_on_findings(cast, diagnosis, on=cast.day(4))
    _advance(cast, on=cast.day(4))


def _numbers(teller: Teller) -> Baseline:
    """The finished merchant's days, moved to end yesterday; the four weeks before the service period are the baseline."""
    cast, yesterday = teller.cast, teller.today - timedelta(days=1)
    before = Window(cast.day(-USUAL_DAYS), cast.day(-1))
    bring_numbers(cast, before.first, cast.day(4), moved=_moved(yesterday), on=cast.day(5))
    baseline = freeze(cast, before, on=cast.day(5))
    if yesterday > cast.day(4):
        bring_numbers(cast, cast.day(5), yesterday, moved=_moved(yesterday), on=yesterday + timedelta(days=1))
    return baseline


def _moved(yesterday: date) -> int:
    return (yesterday - last_day()).days


def _parcels(cast: Cast, baseline: Baseline) -> dict[str, Any]:
    ends = cast.engagement.ends_on
    return {
        "metric": "parcel_to_wecom_rate",
        "value": 1200,
        "first": cast.day(10),
        "last": ends,
        "before": Window(baseline.first, baseline.last),
        "after": Window(ends - timedelta(days=min(USUAL_DAYS, (ends - cast.day(0)).days) - 1), ends),
        "actions": ["包裹卡改版", "100% 中奖抽奖"],
        "assumptions": ["日均发货 1400 件"],
        "reason": "参考代运营口径 10–20%",
    }


def _agree_on_targets(cast: Cast, told: dict[str, Any], before: Window, after: Window) -> list[Target]:
    made = []
    for terms in told["targets"]:
        target = offer_target(cast, {**terms, "before": before, "after": after}, on=cast.day(7))
        if "countered" in terms:
            value, reason = terms["countered"]
            counter(cast, target, value, reason, on=cast.day(7))
        sign_both(cast, target, on=cast.day(7))
        made.append(target)
    return made


def _count_groups(cast: Cast, told: dict[str, Any]) -> None:
    """How many groups there are is typed in once a week, as nobody's system exports it."""
    last = told["windows"]["after"][1]
    opened = cast.day(35)
    counts = {
        ("group_count", opened + timedelta(days=day)): len(told["groups"]) for day in range((last - opened).days + 1)
    }
    with telling(moment(last + timedelta(days=1), 10)):
        enter_counts(
            counts,
            engagement_id=cast.engagement.id,
            title="群数（手填）",
            form_key="demo-groups",
            by=cast.lead.actor,
            reason="按约定手填",
        )


def _advance(cast: Cast, *, on: date) -> None:
    with telling(moment(on, 18)):
        advance(cast.engagement, missing=what_is_missing(cast), by=cast.consultant.actor)


STORIES = {"diagnose": diagnose, "co_create": co_create, "guide": guide, "finished": finish}
