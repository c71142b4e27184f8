"""Two people save the same form: the second sees both versions, and nothing that was typed is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from flask import Blueprint
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DateField, IntegerField, PasswordField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice

from siyu_saas.core.database import db, own_transaction
from siyu_saas.core.errors import Conflict
from siyu_saas.tenants.models import Tenant
from siyu_saas.web.forms import Form, LongTextField, OnceField, TextField, VersionField, refuse_stale
from siyu_saas.web.routes import open_to
from tests.conftest import DATABASES, dispose, migrated
from tests.support.merchants import make_shop
from tests.support.page import Page


class ShopForm(Form):
    name = TextField("商家名称")
    about = LongTextField("一句话介绍")
    version = VersionField()


probe = Blueprint("probe", __name__, url_prefix="/probe/<uuid:shop_id>")


@probe.get("")
@open_to("everyone")
def edit(shop_id: UUID):
    return str(ShopForm(obj=db.session.get(Tenant, shop_id)).version())


@probe.post("")
@open_to("everyone")
def save(shop_id: UUID):
    shop = db.session.get(Tenant, shop_id)
    form = ShopForm()
    refuse_stale(form, ShopForm(formdata=None, obj=shop), back=f"/probe/{shop_id}")
    shop.name, shop.about = form.name.data, form.about.data
    db.session.flush()
    return "saved"


@pytest.fixture(scope="module", params=DATABASES)
def app(request, make_settings):
    app = migrated(make_settings(request.param))
    app.register_blueprint(probe)
    yield app
    dispose(app)


@pytest.fixture
def place(app, request) -> str:
    slug = f"shop{abs(hash(request.node.name)) % 10**8}"
    return f"/probe/{make_shop(app, slug, '机构').id}"


def shown_version(page: Page, place: str) -> str:
    return re.search(r'value="(\d+)"', page.get(place).text)[1]


def test_who_saves_second_sees_both_versions_and_the_way_back(app, place):
    mine, theirs = Page(app), Page(app)
    version = shown_version(mine, place)
    theirs.post(place, form={"name": "他改的名", "about": "同样的话", "version": version}, expect=200)

    typed = {"name": "<b>我改的名</b>", "about": "同样的话", "version": version}
    answer = mine.post(place, form=typed, expect=409)

    assert "别人先保存了修改" in answer.text
    assert "<p>&lt;b&gt;我改的名&lt;/b&gt;</p>" in answer.text
    assert "<p>他改的名</p>" in answer.text
    assert 'data-value="&lt;b&gt;我改的名&lt;/b&gt;"' in answer.text
    assert answer.text.count('<tr class="differs">') == 1
    assert answer.text.count("同样的话") == 2
    assert f'href="{place}"' in answer.text
    with app.app_context():
        assert db.session.get(Tenant, UUID(place.rsplit("/", 1)[1])).name == "他改的名"


def test_after_a_look_at_the_latest_the_second_can_save(app, place):
    page = Page(app)
    for name in ("一", "二"):
        page.post(place, form={"name": name, "about": "", "version": shown_version(page, place)}, expect=200)


@pytest.mark.parametrize("version", [None, "", "x", "-1", "9" * 10_000, "１"])
def test_a_form_without_a_proper_version_is_stale(app, place, version):
    form = {"name": "我", "about": ""} | ({} if version is None else {"version": version})
    assert "我" in Page(app).post(place, form=form, expect=409).text


def test_a_script_is_told_without_a_page(app, place):
    page = Page(app)
    headers = {"Accept": "application/json", "X-CSRFToken": page.token()}
    with page.client.post(place, data={"name": "我", "version": "7"}, headers=headers) as answer:
        assert answer.status_code == 409
        assert "别人先保存了修改" in answer.json["detail"]


def test_saves_at_the_very_same_moment_keep_the_plain_page(app, place, monkeypatch):
    """The form was fresh when it was compared, and the row was not any more when it was written."""
    if app.config["SETTINGS"].database.startswith("sqlite"):
        pytest.skip("SQLite lets one writer in at a time")
    page = Page(app)
    version, compare = shown_version(page, place), refuse_stale

    def meanwhile(form, current, *, back):
        compare(form, current, back=back)
        with own_transaction() as other:
            other.get(Tenant, UUID(place.rsplit("/", 1)[1])).name = "他"

    monkeypatch.setitem(save.__globals__, "refuse_stale", meanwhile)
    answer = page.post(place, form={"name": "我打的字", "about": "", "version": version}, expect=409)

    assert "已经有人先改了" in answer.text
    assert "我打的字" in answer.text


class EveryKind(Form):
    name = TextField("名称")
    count = IntegerField("人数")
    starts_on = DateField("启动日期")
    trade = SelectField("行业", choices=[SelectChoice("tea", "有机茶"), SelectChoice("coffee", "咖啡")])
    channels = SelectMultipleField("渠道", choices=[SelectChoice("tmall", "天猫"), SelectChoice("mini", "小程序")])
    known = BooleanField("已确认")
    secret = PasswordField("密码")
    once = OnceField()
    version = VersionField()


@dataclass
class Saved:
    name: str = "南山小院"
    count: int = 126
    starts_on: date = date(2026, 10, 26)
    trade: str = "tea"
    channels: tuple = ("tmall", "mini")
    known: bool = True
    version: int = 2


def test_every_kind_of_field_reads_as_people_read_it(app):
    sent = {
        "name": " 南山\u200b小院 ",
        "count": "一百",
        "starts_on": "2026-11-01",
        "trade": "coffee",
        "channels": "mini",
        "secret": "hidden-word",
        "version": "1",
    }
    with app.test_request_context():
        form = EveryKind(MultiDict(sent))
        form.validate()
        with pytest.raises(Conflict) as conflict:
            refuse_stale(form, EveryKind(formdata=None, obj=Saved()), back="/")

    assert conflict.value.rows == [
        ("名称", "南山小院", "南山小院"),
        ("人数", "一百", "126"),
        ("启动日期", "2026-11-01", "2026-10-26"),
        ("行业", "咖啡", "有机茶"),
        ("渠道", "小程序", "天猫、小程序"),
        ("已确认", "否", "是"),
    ]


def test_a_fresh_form_passes(app):
    with app.test_request_context():
        refuse_stale(EveryKind(MultiDict({"version": "2"})), EveryKind(formdata=None, obj=Saved()), back="/")


def test_any_text_is_a_key_that_every_database_can_keep(app):
    with app.test_request_context():
        keys = {sent: EveryKind(MultiDict({"once": sent})).once.data for sent in ("k1", "长" * 500, "长" * 501, "\x00")}
        made = {EveryKind(MultiDict({"once": sent})).once.data for sent in ("", " ", "\x00")}

    assert keys["k1"] == "k1"
    assert len(set(keys.values())) == 4
    assert max(map(len, keys.values())) == 32
    assert len(made) == 3
