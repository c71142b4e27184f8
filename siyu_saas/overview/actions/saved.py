"""Keeping a view of the list, calling it something else, and dropping it: a person's own, hence nobody is told."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core.database import db
from siyu_saas.core.errors import Refusal
from siyu_saas.core.ids import new_id

from ..looks import MOST_SAVED, Look
from ..models import SavedView
from ..queries.saved import saved_views


class NotSaved(Refusal):
    """The name is taken, or there are as many views as one person may keep."""


def save_view(name: str, look: Look, *, user_id: UUID, firm_id: UUID) -> SavedView:
    """Sent twice it is saved once."""
    known = saved_views(user_id, firm_id)
    same = next((one for one in known if one.name == name), None)
    if same is not None and same.look == look:
        return same
    if same is not None:
        raise NotSaved(_taken(name))
    if len(known) >= MOST_SAVED:
        raise NotSaved(f"最多保存 {MOST_SAVED} 个视图，请先删除一个不用的")
    row = SavedView(
        id=new_id(),
        user_id=user_id,
        firm_id=firm_id,
        name=name,
        wanted=look.wanted,
        view=look.view,
        typed=look.typed,
    )
    db.session.add(row)
    db.session.flush()
    return row


def rename_view(row: SavedView, name: str) -> None:
    if any(one.name == name and one is not row for one in saved_views(row.user_id, row.firm_id)):
        raise NotSaved(_taken(name))
    row.name = name
    db.session.flush()


def drop_view(row: SavedView) -> None:
    db.session.delete(row)
    db.session.flush()


def _taken(name: str) -> str:
    return f"已经有叫「{name}」的视图，请换个名字"
