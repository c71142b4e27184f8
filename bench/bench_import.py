"""200,000 order lines as a shop exports them (CSV, GB18030): seconds, memory, and CPU against the bare minimum."""

from __future__ import annotations

import csv
import multiprocessing
import os
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from bench.house import settings_in
from bench.support import show
from siyu_saas.app import create_app
from siyu_saas.config import Settings
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db, writing
from siyu_saas.core.files.content import accept
from siyu_saas.core.ids import new_id
from siyu_saas.core.queue.models import Job, JobState
from siyu_saas.core.queue.runner import perform
from siyu_saas.core.services import services
from siyu_saas.core.tenancy import system, tenant
from siyu_saas.metrics.actions.imports import confirm_import, receive_import
from siyu_saas.metrics.models import DataImport, OrderLine
from siyu_saas.metrics.rules.states import Source
from siyu_saas.tenants.models import Engagement
from tests.conftest import migrated
from tests.support.merchants import make_shop
from tests.support.postgres import DURABLE, make_database, postgres

LINES = int(os.environ.get("LINES", "200000"))
SECONDS, MEMORY_MB, TIMES_CPU = 12, 250, 2
HEAD = ["订单号", "订单状态", "买家付款时间", "收货人姓名", "收货人手机号", "详细地址", "商品名称", "订单实付金额"]
BY = Actor("顾问", None)


def write_file(path: Path) -> None:
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for number in range(LINES):
            customer = number * 7919 % (LINES // 3)
            day = date(2026, 1, 1) + timedelta(number % 150)
            writer.writerow(
                [
                    f"E{number:012}",
                    "交易完成",
                    f"{day} {number % 24:02}:15:00",
                    "某某",
                    f"138{customer:08}",
                    "浙江省杭州市西湖区某某路一号",
                    "温柔风连衣裙",
                    f"{number % 900 + 59}.{number % 100:02}",
                ]
            )


def import_it(settings: Settings, path: str, answers) -> None:
    """In a fresh process, as a worker has it. Tells the seconds, CPU and growth of memory of each job."""
    app = create_app(settings)
    with app.app_context(), system("bench"):
        shop_id = db.session.scalar(sa.select(Engagement.tenant_id))
    with (
        app.app_context(),
        writing(),
        tenant(shop_id),
        open(path, "rb") as file,
        accept(file, "orders.csv") as accepted,
    ):
        engagement_id = db.session.scalar(sa.select(Engagement.id))
        row = receive_import(
            accepted,
            engagement_id=engagement_id,
            source=Source.FILE,
            form_key="b",
            storage=services().storage,
            by=BY,
        )
        db.session.commit()
        import_id = row.id
    preview = _timed(app)
    with app.app_context(), writing(), tenant(shop_id):
        confirm_import(db.session.get_one(DataImport, (shop_id, import_id)), reason="", by=BY)
        db.session.commit()
    written = _timed(app)
    with app.app_context(), tenant(shop_id):
        count = db.session.scalar(sa.select(sa.func.count(OrderLine.id)))
    answers.put((preview, written, _peak_mb(), count))


def _peak_mb() -> float:
    """The most that this process ever held, the product itself included."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _timed(app) -> tuple[float, float, float]:
    with app.app_context(), system("bench"):
        job_id = db.session.scalar(sa.select(Job.id).where(Job.state == JobState.QUEUED).order_by(Job.id).limit(1))
    start, cpu, backend = time.perf_counter(), time.process_time(), _backends()
    assert perform(app, job_id)
    return time.perf_counter() - start, time.process_time() - cpu, _backends() - backend


def bare(settings: Settings, path: str, references: bool, answers) -> None:
    """The csv module and one COPY or executemany into an empty table with the same key and indexes, without walls and
    looks; with `references`, the database checks the same foreign key."""
    app = create_app(settings)
    with app.app_context(), system("bench"):
        shop_id, engagement_id = db.session.execute(sa.select(Engagement.tenant_id, Engagement.id)).one()
        import_id = db.session.scalar(sa.select(DataImport.id))
    engine = sa.create_engine(settings.database_owner)
    hexed = engine.dialect.name == "sqlite"
    same = [one.hex if hexed else str(one) for one in (shop_id, engagement_id, import_id)]
    with engine.begin() as connection:
        if hexed:
            connection.exec_driver_sql("pragma foreign_keys=on")
        _copy_table(connection, references)
    start, cpu, backend = time.perf_counter(), time.process_time(), _backends()
    with open(path, encoding="gb18030", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        rows = (
            (same[0], new_id().hex, same[1], row[4].encode(), row[2][:10], int(row[7].replace(".", "")), same[2])
            for row in reader
        )
        with engine.begin() as connection:
            cursor = connection.connection.cursor()
            if hexed:
                cursor.executemany("insert into bare values (?, ?, ?, ?, ?, ?, ?)", rows)
            else:
                with cursor.copy("copy bare from stdin") as copy:
                    for row in rows:
                        copy.write_row(row)
    answers.put((time.perf_counter() - start, time.process_time() - cpu, _backends() - backend))


def _copy_table(connection: sa.Connection, references: bool) -> None:
    table = OrderLine.__table__
    metadata = sa.MetaData()
    for name in ("tenant", "engagement", "data_import"):
        sa.Table(name, metadata, autoload_with=connection)
    connection.exec_driver_sql("drop table if exists bare")
    checked = [
        sa.ForeignKeyConstraint(key.column_keys, [element.target_fullname for element in key.elements])
        for key in table.foreign_key_constraints
    ]
    made = sa.Table(
        "bare",
        metadata,
        *[sa.Column(column.name, column.type, primary_key=column.primary_key) for column in table.columns],
        sa.Index("ix_bare_customer", "tenant_id", "engagement_id", "customer_key", "order_date", "amount_fen"),
        sa.Index("ix_bare_import", "tenant_id", "import_id"),
        *(checked if references else ()),
    )
    made.create(connection)


def _backends() -> float:
    """CPU seconds of the PostgreSQL that this bench started, ended backends included; SQLite works inside our own."""
    server = int(os.environ.get("BENCH_SERVER", "0"))
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        numbers = text.rpartition(")")[2].split()
        if int(stat.parent.name) == server:
            ticks += sum(map(int, numbers[11:15]))
        elif int(numbers[1]) == server:
            ticks += sum(map(int, numbers[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK") if server else 0


def server_of(socket: Path) -> int:
    """The process that listens there."""
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            text = command.read_text()
        except OSError:
            continue
        if "postgres" in text.partition("\0")[0] and str(socket) in text:
            return int(command.parent.name)
    raise LookupError(socket)


def in_a_process(target, *arguments):
    fresh = multiprocessing.get_context("spawn")
    answers = fresh.Queue()
    process = fresh.Process(target=target, args=(*arguments, answers))
    process.start()
    answer = answers.get()
    process.join()
    return answer


def measure(name: str, settings: Settings, path: Path) -> None:
    make_shop(migrated(settings), "bench", "机构")
    preview, written, peak, count = in_a_process(import_it, settings, str(path))
    plain = in_a_process(bare, settings, str(path), False)
    yardstick = in_a_process(bare, settings, str(path), True)
    assert count == LINES, count
    print(f"import on {name}: {LINES} lines; looking at them first {preview[0]:.1f} s, {sum(preview[1:]):.2f} s CPU")
    print(f"import on {name}: bare, no references {plain[0]:.1f} s, {plain[1]:.2f} + {plain[2]:.2f} s CPU")
    print(
        f"import on {name}: bare, the same references {yardstick[0]:.1f} s, {yardstick[1]:.2f} + {yardstick[2]:.2f} s CPU"
    )
    print(f"import on {name}: ours {written[0]:.1f} s, {written[1]:.2f} + {written[2]:.2f} s CPU")
    show(f"import on {name}: seconds", written[0], SECONDS, " s")
    show(f"import on {name}: seconds with the preview", written[0] + preview[0], SECONDS, " s")
    show(f"import on {name}: memory of the whole process at its peak", peak, MEMORY_MB, " MB")
    show(f"import on {name}: CPU against the same references", sum(written[1:]) / sum(yardstick[1:]), TIMES_CPU, "×")
    show(f"import on {name}: CPU against no references", sum(written[1:]) / sum(plain[1:]), TIMES_CPU, "×")


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    path = folder / "orders.csv"
    write_file(path)
    settings = settings_in(folder)
    measure("SQLite", settings, path)
    with postgres(DURABLE) as socket:
        os.environ["BENCH_SERVER"] = str(server_of(socket))
        app_url, owner_url = make_database(socket, "bench")
        measure("PostgreSQL", replace(settings, database_url=app_url, database_owner_url=owner_url), path)


if __name__ == "__main__":
    main()
