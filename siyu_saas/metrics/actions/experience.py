"""Gathering a firm's own benchmarks: only bands of five merchants and more are written, names never."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.metrics.models import FirmExperience
from siyu_saas.metrics.queries.experience import reached
from siyu_saas.metrics.rules.experience import middle_half, shared_measures


def gather_experience(on: date) -> int:
    """Anew, so that a merchant who left is left out. In the system's scope; gives how many bands there are."""
    measures = shared_measures()
    everybody = reached(sorted({field for one in measures for field in one.fields}), on)
    db.session.execute(sa.delete(FirmExperience))
    count = 0
    for firm_id in {one.firm_id for one in everybody}:
        for measure in measures:
            found = [one.figure(measure) for one in everybody if one.firm_id == firm_id]
            known = [figure for figure in found if figure is not None]
            band = middle_half(known, measure.unit)
            if band is None:
                continue
            row = FirmExperience(
                id=new_id(),
                firm_id=firm_id,
                metric=measure.key,
                low=band[0],
                high=band[1],
                merchants=len(known),
                made_on=on,
            )
            db.session.add(row)
            count += 1
    db.session.flush()
    return count
