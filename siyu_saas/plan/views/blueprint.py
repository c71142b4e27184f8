"""Where the pages of a plan hang, and what most of them begin with."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g, request
from flask_login import current_user

from siyu_saas.core.errors import NotReady
from siyu_saas.plan.models import Plan, Task
from siyu_saas.plan.queries.plans import plan_of, plan_to_change
from siyu_saas.plan.queries.tasks import task_with
from siyu_saas.signing.actions import Signer
from siyu_saas.web.transaction import only_reads

plan = Blueprint("plan", __name__, url_prefix="/t/<slug:tenant>/e/<int:number>/plan")

firm_shelf = Blueprint("plan_shelf", __name__, url_prefix="/firm/packages")
front = Blueprint("plan_front", __name__, url_prefix="/t/<slug:tenant>/plan")


@plan.before_request
def refuse_what_is_over() -> None:
    """An archived service period stays readable; nothing in it changes."""
    if not only_reads() and g.get("engagement") is not None and g.engagement.archived_at is not None:
        raise NotReady("这个服务期已经归档，计划只能看。先恢复服务期再改。")


def plan_here() -> Plan:
    return plan_of(g.engagement.id) or abort(404)


def plan_to_write() -> Plan:
    return plan_to_change(g.engagement.id) or abort(404)


def task_or_404(task_id: UUID) -> Task:
    return task_with(task_id, engagement_id=g.engagement.id) or abort(404)


def signer() -> Signer:
    return Signer(current_user.user_id, current_user.user.name, g.access.role, request.remote_addr)
