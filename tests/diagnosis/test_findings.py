"""From answers to findings, the consultant's hand on them, and the merchant's nod."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, perform
from siyu_saas.core.tenancy import tenant
from siyu_saas.diagnosis.models import Diagnosis, Finding
from siyu_saas.diagnosis.paper import DIAGNOSIS_PAPER
from siyu_saas.diagnosis.queries.findings import proposed_modules
from siyu_saas.papers.models import Paper
from siyu_saas.papers.page import Imprint, sheet_of
from siyu_saas.talk.models import Comment
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role
from tests.diagnosis.cases import answers_of
from tests.diagnosis.conftest import HERE, begin, draw, rows, save, send


def finding_of(app, shop, key: str) -> Finding:
    return next(one for one in rows(app, shop, Finding) if one.rule_key == key)


def test_the_worked_case_on_the_page(app, dress_shop, sent, answered):
    text = sent.get("diagnosis.findings", **HERE).text

    assert "总分 35，薄弱" in text
    for told in (
        "公域有成交来源",
        "中心化人设 IP",
        "购物助手",
        "L2 有人无分工",
        "低频高互动",
        "相差 20%",
        "其余 12 条",
    ):
        assert told in text
    assert len(rows(app, dress_shop, Finding)) == 18


def test_what_nobody_has_answered_is_said_and_printed(app, dress_shop, sent, asked, boss):
    sheet = begin(boss, asked["qn_team"])
    save(boss, sheet, answers_of("worked"))
    boss.post(f"{sheet}/submission")
    draw(app, dress_shop)

    text = sent.get("diagnosis.findings", **HERE).text
    sent.post("diagnosis.print_diagnosis", **HERE)

    assert text.count("未答") == 5
    imprint = Imprint("期初诊断", "", "a1", "AB-CD", "https://siyu.example/verify/AB-CD", now(), "私域同行")
    with app.test_request_context(), tenant(dress_shop.id):
        printed = sheet_of(DIAGNOSIS_PAPER, db.session.scalars(sa.select(Paper)).one().data, imprint).html
    assert printed.count("未答") == 5
    assert "适合度问卷还没有提交" in printed


def test_the_merchant_sees_nothing_before_it_is_sent(app, dress_shop, sent, answered):
    assert "诊断还在整理" in answered.get("diagnosis.findings", **HERE).text
    finding = finding_of(app, dress_shop, "F-01")
    answered.get("diagnosis.finding", finding_id=finding.id, expect=404, **HERE)
    answered.post("diagnosis.nod", expect=422, **HERE)


def test_a_finding_shows_its_rule_and_the_answers_that_fired_it(app, dress_shop, sent, answered):
    text = sent.get("diagnosis.finding", finding_id=finding_of(app, dress_shop, "F-01").id, **HERE).text

    for told in ("淘宝/天猫、抖音", "4%", "先关注公众号再转", "规则 F-01", "S0-诊断①"):
        assert told in text


def test_wording_is_changed_and_survives_the_next_answers(app, dress_shop, sent, answered):
    finding = finding_of(app, dress_shop, "F-02")
    form = {"problem": "群很多，但没有定位", "proposal": "先做社群规划", "severity": "mid", "version": finding.version}
    sent.post("diagnosis.change", finding_id=finding.id, form=form, **HERE)

    draw(app, dress_shop)

    changed = finding_of(app, dress_shop, "F-02")
    assert (changed.problem, changed.severity) == ("群很多，但没有定位", "mid")
    stale = sent.post("diagnosis.change", finding_id=finding.id, form=form, expect=409, **HERE)
    assert "别人先保存了修改" in stale.text
    sent.post("diagnosis.change", finding_id=finding.id, form={**form, "problem": ""}, expect=422, **HERE)


def test_what_no_longer_fires_goes_unless_somebody_worked_on_it(app, dress_shop, sent, answered, asked):
    reworded = finding_of(app, dress_shop, "F-22")
    form = {"problem": "合规要补", "severity": "high", "version": reworded.version}
    sent.post("diagnosis.change", finding_id=reworded.id, form=form, **HERE)
    sheet = re.sub(r"/review$", "", begin(answered, asked["qn_rhczz"]))
    again = answered.post(f"{sheet}/reopening").location.removesuffix("/review")
    save(answered, again, {"ZHI09": "d", "HUO06": "a"}, client="later")
    answered.post(f"{again}/submission")

    draw(app, dress_shop)

    keys = {one.rule_key: one.fires for one in rows(app, dress_shop, Finding)}
    assert keys["F-22"] is False
    assert "F-24" not in keys
    assert "规则不再触发" in sent.get("diagnosis.findings", **HERE).text


def test_hiding_needs_a_reason_and_keeps_it_from_the_merchant(app, dress_shop, sent, answered):
    finding = finding_of(app, dress_shop, "F-07")
    sent.post("diagnosis.put_away", finding_id=finding.id, form={"reason": ""}, expect=422, **HERE)
    sent.post("diagnosis.put_away", finding_id=finding.id, form={"reason": "当面说"}, **HERE)
    sent.post("diagnosis.send_to_merchant", **HERE)

    assert "落不了地" not in answered.get("diagnosis.findings", **HERE).text
    answered.get("diagnosis.finding", finding_id=finding.id, expect=404, **HERE)
    assert "当面说" in sent.get("diagnosis.findings", **HERE).text
    sent.post("diagnosis.withdraw", **HERE)
    sent.post("diagnosis.bring_back", finding_id=finding.id, **HERE)
    sent.post("diagnosis.send_to_merchant", **HERE)
    assert "落不了地" in answered.get("diagnosis.findings", **HERE).text


def test_what_the_merchant_has_before_them_is_not_changed_under_their_eyes(app, dress_shop, sent, answered):
    sent.post("diagnosis.send_to_merchant", **HERE)
    finding = finding_of(app, dress_shop, "F-01")
    form = {"problem": "换个说法", "severity": "low", "version": finding.version, "reason": "再想想"}
    assert "改写" not in sent.get("diagnosis.finding", finding_id=finding.id, **HERE).text

    for endpoint in ("diagnosis.change", "diagnosis.put_away", "diagnosis.bring_back"):
        assert "先点「收回修改」" in sent.post(endpoint, finding_id=finding.id, form=form, expect=422, **HERE).text
    sent.post("diagnosis.add", form=form, expect=422, **HERE)

    assert "换个说法" not in answered.get("diagnosis.findings", **HERE).text


def test_what_the_team_says_about_a_finding_on_its_desk_stays_with_the_team(app, dress_shop, sent, answered):
    """Neither the words nor the title reach the merchant: not by the thread, not by the list, not by what happened."""
    finding = finding_of(app, dress_shop, "F-07")
    thread = {"kind": "finding", "subject_id": finding.id, **HERE}
    sent.post("diagnosis.put_away", finding_id=finding.id, form={"reason": "当面说"}, **HERE)
    assert "讨论也只有团队可见" in sent.get("diagnosis.finding", finding_id=finding.id, **HERE).text

    sent.post("talk.add", form={"text": "先别发", "audience": "everybody", "once": "1"}, most=20, **thread)

    assert [one.internal for one in rows(app, dress_shop, Comment)] == [True]
    for endpoint in ("talk.show", "talk.add", "talk.read"):
        go = answered.get if endpoint == "talk.show" else answered.post
        go(endpoint, expect=404, **thread)
    for page, values in (("talk.threads", HERE), ("history.of_workspace", {"tenant": "dress"})):
        assert "落不了地" in sent.get(page, **values).text
        assert "落不了地" not in answered.get(page, **values).text


def test_a_thread_about_a_finding_that_was_taken_back_waits(app, dress_shop, sent, answered):
    sent.post("diagnosis.send_to_merchant", **HERE)
    thread = {"kind": "finding", "subject_id": finding_of(app, dress_shop, "F-01").id, **HERE}
    answered.post("talk.add", form={"text": "上周换了", "once": "1"}, most=20, **thread)
    sent.post("diagnosis.withdraw", **HERE)

    assert "之前的留言都还在" in answered.get("talk.show", expect=404, **thread).text
    sent.post("diagnosis.send_to_merchant", **HERE)
    assert "上周换了" in answered.get("talk.show", **thread).text


def test_a_consultant_adds_what_no_rule_sees(app, dress_shop, sent, answered):
    sent.post("diagnosis.add", form={"problem": "仓库发货慢三天", "proposal": "先谈时效", "severity": "high"}, **HERE)

    assert "仓库发货慢三天" in sent.get("diagnosis.findings", **HERE).text
    draw(app, dress_shop)
    assert [one.problem for one in rows(app, dress_shop, Finding) if one.rule_key is None] == ["仓库发货慢三天"]


def test_sent_read_talked_about_and_confirmed(app, dress_shop, sent, answered, asked):
    sent.post("diagnosis.send_to_merchant", **HERE)
    assert "确认诊断" in answered.get("diagnosis.findings", **HERE).text
    finding = finding_of(app, dress_shop, "F-01")
    answered.post(
        "talk.add",
        kind="finding",
        subject_id=finding.id,
        form={"text": "包裹卡上周已经换了", "once": "1"},
        most=20,
        **HERE,
    )
    assert "包裹卡上周已经换了" in sent.get("diagnosis.finding", finding_id=finding.id, **HERE).text

    answered.post("diagnosis.nod", **HERE)
    answered.post("diagnosis.nod", **HERE)

    assert "确认这份诊断" in sent.get("diagnosis.findings", **HERE).text
    refused = answered.post("diagnosis.begin", asked_id=asked["qn_team"], expect=422, **HERE)
    assert "诊断已发给商家" in refused.text
    sent.post("diagnosis.conclude_now", expect=422, **HERE)


def test_only_the_boss_nods(sent, answered, visit, dress_shop):
    sent.post("diagnosis.send_to_merchant", **HERE)
    visit(dress_shop, Role.CS).post("diagnosis.nod", expect=403, **HERE)
    sent.post("diagnosis.nod", expect=403, **HERE)


def test_taking_back_undoes_the_nod(app, dress_shop, sent, answered):
    sent.post("diagnosis.send_to_merchant", **HERE)
    answered.post("diagnosis.nod", **HERE)
    sent.post("diagnosis.withdraw", **HERE)

    assert "诊断还在整理" in answered.get("diagnosis.findings", **HERE).text
    assert rows(app, dress_shop, Diagnosis)[0].confirmed_at is None
    sent.post("diagnosis.withdraw", expect=422, **HERE)


def test_the_way_to_the_next_stage(sent, answered, boss):
    def missing() -> str:
        return sent.get("workspace.stages", **HERE).text

    assert "把诊断发给商家" in missing()
    sent.post("diagnosis.send_to_merchant", **HERE)
    assert "阅读并确认诊断" in missing()
    boss.post("diagnosis.nod", **HERE)
    assert "诊断" not in re.search(r"下一阶段.*?</section>", missing(), re.DOTALL)[0]


def test_who_did_not_agree_to_the_terms_is_talked_to_first(app, dress_shop, sent, asked, boss):
    sheet = begin(boss, asked["qn_strategy"])
    save(boss, sheet, {**answers_of("worked"), "STR13": "n"})
    boss.post(f"{sheet}/submission")
    draw(app, dress_shop)
    sent.post("diagnosis.send_to_merchant", **HERE)
    boss.post("diagnosis.nod", **HERE)

    assert "没有确认合作边界" in sent.get("workspace.stages", **HERE).text


def test_the_plan_hears_which_modules_are_proposed(app, dress_shop, sent, answered):
    finding = finding_of(app, dress_shop, "F-02")
    sent.post("diagnosis.put_away", finding_id=finding.id, form={"reason": "二期再做"}, **HERE)

    with app.app_context(), tenant(dress_shop.id):
        proposed = proposed_modules(db.session.scalar(sa.select(Engagement.id)))

    assert proposed[0].rule_key == "F-01"
    assert "cl_parcel_card" in proposed[0].modules
    assert "F-02" not in {row.rule_key for row in proposed}


def test_the_matrix_of_roles_is_filled_and_compared(app, dress_shop, sent, answered):
    page = answered.get("diagnosis.team", **HERE).text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    form = {"version": version, **{f"seats-{place}-person": "" for place in range(6)}}
    form |= {"seats-0-person": "操盘手甲", "seats-0-share": "100", "seats-0-has_duty": "y", "seats-1-share": "120"}
    assert "应在 0 到 100 之间" in answered.post("diagnosis.save_team", form=form, expect=422, **HERE).text
    answered.post("diagnosis.save_team", form={**form, "seats-1-share": ""}, **HERE)
    answered.post("diagnosis.save_team", form={**form, "seats-1-share": ""}, expect=409, **HERE)

    draw(app, dress_shop)

    text = sent.get("diagnosis.findings", **HERE).text
    assert "操盘手甲" in text
    assert "按角色矩阵数出来是 1" in text


def test_a_second_diagnosis_is_compared_with_the_first(app, dress_shop, sent, answered, boss):
    send(sent, title="期末诊断", once="second", questionnaires=["qn_team"])
    text = boss.get("diagnosis.show", **HERE).text
    sheet = begin(boss, re.search(r"questionnaires/([0-9a-f-]{36})", text)[1])
    save(boss, sheet, {**answers_of("worked"), "TEAM03": "c"}, client="second")
    boss.post(f"{sheet}/submission")
    draw(app, dress_shop)

    page = sent.get("diagnosis.findings", **HERE).text

    assert "和「期初诊断」比" in page
    assert "+11" in page
    assert "总分 35" in sent.get("diagnosis.earlier", edition=1, **HERE).text
    boss.get("diagnosis.earlier", edition=9, expect=404, **HERE)


def test_conclusions_twice_are_the_same(app, dress_shop, sent, answered):
    before = {one.id: (one.version, one.evidence) for one in rows(app, dress_shop, Finding)}
    draw(app, dress_shop)
    sent.post("diagnosis.conclude_now", most=15, **HERE)

    assert {one.id: (one.version, one.evidence) for one in rows(app, dress_shop, Finding)} == before


@pytest.mark.parametrize("role", [Role.CS, Role.VIEWER])
def test_who_only_works_changes_no_finding(app, dress_shop, visit, sent, answered, role):
    person = visit(dress_shop, role)
    finding = finding_of(app, dress_shop, "F-01")
    for endpoint in ("diagnosis.change", "diagnosis.put_away", "diagnosis.bring_back"):
        person.post(endpoint, finding_id=finding.id, expect=403, **HERE)


def test_another_merchants_diagnosis_does_not_exist(app, dress_shop, tea_shop, visit, sent, answered):
    finding = finding_of(app, dress_shop, "F-01")
    stranger = visit(tea_shop, Role.CONSULTANT)
    stranger.get("diagnosis.finding", tenant="tea", number=1, finding_id=finding.id, expect=404)
    stranger.get("diagnosis.findings", tenant="tea", number=1, expect=404)


def test_the_diagnosis_is_printed_as_the_merchant_sees_it(app, dress_shop, sent, answered):
    answered.post("diagnosis.print_diagnosis", expect=404, **HERE)
    sent.post(
        "diagnosis.put_away", finding_id=finding_of(app, dress_shop, "F-07").id, form={"reason": "当面说"}, **HERE
    )
    sent.post("diagnosis.send_to_merchant", **HERE)
    answered.post("diagnosis.print_diagnosis", **HERE)
    answered.post("diagnosis.print_diagnosis", **HERE)

    with app.app_context(), tenant(dress_shop.id):
        [paper] = db.session.scalars(sa.select(Paper))
        printed = [one["key"] for one in paper.data["findings"]]
    assert printed[:2] == ["F-01", "F-02"]
    assert "F-07" not in printed
    job = next(one for one in rows(app, dress_shop, Job) if one.kind == "papers.print")
    assert perform(app, job.id)
    file = answered.get("papers.download", paper_id=paper.id, **HERE)
    assert file.data.startswith(b"%PDF-")
