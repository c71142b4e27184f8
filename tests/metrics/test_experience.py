"""A firm's own benchmarks: from five merchants on, without anybody's figure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction

import pytest

from siyu_saas.core.database import db, writing
from siyu_saas.core.queue import handlers, later
from siyu_saas.core.queue.runner import perform
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.metrics.actions.comparisons import agree_comparison
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.models import FirmExperience
from siyu_saas.metrics.queries.experience import Reached
from siyu_saas.metrics.rules.experience import middle_half, shared_measures
from siyu_saas.metrics.rules.measures import MEASURES, Unit
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.targets.rules.bands import Strength, usable
from siyu_saas.targets.rules.benchmarks import own_benchmark
from siyu_saas.tenants.actions.engagements import begin_engagement
from siyu_saas.tenants.actions.merchants import open_workspace
from siyu_saas.tenants.models import Firm
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role
from tests.metrics.conftest import HERE

BEFORE, AFTER = Window(date(2026, 3, 18), date(2026, 4, 14)), Window(date(2026, 5, 4), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("percents", "band"),
    [([8, 10, 12, 14], None), ([8, 10, 12, 14, 20], (10, 14)), ([9, 9, 9, 9, 9, 9], None)],
)
def test_the_middle_half_of_five_merchants_and_more(percents, band):
    assert middle_half([Fraction(one, 100) for one in percents], Unit.SHARE) == band


def test_totals_are_nobodys_yardstick_and_thin_data_no_figure():
    assert "group_gmv" not in {one.key for one in shared_measures()}
    rate = MEASURES["parcel_to_wecom_rate"]
    full = Reached(None, None, 28, {"wecom_new_parcel": (120, 28), "parcels_sent": (1000, 28)})
    thin = Reached(None, None, 28, {"wecom_new_parcel": (120, 20), "parcels_sent": (1000, 28)})
    assert full.figure(rate) == Fraction(12, 100)
    assert thin.figure(rate) is None


@pytest.fixture
def merchants(app, dress_shop):
    """Merchants of the dress shop's firm, each with a finished window in which so many percent of parcels were scanned."""

    def add(percents: dict[str, int]) -> None:
        for name, percent in percents.items():
            with app.app_context(), writing(), system("test"):
                firm = db.session.get_one(Firm, dress_shop.firm_id)
                shop_id = open_workspace(firm, slug=name, name=f"{name} 商家", about="测试").id
                db.session.commit()
            with app.app_context(), writing(), tenant(shop_id):
                begin_engagement(title="服务期", starts_on=date(2026, 4, 1), days=70, by=dress_shop.actor)
                counts = {
                    (field, AFTER.first + timedelta(days=day)): value
                    for field, value in (("wecom_new_parcel", percent), ("parcels_sent", 100))
                    for day in range(AFTER.days)
                }
                engagement = engagement_numbered(1)
                enter_counts(counts, engagement_id=engagement.id, title="日报", form_key=None, by=dress_shop.actor)
                agree_comparison(engagement.id, BEFORE, AFTER, ["group_new"], ["group_new"], by=dress_shop.actor)
                db.session.commit()

    return add


def test_four_merchants_leave_nothing_behind_and_five_a_band_without_names(app, visit, dress_shop, merchants):
    consultant, page = visit(dress_shop, Role.CONSULTANT), {"metric": "parcel_to_wecom_rate", **HERE}
    merchants({"one": 8, "two": 10, "three": 12, "four": 14})
    gathered_tonight(app)
    assert "家商家的服务期" not in consultant.get("targets.new", **page).text

    merchants({"five": 20})
    gathered_tonight(app)

    text = re.sub(r"<[^>]+>", " ", consultant.get("targets.new", **page).text)
    assert "本机构 5 家商家的服务期" in text
    assert "10%–14%" in text
    assert "five 商家" not in text


def test_another_firm_sees_nothing_of_it(app, visit, tea_shop, merchants):
    merchants({"one": 8, "two": 10, "three": 12, "four": 14, "five": 20})
    gathered_tonight(app)

    theirs = visit(tea_shop, Role.CONSULTANT).get("targets.new", tenant="tea", number=1, metric="parcel_to_wecom_rate")
    assert "家商家的服务期" not in theirs.text


def gathered_tonight(app) -> None:
    with app.app_context(), writing():
        job_id = later(handlers["metrics.experience"]).id
        db.session.commit()
    assert perform(app, job_id)


def test_an_own_band_stands_beside_the_others_and_is_used_first():
    row = FirmExperience(metric="parcel_to_wecom_rate", low=10, high=14, merchants=5, made_on=date(2026, 7, 1))

    own = own_benchmark(row, Unit.SHARE)
    assert (own.low, own.high, own.strength, own.sample) == (1000, 1400, Strength.OWN, 5)
    assert usable([own]) == [own]
