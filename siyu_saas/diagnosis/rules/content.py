"""What a pack asks and finds: its questionnaires and rules by key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from siyu_saas.config import ROOT

from .definitions import thawed, thawed_rules
from .shapes import FindingRule, Questionnaire

FILE = "diagnosis.json"


@dataclass(frozen=True, slots=True)
class Content:
    key: str
    version: int
    questionnaires: Mapping[str, Questionnaire]
    findings: Mapping[str, FindingRule]


@cache
def content_of(key: str, version: int) -> Content:
    """An industry's own file, else that of the general pack."""
    own, general = ROOT / "tenants" / key / FILE, ROOT / "tenants" / "base" / FILE
    data = json.loads((own if own.exists() else general).read_text(encoding="utf-8"))
    questionnaires = [thawed(one) for one in data["questionnaires"]]
    rules = thawed_rules(data["findings"])
    return Content(key, version, {one.key: one for one in questionnaires}, {one.key: one for one in rules})
