"""The plan: Gantt and list against a bare list page in the same run, growth to 6,000 tasks, writes, and pure rule time."""

from __future__ import annotations

import gzip
import multiprocessing
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from bench.bench_home import asking, bare_page, cpu_ms
from bench.house import quiet_house, settings_in
from bench.support import show
from siyu_saas.app import create_app
from siyu_saas.config import Settings
from siyu_saas.core.clock import today
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.plan.actions.dates import agree
from siyu_saas.plan.actions.tasks import add_task, mend
from siyu_saas.plan.models import Task
from siyu_saas.plan.queries.plans import plan_of
from siyu_saas.plan.rules.layout import Span
from siyu_saas.plan.rules.schedule import Work, forecast, pushed
from siyu_saas.plan.rules.states import Kind
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role
from tests.support.merchants import PASSWORD, Shop, make_shop
from tests.support.page import Page
from tests.support.plans import part, plan_for, small_package

ROUNDS = 7
WRITERS, WRITES = 8, 1_000
DEPENDENT = 5_000


def main() -> None:
    rules()
    folder = Path(tempfile.mkdtemp())
    settings = settings_in(folder)
    app = quiet_house(settings)
    small, large, drafting = (make_shop(app, slug, f"机构 {slug}") for slug in ("small", "large", "draft"))
    fill(app, small, 60)
    fill(app, large, 6_000)
    fill(app, drafting, 60, confirmed=False)
    pages(app, folder, small, large)
    writes(app, settings, drafting)


def rules() -> None:
    works = [
        Work(n, date(2026, 4, 1) + timedelta(n // 10), date(2026, 4, 3) + timedelta(n // 10)) for n in range(DEPENDENT)
    ]
    links = [(n - 1, n) for n in range(1, DEPENDENT)]
    first = {0: Span(date(2026, 4, 2), date(2026, 4, 9))}
    for name, run in (
        ("forecast", lambda: forecast(works, links, today=date(2026, 4, 1))),
        ("a move", lambda: pushed(works, links, first)),
    ):
        run()
        show(f"rules: {name} of {DEPENDENT} dependent tasks", min(wall_ms(run) for _ in range(5)), 200, " ms")


def wall_ms(run) -> float:
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def fill(app: Flask, shop: Shop, count: int, *, confirmed: bool = True) -> None:
    """Chains of four tasks, as packages have them."""
    tasks = tuple(
        part(
            f"T{n}",
            f"任务 {n}：铺设引流触点",
            n // 4 % 90,
            4,
            (f"T{n - 1}",) if n % 4 else (),
            milestone="M1" if n < count // 2 else "M2",
        )
        for n in range(count)
    )
    with app.app_context(), writing(), tenant(shop.id):
        plan = plan_for(shop, replace(small_package(), tasks=tasks), on=today())
        if confirmed:
            plan.proposed_at = plan.confirmed_at = plan.made_at
            plan.edition = 1
            agree(plan.id)
        db.session.commit()


def pages(app: Flask, folder: Path, small: Shop, large: Shop) -> None:
    people = {shop.slug: Page(app).sign_in(shop.email(Role.CONSULTANT), PASSWORD) for shop in (small, large)}
    bare = bare_page(folder)
    for name, endpoint in (
        ("Gantt", "plan.show"),
        ("list", "plan.listing"),
        ("mine", "plan.mine"),
        ("milestones", "plan.milestones"),
    ):
        answers = {slug: page.get(endpoint, tenant=slug, number=1) for slug, page in people.items()}
        paths = {slug: page.address(endpoint, tenant=slug, number=1) for slug, page in people.items()}
        asks = {slug: asking(app, paths[slug], page.client) for slug, page in people.items()}
        rounds = [(cpu_ms(asks["small"]), cpu_ms(asks["large"]), cpu_ms(bare)) for _ in range(ROUNDS)]
        few, many, theirs = (min(column) for column in zip(*rounds, strict=True))
        show(f"{name}: queries at 60 tasks", len(answers["small"].queries), 8)
        show(f"{name}: queries at 6,000 tasks", len(answers["large"].queries), len(answers["small"].queries))
        print(f"{name}: {few:.2f} ms CPU at 60 tasks, {many:.2f} at 6,000; bare list {theirs:.2f}")
        if name == "Gantt":
            show("Gantt: CPU at 60 tasks", few, 6.4, " ms")
            show("Gantt: first window at 6,000", many, 8, " ms")
        if name == "list":
            show("list of 50: CPU against the bare list", few / theirs, 2, " x")
        show(f"{name}: growth 60 to 6,000", many / few, 1.5 if name == "Gantt" else 1.2, " x")
        show(f"{name}: HTML compressed", len(gzip.compress(answers["large"].data, 6)) / 1024, 15, " KB")
    table = asking(app, people["large"].address("plan.table", tenant="large", number=1), people["large"].client)
    table()
    show("all 6,000 tasks as data: CPU", min(cpu_of(table, 5) for _ in range(ROUNDS)), 70, " ms")
    show("all 6,000 tasks as data: compressed", len(gzip.compress(table(), 6)) / 1024, 130, " KB")


def cpu_of(ask, times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        ask()
    return (time.process_time() - start) * 1000 / times


def writes(app: Flask, settings: Settings, shop: Shop) -> None:
    with app.app_context(), tenant(shop.id):
        row = db.session.scalars(sa.select(Task).limit(1)).one()
        task_id, version = row.id, row.version
    page = Page(app).sign_in(shop.email(Role.CONSULTANT), PASSWORD)
    token, spent = page.token(), {"create": [], "update": []}
    typed = {"csrf_token": token, "kind": "operate", "role": "lead", "repeats": "never"}
    days = {"starts_on": "2026-12-01", "ends_on": "2026-12-02"}
    for number in range(60):
        for name, where, form in (
            (
                "update",
                f"/t/draft/e/1/plan/tasks/{task_id}/details",
                {"version": str(version + number), "title": f"改 {number}"},
            ),
            ("create", "/t/draft/e/1/plan/tasks", {"title": f"加 {number}", "once": f"k{number}", **days}),
        ):
            start = time.process_time()
            with page.client.post(where, data={**typed, **form}) as answer:
                spent[name].append((time.process_time() - start) * 1000)
                assert answer.status_code == 302, answer.get_data(as_text=True)[:2000]
                page.client.get(answer.location)  # what it said is shown, as in a browser, and leaves the session
    for name, times in spent.items():
        show(f"{name} one task, with form token and audit row: CPU", sorted(times)[len(times) // 2], 5, " ms")
    with multiprocessing.get_context("spawn").Pool(WRITERS) as pool:
        errors = [
            error for some in pool.starmap(write, [(settings, shop, n) for n in range(WRITERS)]) for error in some
        ]
    show(f"{WRITERS} writers x {WRITES} tasks: errors", len(errors), 0)
    with app.app_context(), tenant(shop.id):
        found = db.session.scalar(sa.select(sa.func.count(Task.id)).where(Task.title.startswith("从")))
    show(f"{WRITERS} writers x {WRITES} tasks: lost", WRITERS * WRITES - len(errors) - found, 0)


def write(settings: Settings, shop: Shop, number: int) -> list[str]:
    """Half creates, half updates of what was created, each in a transaction of its own."""
    app, errors = create_app(settings), []
    with app.app_context():
        for count in range(WRITES):
            with tenant(shop.id), writing():
                try:
                    plan = plan_of(engagement_numbered(1).id)
                    day = date(2026, 12, 1)
                    task = add_task(
                        plan,
                        title=f"从 {number}",
                        milestone=None,
                        kind=Kind.OPERATE,
                        role="lead",
                        starts_on=day,
                        ends_on=day,
                        by=shop.actor,
                    )
                    mend(task, {"title": f"从 {number} 第 {count}"}, by=shop.actor)
                    db.session.commit()
                except sa.exc.SQLAlchemyError as error:
                    db.session.rollback()
                    errors.append(str(error))
                finally:
                    db.session.expunge_all()
        for engine in db.engines.values():
            engine.dispose()
    return errors


if __name__ == "__main__":
    main()
