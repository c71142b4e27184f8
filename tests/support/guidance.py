"""One of everything that guidance keeps, in the merchant in scope."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.guidance.actions.campaigns import add_row, plan_campaign
from siyu_saas.guidance.actions.content import add_slot
from siyu_saas.guidance.actions.groups import add_step, add_tag, open_group
from siyu_saas.guidance.models import Checklist, Criterion, Evidence, Item
from siyu_saas.guidance.rules.content import About, Line
from siyu_saas.guidance.rules.groups import Form, GroupKind, Horizon, Layer
from siyu_saas.guidance.rules.states import Evidence as EvidenceKind
from siyu_saas.tenants.rules import Side


def guidance_things(engagement_id: UUID, *, by: Actor) -> dict[str, object]:
    """Ids by the names that routes give them."""
    day = date(2026, 5, 4)
    checklist = Checklist(
        id=new_id(),
        engagement_id=engagement_id,
        key="cl_x",
        title="清单",
        pack="base",
        pack_version=1,
        begun_by_name="顾问",
    )
    item = Item(
        id=new_id(),
        checklist_id=checklist.id,
        engagement_id=engagement_id,
        key="cl_x.01",
        position=1,
        title="一项",
        evidence=EvidenceKind.NOTE,
        side=Side.MERCHANT,
    )
    evidence = Evidence(id=new_id(), item_id=item.id, round=1, note="说明", form_key="e", given_by_name="员工")
    for rows in ([checklist], [item], [Criterion(item_id=item.id, position=1, text="标准"), evidence]):
        db.session.add_all(rows)
        db.session.flush()
    campaign = plan_campaign(
        engagement_id=engagement_id, form_key="k", title="活动", type="insider_sale", starts_on=day, ends_on=day, by=by
    )
    material = add_row(campaign, "materials", name="海报", due_on=day)
    group = open_group(
        engagement_id=engagement_id,
        name="福利群 01",
        kind=GroupKind.WELFARE,
        form=Form.LOOP,
        layer=Layer.NEW,
        horizon=Horizon.LONG,
        opened_on=day,
        by=by,
    )
    slot = add_slot(
        engagement_id=engagement_id, on=day, at=time(9), column="早报", topic="天气", line=Line.BRAND, about=About.YOU
    )
    return {
        "checklist_id": checklist.id,
        "item_id": item.id,
        "evidence_id": evidence.id,
        "campaign_id": campaign.id,
        "row_id": material.id,
        "part": "materials",
        "group_id": group.id,
        "slot_id": slot.id,
        "tag_id": add_tag(engagement_id=engagement_id, family="渠道", value="包裹卡").id,
        "step_id": add_step(engagement_id=engagement_id, scene="入群", trigger="扫码", action="欢迎").id,
        "key": "tpl_welcome",
    }
