"""Every route × every role × own and foreign workspace. A route that nobody classified turns this red."""

from __future__ import annotations

import io
from datetime import date

import pytest

from siyu_saas.aftercare.actions import ask_question, pick_advice
from siyu_saas.charter.kind import CHARTER_PAPER
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db, writing
from siyu_saas.core.files.content import accept
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue import JobState, later
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.actions.calculations import keep_calculation
from siyu_saas.metrics.actions.comparisons import enter_influence
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.rules.confounders import Kind as Influence
from siyu_saas.notices.models import Bot, Notice
from siyu_saas.notices.rules.bots import Platform
from siyu_saas.notices.rules.kinds import Kind, Mode
from siyu_saas.packs.library import pack
from siyu_saas.papers.actions import ask_for_paper
from siyu_saas.papers.links import make_link
from siyu_saas.plan.actions.meetings import write_minutes
from siyu_saas.plan.queries.duties import duties_of
from siyu_saas.plan.queries.plans import posts_of
from siyu_saas.reports.actions import draft_brief, make_report
from siyu_saas.reports.gather import gather
from siyu_saas.reports.gather.week import brief_of
from siyu_saas.talk.actions import write_comment
from siyu_saas.talk.subjects import SUBJECTS
from siyu_saas.targets.actions.qualities import set_quality
from siyu_saas.tenants.actions.engagements import begin_engagement
from siyu_saas.tenants.actions.files import add_file
from siyu_saas.tenants.actions.merchants import write_note
from siyu_saas.tenants.actions.people import invite
from siyu_saas.tenants.jobs import build_archive
from siyu_saas.tenants.models import TenantMember
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import FIRM_ROLES, ROLE_MAY, Role, Side
from tests.diagnosis.cases import diagnosis_for
from tests.support.guidance import guidance_things
from tests.support.merchants import make_shop, make_user
from tests.support.page import Page
from tests.support.plans import plan_for, task_keyed
from tests.support.targets import make_target

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ROLES = (Role.FIRM_OWNER, Role.CONSULTANT, Role.BOSS, Role.CS, Role.VIEWER)
PLAIN = {
    "asset",
    "health.alive",
    "health.ready",
    "calendar.feed",
    "founding.ask",
    "founding.found",
    "join.enter",
    "join.show",
    "notices.stop",
    "notices.stopped",
    "sign_in.ask",
    "sign_in.check_code",
    "sign_in.choose",
    "sign_in.code",
    "sign_in.create",
    "sign_in.keep",
    "sign_in.mail_link",
    "sign_in.new",
    "survey.answer",
    "survey.ask",
    "overview.shared_one_page",
    "shared.read",
    "verify.answer",
    "verify.ask",
    "verify_file.ask",
    "verify_file.check",
}
DEVELOPMENT = ("gallery.", "outbox.")
ONE_CLICK = "notices.stopped"  # mail programs post there; the signed address is what allows it
OWN_THINGS = {
    "target_id",
    "influence_id",
    "run_id",
    "file_id",
    "job_id",
    "invitation_id",
    "note_id",
    "member_id",
    "comment_id",
    "subject_id",
    "bot_id",
    "paper_id",
    "advice_id",
    "report_id",
    "brief_id",
    "link_id",
    "inquiry_id",
    "notice_id",
    "task_id",
    "milestone_id",
    "asked_id",
    "assignment_id",
    "sheet_id",
    "finding_id",
    "import_id",
    "checklist_id",
    "item_id",
    "campaign_id",
    "group_id",
    "slot_id",
    "tag_id",
    "step_id",
    "duty_id",
}


def rules_of(app) -> list:
    return [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith(DEVELOPMENT)]


def view_of(app, rule):
    return app.view_functions[rule.endpoint]


def inside(rule) -> bool:
    return "tenant" in rule.arguments


def test_every_route_says_whom_it_is_for(app):
    for rule in rules_of(app):
        view = view_of(app, rule)
        if inside(rule) or rule.rule.startswith("/firm"):
            assert getattr(view, "may", None), f"{rule.rule} states no @may"
        elif rule.endpoint not in PLAIN:
            assert getattr(view, "open_to", None) == "people", f"{rule.rule} is not classified"


def test_the_list_of_plain_routes_is_short_and_true(app):
    endpoints = {rule.endpoint for rule in rules_of(app)}
    assert endpoints >= PLAIN
    assert len(PLAIN) <= 30


def test_every_permission_is_in_the_table(app):
    known = frozenset().union(*ROLE_MAY.values())
    asked = {view_of(app, rule).may for rule in rules_of(app) if hasattr(view_of(app, rule), "may")}
    assert asked <= known


def test_addresses_are_kebab_case_and_typed(app):
    for rule in rules_of(app):
        assert rule.rule == rule.rule.lower().replace("_", "-") or "<" in rule.rule
        for name in rule.arguments - {"tenant", "version", "name", "token", "code", "kind", "key", "part"}:
            assert type(rule._converters[name]).__name__ in ("UUIDConverter", "IntegerConverter"), rule.rule


@pytest.fixture
def filled(app, dress_shop, tea_shop):
    """A file and a failed job in each workspace: what addresses inside need."""
    made = {}
    for shop in (dress_shop, tea_shop):
        with app.app_context(), writing(), tenant(shop.id), accept(io.BytesIO(b"a,b\n1,2\n"), "a.csv") as accepted:
            actor = Actor("测试", new_id(), shop.firm_id)
            file = add_file(accepted, engagement_id=None, form_key="k", storage=services().storage, by=actor)
            job = later(build_archive, file_id=str(new_id()), name="x.zip", asker={})
            job.state, job.error = JobState.FAILED, "没有成功"
            invitation = invite(
                firm_id=shop.firm_id, tenant_id=shop.id, role=Role.VIEWER, by=actor, by_role=Role.FIRM_OWNER
            )
            note = write_note("一条备注", by=actor)
            engagement = engagement_numbered(1)
            comment = write_comment(
                "一条评论",
                kind="engagement",
                subject_id=engagement.id,
                topic=SUBJECTS["engagement"].find(engagement.id),
                internal=False,
                side=Side.MERCHANT,
                form_key="c",
                by=actor,
            )
            bot = Bot(engagement_id=engagement.id, platform=Platform.WECOM, name="群", sealed_url="?", ending="k")
            db.session.add(bot)
            notice = Notice(
                user_id=new_id(),
                kind=Kind.CHANGED,
                mode=Mode.NEVER,
                key="k",
                title="消息",
                endpoint="overview.workspace",
            )
            db.session.add(notice)
            advice = pick_advice(
                pack("base").advice["adv_c2p_1"], engagement_id=engagement.id, on=date(2026, 6, 1), by=actor
            )
            data = gather(engagement, merchant=shop.slug, firm="机构", on=date(2026, 6, 1))
            report = make_report(None, data, engagement_id=engagement.id, by=actor)
            week = brief_of(engagement, merchant=shop.slug, on=date(2026, 6, 1))
            brief = draft_brief(None, week, engagement_id=engagement.id, by=actor)
            link = make_link("report", engagement_id=engagement.id, subject_id=report.id, days=1, by_name="顾问")
            inquiry = ask_question("怎么办", engagement_id=engagement.id, on=date(2026, 6, 1), form_key="q", by=actor)
            paper = ask_for_paper(CHARTER_PAPER, engagement.id, engagement.id, "合作说明", {}, by=actor)
            plan = plan_for(shop)
            meeting = write_minutes(
                plan,
                title="周会",
                held_on=date(2026, 4, 6),
                people="",
                minutes="",
                decisions="无",
                actions=[],
                form_key="m",
                today=date(2026, 4, 6),
                by=actor,
            )
            guidance = guidance_things(engagement.id, by=actor)
            target = make_target(engagement.id, by=actor)
            quality = set_quality(engagement.id, "周会", "自己开", form_key="q", by=actor)
            run = keep_calculation(engagement.id, "invite", "测算", {}, [], edition=1, form_key=None, by=actor)
            influence = enter_influence(
                engagement.id, Influence.CAMPAIGN, "内购会", date(2026, 5, 8), date(2026, 5, 10), by=actor
            )
            diagnosed = diagnosis_for(engagement, actor)
            typed = enter_counts(
                {("group_new", date(2026, 4, 6)): 1},
                engagement_id=engagement.id,
                title="一周",
                form_key="w",
                by=actor,
            )
            member = db.session.scalar(
                db.select(TenantMember).where(TenantMember.tenant_id == shop.id, TenantMember.role == Role.MALL_OPS)
            )
            db.session.commit()
            made[shop.slug] = {
                "file_id": file.id,
                "job_id": job.id,
                "invitation_id": invitation.id,
                "note_id": note.id,
                "member_id": member.id,
                "comment_id": comment.id,
                "paper_id": paper.id,
                "report_id": report.id,
                "brief_id": brief.id,
                "link_id": link.id,
                "advice_id": advice.id,
                "inquiry_id": inquiry.id,
                "name": "before",
                "bot_id": bot.id,
                "notice_id": notice.id,
                "import_id": typed.id,
                "task_id": task_keyed("T01").id,
                "milestone_id": task_keyed("T01").milestone_id,
                "post_id": posts_of(plan.id)[0].id,
                "duty_id": duties_of(plan.id)[0].id,
                "meeting_id": meeting.id,
                "target_id": target.id,
                "quality_id": quality.id,
                "influence_id": influence.id,
                "run_id": run.id,
                "subject_id": engagement.id,
                "kind": "engagement",
                **diagnosed,
                "place": 1,
                **guidance,
                "number": 1,
                "edition": 1,
            }
    return made


def answer(page: Page, rule, method: str, values: dict, token: str) -> int:
    address = page.address(rule.endpoint, **{key: value for key, value in values.items() if key in rule.arguments})
    data = {"csrf_token": token} if method != "GET" else None
    with page.client.open(address, method=method, data=data) as response:
        return response.status_code


def routes_inside(app):
    return [(rule, method) for rule in rules_of(app) if inside(rule) for method in METHODS if method in rule.methods]


@pytest.mark.parametrize("role", ROLES)
def test_a_foreign_workspace_does_not_exist(app, visit, dress_shop, tea_shop, filled, role):
    person = visit(dress_shop, role)
    token = person.token()
    for rule, method in routes_inside(app):
        values = {"tenant": tea_shop.slug, **filled["tea"]}
        assert answer(person, rule, method, values, token) == 404, f"{role} {method} {rule.rule}"


@pytest.mark.parametrize("role", ROLES)
def test_things_of_another_workspace_do_not_exist_in_ones_own(app, visit, dress_shop, tea_shop, filled, role):
    """Also for somebody whose own workspace is brand-new and empty."""
    person = visit(dress_shop, role)
    token = person.token()
    for rule, method in routes_inside(app):
        if rule.arguments & OWN_THINGS:
            values = {"tenant": dress_shop.slug, **filled["tea"]}
            expected = 404 if view_of(app, rule).may in ROLE_MAY[role] else 403
            assert answer(person, rule, method, values, token) == expected, f"{role} {method} {rule.rule}"


@pytest.mark.parametrize("role", ROLES)
def test_a_member_may_exactly_what_the_table_says(app, visit, dress_shop, filled, role):
    person = visit(dress_shop, role)
    token = person.token()
    for rule, method in routes_inside(app):
        status = answer(person, rule, method, {"tenant": dress_shop.slug, **filled["dress"]}, token)
        if view_of(app, rule).may in ROLE_MAY[role]:
            assert status < 400 or status in (404, 409, 422), f"{role} {method} {rule.rule}: {status}"
        else:
            assert status == 403, f"{role} {method} {rule.rule}: {status}"


def test_a_stranger_is_asked_to_sign_in_everywhere(app, visit, dress_shop, filled):
    stranger = visit()
    token = stranger.token()
    for rule, method in routes_inside(app):
        status = answer(stranger, rule, method, {"tenant": dress_shop.slug, **filled["dress"]}, token)
        assert status == (302 if method == "GET" else 401), f"{method} {rule.rule}: {status}"


@pytest.mark.parametrize("role", ROLES)
def test_firm_pages_are_for_the_firm(app, visit, dress_shop, role):
    person = visit(dress_shop, role)
    expected = 404 if role not in FIRM_ROLES else 200 if "job.see" in ROLE_MAY[role] else 403
    assert person.client.get("/firm/jobs").status_code == expected


def test_without_a_token_nothing_changes_anywhere(app, visit, dress_shop, filled):
    person = visit(dress_shop, Role.FIRM_OWNER)
    for rule in rules_of(app):
        if "POST" in rule.methods:
            values = {
                "tenant": dress_shop.slug,
                "token": "x",
                "session_id": new_id(),
                "package_id": new_id(),
                "staff_id": new_id(),
                "view_id": new_id(),
                "questionnaire_id": new_id(),
                **filled["dress"],
            }
            status = answer(person, rule, "POST", values, "forged")
            assert status == (404 if rule.endpoint == ONE_CLICK else 400), rule.rule


def test_a_role_that_was_taken_away_is_gone_on_the_next_request(app, visit, dress_shop):
    boss = visit(dress_shop, Role.BOSS)
    boss.get("overview.workspace", tenant=dress_shop.slug)
    with app.app_context(), writing():
        db.session.execute(db.delete(TenantMember).where(TenantMember.role == Role.BOSS))
        db.session.commit()

    boss.get("overview.workspace", tenant=dress_shop.slug, expect=404)


def test_a_consultant_who_left_the_firm_is_out_of_its_workspaces(app, visit, dress_shop):
    from siyu_saas.tenants.models import FirmMember

    consultant = visit(dress_shop, Role.CONSULTANT)
    with app.app_context(), writing():
        db.session.execute(db.delete(FirmMember).where(FirmMember.role == Role.CONSULTANT))
        db.session.commit()

    consultant.get("overview.workspace", tenant=dress_shop.slug, expect=404)


def test_pages_make_as_many_queries_with_one_engagement_as_with_many(app, visit):
    small = make_shop(app, "small", "丙顾问")
    large = make_shop(app, "large", "丁顾问", engagements=12)
    with app.app_context(), writing():
        for number in range(40):
            db.session.add(
                TenantMember(tenant_id=large.id, user_id=make_user(f"u{number}@large.example", "员工").id, role=Role.CS)
            )
        with tenant(large.id):
            begin_engagement(title="又一期", starts_on=date(2026, 9, 1), days=7, by=large.actor)
            db.session.commit()

    counts = [
        len(visit(shop, Role.BOSS).get("overview.workspace", tenant=shop.slug).queries) for shop in (small, large)
    ]
    assert counts[0] == counts[1]
