"""The consultant's list: whom it shows, why, in which order, found how; and what it costs with many merchants."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.clock import today
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.overview.rules import day_of
from siyu_saas.tenants.actions.engagements import archive, begin_engagement, fix_kickoff, name_coordinator, pause
from siyu_saas.tenants.actions.merchants import open_workspace
from siyu_saas.tenants.models import Engagement, Firm
from siyu_saas.tenants.rules import Role, Side, Stage
from tests.support.merchants import PASSWORD
from tests.support.page import Page

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def owner(visit, dress_shop):
    return visit(dress_shop, Role.FIRM_OWNER)


def opens(app, shop, name: str, *, starts_on: date | None = None, days: int = 70, then=lambda engagement, by: None):
    """Another merchant of the same firm; without `starts_on` no service period is begun."""
    with app.app_context(), writing():
        made = open_workspace(db.session.get_one(Firm, shop.firm_id), name=name)
        if starts_on is not None:
            with tenant(made.id):
                then(begin_engagement(title="陪跑", starts_on=starts_on, days=days, by=shop.actor), shop.actor)
                db.session.commit()
        db.session.commit()
        return made.slug


def settled(engagement, by) -> None:
    from siyu_saas.core.clock import now

    name_coordinator(engagement, "王芳", by=by)
    fix_kickoff(engagement, at=now(), place="", by=by)


def names(browser, **query) -> list[str]:
    text = browser.get("/?" + "&".join(f"{key}={value}" for key, value in query.items())).text
    return re.findall(r'<th scope="row"><a href="/t/[\w-]+/">([^<]+)</a>', text)


def reason(page, name: str, **query) -> str:
    text = page.get("/?" + "&".join(f"{key}={value}" for key, value in query.items())).text
    row = re.search(rf"<th scope=\"row\"><a[^>]*>{re.escape(name)}</a>.*?</tr>", text, re.DOTALL)[0]
    return re.sub(r"<[^>]+>", "", row)


def test_each_merchant_says_why_it_needs_somebody(app, owner, dress_shop):
    later = today() + timedelta(days=14)
    opens(app, dress_shop, "没有服务期")
    opens(app, dress_shop, "店主没来", starts_on=later)
    opens(app, dress_shop, "已经过期", starts_on=today() - timedelta(days=40), days=35)
    opens(
        app,
        dress_shop,
        "停着的",
        starts_on=later,
        then=lambda one, by: pause(one, reason="换仓", side=Side.MERCHANT, on=today() - timedelta(days=3), by=by),
    )

    assert "还没有服务期" in reason(owner, "没有服务期")
    assert "店主还没进来，工作区建好 0 天了" in reason(owner, "店主没来")
    assert "另有 3 项" in reason(owner, "店主没来")
    assert "服务期已到期 6 天" in reason(owner, "已经过期")
    assert "已暂停 3 天" in reason(owner, "停着的")


def test_the_worst_comes_first(app, owner, dress_shop):
    later = today() + timedelta(days=14)
    opens(
        app,
        dress_shop,
        "停着的",
        starts_on=later,
        then=lambda one, by: pause(one, reason="换仓", side=Side.MERCHANT, on=today(), by=by),
    )
    opens(app, dress_shop, "店主没来", starts_on=later)
    opens(app, dress_shop, "已经过期", starts_on=today() - timedelta(days=40), days=35)
    opens(app, dress_shop, "没有服务期")

    order = names(owner)
    wanted = ["已经过期", "没有服务期", "店主没来", "停着的"]
    assert [name for name in order if name in wanted] == wanted


def test_the_charter_says_whose_move_it_is(app, visit, owner, dress_shop):
    with app.app_context(), writing(), tenant(dress_shop.id):
        db.session.scalars(sa.select(Engagement)).one().ends_on = today() + timedelta(days=60)
        db.session.commit()
    consultant, boss = visit(dress_shop, Role.CONSULTANT), visit(dress_shop, Role.BOSS)
    assert "合作说明还没发出" in reason(owner, "dress 商家", show="running")
    consultant.post("charter.send", **HERE)
    consultant.post("workspace.coordinator", form={"name": "王芳"}, **HERE)
    assert "等商家签" in reason(owner, "dress 商家")
    assert waiting(owner) == {"等商家": "1 项"}

    sha256 = re.search(r'name="sha256"[^>]*value="([0-9a-f]{64})"', boss.get("charter.show", **HERE).text)[1]
    boss.post("charter.put_signature", form={"sha256": sha256, "proof": PASSWORD}, most=15, **HERE)
    assert "等我们签" in reason(owner, "dress 商家")
    assert waiting(owner) == {"等我们": "1 项"}

    consultant.post("charter.put_signature", form={"sha256": sha256, "proof": PASSWORD}, most=15, **HERE)
    assert "启动会还没约" in reason(owner, "dress 商家")


def waiting(page: Page) -> dict[str, str]:
    """What the only row says of each side that has something to do."""
    return dict(re.findall(r'data-label="(等我们|等商家)"><a[^>]*>([^<]+)<', page.get("/").text))


@pytest.mark.parametrize("typed", ["朝阳", "zhaoyang", "chaoyang", "cycy", "chaye", "CHAO%20YANG", "茶业"])
def test_a_merchant_is_found_by_characters_pinyin_and_initials(app, owner, dress_shop, typed):
    opens(app, dress_shop, "朝阳茶业")
    opens(app, dress_shop, "南山小院")
    assert names(owner, q=typed) == ["朝阳茶业"]


@pytest.mark.parametrize("typed", ["没有这家", "%25", "_", "zzz", "'", "%00", "😀"])
def test_what_is_not_there_says_so(owner, typed):
    assert "没有找到" in owner.get(f"/?q={typed}").text or typed == "%00"


def test_filters_choose(app, owner, visit, dress_shop):
    soon = today() - timedelta(days=30)
    opens(app, dress_shop, "快到期", starts_on=soon, days=33)
    opens(app, dress_shop, "收好了", starts_on=soon, then=lambda one, by: archive(one, by=by))
    opens(
        app,
        dress_shop,
        "停着的",
        starts_on=soon,
        then=lambda one, by: pause(one, reason="x", side=Side.FIRM, on=today(), by=by),
    )

    assert names(owner, show="ending") == ["快到期"]
    assert names(owner, show="archived") == ["收好了"]
    assert names(owner, show="paused") == ["停着的"]
    assert "收好了" not in names(owner)
    assert "停着的" not in names(owner, show="urgent")
    assert names(owner, show="mine") == []
    assert names(visit(dress_shop, Role.CONSULTANT), show="mine") == ["dress 商家"]
    assert names(owner, show="nonsense") == names(owner)


def test_a_consultant_sees_only_what_is_assigned(app, visit, dress_shop, tea_shop):
    opens(app, dress_shop, "别人的")
    assert names(visit(dress_shop, Role.CONSULTANT)) == ["dress 商家"]
    assert names(visit(dress_shop, Role.FIRM_OWNER), q="tea") == []


def test_a_consultant_without_merchants_is_told_what_to_do(app, visit, dress_shop):
    from siyu_saas.tenants.models import TenantMember

    with app.app_context(), writing():
        db.session.execute(sa.delete(TenantMember).where(TenantMember.role == Role.CONSULTANT))
        db.session.commit()
    assert "还没有商家" in visit(dress_shop, Role.CONSULTANT).get("/").text


def test_fifty_a_page_and_as_many_queries_as_with_one(app, owner, dress_shop):
    few = owner.get("/")
    with app.app_context(), writing():
        firm = db.session.get_one(Firm, dress_shop.firm_id)
        for number in range(60):
            open_workspace(firm, name=f"商家 {number:02}", slug=f"shop-{number:02}")
        db.session.commit()

    many = owner.get("/")
    assert len(many.queries) == len(few.queries) <= 8
    assert len(names(owner)) == 50
    assert len(names(owner, page=2)) == 11
    assert "61 家" in many.text
    assert "没有找到" not in many.text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-11-20", 5),
        ("2026-11-30", -5),
        ("2026-11-24 15:59:00", 1),
        ("2026-11-24 16:01:00.000000", 0),
        ("2026-11-24 16:01:00.123456+00", 0),
        ("2026-11-24 23:59:00+08", 1),
    ],
)
def test_days_are_counted_in_shanghai(text, days):
    assert (date(2026, 11, 25) - day_of(text)).days == days


def test_rooms_tell_what_they_wait_for(app, visit, owner, dress_shop):
    from siyu_saas.core.clock import now
    from siyu_saas.plan.actions.clocks import start_clock
    from siyu_saas.plan.rules.waiting import Cause
    from tests.support.plans import plan_for, task_keyed

    with app.app_context(), writing(), tenant(dress_shop.id):
        engagement = db.session.scalars(sa.select(Engagement)).one()
        engagement.ends_on, engagement.stage = today() + timedelta(days=60), Stage.GUIDE
        engagement.starts_on = today() - timedelta(days=8)
        db.session.flush()
        plan = plan_for(dress_shop, on=engagement.starts_on)
        plan.confirmed_at = now()
        task = task_keyed("T02")
        stuck_on = today() - timedelta(days=3)
        start_clock(plan.id, task.id, label=task.title, side=Side.FIRM, cause=Cause.REVIEW, on=stuck_on)
        db.session.commit()

    row = reason(owner, "dress 商家")
    assert "有任务等我们处理 3 天" in row
    assert "链路上线" in row
    assert "链路上线" in owner.get("/?view=time").text
    assert "启动服务指导" in owner.get("/?view=stages").text


def test_silence_is_a_reason(app, visit, dress_shop):
    with app.app_context(), writing(), tenant(dress_shop.id):
        engagement = db.session.scalars(sa.select(Engagement)).one()
        engagement.ends_on, engagement.stage = today() + timedelta(days=60), Stage.GUIDE
        settled(engagement, dress_shop.actor)
        db.session.flush()
        db.session.commit()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=9), tick=True):
        later = visit(dress_shop, Role.FIRM_OWNER)
        assert "9 天没有动静" in reason(later, "dress 商家")


def test_what_waits_for_review_says_since_when_the_oldest_does(app, owner, dress_shop):
    from siyu_saas.core.clock import now
    from siyu_saas.guidance.models import Item
    from siyu_saas.guidance.rules.states import ItemState
    from tests.support.guidance import guidance_things

    with app.app_context(), writing(), tenant(dress_shop.id):
        engagement = db.session.scalars(sa.select(Engagement)).one()
        engagement.ends_on, engagement.stage = today() + timedelta(days=60), Stage.GUIDE
        guidance_things(engagement.id, by=dress_shop.actor)
        item = db.session.scalars(sa.select(Item)).one()
        item.state, item.submitted_at = ItemState.SUBMITTED, now() - timedelta(days=4)
        db.session.commit()

    row = reason(owner, "dress 商家")
    assert "有清单项等我们验收 4 天" in row
    assert "1 项最久 4 天" in row
