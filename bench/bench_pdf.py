"""A report on paper: CPU, memory and bytes of the render job, beside naive WeasyPrint and Chromium; growth in rows."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from weasyprint.text.fonts import FontConfiguration

from bench import reference_report as reference
from bench.support import pss_mb, show
from siyu_saas.app import create_app
from siyu_saas.config import Settings
from siyu_saas.papers import apart, pdf, rules
from siyu_saas.papers.page import Imprint, Sheet, sheet_of
from tests.support.processes import family

ROUNDS = int(os.environ.get("ROUNDS", "5"))
KIB = 1024
IMPRINT = Imprint(
    "数据对比报告",
    "1.0",
    "0123456789ab",
    "ABCD-EFGH-JKLM",
    "http://127.0.0.1:8000/verify/ABCD-EFGH-JKLM",
    datetime(2026, 6, 6, tzinfo=UTC),
    "私域同行",
)
AUTO_TABLES = ("table-layout: fixed; ", "")


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    app = create_app(Settings(secret_key="bench-" * 8, instance_dir=folder, redis_url="unix:///nowhere.sock"))
    reference.install(app)
    apart.warm_up()
    with app.app_context():
        sheet = sheet_of(reference.KIND, reference.data(), IMPRINT)
    page = folder / "page.html"
    page.write_text(standalone(sheet))
    ways = {"ours": lambda: ours(sheet), "naive": lambda: naive(sheet), "chromium": lambda: chromium(page, folder)}
    found = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            found[name].append(way())
    compare(found)
    grow(app)


def compare(found: dict[str, list[tuple]]) -> None:
    ours_cpu, ours_mib, ours_bytes, pages = (statistics.median(column) for column in zip(*found["ours"], strict=True))
    print(f"reference report: {pages:.0f} pages, {ROUNDS} rounds, interleaved")
    show("render job, CPU", ours_cpu, 2.0, " s")
    show("render job, peak memory", ours_mib, 185, " MiB")
    show("file", ours_bytes / KIB, 500, " KiB")
    for other, limits in (("naive", (0.72, None, None)), ("chromium", (0.9, 0.35, 0.4))):
        names = ("CPU", "memory", "bytes")
        for place, (name, limit) in enumerate(zip(names, limits, strict=True)):
            ratios = [mine[place] / theirs[place] for mine, theirs in zip(found["ours"], found[other], strict=True)]
            if limit:
                show(f"{name} against {other}", statistics.median(ratios), limit)


def grow(app) -> None:
    """Without the cut and without the cap: what a row costs."""
    cut_at = rules.ROWS_ON_PAPER
    rules.ROWS_ON_PAPER = 10**6
    made = {}
    for rows in (300, 1_000, 8_400):
        with app.app_context():
            sheet = sheet_of(reference.KIND, reference.data(rows), IMPRINT)
        made[rows] = ours(sheet, memory=resource.RLIM_INFINITY, seconds=600)
    rules.ROWS_ON_PAPER = cut_at
    per_row = {rows: (made[rows][0] - made[300][0]) / (rows - 300) * 1000 for rows in (1_000, 8_400)}
    show("growth to 8,400 rows, CPU a row", per_row[8_400], 4.5, " ms")
    show("growth to 8,400 rows, memory a row", (made[8_400][1] - made[300][1]) / 8_100, 0.22, " MiB")
    show("a row of 8,400 against a row of 1,000", per_row[8_400] / per_row[1_000], 1.2)
    with app.app_context():
        sheet = sheet_of(reference.KIND, reference.data(8_400), IMPRINT)
    cpu, mib, size, pages = ours(sheet)
    print(f"8,400 rows cut and attached: {pages} pages, {cpu:.2f} CPU-s, {mib:.0f} MiB, {size / KIB:.0f} KiB")


def ours(sheet: Sheet, **caps) -> tuple[float, float, int, int]:
    """As the worker does it: forked after the import."""
    result: list = []
    cpu, mib = measured(lambda: result.append(apart.print_apart(sheet, **caps)))
    return cpu, mib, len(result[0].content), result[0].pages


def naive(sheet: Sheet) -> tuple[float, float, int, int]:
    """Collector on, tables laid out automatically, no child made ready: what the manual's first page gives."""
    page = pdf.printable(standalone(sheet).replace(*AUTO_TABLES), pdf.covered)
    with tempfile.TemporaryFile() as size:

        def render() -> None:
            child = os.fork()
            if child == 0:
                document = pdf.weasyprint.HTML(string=page, url_fetcher=FontsToo(sheet.pictures), base_url=pdf.SCHEME)
                laid_out = document.render(font_config=FontConfiguration())
                content = laid_out.write_pdf(pdf_variant="pdf/ua-1")
                size.write(f"{len(content)} {len(laid_out.pages)}".encode())
                size.flush()
                os._exit(0)
            os.waitpid(child, 0)

        cpu, mib = measured(render)
        size.seek(0)
        length, pages = map(int, size.read().split())
    return cpu, mib, length, pages


def chromium(page: Path, folder: Path) -> tuple[float, float, int, int]:
    target = folder / "chromium.pdf"
    command = ["/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile = f"--user-data-dir={folder / 'profile'}"

    def render() -> None:
        subprocess.run([*command, profile, f"--print-to-pdf={target}", page.as_uri()], capture_output=True, check=True)

    cpu, mib = measured(render)
    return cpu, mib, target.stat().st_size, 0


def measured(run: Callable[[], None]) -> tuple[float, float]:
    """CPU seconds of the children that end meanwhile, and the peak of their memory: the sum of shares in MiB."""
    peak, spent, stop = [0.0], {}, threading.Event()
    root = os.getpid()

    def watch() -> None:
        while not stop.wait(0.02):
            with suppress(OSError, StopIteration, ValueError):  # a child may end at any moment
                children = [pid for pid in family(root) if pid != root]
                spent.update({pid: cpu_seconds(pid) for pid in children})
                peak[0] = max(peak[0], pss_mb(children))

    watcher = threading.Thread(target=watch)
    watcher.start()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    stop.set()
    watcher.join()
    waited_for = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return max(waited_for, sum(spent.values())), peak[0]


def cpu_seconds(pid: int) -> float:
    """A browser's own children are never waited for, so their time is read while they live."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class FontsToo(pdf.BundledOnly):
    def fetch(self, url, headers=None):
        if url.startswith("file:"):
            return pdf.URLFetcherResponse(url, Path(url.removeprefix("file://")).read_bytes())
        return super().fetch(url, headers)


def standalone(sheet: Sheet) -> str:
    """The same page for other programs: fonts from files, the style in the page."""
    faces = "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};src:url({(pdf.FONTS / name).as_uri()})}}"
        for family, listed in pdf.FAMILIES.items()
        for name, weight in listed
        if name in pdf.fonts_for(sheet.html)
    )
    style = (pdf.HERE / "style.css").read_text()
    return sheet.html.replace("</head>", f"<style>{faces}{style}</style></head>", 1)


if __name__ == "__main__":
    main()
