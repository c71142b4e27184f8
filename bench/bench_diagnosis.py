"""Questionnaires: page weight, a form of 40 questions, submitting it, saving one answer, scoring a whole diagnosis."""

from __future__ import annotations

import gzip
import io
import json
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import EnvironBuilder

from bench.house import quiet_house, settings_in
from bench.support import show
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.diagnosis.actions.sending import send_diagnosis
from siyu_saas.diagnosis.rules.asking import Depth
from siyu_saas.packs.library import Pack, pack
from siyu_saas.packs.shapes.questions import Questionnaire, Section
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role
from tests.diagnosis.cases import answers_of, assessed
from tests.diagnosis.conftest import outbox
from tests.support.merchants import PASSWORD, Shop, make_shop
from tests.support.page import Page, counted_queries

ROUNDS, REQUESTS, QUESTIONS = 7, 40, 40


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    app = quiet_house(settings_in(folder))
    shop = make_shop(app, "bench", "机构")
    send(app, shop)
    page = Page(app).sign_in(shop.email(Role.BOSS), PASSWORD)
    sheets = [begin(page, asked) for asked in asked_ids(page)]
    long, usual = sheets[0], sheets[1]

    weigh(page, usual)
    form = Asker(app, page, f"{long}/1")
    show("form of 40 questions: CPU", best(form.get), 7, " ms")
    show("form of 40 questions: queries", form.queries(form.get), 8)
    body = urlencode([("csrf_token", page.token()), ("scripted", "1"), ("go", "on"), *filled_form(0)])
    show("submit 40 answers, first time: queries", form.queries(lambda: form.post(body)), 8)
    turns = [urlencode([("csrf_token", page.token()), ("scripted", "1"), *filled_form(n)]) for n in (1, 2)]
    show("submit 40 changed answers: CPU", best(lambda: [form.post(turn) for turn in turns]) / 2, 7, " ms")
    saving = Asker(app, page, outbox(usual))
    numbers = iter(range(1, 10**6))
    show("save one answer: CPU", best(lambda: saving.save(next(numbers))), 2.8, " ms")
    show("save one answer: queries", saving.queries(lambda: saving.save(next(numbers))), 8)
    answers = answers_of("worked")
    show("score 111 answers: CPU", best(lambda: assessed(answers)), 5, " ms")


def send(app: Flask, shop: Shop) -> None:
    """A questionnaire with one section of 40 questions, and the usual ones."""
    base = pack("base")
    with app.app_context(), writing(), tenant(shop.id):
        content = replace(base, questionnaires={"long": long_questionnaire(base), **base.questionnaires})
        keys = ["long", "qn_rhczz"]
        send_diagnosis(engagement_numbered(1), content, keys=keys, depth=Depth.STANDARD, title="诊断", by=shop.actor)
        db.session.commit()


def long_questionnaire(base: Pack) -> Questionnaire:
    questions = base.questionnaires["qn_rhczz"].questions[:QUESTIONS]
    return Questionnaire("long", "四十题", (Section("only", "一节", questions),))


def filled_form(turn: int) -> list[tuple[str, str]]:
    """Every question answered, with other answers each turn."""
    found = []
    for question in pack("base").questionnaires["qn_rhczz"].questions[:QUESTIONS]:
        keys = [option.key for option in question.options]
        found.append((question.key, keys[turn % len(keys)] if keys else str(10 + turn)))
    return found


def asked_ids(page: Page) -> list[str]:
    text = page.get("diagnosis.show", tenant="bench", number=1).text
    return re.findall(r"questionnaires/([0-9a-f-]{36})/sheet", text)


def begin(page: Page, asked: str) -> str:
    return page.post("diagnosis.begin", tenant="bench", number=1, asked_id=asked).location


def weigh(page: Page, sheet: str) -> None:
    """The page with the style sheet and every script that it loads."""
    answer = page.get(f"{sheet}/1")
    show("questionnaire page: HTML compressed", len(gzip.compress(answer.data, 6)) / 1024, 15, " KB")
    urls = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', answer.text))
    total = len(gzip.compress(answer.data, 6))
    seen: set[str] = set()
    while urls - seen:
        url = (urls - seen).pop()
        seen.add(url)
        with page.client.get(url, headers={"Accept-Encoding": "gzip"}) as part:
            total += len(part.data)
        text = page.client.get(url).text if "/js/" in url else ""
        urls |= {resolved(url, name) for name in re.findall(r"from '(\.[^']+)'|import '(\.[^']+)'", text)}
    show("questionnaire page with style and scripts, compressed", total / 1024, 45, " KB")


def resolved(url: str, names: tuple[str, str]) -> str:
    folder = url.rsplit("/", 1)[0]
    for part in (names[0] or names[1]).split("/"):
        folder = folder.rsplit("/", 1)[0] if part == ".." else folder if part == "." else f"{folder}/{part}"
    return folder


class Asker:
    """Plain WSGI calls as a signed-in person."""

    def __init__(self, app: Flask, page: Page, path: str) -> None:
        self.app, self.path, self.token = app, path, page.token()
        name = app.config["SESSION_COOKIE_NAME"]
        self.headers = {"Cookie": f"{name}={page.client.get_cookie(name).value}"}

    def get(self) -> None:
        self._ask("GET", b"", "200 OK")

    def post(self, body: str) -> None:
        self._ask("POST", body.encode(), "302 FOUND", {"Content-Type": "application/x-www-form-urlencoded"})

    def save(self, seq: int) -> None:
        item = {"name": "REN01", "value": [str(4000 + seq)], "seq": seq}
        body = json.dumps({"client": "bench", "items": [item]}).encode()
        self._ask("POST", body, "200 OK", {"Content-Type": "application/json", "X-CSRFToken": self.token})

    def queries(self, ask: Callable[[], object]) -> int:
        with counted_queries(self.app) as seen:
            ask()
        return len(seen)

    def _ask(self, method: str, body: bytes, expected: str, headers: dict | None = None) -> None:
        environ = EnvironBuilder(
            self.path,
            method=method,
            data=body,
            base_url="http://localhost",
            headers={**self.headers, **(headers or {})},
        ).get_environ()
        statuses: list[str] = []
        answer = self.app.wsgi_app(
            {**environ, "wsgi.input": io.BytesIO(body)}, lambda status, *_: statuses.append(status)
        )
        b"".join(answer)
        answer.close()
        assert statuses == [expected], statuses


def best(ask: Callable[[], object]) -> float:
    """CPU milliseconds of one call, the best of several rounds."""
    return min(cpu_ms(ask) for _ in range(ROUNDS))


def cpu_ms(ask: Callable[[], object]) -> float:
    start = time.process_time()
    for _ in range(REQUESTS):
        ask()
    return (time.process_time() - start) * 1000 / REQUESTS


if __name__ == "__main__":
    main()
