"""What careless and hostile clients send: a page in Chinese, the right status, and nothing lost."""

from __future__ import annotations

import gc
import io
import socket
import threading
from datetime import date

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict
from werkzeug.serving import make_server
from wtforms import SelectField
from wtforms.validators import Optional

from siyu_saas.config import ROOT
from siyu_saas.core.database import db, end_reading, own_transaction, prepare, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.rules.reading.cells import BadCell, count_of, day_of, fen_of
from siyu_saas.tenants.models import StoredFile
from siyu_saas.tenants.rules import Role
from siyu_saas.web.forms import Form, clean_line, clean_text

RED_SQUARE = b"\x89PNG\r\n\x1a\n"


def files_of(app, shop) -> list[StoredFile]:
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(StoredFile).order_by(StoredFile.added_at)))


def send(site, shop, content: bytes, name: str, *, once: str = "k1", expect: int = 302):
    form = {"once": once, "file": (io.BytesIO(content), name)}
    return site.post("workspace.add", tenant=shop.slug, form=form, expect=expect)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example", "", "a b", "evil.example:8000"]
)
def test_a_foreign_host_is_refused_and_never_reflected(app, visit, host):
    with visit().client.open("/sign-in", headers={"Host": host}) as response:
        assert response.status_code == 400
        assert "evil.example" not in response.text
        assert "Location" not in response.headers


def test_an_oversize_upload_is_refused_before_it_is_read(site, app, dress_shop):
    limit = app.config["MAX_CONTENT_LENGTH"]
    token = site.token()
    with site.client.open(
        f"/t/{dress_shop.slug}/files",
        method="POST",
        headers={"X-CSRFToken": token, "Content-Type": "multipart/form-data; boundary=x"},
        environ_overrides={"CONTENT_LENGTH": str(limit + 1), "wsgi.input": io.BytesIO(b"")},
    ) as response:
        assert response.status_code == 413
        assert "太大" in response.text
    assert files_of(app, dress_shop) == []


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"", "a.csv", 422),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.png", 415),
        (b"MZ\x90\x00" + bytes(200), "a.jpg", 415),
        (RED_SQUARE + b"\x00\x00\x00\rIHDR", "a.png", 422),
        (b"%PDF-1.7\n<script>alert(1)</script>", "a.pdf", 415),
        (b"PK\x03\x04" + bytes(50), "a.xlsx", 422),
    ],
)
def test_a_bad_file_is_named_and_not_kept(site, app, dress_shop, content, name, status):
    answer = send(site, dress_shop, content, name, expect=status)
    assert "上传" in answer.text
    assert files_of(app, dress_shop) == []


def test_a_form_without_a_file_says_so(site, dress_shop):
    assert "请选择一个文件" in site.post("workspace.add", tenant=dress_shop.slug, expect=422).text


def test_submitting_twice_keeps_one_file(site, app, dress_shop):
    send(site, dress_shop, b"a,b\n1,2\n", "数据.csv")
    send(site, dress_shop, b"a,b\n1,2\n", "数据.csv")
    assert len(files_of(app, dress_shop)) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("𠮷野家🍵.csv", "𠮷野家🍵.csv"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("a\u200bb\u202ecsv.exe.csv", "abcsv.exe.csv"),
        ("名" * 10_000 + ".csv", None),
        ("<script>alert(1)</script>.csv", None),
    ],
)
def test_odd_names_survive_clean(site, app, dress_shop, name, shown):
    send(site, dress_shop, b"a,b\n1,2\n", name)
    kept = files_of(app, dress_shop)[0].name
    assert shown in (None, kept)
    assert len(kept) <= 120
    assert "<script>" not in site.get("workspace.files", tenant=dress_shop.slug).text
    site.get("workspace.download", tenant=dress_shop.slug, file_id=files_of(app, dress_shop)[0].id)


def test_a_download_is_an_attachment_that_no_browser_runs(site, app, dress_shop):
    send(site, dress_shop, b"a,b\n1,2\n", "数据.csv")
    answer = site.get("workspace.download", tenant=dress_shop.slug, file_id=files_of(app, dress_shop)[0].id)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.data == b"a,b\n1,2\n"


def test_a_removed_file_is_gone_and_its_trace_stays(site, app, dress_shop):
    send(site, dress_shop, b"a,b\n1,2\n", "数据.csv")
    file = files_of(app, dress_shop)[0]
    site.post("workspace.remove", tenant=dress_shop.slug, file_id=file.id)
    site.get("workspace.download", tenant=dress_shop.slug, file_id=file.id, expect=404)
    assert "删除了「数据.csv」" in site.get("overview.workspace", tenant=dress_shop.slug).text


def test_a_stale_form_shows_what_was_typed_but_never_a_secret(visit):
    answer = visit().post(
        "/sign-in", form={"email": "boss@dress.example", "password": "hidden-word"}, token=False, expect=400
    )
    assert "页面放得太久了" in answer.text
    assert "boss@dress.example" in answer.text
    assert "hidden-word" not in answer.text


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1e9", "9" * 5_000, "１", "2"])
def test_an_odd_page_number_is_still_a_page(site, dress_shop, page):
    site.get(f"/t/{dress_shop.slug}/files?page={page}")


@pytest.mark.parametrize("name", ["endpoint", "_scheme", "_external", "_anchor", "_method", "tenant", "number"])
def test_a_name_in_the_address_never_changes_where_the_next_page_leads(site, dress_shop, name):
    shown = site.get(f"/t/{dress_shop.slug}/library?{name}=javascript").text
    assert f'href="/t/{dress_shop.slug}/library?{name}=javascript&amp;page=2"' in shown


def test_thousands_of_digits_are_a_number_that_does_not_fit(site, dress_shop):
    many = "1" * 5_000
    invitation = {"role": "viewer", "seats": many[:400]}
    site.post("workspace.make_invitation", tenant=dress_shop.slug, form=invitation, expect=422)
    with pytest.raises(BadCell):
        count_of(many)
    with pytest.raises(BadCell):
        fen_of(many + ".5")
    with pytest.raises(BadCell):
        day_of(many, date(2026, 4, 1))
    assert count_of("0" * 5_000 + "7") == 7


def test_a_choice_of_blanks_is_no_choice(app):
    class Chosen(Form):
        person = SelectField(choices=["", "a"], validators=[Optional()])

    with app.test_request_context():
        form = Chosen(formdata=MultiDict({"person": " "}))
        assert form.validate()
        assert form.person.data == ""


@pytest.mark.parametrize(
    "path",
    [
        "/t/",
        "/t/dress",
        "/t/DRESS/",
        "/t/dress/e/0/",
        "/t/dress/e/x/",
        "/t/dress/jobs/1",
        "/t/𠮷/",
        "/%00",
        "/t/a/../b/",
    ],
)
def test_odd_addresses_are_plain(site, path):
    with site.client.get(path) as response:
        assert response.status_code in (308, 404)


def test_a_locked_database_is_a_page_with_another_try(app, site, dress_shop, monkeypatch):
    """A real second writer holds the lock; waiting is shortened so that the test is quick."""
    settings = app.config["SETTINGS"]
    if settings.database.startswith("postgresql"):
        pytest.skip("one writer at a time is SQLite's rule")
    monkeypatch.setattr("siyu_saas.core.database.SQLITE_PRAGMAS", ("foreign_keys=ON", "busy_timeout=50"))
    with app.app_context():
        db.engine.dispose()
    holder = sa.create_engine(settings.database, poolclass=sa.NullPool)
    prepare(holder)
    token = site.token()
    with writing(), holder.begin() as connection:
        connection.exec_driver_sql("select 1")
        with site.client.post("/theme", data={"csrf_token": token, "theme": "dark"}) as response:
            assert response.status_code == 503
            assert "没有改动任何数据" in response.text
            assert response.headers["Retry-After"]
    monkeypatch.undo()
    with app.app_context():
        db.engine.dispose()
    site.post("/theme", form={"theme": "dark"})


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_cut_off_upload_leaves_nothing(site, app, dress_shop):
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    cookie = site.client.get_cookie("siyu").value
    head = (
        f"POST /t/{dress_shop.slug}/files HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: siyu={cookie}\r\nX-CSRFToken: {site.token()}\r\n"
        "Content-Type: multipart/form-data; boundary=xx\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n"
    )
    body = b'--xx\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b\n1,2\n'
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(head.encode() + body)
        connection.shutdown(socket.SHUT_WR)
        status = connection.recv(4096).split(b" ")[1:2]
    server.shutdown()
    thread.join()
    server.server_close()
    gc.collect()
    assert status == [b"400"]
    assert files_of(app, dress_shop) == []


def test_without_redis_a_job_is_still_asked_for(site, dress_shop):
    send(site, dress_shop, b"a,b\n1,2\n", "数据.csv")
    location = site.post("workspace.archive", tenant=dress_shop.slug).location
    assert "已排队" in site.get(location).text


def test_two_people_saving_the_same_row_do_not_overwrite_each_other(app, dress_shop):
    from sqlalchemy.orm.exc import StaleDataError

    from siyu_saas.tenants.models import Tenant

    with app.app_context():
        mine = db.session.get(Tenant, dress_shop.id)
        end_reading()
        with own_transaction() as other:
            other.get(Tenant, dress_shop.id).name = "他改的"
        mine.name = "我改的"
        with pytest.raises(StaleDataError):
            db.session.flush()
        db.session.rollback()


def test_text_is_cleaned_but_emoji_families_stay_together():
    assert clean_line(" a\u200b\u202eb\x00c\n d ") == "abc d"
    assert clean_text("一\r\n二\x07") == "一\n二"
    assert clean_line("👨\u200d👩\u200d👧 𠮷") == "👨\u200d👩\u200d👧 𠮷"


def test_every_answer_carries_the_headers(site, visit, dress_shop):
    for answer in (site.get("overview.workspace", tenant=dress_shop.slug), visit().get("/nowhere", expect=404)):
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["X-Request-ID"]


def test_stuck_jobs_are_listed_for_the_owner_and_can_be_run_again(visit, app, dress_shop):
    from siyu_saas.core.queue import perform
    from siyu_saas.core.queue.models import Job

    owner = visit(dress_shop, Role.FIRM_OWNER)
    location = owner.post("workspace.archive", tenant=dress_shop.slug).location
    with app.app_context(), tenant(dress_shop.id):
        job_id = db.session.scalars(sa.select(Job.id)).one()
    assert perform(app, job_id) is False
    assert "工作区里还没有资料" in owner.get("firm.jobs").text
    assert "工作区里还没有资料" in owner.get(location).text

    send(owner, dress_shop, b"a,b\n1,2\n", "数据.csv")
    owner.post("workspace.run_again", tenant=dress_shop.slug, job_id=job_id)
    assert perform(app, job_id) is True
    assert perform(app, job_id) is False
    assert owner.get(location, headers={"HX-Request": "true"}, expect=286)
    assert [file.extension for file in files_of(app, dress_shop)] == ["csv", "zip"]


def test_whole_numbers_of_forms_have_a_size_that_fits():
    texts = {path: path.read_text() for path in (ROOT / "siyu_saas").rglob("*.py")}
    assert [path.name for path, text in texts.items() if "IntegerField" in text] == ["forms.py"]  # WholeField's own


FAR = ["0001-01-01", "0001-01-03", "9999-12-25", "9999-12-31"]


@pytest.mark.parametrize("day", FAR)
def test_days_that_nobody_can_count_from_are_answers(visit, dress_shop, day):
    consultant, here = visit(dress_shop, Role.CONSULTANT), {"tenant": dress_shop.slug, "number": 1}
    consultant.get("guidance.content", week=day, **here)
    consultant.post("guidance.lay_content", form={"week": day}, most=60, **here)
    consultant.get("history.of_workspace", tenant=dress_shop.slug, first=day, last=day, expect=422)
    begun = {"title": "测试", "package": "pkg_community_18k", "starts_on": day, "once": "k"}
    consultant.post("workspace.begin", tenant=dress_shop.slug, form=begun, expect=422)
    consultant.post("workspace.kickoff", form={"at": f"{day}T08:00", "place": "x"}, expect=422, **here)
    minutes = {"title": "周会", "held_on": "2026-04-06", "once": "k", "actions-0-title": "x", "actions-0-ends_on": day}
    consultant.post("plan.hold_meeting", form=minutes, expect=404, **here)
