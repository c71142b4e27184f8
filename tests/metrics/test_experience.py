"""A firm's own benchmarks: from five merchants on, without anybody's figure."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.metrics.actions.comparisons import agree_comparison
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.actions.experience import gather_experience
from siyu_saas.metrics.models import FirmExperience
from siyu_saas.metrics.queries.experience import Reached
from siyu_saas.metrics.rules.experience import middle_half, shared_measures
from siyu_saas.metrics.rules.measures import MEASURES, Unit
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.targets.rules.bands import Strength, usable
from siyu_saas.targets.rules.benchmarks import own_benchmark
from siyu_saas.tenants.queries.engagements import engagement_numbered

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


def test_fewer_than_five_merchants_leave_nothing_behind(app, dress_shop, tea_shop):
    for shop in (dress_shop, tea_shop):
        with app.app_context(), writing(), tenant(shop.id):
            engagement = engagement_numbered(1)
            counts = {
                (field, AFTER.first + timedelta(days=day)): value
                for field, value in (("wecom_new_parcel", 12), ("parcels_sent", 100))
                for day in range(28)
            }
            enter_counts(counts, engagement_id=engagement.id, title="日报", form_key=None, by=shop.actor)
            agree_comparison(engagement.id, BEFORE, AFTER, ["group_new"], ["group_new"], by=shop.actor)
            db.session.commit()
    with app.app_context(), writing(), system("test"):
        assert gather_experience(date(2026, 7, 1)) == 0
        assert db.session.scalar(sa.select(sa.func.count(FirmExperience.id))) == 0


def test_an_own_band_stands_beside_the_others_and_is_used_first():
    row = FirmExperience(metric="parcel_to_wecom_rate", low=10, high=14, merchants=5, made_on=date(2026, 7, 1))

    own = own_benchmark(row, Unit.SHARE)
    assert (own.low, own.high, own.strength, own.sample) == (1000, 1400, Strength.OWN, 5)
    assert usable([own]) == [own]
