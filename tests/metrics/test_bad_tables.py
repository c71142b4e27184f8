"""Tables as they really come: odd, torn, hostile. Rows are named, the status is right, nothing is half written."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa

from siyu_saas.metrics.models import Observation
from tests.metrics.conftest import DAY, HERE, import_now, known, shown, upload, workbook


def test_problems_are_named_and_nothing_goes_in_unless_the_rows_are_skipped(
    app, lead, work, dress_shop, engagement, inside
):
    where = upload(lead, "date,group_new\n2026-04-06,-3\n31/02,4\n2026-04-07,5\n=cmd|' /C calc'!A0,6\n")
    work()
    text = shown(lead, where)
    assert "第 2 行 group_new 「-3」是负数" in text
    assert "第 3 行 date 「31/02」不是真实存在的日期" in text

    lead.post(f"{where}/confirmation", expect=422, most=20)
    assert inside(sa.select(Observation.id)) == []
    problems = lead.get(f"{where}/problems.csv").data.decode("utf-8-sig")
    assert "3,date,问题,「31/02」不是真实存在的日期" in problems
    lead.post(f"{where}/confirmation", form={"skip": "y"}, most=20)
    work()

    assert known(app, dress_shop, engagement, "group_new")["group_new"][DAY + timedelta(1)] == 5
    assert len(inside(sa.select(Observation.id))) == 1


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"\x89PNG\r\n\x1a\n123", "a.csv", 422),
        (b"", "a.csv", 422),
        ("日期,新增".encode("utf-16"), "a.csv", 415),
        (b"PK\x03\x04broken", "a.xlsx", 422),
        (b"%PDF-1.7 x", "a.pdf", 422),
    ],
)
def test_what_is_no_table_is_refused_at_the_door(lead, content, name, status):
    answer = lead.post(
        "data.add_import", form={"file": (io.BytesIO(content), name), "once": "x"}, expect=status, most=20, **HERE
    )
    assert "error-summary" in answer.text


def test_half_a_file_and_open_quotes_are_told(lead, work):
    where = upload(lead, 'date,group_new\n2026-04-06,"12\n' + "x" * 40_000)
    work()

    assert "没有成对" in shown(lead, where)
    assert "重新上传" in shown(lead, where)


def test_a_workbook_that_spreads_to_the_far_corner_is_refused(lead, work):
    where = upload(lead, far_cell("XFD1048576"), "bomb.xlsx")
    work()

    assert "太大或太散" in shown(lead, where)


ODD_ROWS = """date,group_new,group_gmv,note
2026-04-06,12,10,a
2026-04-06,13,10,同一天
date,group_new,group_gmv,note
2026/4/7,１，２００,１２．５,全角
2026-04-08,12%,10,
2026-04-09,1,inf,
2026-04-10,99999999999999999999,1,
2099-04-13,5,5,
1900-01-01,5,5,
2026-04-14,3.5,3.5,
,9,9,
2026-04-16,=1+1,@SUM(A1),=HYPERLINK("http://x")
"""
NAMED = """3,date,问题,2026-04-06 重复，第 2 行已有这一天
4,date,问题,「date」不是日期，请写成 2026-04-06 这样
6,group_new,问题,「12%」不是数字
7,group_gmv,问题,「inf」不是数字
8,group_new,问题,「999****99」太大，不像真实的数
9,date,问题,「2099-04-13」晚于昨天，只收已经过完的日子
10,date,问题,「1900-01-01」太早，请核对年份
11,group_new,问题,「3.5」不是整数
12,date,问题,没有日期
13,group_new,问题,「=1+1」不是数字
13,group_gmv,问题,「@SUM(A1)」不是数字"""


def test_each_odd_cell_is_named_by_row_and_column(lead, work):
    where = upload(lead, ODD_ROWS)
    work()

    told = lead.get(f"{where}/problems.csv").data.decode("utf-8-sig").splitlines()
    assert told[1:] == NAMED.splitlines()


def test_a_table_without_rows_has_nothing_to_confirm(lead, work):
    where = upload(lead, "date,group_new\n")
    work()

    answer = lead.get(where)
    assert "表里没有一行可以导入" in answer.text
    assert "确认导入" not in answer.text
    lead.post(f"{where}/confirmation", expect=422, most=20)


def test_a_workbook_that_unpacks_to_more_than_a_machine_holds_is_refused_at_the_door(lead):
    form = {"file": (io.BytesIO(swollen(200)), "bomb.xlsx"), "once": "x"}

    answer = lead.post("data.add_import", form=form, expect=413, most=20, **HERE)

    assert "error-summary" in answer.text


def swollen(megabytes: int) -> bytes:
    source, target = io.BytesIO(workbook([["date", "group_new"], [DAY, 1]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
        with new.open("xl/sharedStrings2.xml", "w") as file:
            for _ in range(megabytes):
                file.write(b"A" * 1_048_576)
    return target.getvalue()


def far_cell(place: str) -> bytes:
    source, target = io.BytesIO(workbook([["date", "group_new"], [DAY, 1]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b'r="B2"', f'r="{place}"'.encode())
            new.writestr(entry.filename, content)
    return target.getvalue()


def test_a_page_of_200_columns_stays_usable(lead, work):
    names = ",".join(f"列{number}" for number in range(200))
    where = upload(lead, f"{names},date,group_new\n{'x,' * 200}2026-04-06,1\n")
    work()

    answer = lead.get(where)
    assert answer.text.count('name="roles-') == 62
    assert len(answer.data) < 400_000


def test_a_workbook_with_titles_merged_cells_and_two_header_rows(app, lead, work, dress_shop, engagement):
    book = workbook(
        [
            ["浅岚 日报", None, None],
            ["日期", "社群", None],
            [None, "新增群人数", "社群GMV"],
            [DAY, 12, "=300+62.84"],
            [DAY + timedelta(1), 5.0, 100.5],
        ],
        merged="B2:C2",
    )
    where = import_now(lead, work, book, "日报.xlsx")

    assert "Sheet1" not in shown(lead, where)
    found = known(app, dress_shop, engagement, "group_new", "group_gmv")
    assert found["group_new"][DAY] == 12
    assert found["group_gmv"] == {DAY: None, DAY + timedelta(1): 10050, DAY + timedelta(2): None}


def test_gb18030_and_semicolons_are_read(app, lead, work, dress_shop, engagement):
    import_now(lead, work, "日期;新增群人数;备注\n2026年4月6日;1,200;大促\n".encode("gb18030"))

    assert known(app, dress_shop, engagement, "group_new")["group_new"][DAY] == 1200
