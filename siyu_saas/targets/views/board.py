"""The target board of both sides, the boss's page of commitments, and the targets on paper."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from siyu_saas.papers.actions import ask_for_paper
from siyu_saas.papers.views import paper_context
from siyu_saas.tenants.guards import may
from siyu_saas.tenants.queries.engagements import engagements
from siyu_saas.tenants.queries.merchants import firm_with

from ..paper import TARGETS, paper_data
from ..queries import signed_versions, targets_of
from ..rules.agreement import CLAUSE
from ..rules.starter import MOST_TARGETS
from ..rules.states import State
from .blueprints import front, targets
from .rows import board_rows, known_counts
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
    every = _visible(targets_of(g.engagement.id))
    return render_template(
        "targets/board.html",
        rows=board_rows(every, known_counts(every)),
        crowded=len(every) > MOST_TARGETS,
        waiting=[one for one in every if one.waits_for is g.access.side],
        **paper_context(TARGETS, g.engagement.id),
    )


@targets.get("/progress")
@may("target.see")
def progress():
    """The board alone, for the home of the engagement."""
    every = [one for one in targets_of(g.engagement.id) if not one.state.is_open]
    return render_template("targets/_progress.html", rows=board_rows(every, known_counts(every)))


@targets.get("/commitments")
@may("target.see")
def commitments():
    """What the merchant agreed to, on one page for the boss."""
    every = [one for one in targets_of(g.engagement.id) if one.state not in (State.DRAFT, State.CANCELLED)]
    counts, signed = known_counts(every), signed_versions([one.id for one in every])
    sheets = [(one, sheet_of(one, counts, signed)) for one in every]
    return render_template("targets/commitments.html", sheets=sheets, clause=CLAUSE)


@targets.post("/paper")
@may("target.see")
def print_targets():
    every = [one for one in targets_of(g.engagement.id) if one.state is not State.DRAFT]
    counts, signed = known_counts(every), signed_versions([one.id for one in every])
    data = paper_data(
        [sheet_of(one, counts, signed) for one in every],
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
