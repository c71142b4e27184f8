"""The charter among the things that can be signed, and what it has to do with stages."""

from __future__ import annotations

from flask_babel import gettext as _

from siyu_saas.papers import kinds as papers
from siyu_saas.signing.kinds import Kind, register
from siyu_saas.signing.queries import sides_signed
from siyu_saas.tenants.gates import Standing
from siyu_saas.tenants.rules import Side, Stage
from siyu_saas.tenants.rules.stages import Missing, enters

CHARTER = register(Kind("charter", "合作说明", "charter.show"))
CHARTER_PAPER = papers.register(papers.PaperKind("charter", "合作说明", "charter/paper/charter.html"))


@enters(Stage.DIAGNOSE)
def charter_is_signed(standing: Standing) -> Missing | None:
    """The merchant signs first where both are asked; the boss reads it on the way in."""
    signed = sides_signed(CHARTER.key, standing.engagement.id)
    if signed is None:
        return Missing(Side.FIRM, _("把合作说明发给双方签署"), _("查看合作说明"), CHARTER.page, "charter.propose")
    if Side.MERCHANT not in signed:
        return Missing(Side.MERCHANT, _("阅读并签署合作说明"), _("阅读并签署"), CHARTER.page, "charter.sign")
    if Side.FIRM not in signed:
        return Missing(Side.FIRM, _("顾问签署合作说明"), _("去签署"), CHARTER.page, "charter.sign")
    return None
