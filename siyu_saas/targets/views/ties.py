"""What hangs on a target: the target it serves, the work that carries it, the light set by hand."""

from __future__ import annotations

from flask import abort, flash, g, redirect, url_for
from flask_babel import gettext as _

from siyu_saas.tenants.guards import may

from ..actions.ties import carry, end_light, let_go, place_under, set_light
from ..forms import LightForm, ParentForm, WorkForm
from ..models import Target
from ..queries import target_to_change, target_with
from ..rules.lights import Light
from ..rules.states import State
from ..rules.works import Work, work_of
from .blueprints import targets
from .target import page_of


@targets.post("/<uuid:target_id>/parent")
@may("target.edit")
def place(target_id):
    target, form = _to_change(target_id), ParentForm()
    if not form.validate():
        abort(422)
    parent = target_with(form.parent.data, g.engagement.id) or abort(404) if form.parent.data else None
    place_under(target, parent, by=g.actor)
    flash(_("目标之间的关系已保存"))
    return _back(target)


@targets.post("/<uuid:target_id>/works")
@may("target.edit")
def add_work(target_id):
    target = _to_change(target_id)
    carry(target, _chosen_work(), by=g.actor)
    flash(_("已挂到目标上"))
    return _back(target)


@targets.post("/<uuid:target_id>/works/removal")
@may("target.edit")
def drop_work(target_id):
    target = _to_change(target_id)
    let_go(target, _chosen_work(), by=g.actor)
    flash(_("已取下"))
    return _back(target)


@targets.post("/<uuid:target_id>/light")
@may("target.conclude")
def change_light(target_id):
    target, form = _to_change(target_id), LightForm()
    if target.state is not State.AGREED:
        abort(422)
    if not form.validate():
        return page_of(target_id, light=form), 422
    set_light(target, Light(form.light.data), reason=form.why_light.data, by=g.actor)
    flash(_("进度灯已手动更改，旁边会写明是谁、为什么"))
    return _back(target)


@targets.post("/<uuid:target_id>/light/removal")
@may("target.conclude")
def drop_light(target_id):
    target = _to_change(target_id)
    end_light(target, by=g.actor)
    flash(_("已恢复为系统计算的进度灯"))
    return _back(target)


def _to_change(target_id) -> Target:
    return target_to_change(target_id, g.engagement.id) or abort(404)


def _chosen_work() -> Work:
    form = WorkForm()
    chosen = form.work.data if form.validate() else abort(422)
    return next((one for one in work_of(g.engagement.id) if f"{one.kind}:{one.id}" == chosen), None) or abort(404)


def _back(target: Target):
    return redirect(url_for(".show", target_id=target.id))
