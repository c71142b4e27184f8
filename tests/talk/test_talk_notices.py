"""Who hears of a comment, on both databases: whoever is meant at once, whoever has to answer in the day's digest."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.notices.models import Notice
from siyu_saas.notices.rules.kinds import Mode
from siyu_saas.talk.models import Comment
from siyu_saas.tenants.models import Engagement, FirmMember, TenantMember
from siyu_saas.tenants.rules import FIRM_ROLES, Role
from tests.support.page import Page
from tests.support.working import run_jobs

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def subject(app, dress_shop) -> dict:
    with app.app_context(), tenant(dress_shop.id):
        return {**HERE, "kind": "engagement", "subject_id": db.session.scalar(sa.select(Engagement.id))}


def says(page: Page, text: str, subject: dict, **more) -> None:
    page.post("talk.add", form={"text": text, "once": f"key-{now().timestamp()}", **more}, most=20, **subject)


def told(app) -> dict[str, Mode]:
    """Who has a notice, and how it goes out."""
    run_jobs(app)
    with app.app_context(), system("test"):
        rows = db.session.execute(
            sa.select(TenantMember.role, FirmMember.role, Notice.mode)
            .select_from(Notice)
            .outerjoin(TenantMember, TenantMember.user_id == Notice.user_id)
            .outerjoin(FirmMember, FirmMember.user_id == Notice.user_id)
        )
        return {member or of_firm: mode for member, of_firm, mode in rows}


def test_the_first_word_of_a_merchant_reaches_those_who_carry_it(app, visit, dress_shop, subject):
    says(visit(dress_shop, Role.CS), "第三条看不懂，怎么填？", subject)

    assert told(app) == dict.fromkeys((Role.LEAD_CONSULTANT, Role.CONSULTANT), Mode.DIGEST)


def test_a_merchant_that_nobody_carries_reaches_the_owners_of_the_firm(app, visit, dress_shop, subject):
    with app.app_context(), writing():
        db.session.execute(sa.update(TenantMember).where(TenantMember.role.in_(FIRM_ROLES)).values(left_at=now()))
        db.session.commit()

    says(visit(dress_shop, Role.BOSS), "还有人在吗？", subject)

    assert told(app) == {Role.FIRM_OWNER: Mode.DIGEST}


def test_a_word_of_the_firm_reaches_those_who_lead_and_whoever_is_meant_at_once(app, visit, dress_shop, subject):
    says(visit(dress_shop, Role.CONSULTANT), "@dress-客服 把欢迎语贴上来", subject)

    assert told(app) == {Role.LEAD: Mode.DIGEST, Role.COORDINATOR: Mode.DIGEST, Role.CS: Mode.NOW}


def test_a_word_in_the_team_reaches_the_team_only(app, visit, dress_shop, subject):
    says(visit(dress_shop, Role.CONSULTANT), "毛利撑不起这个折扣", subject, audience="team")

    assert told(app) == {Role.LEAD_CONSULTANT: Mode.DIGEST}


def test_whoever_is_meant_only_in_the_mended_text_is_told_then_and_nobody_twice(app, visit, dress_shop, subject):
    consultant = visit(dress_shop, Role.CONSULTANT)
    says(consultant, "@dress-客服 请看", subject)
    before = told(app)
    with app.app_context(), tenant(dress_shop.id):
        row = db.session.scalar(sa.select(Comment))

    form = {"text": "@dress-客服 @dress-店主 请看", "version": row.version}
    consultant.post("talk.mend", form=form, most=16, **HERE, comment_id=row.id)

    assert told(app) == {**before, Role.BOSS: Mode.NOW}
    with app.app_context(), system("test"):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == len(before) + 1
