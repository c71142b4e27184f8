"""About the code itself: who may import whom, who commits, who crosses tenants, what is classified."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from siyu_saas.app import create_app
from siyu_saas.config import ROOT, Settings
from siyu_saas.core.database import db
from siyu_saas.core.queue import handlers, schedules
from siyu_saas.overview.sentences import SENTENCES
from siyu_saas.packs.library import load_library
from siyu_saas.tenants.rules import ROLE_MAY, Role
from tests.support.environment import clean_environment

PACKAGE = ROOT / "siyu_saas"
SOURCES = sorted(PACKAGE.rglob("*.py"))
SYSTEM_CALLERS = {
    "core/queue/runner.py",
    "demo/actions/removing.py",
    "metrics/jobs.py",
    "notices/jobs.py",
    "plan/jobs.py",
    "tenants/jobs.py",
}
COMMITTERS = {"core/database.py", "core/queue/runner.py", "web/transaction.py", "demo/play.py", "founding.py"}
BULK_CALLERS = {"metrics/actions/imports.py", "metrics/actions/observations.py"}
PICTURES_LIMIT_KB = 600
HOUSE_TABLES = {
    "calendar_feed": "asked for by calendars that are nobody",
    "digest": "a person's own, across merchants",
    "firm": "who carries the merchants",
    "firm_package": "a firm makes it of its own work",
    "firm_experience": "bands of five merchants and more, without names",
    "firm_member": "resolved before a scope exists",
    "firm_questionnaire": "a firm edits it for all its merchants",
    "firm_questionnaire_edition": "what a firm released of it",
    "invitation": "opened by people who belong nowhere yet",
    "invitation_use": "who came in by an invitation",
    "notice_choice": "a person's own, in every workspace",
    "library_answer": "the firm's own, for all its merchants",
    "paper_seal": "anybody may verify a printed file",
    "password_reset": "asked for by nobody in particular",
    "public_link": "opened by people who belong nowhere",
    "recovery_code": "a person's own",
    "saved_view": "a person's own, of the firm's whole list",
    "seal": "anybody may verify a code",
    "sign_in_attempt": "a person's own",
    "slot": "the clock's memory",
    "spelling": "how a merchant's name is typed; searched before any scope",
    "tenant": "the door looks merchants up",
    "tenant_member": "resolved before a scope exists",
    "urgency": "a list of merchants is chosen before any scope; holds no words",
    "user": "a person may belong to several merchants",
    "user_session": "known before any merchant is",
}


NOT_AT_THE_START = {
    "PIL": "loaded for the first picture",
    "alembic": "migrations are a command's",
    "boto3": "only where files lie in a bucket",
    "cryptography.fernet": "loaded for the first secret",
    "fontTools": "workers print",
    "icalendar": "loaded by calendars",
    "markdown_it": "loaded for the first Markdown",
    "openpyxl": "tests only",
    "pypinyin": "0.3 s and 40 MB of dictionary",
    "python_calamine": "workers read workbooks",
    "scipy": "tests only",
    "segno": "loaded for the first code to photograph",
    "statsmodels": "tests only",
    "urllib3": "workers call out",
    "weasyprint": "workers print, and it loosens Pillow",
    "xlsxwriter": "workers write workbooks",
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]


def test_rooms_import_each_other_in_one_direction_only():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def callers_of(name: str) -> set[str]:
    """Files that call a function or a method of this name."""
    return {
        name_of(path)
        for path in SOURCES
        for call in calls(path)
        if name == getattr(call.func, "attr", getattr(call.func, "id", None))
    }


def test_commits_happen_in_five_places():
    assert callers_of("commit") == COMMITTERS


def test_the_callers_of_the_system_scope_are_known():
    assert callers_of("system") == SYSTEM_CALLERS


def test_the_callers_of_the_door_for_many_rows_are_known():
    assert callers_of("insert_rows") == BULK_CALLERS


def test_stored_content_is_named_in_one_table():
    """The nightly sweep removes content that no `StoredFile` names: another room's files have to be such rows too."""
    assert callers_of("new_key") == {"tenants/actions/files.py"}


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        (r"\.query\b(?!_)", set()),
        (r"\b(sa|sqlalchemy)\.text\(|import .*\btext\b", set()),
        (r"datetime\.(now|utcnow)\(", {"core/clock.py"}),
        (r"\|\s*safe\b", set()),
        (r"\bpickle\b", set()),
        (r"\bpopulate_obj\b", set()),
    ],
)
def test_habits_that_rot_a_house_are_absent(pattern, allowed):
    found = {name_of(path) for path in SOURCES if re.search(pattern, path.read_text())}
    in_templates = [path.name for path in (ROOT / "templates").rglob("*.html") if re.search(pattern, path.read_text())]
    assert found <= allowed
    assert in_templates == []


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    return create_app(Settings(secret_key="house-" * 8, instance_dir=folder, redis_url="unix:///nowhere.sock"))


def test_every_table_is_classified(app):
    tables = {table.name: table for table in db.metadata.tables.values()}
    plain = {name for name, table in tables.items() if "tenancy" not in table.info}
    assert plain == set(HOUSE_TABLES)


def test_every_tenant_owned_table_has_composite_keys(app):
    owned = [table for table in db.metadata.tables.values() if table.info.get("tenancy") == "owned"]
    assert owned
    for table in owned:
        assert [column.name for column in table.primary_key] == ["tenant_id", "id"], table.name
        for key in table.foreign_key_constraints:
            if key.referred_table.info.get("tenancy") == "owned":
                assert key.columns[0].name == "tenant_id", f"{table.name}: {key.name}"
                assert key.ondelete in (None, "RESTRICT"), f"{table.name}: {key.name} would blank tenant_id"


def test_no_house_table_reaches_into_a_tenants_rows(app):
    for mapper in db.Model.registry.mappers:
        if "tenancy" not in mapper.local_table.info:
            for relationship in mapper.relationships:
                assert "tenancy" not in relationship.mapper.local_table.info, str(relationship)


def test_every_event_that_is_recorded_in_a_workspace_has_a_sentence():
    recorded = {
        verb.value
        for path in SOURCES
        if "accounts" not in path.parts
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "record"
        for verb in ast.walk(call.args[0])
        if isinstance(verb, ast.Constant)
    }
    assert recorded == set(SENTENCES)


def test_every_role_is_in_the_table_and_sees_the_workspace():
    assert set(ROLE_MAY) == set(Role)
    assert all("workspace.see" in permissions for permissions in ROLE_MAY.values())


def test_every_job_has_a_title_and_every_schedule_is_a_job(app):
    assert all(handler.title for handler in handlers.values())
    assert set(schedules) <= set(handlers)


def test_a_web_process_starts_without_what_pages_do_not_need(tmp_path):
    """Import those inside the function that needs them: the first answer waits for whatever is loaded here."""
    code = f"import sys, wsgi; print(*sorted({set(NOT_AT_THE_START)} & set(sys.modules)))"
    environ = {**clean_environment(), "INSTANCE_DIR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True)
    assert (run.returncode, run.stdout.split()) == (0, []), run.stderr


def test_every_template_is_used():
    sources = "\n".join(path.read_text() for path in SOURCES)
    templates = {path.relative_to(ROOT / "templates").as_posix(): path for path in (ROOT / "templates").rglob("*.html")}
    inside = "\n".join(path.read_text() for path in templates.values())
    unused = [name for name in templates if f'"{name}"' not in sources and f'"{name}"' not in inside]
    assert unused == []


def test_the_settings_page_says_what_the_code_does():
    lines = [f"| `{env}` | {f'`{default}`' if default else ''} | {about} |" for env, default, about in Settings.table()]
    assert "\n".join(lines) in (ROOT / "docs" / "settings.md").read_text()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_pictures_of_the_readme_are_all_there_and_small(name):
    named = set(re.findall(r"docs/pictures/[\w.-]+", (ROOT / name).read_text()))
    there = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in (ROOT / "docs/pictures").iterdir()}

    assert named == set(there)
    assert sum(there.values()) < PICTURES_LIMIT_KB * 1024


def test_the_packs_are_whole():
    assert {"base", "demo", "fashion", "home-furnishing", "mother-baby", "farm-produce"} <= set(
        load_library(ROOT / "tenants")
    )


def test_python_files_are_clean():
    for arguments in (["check", "-q"], ["format", "-q", "--check"]):
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments, "siyu_saas", "tests", "migrations", "bench", "wsgi.py"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
