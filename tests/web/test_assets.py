"""Static files: one address for all of them, remembered by browsers for as long as nothing changes."""

import gzip
import json
import re
import runpy
import shutil
from pathlib import Path

import pytest
from flask import Flask

from siyu_saas.web.assets import STATIC, Assets, UnknownAsset, init_assets, squeezed

BUDGET_BYTES = 48 * 1024  # of the 60 KB of a page (architecture §9), 12 KB are left for its HTML
VENDOR_SCRIPT = STATIC.parent.parent / "bin" / "vendor"


@pytest.fixture
def app():
    app = Flask(__name__, static_folder=None)
    init_assets(app)
    return app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def url(app):
    return app.jinja_env.globals["asset"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "css" / "components").mkdir(parents=True)
    (tmp_path / "css" / "tokens.css").write_text("/* first */ :root { --ink: #000; }\n")
    (tmp_path / "css" / "base.css").write_text('body { font: "A  B", serif; }\n')
    (tmp_path / "css" / "components" / "pill.css").write_text(".pill { color: red; }\n")
    (tmp_path / "css" / "components" / "card.css").write_text(".card { color: red; }\n")
    return tmp_path


def test_a_file_under_the_right_version_is_kept_for_a_year(client, url):
    answer = client.get(url("js/app.js"))

    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_under_an_old_version_is_served_but_not_kept(client):
    answer = client.get("/static/0000000000/js/app.js")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["nothing.css", "../web/assets.py", "css/../../config.py", "css/", "%2e%2e/config.py", "C:/x"]
)
def test_what_is_not_a_static_file_is_not_found(client, name):
    assert client.get(f"/static/0000000000/{name}").status_code == 404


def test_a_template_that_names_an_unknown_file_fails_loudly(url):
    with pytest.raises(UnknownAsset, match=r"css/ap\.css"):
        url("css/ap.css")


def test_text_is_compressed_for_browsers_that_take_it(client, url):
    plain = client.get(url("css/app.css"))
    zipped = client.get(url("css/app.css"), headers={"Accept-Encoding": "br, gzip"})
    refused = client.get(url("css/app.css"), headers={"Accept-Encoding": "gzip;q=0"})

    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data == refused.data
    assert plain.headers["Vary"] == zipped.headers["Vary"] == "Accept-Encoding"
    assert plain.headers["ETag"] != zipped.headers["ETag"]


def test_an_unchanged_file_is_not_sent_twice(client, url):
    first = client.get(url("css/app.css"))

    again = client.get(url("css/app.css"), headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.data == b""


def test_the_style_sheet_is_put_together_in_order(folder):
    sheet = Assets(folder).files["css/app.css"].content.decode()

    assert sheet == ':root{--ink:#000}body{font:"A  B",serif}.card{color:red}.pill{color:red}'


def test_any_change_makes_a_new_version(folder):
    assets = Assets(folder)
    before = assets.version

    (folder / "css" / "base.css").write_text("body { margin: 0; }\n")
    assets.reread_if_changed()

    assert assets.version != before
    assert b"margin:0" in assets.files["css/app.css"].content


def test_squeezing_keeps_what_matters():
    css = '@media (min-width: 60rem) {\n  a :hover , b > c { width: calc(1rem + 2px); content: "; }  x"; }\n}'

    assert squeezed(css) == '@media (min-width:60rem){a :hover,b > c{width:calc(1rem + 2px);content:"; }  x"}}'


def test_styles_and_scripts_stay_within_their_budget():
    files = Assets(STATIC).files
    sent = [asset for name, asset in files.items() if name == "css/app.css" or name.endswith(".js")]

    assert sum(len(asset.gzipped or asset.content) for asset in sent) <= BUDGET_BYTES


def test_styles_stay_within_what_old_phones_understand():
    sheet = Assets(STATIC).files["css/app.css"].content.decode()

    too_new = re.findall(r"oklch|color-mix|light-dark|:popover-open|@starting-style|[{;]\s*&", sheet)

    assert too_new == []


def test_dark_is_the_same_whether_chosen_or_taken_from_the_device():
    tokens = (STATIC / "css" / "tokens.css").read_text("utf-8")
    chosen, from_device = (
        re.search(re.escape(f':root[data-theme="{theme}"]') + r" \{(.*?)\}", tokens, re.DOTALL)[1].split()
        for theme in ("dark", "auto")
    )

    assert chosen == from_device


def test_every_token_used_is_defined():
    sheet = Assets(STATIC).files["css/app.css"].content.decode()

    assert set(re.findall(r"var\((--[\w-]+)\)", sheet)) <= set(re.findall(r"(--[\w-]+):", sheet))


def test_third_party_files_are_exactly_as_locked():
    assert runpy.run_path(str(VENDOR_SCRIPT))["differences"](STATIC / "vendor") == []


def test_third_party_files_that_changed_are_noticed(tmp_path):
    vendor = Path(shutil.copytree(STATIC / "vendor", tmp_path / "vendor"))
    (vendor / "htmx.min.js").write_text("alert(1)")
    (vendor / "tabler" / "x.svg").unlink()
    (vendor / "extra.js").write_text("")

    faults = runpy.run_path(str(VENDOR_SCRIPT))["differences"](vendor)

    assert faults == ["missing: tabler/x.svg", "not in the lock: extra.js", "changed: htmx.min.js"]


def test_every_third_party_package_states_its_licence():
    packages = json.loads((STATIC / "vendor" / "vendor.lock.json").read_text("utf-8"))["packages"]

    assert {package["name"]: package["licence"] for package in packages} == {"htmx.org": "0BSD", "@tabler/icons": "MIT"}
    assert all(any("LICENSE" in path for path in package["files"]) for package in packages)
