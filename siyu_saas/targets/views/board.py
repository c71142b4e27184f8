"""The target board of both sides, the boss's page of commitments, and the targets on paper."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.papers.actions import ask_for_paper
from siyu_saas.papers.views import paper_context
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.engagements import engagements
from siyu_saas.tenants.queries.merchants import firm_with
from siyu_saas.web.routes import changes_nothing

from ..forms import MarkForm, QualityForm
from ..paper import TARGETS, paper_data
from ..queries import qualities_of, signed_versions, targets_with_ties
from ..rules.agreement import CLAUSE
from ..rules.qualities import STEPS
from ..rules.starter import MOST_TARGETS
from ..rules.states import State
from ..rules.tree import in_order
from .blueprints import front, targets
from .qualities_shown import plain_quality, quality_rows
from .rows import board_rows, known_counts, standing_of
from .sheets import sheet_of


@front.get("")
@may("target.see")
def latest():
    """The board of the newest service period, for the navigation."""
    every = engagements()
    return redirect(url_for("targets.board", number=every[0].number) if every else url_for("overview.workspace"))


@targets.get("")
@may("target.see")
def board():
    return board_page()


def board_page(*, mark: MarkForm | None = None, quality: QualityForm | None = None) -> str:
    every, ties = targets_with_ties(g.engagement.id)
    every = _visible(every)
    return render_template(
        "targets/board.html",
        rows=board_rows(every, known_counts(every), ties),
        qualities=quality_rows(qualities_of(g.engagement.id)),
        steps=STEPS,
        mark=mark or MarkForm(formdata=None),
        quality=quality or QualityForm(formdata=None),
        crowded=len(every) > MOST_TARGETS,
        waiting=[one for one in every if one.waits_for is g.access.side],
        **paper_context(TARGETS, g.engagement.id),
    )


@targets.get("/progress")
@may("target.see")
def progress():
    """The board alone, for the home of the engagement."""
    every, ties = targets_with_ties(g.engagement.id)
    every = [one for one in every if not one.state.is_open]
    return render_template("targets/_progress.html", rows=board_rows(every, known_counts(every), ties))


@targets.get("/commitments")
@may("target.see")
def commitments():
    """What the merchant agreed to, on one page for the boss."""
    every, ties = targets_with_ties(g.engagement.id)
    every = [one for one in every if one.state not in (State.DRAFT, State.CANCELLED)]
    counts, signed = known_counts(every), signed_versions([one.id for one in every])
    sheets = [(one, sheet_of(one, standing_of(one, counts, ties), signed)) for one in every]
    qualities = quality_rows(qualities_of(g.engagement.id))
    return render_template("targets/commitments.html", sheets=sheets, qualities=qualities, clause=CLAUSE)


@targets.post("/paper")
@may("target.see")
@changes_nothing
def print_targets():
    every, ties = targets_with_ties(g.engagement.id)
    every = [one for one in every if one.state is not State.DRAFT]
    counts, signed = known_counts(every), signed_versions([one.id for one in every])
    data = paper_data(
        [sheet_of(one, standing_of(one, counts, ties), signed) for _, one in in_order(every, ties.parents)],
        [plain_quality(one) for one in quality_rows(qualities_of(g.engagement.id))],
        merchant=g.access.name,
        firm=firm_with(g.access.firm_id).name,
        period=f"{g.engagement.starts_on} 至 {g.engagement.ends_on}",
    )
    ask_for_paper(TARGETS, g.engagement.id, g.engagement.id, _("目标书"), data, by=g.actor)
    flash(_("目标书正在生成，完成后可以下载"))
    return redirect(url_for(".board") + "#paper")


def _visible(every: list) -> list:
    """A draft is only seen by those who may work on it."""
    return every if g.access.may("target.edit") else [one for one in every if one.state is not State.DRAFT]
