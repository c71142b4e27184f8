"""What the worker does about papers."""

from __future__ import annotations

import hashlib
import io
from uuid import UUID

from siyu_saas.core.audit import Actor
from siyu_saas.core.database import end_reading
from siyu_saas.core.errors import NotReady
from siyu_saas.core.queue import job, progress
from siyu_saas.core.services import services
from siyu_saas.tenants.actions.files import Made

from .actions import PRINT, keep_paper
from .kinds import PAPERS
from .page import page_of
from .queries import paper_to_print

STEPS = 3


@job(PRINT, title="生成 PDF")
def print_paper(*, paper_id: str, asker: dict) -> dict:
    paper = paper_to_print(UUID(paper_id))
    if paper is None:
        raise NotReady("要打印的内容已经不在了。")
    if paper.file_id is None:
        end_reading()
        progress(1, STEPS)
        sheet = page_of(PAPERS[paper.kind], paper, base_url=services().settings.base_url)
        end_reading()
        progress(2, STEPS)
        printed = _print(sheet)
        made = _made(f"{paper.title}.pdf", printed.content)
        keep_paper(paper, made, pages=printed.pages, storage=services().storage, by=_actor(asker))
    return {"paper_id": paper_id}


def _print(sheet):
    """Imported late: WeasyPrint belongs into workers, which have it before they fork."""
    from .apart import print_apart

    return print_apart(sheet)


def _made(name: str, content: bytes) -> Made:
    digest = hashlib.sha256(content).hexdigest()
    return Made(name, "pdf", "application/pdf", io.BytesIO(content), len(content), digest)


def _actor(asker: dict) -> Actor:
    ids = [UUID(asker[name]) if asker[name] else None for name in ("user_id", "firm_id")]
    return Actor(asker["name"], *ids, asker["address"])
