"""Targets that no number measures: both sides say on the same five steps where they stand."""

from __future__ import annotations

from flask import abort, flash, g, redirect, url_for
from flask_babel import gettext as _

from siyu_saas.tenants.guards import may

from ..actions.qualities import mark_quality, remove_quality, set_quality
from ..forms import MarkForm, QualityForm
from ..queries import quality_with
from .blueprints import targets
from .board import board_page


@targets.post("/qualities")
@may("target.edit")
def add_quality():
    form = QualityForm()
    if not form.validate():
        return board_page(quality=form), 422
    set_quality(g.engagement.id, form.title.data, form.good.data, form_key=form.once.data or None, by=g.actor)
    flash(_("定性目标已加上，双方都可以打分"))
    return _back()


@targets.post("/qualities/<uuid:quality_id>/marks")
@may("target.offer")
def mark(quality_id):
    quality, form = quality_with(quality_id, g.engagement.id) or abort(404), MarkForm()
    if not form.validate():
        return board_page(mark=form), 422
    mark_quality(
        quality,
        side=g.access.side,
        step=int(form.step.data),
        words=form.words.data or "",
        form_key=form.once.data or None,
        by=g.actor,
    )
    flash(_("已记下你们这一边的看法"))
    return _back()


@targets.post("/qualities/<uuid:quality_id>/removal")
@may("target.edit")
def drop_quality(quality_id):
    remove_quality(quality_with(quality_id, g.engagement.id) or abort(404), by=g.actor)
    flash(_("已取消这个定性目标，记录还在"))
    return _back()


def _back():
    return redirect(url_for(".board") + "#qualities")
