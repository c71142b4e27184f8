"""The firm's own questionnaires: kept, imported, edited as YAML, released and removed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from siyu_saas.core.errors import NotReady
from siyu_saas.library.actions.questionnaires import change_draft, keep_questionnaire, release, remove_questionnaire
from siyu_saas.library.forms.questionnaires import YamlForm
from siyu_saas.library.models import FirmQuestionnaire
from siyu_saas.library.queries.questionnaires import keys_in_use, own_questionnaires
from siyu_saas.library.rules import drafts
from siyu_saas.library.rules.proofreading import Flaw, proofread
from siyu_saas.library.rules.shelf import GENERAL, pack_called
from siyu_saas.packs.library import industries
from siyu_saas.packs.shapes.questions import AT_BOTH_ENDS
from siyu_saas.tenants.guards import may
from siyu_saas.web.forms import refuse_stale

from .drafts import flaws_in, questionnaires, row_or_404

BLANK_TITLE = "新问卷"


@dataclass(frozen=True, slots=True)
class Offer:
    """A questionnaire of a pack that can be copied; `taken`: the firm has its own of this key."""

    pack: str
    pack_title: str
    key: str
    title: str
    questions: int
    taken: bool


@questionnaires.get("")
@may("questionnaire.edit")
def shelf():
    rows = own_questionnaires(g.firm_access.firm_id)
    return render_template("library/questionnaires.html", rows=rows, offers=_offers({row.key for row in rows}))


@questionnaires.post("")
@may("questionnaire.edit")
def keep():
    pack, _slash, key = request.form.get("source", "").partition("/")
    if pack == "blank":
        taken = keys_in_use(g.firm_access.firm_id)
        number = next(number for number in range(1, len(taken) + 2) if f"own_{number}" not in taken)
        definition, pack = drafts.blank(f"own_{number}", BLANK_TITLE), GENERAL
    else:
        source = pack_called(pack).questionnaires.get(key)
        if source is None:
            abort(404)
        definition = drafts.plain(source)
    row = keep_questionnaire(definition, pack=pack, by=g.actor)
    flash(_("已复制为机构自己的问卷，改好后点「发布」才会用于新的诊断"))
    return redirect(url_for(".edit", questionnaire_id=row.id))


@questionnaires.get("/import")
@may("questionnaire.edit")
def paste():
    return render_template("library/import.html", form=YamlForm(formdata=None), flaws=[])


@questionnaires.post("/import")
@may("questionnaire.edit")
def import_yaml():
    form = YamlForm()
    definition, flaws = proofread(form.text.data or "", pack_called(GENERAL).metrics) if form.validate() else (None, [])
    if definition is None:
        return render_template("library/import.html", form=form, flaws=flaws), 422
    row = keep_questionnaire(definition, pack=GENERAL, by=g.actor)
    return redirect(url_for(".edit", questionnaire_id=row.id))


@questionnaires.get("/<uuid:questionnaire_id>/yaml")
@may("questionnaire.edit")
def show_yaml(questionnaire_id: UUID):
    row = row_or_404(questionnaire_id)
    form = YamlForm(formdata=None, text=drafts.as_yaml(row.draft), version=row.version)
    return _yaml_page(row, form, flaws_in(row))


@questionnaires.post("/<uuid:questionnaire_id>/yaml")
@may("questionnaire.edit")
def change_yaml(questionnaire_id: UUID):
    row = row_or_404(questionnaire_id)
    form = YamlForm()
    definition, flaws = (
        proofread(form.text.data or "", pack_called(row.pack).metrics) if form.validate() else (None, [])
    )
    if definition is None:
        return _yaml_page(row, form, flaws), 422
    current = YamlForm(formdata=None, text=drafts.as_yaml(row.draft), version=row.version)
    refuse_stale(form, current, back=url_for(".show_yaml", questionnaire_id=row.id))
    change_draft(row, definition, by=g.actor)
    flash(_("已保存草稿"))
    return redirect(url_for(".show_yaml", questionnaire_id=row.id))


@questionnaires.get("/<uuid:questionnaire_id>/file")
@may("questionnaire.edit")
def export(questionnaire_id: UUID):
    row = row_or_404(questionnaire_id)
    answer = Response(drafts.as_yaml(row.draft), mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.key}.yaml"'
    return answer


@questionnaires.post("/<uuid:questionnaire_id>/edition")
@may("questionnaire.edit")
def publish(questionnaire_id: UUID):
    row = row_or_404(questionnaire_id)
    if flaws_in(row):
        raise NotReady(_("还有问题没改好，不能发布；问题列在编辑页上方。"))
    edition = release(row, by=g.actor)
    flash(_("已发布第 %(edition)s 版，新的诊断会用它；进行中的不受影响", edition=edition.edition))
    return redirect(url_for(".edit", questionnaire_id=row.id))


@questionnaires.post("/<uuid:questionnaire_id>/removal")
@may("questionnaire.edit")
def remove(questionnaire_id: UUID):
    remove_questionnaire(row_or_404(questionnaire_id), by=g.actor)
    flash(_("已移除，新的诊断改用内容包里的问卷"))
    return redirect(url_for(".shelf"))


def _yaml_page(row: FirmQuestionnaire, form: YamlForm, flaws: list[Flaw]) -> str:
    return render_template("library/yaml.html", row=row, form=form, flaws=flaws)


def _offers(taken: set[str]) -> list[Offer]:
    """Each questionnaire once: the general ones, then what an industry adds."""
    seen: dict[str, Offer] = {}
    for pack in industries():
        for one in pack.questionnaires.values():
            if one.key == AT_BOTH_ENDS:
                continue
            offer = Offer(pack.key, pack.title, one.key, one.title, len(one.questions), one.key in taken)
            seen.setdefault(one.key, offer)
    return list(seen.values())
