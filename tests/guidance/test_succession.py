"""What a consultant has in hand of campaigns and contents changes hands by name; what is over does not."""

from __future__ import annotations

from datetime import date, time

from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import tenant
from siyu_saas.guidance.actions.campaigns import add_row, plan_campaign, settle_material
from siyu_saas.guidance.actions.content import add_slot
from siyu_saas.guidance.rules.content import About, Line, SlotState
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules.succession import Succession, pass_on

ON = date(2026, 5, 8)


def test_open_things_change_hands_by_name(app, dress_shop):
    with app.app_context(), writing(), tenant(dress_shop.id):
        here = {"engagement_id": engagement_numbered(1).id}
        dates = {"starts_on": ON, "ends_on": ON, "type": "insider_sale"}
        campaign = plan_campaign(**here, **dates, form_key="c", title="内购会", owner_name="陈序", by=dress_shop.actor)
        missing = add_row(campaign, "materials", name="海报", owner_name="陈序", due_on=ON)
        ready = add_row(campaign, "materials", name="奖品", owner_name="陈序", due_on=ON)
        settle_material(ready, ready=True)
        slot = {
            **here,
            "on": ON,
            "at": time(9),
            "column": "早报",
            "topic": "天气",
            "line": Line.BRAND,
            "about": About.YOU,
        }
        open_, posted = (
            add_slot(**slot, owner_name="陈序", state=state) for state in (SlotState.DRAFT, SlotState.POSTED)
        )
        other = add_slot(**slot, owner_name="运营")

        assert pass_on(Succession(new_id(), "陈序", new_id(), "林知夏")) == 3

        db.session.expire_all()
        assert [campaign.owner_name, missing.owner_name, ready.owner_name] == ["林知夏", "林知夏", "陈序"]
        assert [open_.owner_name, posted.owner_name, other.owner_name] == ["林知夏", "陈序", "运营"]
