"""Asks for pages as a signed-in person and refuses what no page may be: broken HTML, too many queries, a bare form."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import event
from tinyhtml5.parser import HTMLParser

from siyu_saas.core.database import db, is_control

MOST_QUERIES = 8
MOST_REPEATS = 2
HEADER_VALUE = re.compile(r"[ \t\x21-\x7e\x80-\xff]*")
LABELLED = ("input", "select", "textarea")


@dataclass
class Answer:
    status: int
    text: str
    headers: dict[str, str]
    data: bytes
    location: str | None
    queries: list[str]


class Page:
    """One browser. `get` and `post` take an endpoint and its values, or a path."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()

    def sign_in(self, email: str, password: str) -> Page:
        self.post("/sign-in", form={"email": email, "password": password}, expect=302)
        return self

    def get(
        self, where: str, *, expect: int = 200, headers: dict | None = None, most: int = MOST_QUERIES, **values
    ) -> Answer:
        return self._ask("GET", where, values, expect=expect, most=most, headers=headers)

    def post(
        self,
        where: str,
        *,
        form: dict | None = None,
        expect: int = 302,
        token: bool = True,
        most: int = MOST_QUERIES + 5,
        **values,
    ) -> Answer:
        data = {**({"csrf_token": self.token()} if token else {}), **(form or {})}
        return self._ask("POST", where, values, expect=expect, most=most, data=data)

    def token(self) -> str:
        """As the browser has it: from a page that it was shown."""
        text = self.client.get("/sign-in", follow_redirects=True).text
        return re.search(r'name="csrf-token" content="([^"]+)"', text)[1]

    def address(self, where: str, **values) -> str:
        if where.startswith("/"):
            return where
        with self.app.test_request_context():
            return url_for(where, **values)

    def _ask(self, method: str, where: str, values: dict, *, expect: int, most: int, **options) -> Answer:
        with counted_queries(self.app) as queries:
            response = self.client.open(self.address(where, **values), method=method, **options)
        answer = Answer(
            response.status_code,
            response.get_data(as_text=True) if response.mimetype.startswith(("text/", "application/json")) else "",
            dict(response.headers),
            response.data,
            response.headers.get("Location"),
            list(queries),
        )
        response.close()
        assert answer.status == expect, f"{method} {where}: {answer.status}, not {expect}\n{answer.text[:1500]}"
        check_headers(response.headers)
        check_queries(answer.queries, most)
        if response.mimetype == "text/html" and answer.status != 302:
            check_html(answer.text, whole="<!DOCTYPE" in answer.text)
        return answer


@contextmanager
def counted_queries(app: Flask):
    seen: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many) -> None:
        if not is_control(statement):
            seen.append(statement)

    with app.app_context():
        engines = list(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def check_headers(headers) -> None:
    """A real server refuses what does not fit into a header; the test client lets it pass."""
    unsendable = [name for name, value in headers if not HEADER_VALUE.fullmatch(value)]
    assert not unsendable, f"a web server cannot send {unsendable}"


def check_queries(queries: list[str], most: int) -> None:
    assert len(queries) <= most, f"{len(queries)} queries, {most} allowed:\n" + "\n".join(queries)
    statement, times = Counter(queries).most_common(1)[0] if queries else ("", 0)
    assert times <= MOST_REPEATS, f"{times} × {statement}"


def check_html(text: str, *, whole: bool) -> Element:
    """Raises AssertionError for parse errors, a missing title or language, doubled ids, bare inputs, forms without a token."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(text if whole else f"<!DOCTYPE html><title>part</title>{text}")
    errors = [error for error in parser.errors if error[1] not in ("expected-doctype-but-got-start-tag",)]
    assert not errors, f"broken HTML: {errors[:5]}"
    ids = Counter(node.get("id") for node in tree.iter() if node.get("id"))
    assert not [one for one, times in ids.items() if times > 1], f"doubled ids: {ids.most_common(3)}"
    if whole:
        assert (tree.findtext("head/title") or "").strip(" ·"), "no title"
        assert tree.get("lang") == "zh-CN", "no language"
        assert len(tree.findall(".//h1")) == 1, "not exactly one h1"
    _check_references(tree, set(ids))
    _check_inputs(tree)
    _check_inline(tree)
    return tree


def _check_references(tree: Element, ids: set[str]) -> None:
    for node in tree.iter():
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in (node.get(name) or "").split():
                assert target in ids, f"{name}={target!r} leads nowhere"


def _check_inputs(tree: Element) -> None:
    labels = {label.get("for") for label in tree.iter("label")}
    wrapped = {id(node) for label in tree.iter("label") for node in label.iter()}
    for node in tree.iter():
        if node.tag in LABELLED and node.get("type") not in ("hidden", "submit", "button"):
            named = node.get("id") in labels or id(node) in wrapped or node.get("aria-label")
            assert named, f"input without a label: {node.attrib}"
    for form in tree.iter("form"):
        if (form.get("method") or "").lower() == "post":
            names = [node.get("name") for node in form.iter("input")]
            assert "csrf_token" in names, f"form without a token: {form.attrib}"


def _check_inline(tree: Element) -> None:
    for node in tree.iter():
        assert node.tag != "style", "inline style"
        assert not (node.tag == "script" and not node.get("src")), "inline script"
        assert not [name for name in node.attrib if name == "style" or name.startswith("on")], f"inline: {node.attrib}"
