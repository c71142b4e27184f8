"""Numbers of one shop beside those of the whole: brought in, looked at, compared and aimed at by name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from siyu_saas.core.clock import today
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.actions.comparisons import agree_comparison
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.queries.baselines import current_baseline
from siyu_saas.metrics.queries.comparisons import agreed_windows
from siyu_saas.metrics.queries.observations import daily, daily_by_scope
from siyu_saas.metrics.queries.scopes import scopes_of
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.scopes import scope_from
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role

HERE = {"tenant": "dress", "number": 1}
SHOP = "福州路店"


@pytest.fixture
def counted(app, dress_shop):
    day = today() - timedelta(days=3)
    with app.app_context(), writing(), tenant(dress_shop.id):
        engagement = engagement_numbered(1)
        for scope, people in ((ALL, 70), (SHOP, 30)):
            enter_counts(
                {("group_new", day): people},
                engagement_id=engagement.id,
                title="日报",
                form_key=None,
                by=dress_shop.actor,
                scope=scope,
            )
        db.session.commit()
        return engagement.id, day


def test_a_name_is_a_scope_and_nothing_is_the_whole():
    assert [scope_from(typed) for typed in (None, " ", "全部", "all", f" {SHOP} ")] == [ALL, ALL, ALL, ALL, SHOP]


def test_scopes_never_mix(app, dress_shop, counted):
    engagement_id, day = counted
    with app.app_context(), tenant(dress_shop.id):
        assert scopes_of(engagement_id) == [SHOP]
        assert daily(engagement_id, ["group_new"], day, day) == {"group_new": {day: 70}}
        both = daily_by_scope(engagement_id, ["group_new"], day, day, [ALL, SHOP])
    assert (both[ALL]["group_new"][day], both[SHOP]["group_new"][day]) == (70, 30)


def test_the_pages_show_one_scope_at_a_time(visit, dress_shop, counted):
    consultant = visit(dress_shop, Role.CONSULTANT)
    page = consultant.get("data.show", **HERE, scope=SHOP)
    assert 'aria-current="true">福州路店' in page.text
    week = consultant.get("data.week", **HERE, scope=SHOP, monday=counted[1].isoformat())
    assert 'value="30"' in week.text
    assert 'value="70"' not in week.text
    assert "用哪里的数" in consultant.get("targets.new", **HERE, metric="group_new").text
    assert 'aria-current="true">全部' in consultant.get("data.show", **HERE, scope="没有的店").text


def test_a_comparison_of_one_scope_has_its_own_numbers(app, visit, dress_shop, counted):

    _, day = counted
    before, after = Window(date(2026, 3, 18), date(2026, 4, 14)), Window(day - timedelta(days=6), day)
    with app.app_context(), writing(), tenant(dress_shop.id):
        agree_comparison(counted[0], before, after, ["group_new"], ["group_new"], by=dress_shop.actor)
        db.session.commit()
    consultant = visit(dress_shop, Role.CONSULTANT)
    whole, shop = (consultant.get("comparison.show", **HERE, **more).text for more in ({}, {"scope": SHOP}))
    assert "70 人次" in whole
    assert "30 人次" in shop
    assert "只看「福州路店」" in shop
    assert "它自己的基线还没有冻结" in shop
    assert "「福州路店」一句话" in shop
    assert 'name="words"' in whole
    assert 'name="words"' not in shop


def test_a_scope_has_its_own_frozen_baseline(app, visit, dress_shop, counted):
    engagement_id, day = counted
    first = day - timedelta(days=6)
    with app.app_context(), writing(), tenant(dress_shop.id):
        agree_comparison(
            engagement_id, Window(first, day), Window(day, day), ["group_new"], ["group_new"], by=dress_shop.actor
        )
        db.session.commit()
    consultant = visit(dress_shop, Role.CONSULTANT)
    window = {"first": first.isoformat(), "last": day.isoformat()}
    consultant.post("baselines.freeze", form=window, scope=SHOP, most=20, **HERE)

    assert "30 人次" in consultant.get("baselines.show", scope=SHOP, **HERE).text
    assert "还没有冻结" in consultant.get("baselines.show", **HERE).text
    assert "自己冻结的第 1 版" in consultant.get("comparison.show", scope=SHOP, **HERE).text
    with app.app_context(), tenant(dress_shop.id):
        assert current_baseline(engagement_id) is None
        assert current_baseline(engagement_id, SHOP).counts["group_new"][-1] == 30
        assert agreed_windows(engagement_id)[0].holds(first)
