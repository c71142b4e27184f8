"""A report on paper, with the most awkward content: contents, bookmarks, text and margins hold, nothing is fetched."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from siyu_saas.papers.apart import Printed, print_apart
from siyu_saas.papers.page import Imprint, sheet_of
from siyu_saas.reports.kind import REPORT_PAPER
from siyu_saas.reports.paper import paper_data
from siyu_saas.reports.rules.shape import BODY, SECTIONS, Card, Cards, Facts, Quote, ReportData, Section, Table, Words

NAME = "𠮷祥🍵" + "长" * 57
MARKUP = "<img src=file:///etc/passwd> url(http://127.0.0.1:9/x) <script>1</script>"
TASKS, METRICS, PRINTED = 200, 5_000, 1_000
RIGHT, BOTTOM = 595.3, 841.9
CODE = "ABCD-EFGH-JKLM"


def awkward() -> ReportData:
    cards = Cards(
        tuple(Card(NAME, "123,456,789,012.34 元", NAME, "+999,999.9%", "在波动范围内，不能断定") for _ in range(4))
    )
    words = Words((MARKUP, "W" * 300, NAME), heading=NAME)
    tasks = Table(("任务", "负责人", "说明"), tuple((f"{n} {NAME}", NAME, MARKUP) for n in range(TASKS)))
    whole = {
        "onepage": (cards, words),
        "execution": (tasks,),
        "feedback": (Quote(MARKUP, NAME), Facts(((NAME, NAME),))),
    }
    rows = [[f"{n:04d}", NAME[:3], "1,234.5"] for n in range(METRICS)]
    return ReportData(
        NAME, NAME, NAME, NAME, NAME, "2026-04-01", "2026-06-09", NAME, "2026-06-06",
        sections=tuple(Section(key, whole.get(key, ())) for key in BODY),
        appendix=({"title": "指标明细", "head": ["编号", "门店", "值"], "rows": rows},),
    )  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> tuple[Printed, str]:
    from siyu_saas.app import create_app
    from siyu_saas.config import Settings

    folder = tmp_path_factory.mktemp("paper")
    app = create_app(Settings(secret_key="papers-" * 8, instance_dir=folder, redis_url="unix:///nowhere.sock"))
    row = SimpleNamespace(data=awkward().as_json(), narrative={}, order=[], hidden=[], number=1, sha256="f" * 64)
    imprint = Imprint(
        NAME, "第 1 版", "0" * 12, CODE, f"https://x/verify/{CODE}", datetime(2026, 6, 6, tzinfo=UTC), NAME
    )
    with app.app_context():
        made = print_apart(sheet_of(REPORT_PAPER, paper_data(row, None, [], []), imprint))
    path = folder / "report.pdf"
    path.write_bytes(made.content)
    return made, str(path)


def said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=True).stdout


@pytest.mark.slow
def test_contents_and_bookmarks_are_the_sections_at_their_real_pages(printed):
    made, path = printed
    titles = [f"{n:02d} {SECTIONS[key]}" for n, key in enumerate(BODY, 1)]
    listed = dict(
        re.findall(r"^\s*(\d\d .+?)[ .]+(\d+)$", said("pdftotext", "-layout", "-f", "2", "-l", "2", path, "-"), re.M)
    )

    assert [title for title in listed if title in titles] == titles
    for title in titles:
        page = listed[title]
        text = said("pdftotext", "-f", page, "-l", page, path, "-")
        assert title in re.sub(r"\s*\n\s*", " ", text), (title, page)
    outlines = json.loads(said("qpdf", "--json", "--json-key=outlines", path))["outlines"]
    assert [one["title"] for one in outlines][: len(titles)] == titles
    assert max(map(int, listed.values())) <= made.pages


@pytest.mark.slow
def test_awkward_content_stays_on_the_page_and_stays_text(printed):
    _made, path = printed
    said("qpdf", "--check", path)
    text = said("pdftotext", path, "-")
    joined = re.sub(r"\s+", "", text)

    assert re.sub(r"\s+", "", MARKUP) in joined
    assert "𠮷祥🍵" in joined
    assert "\ufffd" not in text
    assert "〓" not in text
    assert f"{TASKS - 1}𠮷祥🍵" in joined
    assert f"下表只印前{PRINTED}行，其余{METRICS - PRINTED}行见本PDF附带的文件「指标明细.csv」" in joined
    assert "指标明细.csv" in said("pdfdetach", "-list", path)
    assert all("Siyu" in line for line in said("pdffonts", path).splitlines()[2:])
    edges = re.findall(
        r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"',
        said("pdftotext", "-bbox", path, "-"),
    )
    assert min(float(left) for left, *_rest in edges) >= 0
    assert max(float(right) for _left, _top, right, _bottom in edges) <= RIGHT
    assert max(float(bottom) for *_rest, bottom in edges) <= BOTTOM
