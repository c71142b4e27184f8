"""What an archived service period still allows: reading."""

from __future__ import annotations

from flask import g

from siyu_saas.core.errors import NotReady
from siyu_saas.web.transaction import only_reads


def refuse_what_is_over() -> None:
    """For the `before_request` of blueprints inside an engagement."""
    if not only_reads() and g.get("engagement") is not None and g.engagement.archived_at is not None:
        raise NotReady("这个服务期已经归档，只能看不能改。先恢复服务期再改。")
