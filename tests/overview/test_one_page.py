"""老板一页: the same for both sides, bounded, without anything internal; its links open, count and end."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.overview.links import PURPOSE
from siyu_saas.papers.links import MOST_OPEN, make_link, token_of
from siyu_saas.papers.models import PublicLink
from siyu_saas.plan.actions.clocks import start_clock
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.targets.actions.ties import set_light
from siyu_saas.targets.rules.lights import Light
from siyu_saas.targets.rules.states import State
from siyu_saas.tenants.actions.engagements import begin_engagement
from siyu_saas.tenants.actions.merchants import write_note
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role, Side, Stage
from tests.support.page import Page
from tests.support.plans import plan_for, task_keyed
from tests.support.targets import make_target

HERE = {"tenant": "dress", "number": 1}
ON_THE_NINTH_DAY = "2026-04-09T02:00:00Z"


@pytest.fixture
def at_work(app, dress_shop):
    """In the guidance: one task late, one handed in with words; a signed target and one that is talked about."""
    with time_machine.travel(ON_THE_NINTH_DAY, tick=True):
        with app.app_context(), writing(), tenant(dress_shop.id):
            engagement = db.session.scalars(sa.select(Engagement)).one()
            engagement.stage, engagement.coordinator = Stage.GUIDE, "王芳"
            plan_for(dress_shop).confirmed_at = now()
            task = task_keyed("T02")
            task.state, task.submitted_at = TaskState.SUBMITTED, now() - timedelta(days=3)
            late = task_keyed("T03")
            late.stuck_side, late.remark = Side.MERCHANT, "店主说预算没批"
            write_note("店主很难沟通", by=dress_shop.actor)
            make_target(engagement.id, by=dress_shop.actor).state = State.AGREED
            make_target(engagement.id, by=dress_shop.actor, title="还在谈的目标").state = State.PROPOSED
            db.session.commit()
        yield dress_shop


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def body(text: str) -> str:
    """Of the page itself, without the frame around it."""
    return words(text[text.index('<nav class="stage-bar"') : text.index("</main>")])


def shared(app, shop, *, days: int = 7) -> str:
    """The path that a link opens."""
    with app.app_context(), writing(), tenant(shop.id):
        subject = engagement_numbered(1).id
        link = make_link(PURPOSE, engagement_id=subject, subject_id=subject, days=days, by_name="店主")
        db.session.commit()
        return f"/o/{token_of(link.id)}"


def links(app) -> list[PublicLink]:
    with app.app_context():
        return list(db.session.scalars(sa.select(PublicLink).order_by(PublicLink.made_at)))


def test_one_screen_tells_what_an_owner_has_to_know(app, at_work, visit):
    with app.app_context(), writing(), tenant(at_work.id):
        task = task_keyed("T02")
        start_clock(
            task.plan_id, task.id, label="x", side=Side.MERCHANT, cause=Cause.RETURNED, on=date(2026, 4, 3), reason=""
        )
        db.session.commit()
    said = body(visit(at_work, Role.BOSS).get("overview.one_page", most=12, **HERE).text)

    assert "下一步 · 轮到顾问 链路设计（已逾期 7 天）" in said
    assert "包裹卡企微转化率" in said
    assert "目标 12%" in said
    assert "还在谈的目标" not in said
    assert "链路上线" in said
    assert "0 / 2 已完成" in said
    assert "等商家 3 个工作日 等顾问 0 个工作日" in said
    assert "活动备战" in said


def test_three_targets_are_shown_and_the_slowest_comes_first(app, at_work, visit):
    with app.app_context(), writing(), tenant(at_work.id):
        begun = {"first": date(2026, 4, 1), "last": date(2026, 5, 14)}
        for title, light in (("略慢的", Light.WARN), ("太慢的", Light.BAD), ("照计划的", Light.OK)):
            target = make_target(engagement_numbered(1).id, by=at_work.actor, title=title, **begun)
            target.state = State.AGREED
            set_light(target, light, reason="看得见", by=at_work.actor)
        db.session.commit()
    text = visit(at_work, Role.BOSS).get("overview.one_page", most=12, **HERE).text
    assert re.findall(r"<h3>(.*?)</h3>", text) == ["太慢的", "略慢的", "包裹卡企微转化率"]
    assert "另有 1 个目标" in text


def test_both_sides_and_a_stranger_with_a_link_are_told_the_same_and_nothing_internal(app, at_work, visit):
    pages = [
        visit(at_work, role).get("overview.one_page", **HERE, most=12).text for role in (Role.BOSS, Role.CONSULTANT)
    ]
    answer = Page(app).get(shared(app, at_work), most=12)
    told = {body(text) for text in (*pages, answer.text)}

    assert len(told) == 1
    for secret in ("店主很难沟通", "预算没批", "王芳", "甲顾问", "操盘手甲"):
        assert secret not in answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert re.findall(r'<a [^>]*href="([^"]+)"', answer.text) == ["#main"]
    assert "<form" not in answer.text


@pytest.mark.parametrize("stage", list(Stage))
def test_it_keeps_to_its_queries_in_every_stage(app, at_work, visit, stage):
    with app.app_context(), writing(), tenant(at_work.id):
        db.session.scalars(sa.select(Engagement)).one().stage = stage
        db.session.commit()
    visit(at_work, Role.VIEWER).get("overview.one_page", most=12, **HERE)
    Page(app).get(shared(app, at_work), most=12)


def test_an_empty_service_period_says_what_is_missing(dress_shop, visit):
    said = body(visit(dress_shop, Role.BOSS).get("overview.one_page", most=12, **HERE).text)
    assert "双方签过的目标会显示在这里" in said
    assert "没有待完成的里程碑" in said
    assert "个工作日" not in said


def test_a_boss_makes_a_link_that_is_live_counted_and_ends_when_revoked(app, at_work, visit):
    boss, stranger = visit(at_work, Role.BOSS), Page(app)
    boss.post("overview.share_one_page", form={"days": "30"}, most=14, **HERE)
    listed = boss.get("overview.one_page_links", **HERE).text
    path = re.search(r"/o/[\w-]{43}", listed)[0]
    (link,) = links(app)
    assert (link.expires_at - link.made_at).days == 30

    stranger.get(path, most=12)
    with app.app_context(), writing(), tenant(at_work.id):
        db.session.scalars(sa.select(Engagement)).one().stage = Stage.CLOSE
        db.session.commit()
    assert Stage.CLOSE.title in re.search(r'class="stage on".*?</li>', stranger.get(path, most=12).text, re.DOTALL)[0]
    assert "打开 2 次" in boss.get("overview.one_page_links", **HERE).text

    for _again in range(2):
        boss.post("overview.revoke_one_page", link_id=link.id, most=14, **HERE)
    assert "收回" in stranger.get(path, expect=410).text
    assert "已收回" in boss.get("overview.one_page_links", **HERE).text
    assert [one.opened for one in links(app)] == [2]
    assert verbs(app, at_work) == ["page.shared", "page.unshared"]


def verbs(app, shop) -> list[str]:
    with app.app_context(), tenant(shop.id):
        found = db.session.scalars(
            sa.select(AuditEvent.verb).where(AuditEvent.verb.like("page.%")).order_by(AuditEvent.at)
        )
        return list(found)


def test_a_link_that_expired_was_forged_or_opens_something_else_stays_shut(app, at_work, visit):
    stranger, path = Page(app), shared(app, at_work)
    with app.app_context(), writing(), tenant(at_work.id):
        subject = engagement_numbered(1).id
        other = make_link("report", engagement_id=subject, subject_id=subject, days=7, by_name="顾问")
        db.session.commit()
        of_a_report = token_of(other.id)
    swapped = "B" if path[-20] == "A" else "A"
    for wrong in (path[:-20] + swapped + path[-19:], "/o/x", "/o/" + "x" * 43, f"/o/{of_a_report}"):
        stranger.get(wrong, expect=404)
    stranger.get(path.replace("/o/", "/r/"), expect=404)
    with time_machine.travel("2026-04-16T03:00:00Z"):
        assert "过期" in stranger.get(path, expect=410).text
        assert "已过期" in visit(at_work, Role.BOSS).get("overview.one_page_links", **HERE).text
    assert sum(link.opened for link in links(app)) == 0


@pytest.mark.parametrize("days", ["", "8", "3650", "x"])
def test_a_link_opens_for_a_week_or_a_month_and_nothing_else(app, dress_shop, visit, days):
    visit(dress_shop, Role.BOSS).post("overview.share_one_page", form={"days": days}, expect=422, **HERE)
    assert links(app) == []


def test_only_the_boss_and_the_team_share_and_only_their_own_links_end(app, dress_shop, tea_shop, visit):
    for role in (Role.LEAD, Role.COORDINATOR, Role.VIEWER):
        visit(dress_shop, role).get("overview.one_page_links", expect=403, **HERE)
        assert "分享链接" not in visit(dress_shop, role).get("overview.one_page", most=12, **HERE).text
    shared(app, tea_shop)
    shared(app, dress_shop)
    with app.app_context(), writing(), tenant(dress_shop.id):
        begin_engagement(title="第二期", starts_on=date(2026, 9, 1), days=7, by=dress_shop.actor)
        db.session.commit()
    of_tea, of_dress = links(app)
    consultant = visit(dress_shop, Role.CONSULTANT)
    consultant.post("overview.revoke_one_page", link_id=of_tea.id, expect=404, **HERE)
    consultant.post("overview.revoke_one_page", link_id=of_dress.id, tenant="dress", number=2, expect=404)
    assert [link.revoked_at for link in links(app)] == [None, None]
    consultant.post("overview.revoke_one_page", link_id=of_dress.id, most=14, **HERE)
    assert [link.revoked_at is None for link in links(app)] == [True, False]


def test_links_that_open_are_few_and_all_in_sight(app, dress_shop, visit):
    boss = visit(dress_shop, Role.BOSS)
    for _time in range(MOST_OPEN):
        shared(app, dress_shop)
    boss.post("overview.share_one_page", form={"days": "7"}, expect=422, **HERE)
    with app.app_context(), writing():
        db.session.execute(sa.update(PublicLink).values(made_at=now() - timedelta(days=1)))
        db.session.commit()
    for _time in range(MOST_OPEN, 2 * MOST_OPEN + 1):
        shared(app, dress_shop)
    with app.app_context(), writing():
        db.session.execute(
            sa.update(PublicLink).where(PublicLink.made_at > now() - timedelta(hours=1)).values(revoked_at=now())
        )
        db.session.commit()
    assert boss.get("overview.one_page_links", **HERE).text.count('data-value="') == MOST_OPEN
