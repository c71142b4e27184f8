"""What the firm carries, for its owner only."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace

from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.overview.rules import lost_by_package, stage_spells
from siyu_saas.plan.actions.clocks import start_clock
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.tenants.rules import Role, Side, Stage
from tests.support.plans import plan_for, task_keyed

MOST = 11  # four of them only after something has changed


def test_the_owner_sees_people_waits_and_ends(app, dress_shop, visit):
    with app.app_context(), writing(), tenant(dress_shop.id):
        plan = plan_for(dress_shop)
        task = task_keyed("T02")
        start_clock(
            plan.id, task.id, label="包裹卡印制", side=Side.MERCHANT, cause=Cause.STUCK, on=today() - timedelta(days=7)
        )
        package = plan.package_title
        db.session.commit()

    text = visit(dress_shop, Role.FIRM_OWNER).get("overview.load", most=MOST).text
    assert "dress-顾问" in text
    cells = re.search(r"<tr><th scope=\"row\">商家</th>(.*?)</tr>", text, re.DOTALL)[1]
    assert re.sub(r"<[^>]+>", "|", cells).strip("|").split("||") == ["卡住", package, "1", "5"]
    assert "dress 商家" in text


def test_what_waits_for_us_is_the_same_here_and_in_the_list(app, dress_shop, visit):
    """A task that is late waits for whoever has it, also without a clock."""
    with app.app_context(), writing(), tenant(dress_shop.id):
        plan = plan_for(dress_shop)
        plan.confirmed_at = now()
        task = task_keyed("T02")
        task.side, task.ends_on = Side.FIRM, today() - timedelta(days=3)
        db.session.commit()

    owner = visit(dress_shop, Role.FIRM_OWNER)
    listed = re.search(r'data-label="等我们"><a[^>]*>(\d+) 项', owner.get("/").text)[1]
    carried = re.search(
        r'dress-顾问</th>.*?data-label="等我们">(\d+)<', owner.get("overview.load", most=MOST).text, re.DOTALL
    )[1]
    assert listed == carried != "0"


def test_an_empty_firm_is_told_what_will_stand_here(tea_shop, visit):
    assert "没有等待的记录" in visit(tea_shop, Role.FIRM_OWNER).get("overview.load", most=MOST).text


def test_others_do_not_see_it(dress_shop, visit):
    visit(dress_shop, Role.CONSULTANT).get("overview.load", expect=403)


def test_a_stage_counts_once_it_was_left():
    def entry(engagement: int, stage: Stage, day: int):
        return SimpleNamespace(
            engagement_id=engagement, package="pkg", stage=stage, entered_at=datetime(2026, 4, 1) + timedelta(days=day)
        )

    spells = stage_spells(
        [
            entry(1, Stage.DIAGNOSE, 0),
            entry(1, Stage.CO_CREATE, 6),
            entry(2, Stage.DIAGNOSE, 0),
            entry(2, Stage.CO_CREATE, 10),
            entry(2, Stage.GUIDE, 17),
        ]
    )
    assert [(one.stage, one.days, one.count) for one in spells] == [(Stage.DIAGNOSE, 8, 2), (Stage.CO_CREATE, 7, 1)]


def test_lost_days_stand_by_package_and_side():
    def wait(package: str, side: Side, cause: Cause, days: int):
        return SimpleNamespace(
            package_title=package, side=side, cause=cause, began_on=date(2026, 4, 13), ended_on=date(2026, 4, 13 + days)
        )

    lost = lost_by_package(
        [
            wait("十周陪跑", Side.MERCHANT, Cause.STUCK, 2),
            wait("年度陪跑", Side.MERCHANT, Cause.STUCK, 4),
            wait("十周陪跑", Side.MERCHANT, Cause.STUCK, 1),
            wait("十周陪跑", Side.FIRM, Cause.REVIEW, 1),
        ],
        date(2026, 4, 20),
    )
    assert [(package, one.side, one.cause, one.times, one.days) for package, one in lost] == [
        ("年度陪跑", Side.MERCHANT, Cause.STUCK, 1, 4),
        ("十周陪跑", Side.MERCHANT, Cause.STUCK, 2, 3),
        ("十周陪跑", Side.FIRM, Cause.REVIEW, 1, 1),
    ]
