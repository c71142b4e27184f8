"""Mainland mobile numbers: grouped for those who may call, masked for everybody else."""

import re

from siyu_saas.web.filters.numbers import MISSING

MOBILE = re.compile(r"(?:\+?86)?(1\d{2})(\d{4})(\d{4})", re.ASCII)


def phone_grouped(number: str | None) -> str:
    """「138 1234 5678」; anything that is not a mobile number stays as it was written."""
    if not number:
        return MISSING
    mobile = _mobile(number)
    return " ".join(mobile.groups()) if mobile else number


def phone_masked(number: str | None) -> str:
    """「138****5678」; of any other number only the last two characters show, of a short one nothing."""
    if not number:
        return MISSING
    if mobile := _mobile(number):
        return f"{mobile[1]}****{mobile[3]}"
    return "****" + number[-2:] if len(number) >= 6 else "****"


def _mobile(number: str) -> re.Match | None:
    return MOBILE.fullmatch(re.sub(r"[\s-]", "", number))
