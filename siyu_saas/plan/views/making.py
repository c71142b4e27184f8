"""Making a plan from a package, sending it to the merchant, and the merchant's answer."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from siyu_saas.accounts.proof import asked_proof, proof_of
from siyu_saas.core.clock import today
from siyu_saas.core.database import end_reading
from siyu_saas.core.errors import NotReady
from siyu_saas.diagnosis.queries.findings import proposed_modules
from siyu_saas.packs.library import pack
from siyu_saas.plan.actions.changes import confirm_change, decline_change
from siyu_saas.plan.actions.confirmations import confirm_plan, propose_plan, take_back
from siyu_saas.plan.actions.plans import make_plan
from siyu_saas.plan.forms.plans import PackageForm, RefusalForm
from siyu_saas.plan.kinds import PLAN
from siyu_saas.plan.packages import blueprints_for
from siyu_saas.plan.queries.changes import open_change
from siyu_saas.plan.queries.plans import plan_of
from siyu_saas.plan.queries.tasks import tasks_of
from siyu_saas.plan.rules.blueprint import Blueprint
from siyu_saas.plan.rules.changes import ChangeState
from siyu_saas.plan.rules.checks import gaps
from siyu_saas.plan.rules.layout import Layout, lay_out
from siyu_saas.plan.rules.team import role_title
from siyu_saas.plan.rules.workdays import is_announced
from siyu_saas.signing.actions import TextChanged
from siyu_saas.signing.forms import SignForm
from siyu_saas.signing.queries import versions
from siyu_saas.signing.rules import difference, lines_of
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.merchants import workspace_with
from siyu_saas.tenants.queries.people import members_of

from .blueprint import plan, plan_here, plan_to_write, signer


@plan.get("/new")
@may("plan.edit")
def choose():
    """The package, the modules that stay in, and what the layout has to say, before anything is written."""
    blueprints = _blueprints()
    chosen = blueprints.get(request.args.get("package", g.engagement.package)) or next(iter(blueprints.values()))
    modules = {key for key, _title in chosen.modules}
    kept = set(request.args.getlist("modules")) & modules if "modules" in request.args else modules
    layout = lay_out(chosen.without(modules - kept).pieces(), day_zero=g.engagement.starts_on)
    findings, further = _findings(chosen)
    return render_template(
        "plan/new.html",
        chips=[
            {"label": one.title, "href": url_for(".choose", package=key), "current": one is chosen}
            for key, one in blueprints.items()
        ],
        chosen=chosen,
        modules=[
            {"key": key, "title": title, "kept": key in kept, "findings": findings.get(key, [])}
            for key, title in chosen.modules
        ],
        further=further,
        kept=sorted(kept),
        layout=layout,
        last_day=max((span.ends_on for span in layout.spans.values()), default=None),
        remarks=calendar_remarks(layout, chosen, g.engagement.starts_on),
        plan=plan_of(g.engagement.id),
    )


@plan.post("/draft")
@may("plan.edit")
def make():
    blueprints = _blueprints()
    form = PackageForm()
    form.package.choices = [SelectChoice(key, one.title) for key, one in blueprints.items()]
    del form.starts_on
    if not form.validate():
        abort(422)
    chosen = blueprints[form.package.data]
    modules = {key for key, _title in chosen.modules}
    left_out = modules - set(request.form.getlist("modules"))
    if modules and left_out == modules:
        raise NotReady("一个模块都没有留，计划里就没有任务。至少留一个模块，或者选空白计划。")
    made, layout = make_plan(
        g.engagement,
        chosen,
        people=_people(),
        left_out=left_out,
        findings=_spoken(_findings(chosen)[0]),
        responsibilities=pack(g.access.pack).responsibilities.values(),
        today=today(),
        by=g.actor,
    )
    missing = gaps(tasks_of(made.id))
    if missing:
        roles = "、".join(role_title(role) for role in missing)
        flash(_("计划已生成。这些角色还没有人：%(roles)s", roles=roles), "warn")
    else:
        flash(_("计划已生成，%(count)s 项任务都有负责人", count=len(layout.spans)))
    return redirect(url_for(".show"))


@plan.post("/proposal")
@may("plan.edit")
def send():
    propose_plan(plan_to_write(), today=today(), by=g.actor)
    flash(_("已发给商家确认，店主或操盘手打开首页就能看到"))
    return redirect(url_for(".show"))


@plan.post("/proposal/removal")
@may("plan.edit")
def fetch_back():
    take_back(plan_to_write(), today=today(), by=g.actor)
    flash(_("已撤回，改好后再发"))
    return redirect(url_for(".show"))


@plan.get("/confirmation")
@may("plan.see")
def confirm():
    return _confirmation(SignForm(formdata=None), RefusalForm(formdata=None))


@plan.post("/signature")
@may("plan.confirm")
def sign():
    form = SignForm()
    end_reading()
    proof = proof_of(current_user._get_current_object(), form.proof.data) if form.validate() else None
    if proof is None:
        form.proof.errors = form.proof.errors or [_("密码或验证码不对，这次没有确认")]
        return _confirmation(form, RefusalForm(formdata=None)), 422
    here = plan_to_write()
    change = _asked_change(here)
    agreed = {"seen_sha256": form.sha256.data or "", "signer": signer(), "proof": proof}
    if change is not None:
        confirm_change(here, change, **agreed, today=today(), by=g.actor)
    else:
        confirm_plan(here, **agreed, today=today(), by=g.actor)
    flash(_("已确认。之后的改动都会先问你们"))
    return redirect(url_for(".show"))


@plan.post("/refusal")
@may("plan.confirm")
def refuse():
    form = RefusalForm()
    if not form.validate():
        return _confirmation(SignForm(formdata=None), form), 422
    here = plan_to_write()
    change = _asked_change(here)
    if change is not None:
        decline_change(here, change, answer=form.reason.data, today=today(), by=g.actor)
    else:
        take_back(here, reason=form.reason.data, today=today(), by=g.actor)
    flash(_("已告诉顾问，改好后会再发给你们"))
    return redirect(url_for(".show"))


@plan.errorhandler(TextChanged)
def show_changes(changed: TextChanged):
    return render_template("plan/changed.html", changes=changed.changes), changed.status


def _confirmation(form: SignForm, refusal: RefusalForm) -> str:
    here = plan_here()
    every = versions(PLAN.key, here.id)
    asked = next((one for one in every if one.proposed_at and not one.superseded_at and not one.in_force_at), None)
    shown = asked or next((one for one in every if one.in_force_at), None)
    before = next((one for one in every if one.in_force_at and shown and one.number < shown.number), None)
    change = open_change(here.id) if here.confirmed_at else None
    proof = asked_proof(current_user)
    form.sha256.data = asked.sha256 if asked else None
    if proof:
        form.proof.label.text = proof.title
    return render_template(
        "plan/confirmation.html",
        plan=here,
        document=shown,
        waits=asked is not None,
        changes=difference(lines_of(before.content), lines_of(shown.content)) if before and asked else None,
        change=change if change is not None and change.state is ChangeState.PROPOSED else None,
        proof=proof,
        form=form,
        refusal=refusal,
        may_sign=asked is not None and g.access.may("plan.confirm"),
    )


def _asked_change(here):
    change = open_change(here.id) if here.confirmed_at else None
    return change if change is not None and change.state is ChangeState.PROPOSED else None


def calendar_remarks(layout: Layout, package: Blueprint, starts_on: date) -> list[tuple[str, str]]:
    """What the calendar did to the package, as (kind of notice, sentence)."""
    titles = {task.key: task.title for task in package.tasks}
    found = []
    if layout.forward:
        found.append(("info", _("为了不动活动日，提前到休息日之前：%(titles)s", titles=_named(layout.forward, titles))))
    if layout.moved:
        found.append(("warn", _("准备来不及，活动日改期：%(titles)s", titles=_named(layout.moved, titles))))
    if layout.tight:
        found.append(("warn", _("遇到长假，工作日不到平常的一半：%(titles)s", titles=_named(layout.tight, titles))))
    if starts_on < today():
        found.append(("warn", _("启动日已经过去，前面的任务会显示为逾期。")))
    if any(not is_announced(span.ends_on) for span in layout.spans.values()):
        found.append(("info", _("有日期落在放假安排还没公布的年份，先按周末和法定节日排，公布后再核对。")))
    return found


def _named(keys: tuple[str, ...], titles: dict[str, str]) -> str:
    return "、".join(titles[key] for key in keys)


def _findings(chosen: Blueprint) -> tuple[dict[str, list[tuple[str, str]]], list[str]]:
    """By module: (finding's id, problem) of what the newest diagnosis proposes it for, the gravest first; and the
    problems that no module of this package speaks to."""
    found: dict[str, list[tuple[str, str]]] = {}
    further = []
    for row in proposed_modules(g.engagement.id):
        serving = chosen.modules_for(row.modules)
        for module in serving:
            found.setdefault(module, []).append((str(row.id), row.problem))
        if row.modules and not serving:
            further.append(row.problem)
    return found, further


def _spoken(findings: dict[str, list[tuple[str, str]]]) -> dict[str, tuple[str, str]]:
    return {module: some[0] for module, some in findings.items()}


def _blueprints() -> dict[str, Blueprint]:
    return blueprints_for(workspace_with(g.access.tenant_id).pack, g.access.firm_id)


def _people() -> list[tuple]:
    return [(user.id, user.name, member.role) for member, user in members_of(g.access.tenant_id)]
