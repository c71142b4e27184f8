"""Components, as templates call them, and the page that shows them all."""

import re
from html.parser import HTMLParser

import pytest
from flask import Flask, render_template, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from siyu_saas.web.assets import STATIC, init_assets
from siyu_saas.web.filters import init_filters
from siyu_saas.web.gallery import gallery
from siyu_saas.web.icons import init_icons
from siyu_saas.web.layout import Link, nav_list

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Reading(HTMLParser):
    """Checks nesting while collecting what the tests ask about."""

    def __init__(self, html: str):
        super().__init__()
        self.open, self.faults, self.ids, self.tags = [], [], [], []
        self.feed(html)
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def find(self, tag: str, **attributes) -> list[dict]:
        return [attrs for name, attrs in self.tags if name == tag and attributes.items() <= attrs.items()]


class SignForm(Form):
    name = StringField("商家名称", [InputRequired("请填写商家名称")])
    note = StringField("备注", [Optional()])
    carrier = RadioField(
        "目前用什么承接老客？", choices=[SelectChoice("wecom", "企业微信")], validators=[InputRequired("请选择一项")]
    )
    known = BooleanField("我已了解", [InputRequired("请勾选后再签署")])


@pytest.fixture(scope="module")
def app():
    app = Flask(__name__, static_folder=None, template_folder=str(STATIC.parent.parent / "templates"), root_path="/")
    app.secret_key = "only for tests"
    init_assets(app)
    init_icons(app)
    init_filters(app)
    app.jinja_env.globals["csrf_token"] = lambda: "token-of-this-session"
    app.jinja_env.globals["ui"] = app.jinja_env.get_template("components/ui.html").module
    app.jinja_env.globals["nav_list"] = nav_list
    app.register_blueprint(gallery)
    return app


@pytest.fixture
def render(app):
    def rendered(template: str, **context) -> str:
        with app.test_request_context():
            return render_template_string(template, **context)

    return rendered


@pytest.fixture(scope="module")
def gallery_page(app):
    return app.test_client().get("/dev/ui").text


@pytest.fixture
def returned_form():
    form = SignForm(MultiDict({"name": ""}))
    form.validate()
    return form


def test_the_gallery_is_well_formed_and_names_everything_once(gallery_page):
    reading = Reading(gallery_page)

    assert reading.faults == []
    assert sorted({name for name in reading.ids if reading.ids.count(name) > 1}) == []


def test_the_gallery_obeys_the_content_policy(gallery_page):
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", gallery_page) == []
    assert [attrs for attrs in Reading(gallery_page).find("script") if "src" not in attrs] == []


def test_every_form_that_changes_something_carries_the_token(gallery_page):
    forms = re.findall(r'<form[^>]*method="post".*?</form>', gallery_page, re.DOTALL)

    assert len(forms) > 5
    assert [form for form in forms if 'name="csrf_token" value="token-of-this-session"' not in form] == []


def test_the_gallery_shows_every_component(app):
    used = set(re.findall(r"ui\.(\w+)\(", "".join(source(app, f"dev/{name}") for name in GALLERY_PARTS)))
    public = set(re.findall(r"set (\w+) =", source(app, "components/ui.html")))

    missing = public - used - {"crumbs", "waiting", "waiting_item", "toasts", "keys"}

    assert missing == set()


GALLERY_PARTS = ("ui.html", "_home.html", "_forms.html", "_lists.html", "_states.html")


def source(app: Flask, name: str) -> str:
    return app.jinja_env.loader.get_source(app.jinja_env, name)[0]


@pytest.mark.parametrize(("asked", "shown"), [("dark", "dark"), ("auto", "auto"), ("neon", "light")])
def test_the_look_is_an_attribute_of_the_page(app, asked, shown):
    html = app.test_client().get(f"/dev/ui?theme={asked}").text

    assert f'<html lang="zh-CN" data-theme="{shown}">' in html


@pytest.mark.parametrize("layout", ["app", "narrow", "plain"])
def test_layouts_need_no_context(app, layout):
    with app.test_request_context():
        html = render_template(f"layouts/{layout}.html")

    assert Reading(html).faults == []
    assert "<title>" in html


def test_the_plain_page_says_what_happened(app):
    with app.test_request_context():
        html = render_template(
            "layouts/plain.html", title="地址不对", sentence={"happened": "什么都没有改变。", "next_step": "请检查。"}
        )

    assert "<h1>地址不对</h1>" in html
    assert "<p>什么都没有改变。</p>" in html


def test_on_a_phone_everything_of_the_rail_stays_within_reach(app):
    tabs = [{"label": str(n), "icon": "home", "href": f"/{n}"} for n in range(4)]
    nav_rest = (Link("报告", "file-text", "/reports"),)
    with app.test_request_context():
        html = render_template(
            "layouts/app.html", tabs=tabs, nav_rest=nav_rest, me={"name": "林", "initial": "林"}, sign_out_url="/out"
        )
    bar = html[html.index('class="tab-bar"') :]

    assert re.findall(r'href="(/[^"]*)"', bar) == ["/0", "/1", "/2", "/3", "/reports"]
    assert '<form method="post" action="/out">' in bar


def test_a_flashed_message_is_shown_and_escaped(render):
    html = render('{{ ui.toasts([("success", "已保存 <b>")]) }}')

    assert '<div class="toast ok">' in html
    assert "已保存 &lt;b&gt;" in html


@pytest.mark.parametrize("kind", ["ok", "warn", "bad", "info", "none"])
def test_a_pill_says_its_state_with_an_icon_and_a_word(render, kind):
    html = render("{{ ui.pill(kind, '按计划') }}", kind=kind)

    assert html.startswith(f'<span class="pill {kind}"><svg')
    assert html.endswith("按计划</span>")


def test_a_field_ties_hint_and_error_to_its_input(render, returned_form):
    html = render("{{ ui.field(form.name, hint='合同上的简称', data_kind='short') }}", form=returned_form)
    reading = Reading(html)

    assert reading.find("input") == [
        {
            "aria-describedby": "name-hint name-error",
            "aria-invalid": "true",
            "class": "input",
            "data-kind": "short",
            "id": "name",
            "name": "name",
            "required": None,
            "type": "text",
            "value": "",
        }
    ]
    assert {"name-hint", "name-error"} <= set(reading.ids)


def test_only_fields_that_may_stay_empty_say_so(render):
    html = render("{{ ui.field(form.name) }}|{{ ui.field(form.note) }}", form=SignForm())

    required, optional = html.split("|")
    assert "选填" not in required
    assert "选填" in optional


def test_the_summary_of_errors_leads_to_each_field(render, returned_form):
    html = render(
        "{{ ui.error_summary(form) }}{% for field in form %}{{ ui.field(field) }}{% endfor %}", form=returned_form
    )
    reading = Reading(html)

    links = [attrs["href"].removeprefix("#") for attrs in reading.find("a")]
    assert "有 3 处需要修改" in html
    assert links == ["name", "carrier-0", "known"]
    assert set(links) <= set(reading.ids)


def test_a_form_without_faults_has_no_summary(render):
    assert render("{{ ui.error_summary(form) }}", form=SignForm()).strip() == ""


@pytest.mark.parametrize(
    ("state", "asks_again"), [("queued", True), ("running", True), ("done", False), ("failed", False)]
)
def test_a_job_asks_again_only_while_it_is_open(render, state, asks_again):
    view = {"id": 7, "title": "生成报告", "state": state, "url": "/jobs/7", "poll_seconds": 4}

    html = render("{{ ui.job(view) }}", view=view)

    assert ('data-hx-get="/jobs/7" data-hx-trigger="load delay:4s"' in html) is asks_again


def test_a_failed_job_says_why(render):
    view = {"id": 7, "title": "生成报告", "state": "failed", "url": "/jobs/7", "error": "缺少基线数据"}

    assert "缺少基线数据" in render("{{ ui.job(view) }}", view=view)


def test_a_single_page_needs_no_pagination(render):
    assert render("{{ ui.pagination({'page': 1, 'pages': 1}) }}").strip() == ""


def test_the_share_of_a_stage_is_drawn_without_inline_style(render):
    stages = [
        {"label": "诊断", "state": "done"},
        {"label": "执行", "state": "on", "share": 42},
        {"label": "结案", "state": "todo"},
    ]

    html = render("{{ ui.stage_bar(stages) }}", stages=stages)

    assert re.findall(r'rect width="(\d+)"', html) == ["100", "42", "0"]
    assert html.count('aria-current="step"') == 1
    assert "style=" not in html


def test_what_people_wrote_cannot_become_markup(render):
    html = render(
        "{% call ui.card(text, aside=text) %}{{ text }}{% endcall %}{{ ui.empty(text, text) }}", text="<script>"
    )

    assert "<script>" not in html
