"""The consultant's list with 50, 500 and 5,000 merchants: queries, CPU for a page of 50, bytes, and what it grows by.

Beside 500 merchants stand 40,000 tasks, of which one in twenty is late; nothing has changed since the last look, unless
it says so.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from bench.bench_home import asking
from bench.house import quiet_house, settings_in
from bench.support import show
from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.plan.models import Plan, Task
from siyu_saas.plan.rules.states import Kind
from siyu_saas.tenants.actions.merchants import open_workspace
from siyu_saas.tenants.models import Engagement, Firm
from siyu_saas.tenants.rules import Role, Side
from tests.support.merchants import PASSWORD, Shop, make_shop
from tests.support.page import Page

ROUNDS, REQUESTS = 7, 15
FEW, MANY, HUGE = 50, 500, 5_000
TASKS = 40_000
CHANGED = 20
SEARCHES = {
    "a search for one merchant": "/?q=0042",
    "a search in ⌘K": "/search?q=0042",
    "a search that finds nothing": "/?q=sjl",
    "a search that finds everybody": "/?q=sj",
}
NOT_FRESH = "部分商家的情况正在更新"


def main() -> None:
    firms = {count: firm_with(count) for count in (FEW, MANY, HUGE)}
    add_tasks(firms[MANY].app)
    answers = {}
    for count, page in firms.items():
        first = time.process_time()
        while NOT_FRESH in page.get("/", most=12).text:
            pass
        first = time.process_time() - first
        answers[count] = answer = page.get("/")
        print(f"portfolio of {count}: {len(answer.data) / 1024:.1f} KB, all worked out anew in {first:.2f} s CPU")
    spent = interleaved({count: asking(page.app, "/", page.client) for count, page in firms.items()})
    searched = {
        what: interleaved({count: asking(page.app, path, page.client) for count, page in firms.items()})
        for what, path in SEARCHES.items()
    }
    print("CPU of a page: " + ", ".join(f"{spent[count]:.2f} ms of {count}" for count in firms))
    for what, took in searched.items():
        print(f"CPU of {what}: " + ", ".join(f"{took[count]:.2f} ms of {count}" for count in firms))
    show(f"portfolio of {MANY}, {TASKS} tasks: CPU for a page of 50", spent[MANY], 7, " ms")
    show(f"portfolio of {MANY}: queries", len(answers[MANY].queries), 8)
    show(
        f"portfolio of {HUGE}: queries more than with {FEW}", len(answers[HUGE].queries) - len(answers[FEW].queries), 0
    )
    show(f"portfolio of {HUGE}: CPU against {FEW}", spent[HUGE] / spent[FEW], 1.2, " x")
    show(f"portfolio of {HUGE}: bytes against {FEW}", len(answers[HUGE].data) / len(answers[FEW].data), 1.2, " x")
    for what, took in searched.items():
        show(f"portfolio of {HUGE}, {what}: CPU against {FEW}", took[HUGE] / took[FEW], 1.2, " x")
    changed = after_changes(firms[HUGE].app, firms[HUGE])
    print(f"portfolio of {HUGE}, {CHANGED} changed since the last look: {changed:.2f} ms CPU")


def firm_with(count: int) -> Page:
    """A database of its own, so that portfolios are measured turn by turn."""
    folder = Path(tempfile.mkdtemp())
    app = quiet_house(settings_in(folder))
    shop = make_shop(app, "bench", "机构")
    fill(app, shop, 1, count)
    return Page(app).sign_in(shop.email(Role.FIRM_OWNER), PASSWORD)


def interleaved(asked: dict[int, Callable[[], object]]) -> dict[int, float]:
    found = {count: [] for count in asked}
    for _ in range(ROUNDS):
        for count, ask in asked.items():
            found[count].append(cpu_ms(ask))
    return {count: median(some) for count, some in found.items()}


def after_changes(app, page: Page) -> float:
    """Of the one look that works them out anew."""
    found = []
    for _ in range(ROUNDS):
        with app.app_context(), system("some changed"), writing():
            for row in db.session.scalars(sa.select(Engagement).order_by(Engagement.id).limit(CHANGED)).all():
                row.coordinator += "一"
            db.session.commit()
        start = time.process_time()
        page.client.get("/")
        found.append((time.process_time() - start) * 1000)
    return median(found)


def fill(app, shop: Shop, there: int, count: int) -> None:
    """Every merchant has a service period in some state."""
    with app.app_context(), writing():
        firm = db.session.get_one(Firm, shop.firm_id)
        made = [
            open_workspace(firm, name=f"商家 {number:04}", slug=f"shop-{number:04}").id
            for number in range(there, count)
        ]
        db.session.commit()
        with system("many service periods at once"):
            for place, tenant_id in enumerate(made):
                starts_on = today() - timedelta(days=place % 90)
                db.session.add(
                    Engagement(
                        id=new_id(),
                        tenant_id=tenant_id,
                        number=1,
                        title="陪跑",
                        starts_on=starts_on,
                        ends_on=starts_on + timedelta(days=69),
                        coordinator="王" * (place % 2),
                    )
                )
            db.session.commit()


def add_tasks(app) -> None:
    """A plan with its tasks for every merchant that has a service period."""
    with app.app_context(), system("merchants with a service period"):
        periods = db.session.execute(sa.select(Engagement.tenant_id, Engagement.id)).all()
    each, day = -(-TASKS // len(periods)), today()
    for tenant_id, engagement_id in periods:
        with app.app_context(), writing(), tenant(tenant_id):
            plan = Plan(
                id=new_id(),
                engagement_id=engagement_id,
                package="",
                package_title="陪跑",
                day_zero=day,
                confirmed_at=now(),
                made_by_name="王",
            )
            db.session.add(plan)
            db.session.flush()
            for place in range(each):
                ends_on = day + timedelta(days=place if place % 20 else -place - 1)
                db.session.add(
                    Task(
                        plan_id=plan.id,
                        key=f"t{place}",
                        position=place,
                        title=f"任务 {place}",
                        kind=Kind.GUIDE,
                        side=Side.FIRM if place % 3 else Side.MERCHANT,
                        role="consultant",
                        starts_on=ends_on,
                        ends_on=ends_on,
                    )
                )
            db.session.commit()


def cpu_ms(ask) -> float:
    start = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return (time.process_time() - start) * 1000 / REQUESTS


if __name__ == "__main__":
    main()
