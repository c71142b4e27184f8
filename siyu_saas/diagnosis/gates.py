"""What a diagnosis asks for before an engagement goes on, and whom it reminds."""

from __future__ import annotations

from flask_babel import gettext as _

from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.rules import Side, Stage
from siyu_saas.tenants.rules.stages import Missing, leaves

from .queries.diagnoses import latest_standing

PAGE, FINDINGS = "diagnosis.show", "diagnosis.findings"


@leaves(Stage.DIAGNOSE)
def diagnosis_is_confirmed(standing: Standing) -> Missing | None:
    """Sent, answered, published, confirmed: the first of these that is still missing.

    Somebody who said no to what the cooperation is (STR12, STR13) is talked to before targets are.
    """
    row = latest_standing(standing.engagement.id)
    if row is None:
        return Missing(Side.FIRM, _("发出诊断问卷"), _("发出问卷"), PAGE, "diagnosis.edit")
    if row.published_at is None and row.assessed_at is None:
        return Missing(Side.MERCHANT, _("填写诊断问卷"), _("填写问卷"), PAGE, "sheet.fill")
    if row.published_at is None:
        return Missing(Side.FIRM, _("看完答卷，把诊断发给商家"), _("查看诊断"), FINDINGS, "diagnosis.edit")
    if row.confirmed_at is None:
        return Missing(Side.MERCHANT, _("阅读并确认诊断"), _("查看诊断"), FINDINGS, "diagnosis.confirm")
    if row.refused:
        sentence = _("问卷里没有确认合作边界，先和店主说明")
        return Missing(Side.FIRM, sentence, _("查看合作说明"), "charter.show", "charter.edit")
    return None
